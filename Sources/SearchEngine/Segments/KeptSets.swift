import Synchronization

/// Sets of a segment's documents that cost much to find and are asked for again: what holds a word in some of its fields, a
/// phrase, words in one unit. Kept as long as the segment is open.
final class KeptSets: Sendable {
  private struct State {
    var sets: [[UInt8]: BitSet] = [:]
    /// Keys that were asked for once and are not kept.
    var seen: Set<[UInt8]> = []
  }

  private let state = Mutex(State())

  /// Sets kept of one segment: of a million documents, 32 MB.
  private static let mostSets = 256
  private static let mostSeen = 4_096

  /// What is known of a key.
  enum Answer {
    case set(BitSet)
    /// It was asked for before: worth finding as a whole now.
    case again
    /// It was not: most are asked for once.
    case first
  }

  func answer(_ key: [UInt8]) -> Answer {
    state.withLock { state in
      if let known = state.sets[key] { return .set(known) }
      if state.seen.contains(key) { return .again }
      if state.seen.count >= Self.mostSeen { state.seen.removeAll(keepingCapacity: true) }
      state.seen.insert(key)
      return .first
    }
  }

  func keep(_ set: BitSet, _ key: [UInt8]) {
    state.withLock { state in
      if state.sets.count >= Self.mostSets { state.sets.removeAll(keepingCapacity: true) }
      state.sets[key] = set
    }
  }
}
