import Synchronization

/// What was asked, how it ended, and how long it took, by route.
final class ServiceMetrics: Sendable {
  /// Upper bounds of the classes of time, in seconds: from a look-up in memory to the longest query.
  static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

  struct Histogram: Sendable {
    /// One more than bounds: what took longer.
    var counts = [UInt64](repeating: 0, count: ServiceMetrics.bounds.count + 1)
    var sum = 0.0

    mutating func add(_ seconds: Double) {
      counts[ServiceMetrics.bounds.firstIndex { seconds <= $0 } ?? ServiceMetrics.bounds.count] += 1
      sum += seconds
    }
  }

  struct Key: Hashable, Sendable {
    var route: String
    var status: Int
  }

  struct Figures: Sendable {
    var requests: [Key: UInt64] = [:]
    var times: [String: Histogram] = [:]
    var bodyBytes: UInt64 = 0
    var partial: UInt64 = 0
    var cancelled: UInt64 = 0
    var lostLogLines: UInt64 = 0
    var auditFailures: UInt64 = 0
    /// Answers that were known already: given by the loop, and by workers where the loop would have had to wait.
    var knownAtOnce: UInt64 = 0
    var knownByWorkers: UInt64 = 0
    var running = 0
  }

  private let figures = Mutex(Figures())
  let start = ContinuousClock.now

  func change(_ body: (inout Figures) -> Void) { figures.withLock { body(&$0) } }

  func count(route: String, status: Int, seconds: Double, bytes: Int) {
    change {
      $0.requests[Key(route: route, status: status), default: 0] += 1
      $0.times[route, default: Histogram()].add(seconds)
      $0.bodyBytes &+= UInt64(max(0, bytes))
    }
  }

  var current: Figures { figures.withLock { $0 } }
}
