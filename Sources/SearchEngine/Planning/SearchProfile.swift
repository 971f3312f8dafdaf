import Synchronization

/// Where the time of a search went. Never part of an answer: answers are the same for the same request and commit.
public final class SearchProfile: Sendable {
  /// The steps of a search, in their order.
  public enum Stage: Int, CaseIterable, Sendable {
    /// The syntax tree resolved against the schemas.
    case planning
    /// Words looked up and expanded in the dictionaries, joins evaluated.
    case dictionary
    /// Postings read, matches scored, hits collected, facets counted.
    case matching
    /// The first hits ranked anew.
    case secondPass
    /// Records read, snippets and explanations made.
    case presenting
    /// What helps where nothing is found.
    case help

    public var name: String {
      switch self {
      case .secondPass: "second pass"
      default: "\(self)"
      }
    }
  }

  private let times = Mutex([Duration](repeating: .zero, count: Stage.allCases.count))

  public init() {}

  /// The time of a stage so far.
  public subscript(stage: Stage) -> Duration { times.withLock { $0[stage.rawValue] } }

  /// Adds the time since `start` to a stage, and returns the time it is now.
  @discardableResult
  public func add(_ stage: Stage, since start: ContinuousClock.Instant) -> ContinuousClock.Instant {
    let now = ContinuousClock.now
    times.withLock { $0[stage.rawValue] += now - start }
    return now
  }
}
