/// What a history asks for.
public struct HistoryRequest: Hashable, Sendable {
  /// An id, or a name.
  public var enterprise: String
  /// Whether the name was given in several words, which is said.
  public var isSeveralWords = false
  /// Events from this date on, up to that one; a year, a quarter, a month or a day.
  public var since: String?
  public var until: String?
  /// As of the end of this date: later events are left out, and the state is that of the day.
  public var asOf: String?
  /// The span within which the same violation again is a repeat.
  public var within = "12m"
  /// Of the timeline; nil: quarters, or years where that would be many.
  public var grain: HistoryTimeline.Grain?

  /// Candidates of a name that is not clear at most.
  public static let mostCandidates = 20

  public init(_ enterprise: String) { self.enterprise = enterprise }
}
