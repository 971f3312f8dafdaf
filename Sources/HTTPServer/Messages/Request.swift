import Synchronization

/// A whole request, and who sent it.
public struct Request: Sendable {
  public let head: RequestHead
  public let body: [UInt8]
  /// The client's address without its port, as text.
  public let address: String
  /// Counted from 1 over the life of the server: names the request in answers and in logs.
  public let number: UInt64
  /// Becomes true when the client has gone: long work may stop.
  public let cancellation: Cancellation
  /// When the whole of it was there.
  public let arrival: ContinuousClock.Instant
}

/// A flag that one thread raises and others look at.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  public func cancel() { flag.store(true, ordering: .relaxed) }
}
