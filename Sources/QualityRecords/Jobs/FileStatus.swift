#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the operating system says of a file: enough to notice that it has changed.
struct FileStatus: Hashable, Sendable {
  let size: Int
  /// Nanoseconds since 1970.
  let modified: Int
  let isFolder: Bool

  /// Nil when nothing is there, or it may not be looked at.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int(status.st_size)
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}

/// A file that is written beside its place and takes it when it is whole: until then the old one stays, which may be what
/// is being read.
final class ReplacementFile {
  private let path: String
  private let temporary: String
  private var descriptor: Int32
  /// The first refusal of the operating system.
  private(set) var failure: QualityError?

  /// - Throws: `input-output` when the file cannot be made.
  init(path: String) throws(QualityError) {
    self.path = path
    temporary = "\(path).\(getpid()).tmp"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    if descriptor < 0 { throw Self.error(temporary) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Appends; a failure is kept until ``finish()``.
  func write(_ bytes: [UInt8]) {
    guard failure == nil, descriptor >= 0 else { return }
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let piece = UnsafeRawBufferPointer(rebasing: rest)
        #if canImport(Darwin)
          let count = Darwin.write(descriptor, piece.baseAddress, piece.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, piece.baseAddress, piece.count)
        #else
          let count = Glibc.write(descriptor, piece.baseAddress, piece.count)
        #endif
        if count < 0 {
          if errno == EINTR { continue }
          failure = Self.error(temporary)
          return
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Puts the file in its place. Throws the first failure.
  func finish() throws(QualityError) {
    if let failure { throw failure }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, rename(temporary, path) == 0 else {
      let error = Self.error(path)
      unlink(temporary)
      throw error
    }
  }

  private static func error(_ path: String) -> QualityError {
    QualityError("input-output", "\(path): \(String(cString: strerror(errno)))", exitCode: .inputOutput)
  }
}
