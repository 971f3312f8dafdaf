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

/// A file that takes its name when it is whole: until then what stood there stays.
struct ReplacedFile {
  let stream: OutputStream
  private let path: String
  /// Nil where the file is written in place: a pipe, a device.
  private let temporary: String?

  /// - Throws: `input-output` when the folder cannot be written.
  init(_ path: String) throws(QualityError) {
    self.path = path
    var status = stat()
    let isThere = stat(path, &status) == 0
    temporary = isThere && status.st_mode & S_IFMT != S_IFREG ? nil : "\(path).\(getpid()).part"
    stream = try OutputStream.file(temporary ?? path)
  }

  /// Writes what is left, and gives the file its name.
  func commit() throws(QualityError) {
    do throws(QualityError) { try stream.close(path) } catch {
      discard()
      throw error
    }
    guard let temporary, rename(temporary, path) != 0 else { return }
    let number = errno
    discard()
    throw QualityError("input-output", "\(path): \(Environment.message(number))", exitCode: .inputOutput)
  }

  /// Leaves no trace of what was written.
  func discard() {
    if let temporary { _ = unlink(temporary) }
  }

  /// Runs `body` with the stream of a file, or with standard output where no file is named. The file stays as it was when
  /// `body` throws or something could not be written.
  static func write<Result>(
    to path: String?, or output: OutputStream, _ body: (OutputStream) throws(QualityError) -> Result
  ) throws(QualityError) -> Result {
    guard let path else {
      let result = try body(output)
      output.flush()
      return result
    }
    let file = try ReplacedFile(path)
    let result: Result
    do throws(QualityError) { result = try body(file.stream) } catch {
      file.discard()
      throw error
    }
    try file.commit()
    return result
  }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
