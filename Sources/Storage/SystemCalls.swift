#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system calls that may do less than asked or be interrupted, so that tests can make them do so.
/// Each answers as the call does: -1 with `errno` set on failure.
struct SystemCalls: Sendable {
  var write: @Sendable (Int32, UnsafeRawPointer, Int) -> Int
  var pread: @Sendable (Int32, UnsafeMutableRawPointer, Int, Int) -> Int
  var fsync: @Sendable (Int32) -> Int32
  /// Asks the file system about a file that is open: an error where it has shut itself down.
  var fstat: @Sendable (Int32) -> Int32
  var close: @Sendable (Int32) -> Int32

  static let system = SystemCalls(
    write: { descriptor, bytes, count in
      #if canImport(Darwin)
        Darwin.write(descriptor, bytes, count)
      #elseif canImport(Musl)
        Musl.write(descriptor, bytes, count)
      #else
        Glibc.write(descriptor, bytes, count)
      #endif
    },
    pread: { descriptor, bytes, count, offset in
      #if canImport(Darwin)
        Darwin.pread(descriptor, bytes, count, off_t(offset))
      #elseif canImport(Musl)
        Musl.pread(descriptor, bytes, count, off_t(offset))
      #else
        Glibc.pread(descriptor, bytes, count, off_t(offset))
      #endif
    },
    fsync: { descriptor in
      #if canImport(Darwin)
        // Darwin's fsync leaves the data in the drive's cache.
        fcntl(descriptor, F_FULLFSYNC) == 0 ? 0 : Darwin.fsync(descriptor)
      #elseif canImport(Musl)
        Musl.fsync(descriptor)
      #else
        Glibc.fsync(descriptor)
      #endif
    },
    fstat: { descriptor in
      var status = stat()
      #if canImport(Darwin)
        return Darwin.fstat(descriptor, &status)
      #elseif canImport(Musl)
        return Musl.fstat(descriptor, &status)
      #else
        return Glibc.fstat(descriptor, &status)
      #endif
    },
    close: { descriptor in
      #if canImport(Darwin)
        Darwin.close(descriptor)
      #elseif canImport(Musl)
        Musl.close(descriptor)
      #else
        Glibc.close(descriptor)
      #endif
    })
}

extension SystemCalls {
  /// Makes the bytes of a file, or the names of a directory, durable.
  ///
  /// A sync that reports no failure is not believed alone. XFS throws away what it has not logged when it shuts itself down,
  /// after an error of its log or by the call that stands for a power cut, and reports a sync of a directory that meets that
  /// as done (seen on Linux 6.18: 19 of 150 cuts lost a name that was so acknowledged). What its files are asked after that
  /// is an error, so they are asked: a microsecond.
  ///
  /// - Throws: `io`; it is unknown then what is durable.
  func sync(_ descriptor: Int32, path: String) throws(StorageError) {
    _ = try retryingInterrupts { fsync(descriptor) }.value("fsync", path)
    _ = try retryingInterrupts { fstat(descriptor) }.value("fstat", path)
  }
}

/// Runs a call again for as long as it is interrupted by a signal. Answers its result, or the error number.
func retryingInterrupts<Value: FixedWidthInteger>(_ call: () -> Value) -> Result<Value, SystemError> {
  while true {
    let value = call()
    if value != -1 { return .success(value) }
    let number = errno
    if number != EINTR { return .failure(SystemError(number: number)) }
  }
}

/// An error number as the system gave it, before it is known which call and file it belongs to.
struct SystemError: Error {
  let number: Int32

  /// The error of a call on a path, with the two cases that callers tell apart.
  func storageError(_ operation: String, _ path: String) -> StorageError {
    switch number {
    case ENOENT: return .missing(path: path)
    case EEXIST: return .exists(path: path)
    default: return .io(errno: number, operation: operation, path: path)
    }
  }
}

extension Result where Failure == SystemError {
  /// The value, or the failure as an error of that call on that path.
  func value(_ operation: String, _ path: String) throws(StorageError) -> Success {
    switch self {
    case .success(let value): return value
    case .failure(let error): throw error.storageError(operation, path)
    }
  }
}
