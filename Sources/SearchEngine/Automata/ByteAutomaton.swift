/// A deterministic machine over the bytes of UTF-8 terms, as a walk over a dictionary uses it.
///
/// Invariant: from each state that is not nil, some bytes lead to an accepted term, or the state lies inside a character.
protocol ByteAutomaton {
  associatedtype State

  var start: State { get }

  /// The state after `byte`; nil when no term goes on so.
  mutating func next(_ state: State, _ byte: UInt8) -> State?

  func isAccepting(_ state: State) -> Bool

  /// A byte at or after `byte` such that no byte between them leads anywhere; nil when none from `byte` on does.
  mutating func firstLive(_ state: State, from byte: Int) -> UInt8?
}
