import Synchronization

/// The work of one evaluation of a query, measured while it is done: time, dictionary entries walked and taken, memory.
///
/// What is over is over for good: from then on every walk and every loop that asks ends soon, and the answer says what it
/// lacks. Memory is reserved before it is allocated; what does not fit is refused with an error, as a failed allocation
/// could not be.
final class WorkMeter: Sendable {
  let deadline: ContinuousClock.Instant?
  /// Bytes that may be reserved at one time.
  let memory: Int
  /// The work that the query is part of, where that has a limit.
  private let limit = WorkLimit.current
  private let isOverNow = Atomic<Bool>(false)
  private let walked = Atomic<Int>(0)
  private let entriesLeft: Atomic<Int>
  private let reservedBytes = Atomic<Int>(0)

  /// Steps of a loop between two looks at the clock: some 50 ns of clock to some 50 µs of work.
  static let grain = 1_024
  /// Dictionary entries that all open words of a query may look at, accepted or not: some seconds of walking. Above any
  /// single pattern over a dictionary of 10 million entries.
  static let walkLimit = 20_000_000
  /// Entries that all open words of a query may stand for, in numbers of one word's (``QueryBudget/expansions``): cursors
  /// of as many lists are open at one time.
  static let openWords = 32

  init(_ budget: QueryBudget) {
    deadline = budget.deadline
    memory = budget.memory
    entriesLeft = Atomic(max(0, min(budget.expansions, 1 << 24)) * Self.openWords)
  }

  /// Whether the time, or the walks, allowed are used up. Reads the clock: ask once every ``grain`` steps.
  var isOver: Bool {
    if isOverNow.load(ordering: .relaxed) { return true }
    guard isCancelled || deadline.map({ ContinuousClock.now >= $0 }) ?? false else { return false }
    isOverNow.store(true, ordering: .relaxed)
    return true
  }

  /// Whether nobody waits for the answer any more.
  var isCancelled: Bool { limit?.isCancelled ?? false }

  /// Whether ``isOver`` has been true before. Does not read the clock.
  var wasOver: Bool { isOverNow.load(ordering: .relaxed) }

  /// Counts entries looked at; false when the walk has to end: too many of them, or the deadline has passed.
  func walk(_ count: Int) -> Bool {
    let (before, _) = walked.add(count, ordering: .relaxed)
    if before >= Self.walkLimit { isOverNow.store(true, ordering: .relaxed) }
    return !isOver
  }

  /// How many entries a word may still stand for, `wanted` at most.
  func room(for wanted: Int) -> Int { min(wanted, max(0, entriesLeft.load(ordering: .relaxed))) }

  /// Entries that a word stands for.
  func take(_ count: Int) { entriesLeft.subtract(count, ordering: .relaxed) }

  /// Reserves memory that is about to be allocated. Throws a limit when it would pass ``memory``: nothing is reserved then.
  func reserve(_ bytes: Int) throws(IndexError) {
    let (_, total) = reservedBytes.add(bytes, ordering: .relaxed)
    guard total > memory else { return }
    reservedBytes.subtract(bytes, ordering: .relaxed)
    throw .limit(what: "bytes of memory for the evaluation of one query", limit: memory)
  }

  func release(_ bytes: Int) { reservedBytes.subtract(bytes, ordering: .relaxed) }

  /// Bytes reserved now.
  var reserved: Int { reservedBytes.load(ordering: .relaxed) }
}

/// What parts of an evaluation hold, in bytes, rounded up: for ``WorkMeter/reserve(_:)``.
enum EvaluationMemory {
  /// A list being read: a block of 128 documents and frequencies, and the decoder's own.
  static let cursor = 2_048
  /// A matcher or a leaf with the bits of its window.
  static let matcher = 1_024
  /// A hit that is kept.
  static let hit = 96
  /// A value of a facet: its counter.
  static let facetValue = 8
  /// A value by which hits are collapsed: its place, and a hit in an array that may have twice the room.
  static let collapsedValue = 68
}
