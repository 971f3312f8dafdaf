#if os(Linux)
  import Glibc
#else
  import Darwin
#endif
import Dispatch
import Synchronization

/// A fixed number of threads that take jobs from a queue with an end, in their turns.
final class WorkerPool: Sendable {
  private struct State {
    var queue = WorkQueue()
    /// Threads that have a job.
    var running = 0
    var isStopped = false
  }

  private let state = Mutex(State())
  /// Counts what any thread may take, and what the threads for usual requests may: a job of the second sort is counted in
  /// both, and whoever comes too late for it waits again.
  private let signal = DispatchSemaphore(value: 0)
  private let usualSignal = DispatchSemaphore(value: 0)
  private let limit: Int

  /// Stack of a worker: queries recurse by the depth of their nesting, which is bounded.
  static let stackBytes = 2 << 20

  /// Steps of priority that threads are below the loop's: five have a third of the processor's time where both want it, ten a
  /// tenth (sched(7)).
  private let steps: Int32

  /// Threads that take nothing but usual requests, of the loop's own priority: those find one that no long request holds.
  private let usualThreads: Int

  init(threads: Int, usualThreads: Int = 0, queue: Int, steps: Int32 = 0) {
    limit = queue
    self.usualThreads = usualThreads
    self.steps = steps
    for _ in 0..<max(1, threads) { start(usualOnly: false) }
    for _ in 0..<usualThreads { start(usualOnly: true) }
  }

  /// A thread's pool, and what it takes.
  private final class Start: Sendable {
    let pool: WorkerPool
    let usualOnly: Bool

    init(_ pool: WorkerPool, _ usualOnly: Bool) {
      self.pool = pool
      self.usualOnly = usualOnly
    }
  }

  private func start(usualOnly: Bool) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(Start(self, usualOnly)).toOpaque()
    #if os(Linux)
      var thread = pthread_t()
      let code = pthread_create(&thread, &attributes, Self.main, context)
    #else
      var thread: pthread_t?
      let code = pthread_create(&thread, &attributes, Self.main, context)
    #endif
    if code != 0 { Unmanaged<Start>.fromOpaque(context).release() }
    pthread_attr_destroy(&attributes)
  }

  #if os(Linux)
    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { run(Unmanaged<Start>.fromOpaque(context).takeRetainedValue()) }
      return nil
    }
  #else
    private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
      run(Unmanaged<Start>.fromOpaque(context).takeRetainedValue())
      return nil
    }
  #endif

  private static func run(_ start: Start) { start.pool.run(usualOnly: start.usualOnly) }

  private func run(usualOnly: Bool) {
    #if os(Linux)
      // Of the calling thread alone, on Linux (setpriority(2)).
      if !usualOnly, steps > 0 { setpriority(Int32(PRIO_PROCESS.rawValue), 0, steps) }
    #endif
    while true {
      (usualOnly ? usualSignal : signal).wait()
      let (entry, isStopped) = state.withLock { state in
        let entry = state.queue.take(usualOnly: usualOnly)
        if entry != nil { state.running += 1 }
        return (entry, state.isStopped)
      }
      if let entry {
        entry.job()
        state.withLock { $0.running -= 1 }
      } else if isStopped {
        return
      }
    }
  }

  /// Whether jobs wait for a thread. Cheap: a lock that is held for some instructions.
  var isCrowded: Bool { state.withLock { $0.queue.count > 0 } }

  /// Whether no job waits, and fewer threads have one than there are for usual requests (of a pool without such: none has).
  var isQuiet: Bool { state.withLock { $0.queue.count == 0 && $0.running < max(1, usualThreads) } }

  /// Hands over a job; the queue says whether there is room, and at whose cost.
  func submit(_ entry: WorkQueue.Entry) -> WorkQueue.Outcome {
    let outcome = state.withLock { state -> WorkQueue.Outcome in
      state.isStopped ? .full : state.queue.add(entry, limit: limit)
    }
    if outcome != .full { wake(entry) }
    return outcome
  }

  /// When the first of the jobs that wait expires.
  var nextExpiry: Double { state.withLock { $0.queue.nextExpiry } }

  /// Takes the jobs that have waited until they expired: whoever takes them has them done elsewhere. A thread that is woken
  /// for one of them finds none, and waits again.
  func takeExpired(at now: Double) -> [WorkQueue.Entry] { state.withLock { $0.queue.takeExpired(at: now) } }

  /// Hands over work that is not refused, whatever waits: on a response that has begun, or to say that it will not come.
  /// False when the pool has been stopped.
  func submit(begun job: @escaping @Sendable () -> Void, turn: Double, isUsual: Bool = false) -> Bool {
    let entry = WorkQueue.Entry(turn: turn, isUsual: isUsual, token: 0, job: job)
    let isTaken = state.withLock { state -> Bool in
      if !state.isStopped { state.queue.add(whatever: entry) }
      return !state.isStopped
    }
    if isTaken { wake(entry) }
    return isTaken
  }

  private func wake(_ entry: WorkQueue.Entry) {
    signal.signal()
    if entry.isUsual, usualThreads > 0 { usualSignal.signal() }
  }

  /// Ends the threads once the queue is empty.
  func stop(threads: Int) {
    state.withLock { $0.isStopped = true }
    for _ in 0..<max(1, threads) { signal.signal() }
    for _ in 0..<usualThreads { usualSignal.signal() }
  }
}
