import QualityRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that nobody else may read.
enum SecretFile {
  /// Bytes of such a file: a thousand tokens are a tenth of it.
  private static let longest = 4 << 20

  /// - Throws: `usage` when others may read or change it; `input-output`; `unreadable` when it is not UTF-8.
  static func text(_ path: String) throws(QualityError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      throw QualityError(
        "input-output", "\(path): \(Environment.message(errno))", exitCode: .inputOutput)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.longest else {
      throw QualityError("usage", "\(path) is no file of secrets", hint: "name a file")
    }
    guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
      throw QualityError("usage", "others may read \(path)", hint: "chmod 600 \(path)")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw QualityError("input-output", "\(path): \(Environment.message(errno))", exitCode: .inputOutput)
      }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw QualityError("unreadable", "\(path) is not UTF-8")
    }
    return text
  }
}
