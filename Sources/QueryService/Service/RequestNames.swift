import Synchronization

/// Names of requests: a part drawn at random when the server starts, and a number.
final class RequestNames: Sendable {
  private let start = String(UInt32.random(in: .min ... .max), radix: 36)
  private let count = Atomic<UInt64>(0)

  func next() -> String { "\(start)-\(count.wrappingAdd(1, ordering: .relaxed).newValue)" }
}
