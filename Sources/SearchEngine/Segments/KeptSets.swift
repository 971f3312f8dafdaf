import Synchronization

/// Sets of a segment's documents that cost much to find and are asked for again: what holds a word in some of its fields, a
/// phrase, words in one unit. Kept as long as the segment is open.
final class KeptSets: Sendable {
  private struct State {
    var sets: [[UInt8]: KeptSet] = [:]
    /// Hashes of keys that were asked for once and are not kept: of two alike, one set is found a call too early.
    var seen: Set<Int> = []
  }

  private let state = Mutex(State())

  /// Sets kept of one segment: of a million documents, 32 MB.
  private static let mostSets = 256
  private static let mostSeen = 4_096
  /// Bytes of a key: that of a pattern holds every word it stands for, up to a megabyte. The names of a whole product tree
  /// take some 12,000.
  private static let longestKey = 32_768

  /// What is known of a key.
  enum Answer {
    case set(KeptSet)
    /// It was asked for before: worth finding as a whole now.
    case again
    /// It was not: most are asked for once.
    case first
  }

  func answer(_ key: [UInt8]) -> Answer {
    if key.count > Self.longestKey { return .first }
    return state.withLock { state in
      if let known = state.sets[key] { return .set(known) }
      let hash = key.hashValue
      if state.seen.contains(hash) { return .again }
      if state.seen.count >= Self.mostSeen { state.seen.removeAll(keepingCapacity: true) }
      state.seen.insert(hash)
      return .first
    }
  }

  func keep(_ set: KeptSet, _ key: [UInt8]) {
    if key.count > Self.longestKey { return }
    state.withLock { state in
      if state.sets.count >= Self.mostSets { state.sets.removeAll(keepingCapacity: true) }
      state.sets[key] = set
    }
  }
}

/// A set of documents, and what matchers ask of it each time.
final class KeptSet: Sendable {
  let set: BitSet
  let count: Int
  /// Words of a window of 4,096 documents, by which sets are matched.
  private static let windowWords = 64
  /// By window: the first window from it on that holds a document, or `Int.max`.
  private let nextWindows: [Int]

  init(_ set: BitSet) {
    self.set = set
    let windows = (set.words.count + Self.windowWords - 1) / Self.windowWords
    var next = [Int](repeating: Int.max, count: windows)
    var following = Int.max
    var count = 0
    for window in next.indices.reversed() {
      let first = window * Self.windowWords
      var own = 0
      for word in set.words[first..<min(first + Self.windowWords, set.words.count)] { own += word.nonzeroBitCount }
      if own > 0 { following = window }
      next[window] = following
      count += own
    }
    nextWindows = next
    self.count = count
  }

  func nextWindow(from window: Int) -> Int {
    nextWindows.indices.contains(window) ? nextWindows[window] : Int.max
  }
}
