/// How a server listens and what it bears.
public struct ServerOptions: Sendable {
  public var limits = HTTPLimits()
  /// Threads that answer any request, of a lower priority than the loop: as many as have a processor on a small machine, so
  /// that what costs much takes none from the others.
  public var workers = 2
  /// Threads beside them for requests of no more than the mean cost.
  public var usualWorkers = 2
  /// Requests that wait for a worker; beyond, the answer is 503.
  public var queue = 64
  /// Threads for long work, of a lower priority than all others, and requests that wait for one of them.
  public var longWorkers = 2
  public var longQueue = 64
  public var connections = 10_000
  public var connectionsPerAddress = 256
  /// Seconds for the whole head, from its first byte.
  public var headSeconds = 10.0
  /// Bytes a second that a body must bring, after a second of grace, and its longest time.
  public var bodyRate = 500.0
  public var bodySeconds = 60.0
  /// Seconds in which the client must take some of a response.
  public var writeSeconds = 10.0
  /// Seconds between requests.
  public var idleSeconds = 60.0
  /// Seconds for requests under way when the server is stopped.
  public var stopSeconds = 10.0

  public init() {}
}

/// Why a server cannot begin.
public struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
