import Dispatch
import Synchronization

/// A merge that runs beside the writer. Its sources are immutable files and a copy of their live documents, so it shares
/// nothing that changes; what is deleted meanwhile is told to the merged segment when it takes their place.
final class BackgroundMerge: Sendable {
  let merger: SegmentMerger
  private let result = Mutex<Result<SegmentEntry?, IndexError>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  /// Starts at once, on a thread of its own.
  init(_ merger: SegmentMerger) {
    self.merger = merger
    DispatchQueue.global(qos: .utility).async { [self] in
      let outcome: Result<SegmentEntry?, IndexError>
      do throws(IndexError) { outcome = .success(try merger.merge()) } catch { outcome = .failure(error) }
      result.withLock { $0 = outcome }
      done.signal()
    }
  }

  var isDone: Bool { result.withLock { $0 != nil } }

  /// Waits for the end and returns the merged segment, nil when nothing lived. Called once.
  func wait() throws(IndexError) -> SegmentEntry? {
    done.wait()
    guard let outcome = result.withLock({ $0 }) else { return nil }
    return try outcome.get()
  }
}
