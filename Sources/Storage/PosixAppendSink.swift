#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A new file of the operating system, open for writing at its end.
final class PosixAppendSink: AppendSink {
  private let path: String
  private let calls: SystemCalls
  private var descriptor: Int32
  private var syncFailed = false

  init(path: String, descriptor: Int32, calls: SystemCalls) {
    self.path = path
    self.descriptor = descriptor
    self.calls = calls
  }

  deinit {
    if descriptor >= 0 { _ = calls.close(descriptor) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    guard let base = bytes.baseAddress else { return }
    let descriptor = descriptor
    var written = 0
    while written < bytes.count {
      let count = try retryingInterrupts { calls.write(descriptor, base + written, bytes.count - written) }
        .value("write", path)
      // POSIX lets a write of more than nothing answer 0; going on would never end on a device that keeps doing so.
      guard count > 0 else { throw .io(errno: EIO, operation: "write", path: path) }
      written += count
    }
  }

  func sync() throws(StorageError) {
    guard !syncFailed else { throw .unusable(path: path, reason: "an earlier sync failed") }
    do throws(StorageError) { try calls.sync(descriptor, path: path) } catch {
      syncFailed = true
      throw error
    }
  }

  func close() throws(StorageError) {
    guard descriptor >= 0 else { return }
    let closing = descriptor
    descriptor = -1
    // Not repeated when interrupted: Linux has given the descriptor back by then, and it may be another file's.
    if calls.close(closing) != 0, errno != EINTR { throw .io(errno: errno, operation: "close", path: path) }
  }
}
