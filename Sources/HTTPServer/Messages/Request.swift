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

  init(
    head: RequestHead, body: [UInt8], address: String, number: UInt64, cancellation: Cancellation,
    arrival: ContinuousClock.Instant
  ) {
    self.head = head
    self.body = body
    self.address = address
    self.number = number
    self.cancellation = cancellation
    self.arrival = arrival
  }

  /// The same request, as if it came now, and nobody waited for it.
  public func again() -> Request {
    Request(head: head, body: body, address: address, number: number, cancellation: Cancellation(), arrival: .now)
  }
}

/// A flag that one thread raises and others look at.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  public func cancel() { flag.store(true, ordering: .relaxed) }
}
