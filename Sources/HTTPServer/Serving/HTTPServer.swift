#if os(Linux)
  import Glibc
  import Synchronization

  /// An HTTP/1.1 server: one thread that waits on all connections, and a fixed pool that answers.
  ///
  /// Requests of a connection are answered in their order. Every limit of ``ServerOptions`` is kept for every client;
  /// what a client does can close its own connection and nothing else.
  public final class HTTPServer: Sendable {
    /// Answers a request on a worker's thread.
    public typealias Handler = @Sendable (Request) -> Response
    /// Answers a request on the loop's thread; nil: a worker is to be asked. Everybody waits meanwhile: it takes some ten
    /// microseconds, and waits for nothing.
    public typealias Ready = @Sendable (Request) -> Response?
    /// Told of a head before its body is read: bytes that the body may have, or the answer that refuses it.
    public typealias Gate = @Sendable (RequestHead, _ address: String) -> Admission

    /// Answers what the server itself refuses.
    public typealias Refusal = @Sendable (RequestProblem, RefusedRequest) -> Response

    public enum Admission: Sendable {
      /// `weight`: how many usual requests the request is worth, by its head.
      case body(limit: Int, weight: Double = 1)
      case refused(Response)
    }

    let options: ServerOptions
    let socket: ListeningSocket
    let events: EventQueue
    let pool: WorkerPool
    /// For what takes long: others are answered before it.
    let longPool: WorkerPool
    let handler: Handler
    let ready: Ready?
    let gate: Gate
    /// Answers requests that were refused while they were read, and those for which there is no room.
    let refusal: Refusal
    let completions = Mutex<[Completion]>([])
    private let disposals = Mutex<[[Completion]]>([])
    private let stopping = Atomic<Bool>(false)
    private let counters = Counters()

    /// What a worker made for a connection.
    struct Completion: Sendable {
      var token: UInt64
      var response: Response?
      /// The next piece of a stream; nil at its end, a failure when it broke.
      var piece: Result<[UInt8]?, ServerError>?
      /// Seconds of the processor's time that it took.
      var cost = 0.0
    }

    /// Figures for metrics.
    public struct Statistics: Sendable, Hashable {
      public var connections = 0
      public var accepted: UInt64 = 0
      public var refused: UInt64 = 0
      public var requests: UInt64 = 0

      public init() {}
    }

    final class Counters: Sendable {
      let value = Mutex(Statistics())
    }

    /// The port that is listened on.
    public var port: UInt16 { socket.port }

    public var statistics: Statistics { counters.value.withLock { $0 } }

    func count(_ change: (inout Statistics) -> Void) { counters.value.withLock { change(&$0) } }

    /// Begins to listen; nothing is answered before ``run()``. Throws ``ServerError``.
    public init(
      host: String, port: UInt16, options: ServerOptions = ServerOptions(), gate: Gate? = nil,
      refusal: Refusal? = nil, ready: Ready? = nil, handler: @escaping Handler
    ) throws(ServerError) {
      signal(SIGPIPE, SIG_IGN)
      Allocator.setUp()
      self.options = options
      socket = try ListeningSocket(host: host, port: port)
      events = try EventQueue()
      pool = WorkerPool(
        threads: options.workers, usualThreads: options.usualWorkers, queue: options.queue, steps: Self.workerSteps)
      longPool = WorkerPool(threads: options.longWorkers, queue: options.longQueue, steps: Self.longSteps)
      self.handler = handler
      self.ready = ready
      let limit = options.limits.body
      self.gate = gate ?? { _, _ in .body(limit: limit) }
      self.refusal = refusal ?? { problem, _ in Response.text(problem.status, problem.detail + "\n") }
    }

    /// Serves on the calling thread until ``stop()``; returns when requests under way are answered, or their time is over.
    public func run() {
      var loop = ServerLoop(self)
      loop.run()
      pool.stop(threads: options.workers)
      longPool.stop(threads: options.longWorkers)
      // Of answers that nobody waits for any more, too, it is written down who asked.
      for completion in completions.withLock({ $0 }) { _ = completion.response?.note?(true) }
    }

    /// Ends ``run()``: no more connections, idle ones are closed, requests under way are answered. May be called from any
    /// thread, more than once.
    public func stop() {
      stopping.store(true, ordering: .releasing)
      events.wake()
    }

    /// Whether requests wait for a worker.
    public var isCrowded: Bool { pool.isCrowded }

    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func complete(_ completion: Completion) {
      completions.withLock { $0.append(completion) }
      events.wake()
      giveBack()
    }

    /// Frees what was handed to ``dispose(of:)``.
    private func giveBack() {
      let spent = disposals.withLock { list in
        let spent = list
        list = []
        return spent
      }
      _ = consume spent
    }

    /// What workers have completed since it was last asked. Nil where one of them is at it: it wakes the loop behind that.
    func takeCompletions() -> [Completion]? {
      completions.withLockIfAvailable { list in
        let done = list
        list = []
        return done
      }
    }

    /// Has workers give back the memory of what has been handed on: it is of their arenas, and the loop would wait for a worker
    /// that the scheduler stopped while it held one (3 times a second under fifty hostile clients, some milliseconds each). False
    /// where a worker is at it.
    func dispose(of spent: [Completion]) -> Bool {
      let isFull = disposals.withLockIfAvailable { list -> Bool in
        guard list.count < Self.disposalLimit else { return true }
        list.append(spent)
        return false
      }
      // Nobody took what was there: no worker has ended anything since, so that the loop has time.
      if isFull == true { giveBack() }
      return isFull != nil
    }

    /// Steps of priority below the loop and the threads for usual requests: who calculates does not keep those waiting who have
    /// something to send. Under fifty hostile clients the 99th percentile of good ones is 4.4 ms so, 6.0 without (decision
    /// 0094).
    private static let workerSteps: Int32 = 10
    private static let longSteps: Int32 = 15

    /// Lists of completions that wait for a worker at most.
    private static let disposalLimit = 64
  }
#endif
