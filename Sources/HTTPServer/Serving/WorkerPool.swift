#if os(Linux)
  import Glibc
#else
  import Darwin
#endif
import Dispatch
import Synchronization

/// A fixed number of threads that take jobs from a queue with an end.
final class WorkerPool: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    var first = 0
    var isStopped = false

    var waiting: Int { jobs.count - first }

    mutating func take() -> (@Sendable () -> Void)? {
      guard first < jobs.count else { return nil }
      first += 1
      let job = jobs[first - 1]
      // The front is dropped now and then, so that each job is moved about once.
      if first > 64, first * 2 > jobs.count {
        jobs.removeFirst(first)
        first = 0
      }
      return job
    }
  }

  private let state = Mutex(State())
  private let signal = DispatchSemaphore(value: 0)
  private let limit: Int

  /// Stack of a worker: queries recurse by the depth of their nesting, which is bounded.
  static let stackBytes = 2 << 20

  private let isBackground: Bool

  /// Steps of priority that background threads are below the others: a third of the processor's time where both want it
  /// (sched(7)).
  private static let steps: Int32 = 5

  init(threads: Int, queue: Int, isBackground: Bool = false) {
    limit = queue
    self.isBackground = isBackground
    for _ in 0..<max(1, threads) { start() }
  }

  private func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(self).toOpaque()
    #if os(Linux)
      var thread = pthread_t()
      let code = pthread_create(&thread, &attributes, Self.main, context)
    #else
      var thread: pthread_t?
      let code = pthread_create(&thread, &attributes, Self.main, context)
    #endif
    if code != 0 { Unmanaged<WorkerPool>.fromOpaque(context).release() }
    pthread_attr_destroy(&attributes)
  }

  #if os(Linux)
    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<WorkerPool>.fromOpaque(context).takeRetainedValue().run() }
      return nil
    }
  #else
    private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
      Unmanaged<WorkerPool>.fromOpaque(context).takeRetainedValue().run()
      return nil
    }
  #endif

  private func run() {
    #if os(Linux)
      // Of the calling thread alone, on Linux (setpriority(2)).
      if isBackground { setpriority(Int32(PRIO_PROCESS.rawValue), 0, Self.steps) }
    #endif
    while true {
      signal.wait()
      let (job, isStopped) = state.withLock { ($0.take(), $0.isStopped) }
      if let job { job() } else if isStopped { return }
    }
  }

  /// False when the queue is full. Work on a response that has begun goes in whatever waits.
  func submit(evenIfFull: Bool = false, _ job: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = state.withLock { state -> Bool in
      guard !state.isStopped, evenIfFull || state.waiting < limit else { return false }
      state.jobs.append(job)
      return true
    }
    if isTaken { signal.signal() }
    return isTaken
  }

  /// Ends the threads once the queue is empty.
  func stop(threads: Int) {
    state.withLock { $0.isStopped = true }
    for _ in 0..<max(1, threads) { signal.signal() }
  }
}
