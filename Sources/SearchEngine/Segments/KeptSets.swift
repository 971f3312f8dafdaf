import Synchronization

/// Sets of a segment's documents that cost much to find and are asked for again: what holds a word in some of its fields, a
/// phrase, words in one unit. Kept as long as the segment is open.
final class KeptSets: Sendable {
  private struct State {
    var sets: [[UInt8]: KeptSet] = [:]
    var growing: [[UInt8]: GrowingSet] = [:]
    /// Hashes of keys that were asked for once and are not kept: of two alike, one set is found a call too early.
    var seen: Set<Int> = []
  }

  private let state = Mutex(State())

  /// Sets kept or growing of one segment: of a million documents, 32 MB.
  private static let mostSets = 256
  private static let mostSeen = 4_096
  /// Bytes of a key: that of a pattern holds every word it stands for, up to a megabyte. The names of a whole product tree
  /// take some 12,000.
  private static let longestKey = 32_768

  /// What is known of a key.
  enum Answer {
    case set(KeptSet)
    /// It was asked for before: searches find it by and by.
    case growing(GrowingSet)
    /// It was not: most are asked for once.
    case first
  }

  /// `documentCount`: of the segment. `isShared`: whether it is known that it will be asked for again.
  func answer(_ key: [UInt8], documentCount: UInt32, isShared: Bool = false) -> Answer {
    if key.count > Self.longestKey { return .first }
    return state.withLock { state in
      if let known = state.sets[key] { return .set(known) }
      if let growing = state.growing[key] {
        guard let whole = growing.whole else { return .growing(growing) }
        let set = KeptSet(whole)
        state.growing[key] = nil
        state.sets[key] = set
        return .set(set)
      }
      let hash = key.hashValue
      if isShared || state.seen.contains(hash) {
        Self.makeRoom(&state)
        let growing = GrowingSet(documentCount: documentCount)
        state.growing[key] = growing
        return .growing(growing)
      }
      if state.seen.count >= Self.mostSeen { state.seen.removeAll(keepingCapacity: true) }
      state.seen.insert(hash)
      return .first
    }
  }

  func keep(_ set: KeptSet, _ key: [UInt8]) {
    if key.count > Self.longestKey { return }
    state.withLock { state in
      Self.makeRoom(&state)
      state.growing[key] = nil
      state.sets[key] = set
    }
  }

  private static func makeRoom(_ state: inout State) {
    guard state.sets.count + state.growing.count >= mostSets else { return }
    if state.growing.count >= mostSets / 2 {
      state.growing.removeAll(keepingCapacity: true)
    } else {
      state.sets.removeAll(keepingCapacity: true)
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
