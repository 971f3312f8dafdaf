import Dispatch
import Records
import Synchronization

/// Hands batches from the thread that reads to the thread that indexes; bounded, so that memory is.
final class RecordQueue: Sendable {
  /// What is handed over at once.
  enum Message: Sendable {
    case batch(RecordReader.Batch)
    case end(RecordReader.Report)
  }

  /// Batches under way: one being filled, one being indexed, two between them to even out.
  private static let capacity = 2

  /// Begins at 0 and is raised: a semaphore may not end below the value that it began with.
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)
  /// Raised when a large batch is indexed.
  private let settled = DispatchSemaphore(value: 0)
  private let messages = Mutex<[Message]>([])
  private let stopped = Atomic<Bool>(false)
  /// Whether the batch taken last is a large one. Of the taker alone, which is one thread.
  private let hasLarge = Atomic<Bool>(false)

  init() {
    for _ in 0..<Self.capacity { free.signal() }
  }

  /// Waits for room, and where the batch is a large one until it is indexed: two records of the largest size are never in
  /// memory at once. Returns false when the taker wants no more.
  func put(_ message: Message) -> Bool {
    free.wait()
    if stopped.load(ordering: .acquiring) {
      free.signal()
      return false
    }
    var isLarge = false
    if case .batch(let batch) = message { isLarge = batch.isLarge }
    messages.withLock { $0.append(message) }
    filled.signal()
    return !isLarge || waitUntilSettled()
  }

  private func waitUntilSettled() -> Bool {
    settled.wait()
    return !stopped.load(ordering: .acquiring)
  }

  /// Waits for a message.
  func take() -> Message {
    if hasLarge.exchange(false, ordering: .relaxed) { settled.signal() }
    while true {
      filled.wait()
      let message = messages.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      if let message {
        free.signal()
        if case .batch(let batch) = message { hasLarge.store(batch.isLarge, ordering: .relaxed) }
        return message
      }
    }
  }

  /// Tells the giver to end.
  func stop() {
    stopped.store(true, ordering: .releasing)
    free.signal()
    settled.signal()
  }
}
