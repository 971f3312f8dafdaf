import QualityRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension OutputStream {
  /// A new file, or an old one emptied.
  static func file(_ path: String) throws(QualityError) -> OutputStream {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failed(path, errno) }
    return OutputStream(descriptor: descriptor)
  }

  /// Writes what is left and closes; for files, not for standard streams.
  func close(_ path: String) throws(QualityError) {
    flush()
    let closed = systemClose(descriptor)
    if let failure { throw Self.failed(path, failure) }
    if closed != 0 { throw Self.failed(path, errno) }
  }

  private static func failed(_ path: String, _ number: Int32) -> QualityError {
    QualityError("input-output", "\(path): \(Environment.message(number))", exitCode: .inputOutput)
  }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
