import Synchronization

/// A set of a segment's documents that costs much to find, found window by window as searches come by: what one has looked at
/// whole, the next only reads. Once every window is known it is a ``KeptSet``.
final class GrowingSet: Sendable {
  private struct State {
    var set: BitSet
    var isKnown: [Bool]
    var unknown: Int
  }

  /// What is known of a window.
  enum Window { case unknown, empty, holdsDocuments }

  private let state: Mutex<State>
  let windowCount: Int
  /// Words of a window of 4,096 documents, by which sets are matched.
  private static let windowWords = 64

  init(documentCount: UInt32) {
    let set = BitSet(bound: Int(documentCount))
    windowCount = (set.words.count + Self.windowWords - 1) / Self.windowWords
    state = Mutex(State(set: set, isKnown: Array(repeating: false, count: windowCount), unknown: windowCount))
  }

  /// The whole set; nil while there are windows that nobody has looked at.
  var whole: BitSet? { state.withLock { $0.unknown == 0 ? $0.set : nil } }

  func window(_ window: Int) -> Window {
    state.withLock { state in
      guard state.isKnown.indices.contains(window), state.isKnown[window] else { return .unknown }
      return state.set.words[Self.range(window, state.set)].contains { $0 != 0 } ? .holdsDocuments : .empty
    }
  }

  /// Puts the documents of a window into `words`; false, and nothing done, when they are not known.
  ///
  /// SAFETY (caller's proof): `words` has room for 64 words.
  func copy(_ window: Int, to words: UnsafeMutablePointer<UInt64>) -> Bool {
    state.withLock { state in
      guard state.isKnown.indices.contains(window), state.isKnown[window] else { return false }
      let range = Self.range(window, state.set)
      for place in 0..<Self.windowWords {
        words[place] = place < range.count ? state.set.words[range.lowerBound + place] : 0
      }
      return true
    }
  }

  /// Takes what was found in a window.
  ///
  /// SAFETY (caller's proof): `words` points to 64 words.
  func keep(_ window: Int, _ words: UnsafePointer<UInt64>) {
    state.withLock { state in
      guard state.isKnown.indices.contains(window), !state.isKnown[window] else { return }
      let range = Self.range(window, state.set)
      for place in 0..<range.count { state.set.words[range.lowerBound + place] = words[place] }
      state.isKnown[window] = true
      state.unknown -= 1
    }
  }

  /// No document of these windows is in the set.
  func keepEmpty(_ windows: Range<Int>) {
    state.withLock { state in
      for window in windows.clamped(to: 0..<windowCount) where !state.isKnown[window] {
        state.isKnown[window] = true
        state.unknown -= 1
      }
    }
  }

  private static func range(_ window: Int, _ set: BitSet) -> Range<Int> {
    let first = window * windowWords
    return first..<min(first + windowWords, set.words.count)
  }
}
