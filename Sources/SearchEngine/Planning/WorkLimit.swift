import Synchronization

/// What bounds all queries of one piece of work, however many it makes: a moment at which it ends, and whether anybody
/// still waits for it.
///
/// A job that asks many queries is given one of these around all of them: each query's budget takes the deadline, each
/// evaluation looks whether it was given up. What is cut so must not be taken for whole: whoever sets a limit asks
/// ``isOver`` behind every query.
public final class WorkLimit: Sendable {
  public let deadline: ContinuousClock.Instant
  private let isGivenUp: @Sendable () -> Bool
  private let wasGivenUp = Atomic(false)

  /// - Parameter isGivenUp: asked often, from any thread: a look at a flag.
  public init(deadline: ContinuousClock.Instant, isGivenUp: @escaping @Sendable () -> Bool = { false }) {
    self.deadline = deadline
    self.isGivenUp = isGivenUp
  }

  /// Whether nobody waits any more. Once true it stays so: what was cut by it is not whole afterwards.
  public var isCancelled: Bool {
    if wasGivenUp.load(ordering: .relaxed) { return true }
    guard isGivenUp() else { return false }
    wasGivenUp.store(true, ordering: .relaxed)
    return true
  }

  public var isOver: Bool { isCancelled || ContinuousClock.now >= deadline }

  /// The limit of the work that the calling thread, or task, does.
  @TaskLocal public static var current: WorkLimit?
}
