import QualityRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A text piped in.
enum StandardInput {
  /// Bytes read at most: what is longer is refused by the job itself, which says how much it takes.
  private static let longest = 4 << 20

  /// All of standard input, as UTF-8.
  /// - Throws: `usage` where it is a terminal; `input-output`; `unreadable` when it is not UTF-8.
  static func text() throws(QualityError) -> String {
    guard isatty(0) == 0 else {
      throw QualityError("usage", "no text given", hint: "write it behind the command, or pipe it in")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= longest {
      let count = buffer.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw QualityError("input-output", "standard input: \(Environment.message(errno))", exitCode: .inputOutput)
      }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw QualityError("unreadable", "standard input: expected UTF-8 text")
    }
    return text
  }
}
