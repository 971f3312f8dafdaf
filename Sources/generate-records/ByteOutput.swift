#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What went wrong while writing or reading a file.
struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let action: String
  let code: Int32

  var description: String { "cannot \(action) \(path): \(String(cString: strerror(code)))" }
}

/// A buffered file or standard output.
final class ByteOutput {
  private var buffer: [UInt8] = []
  private let descriptor: Int32
  private let path: String
  private let utf16: Bool
  /// Flush above this many bytes: a system call for some hundreds of records.
  private let limit = 1 << 18

  /// `-` is standard output. `utf16` writes UTF-16, little-endian, with a byte order mark.
  init(_ path: String, utf16: Bool = false) throws(FileFailure) {
    self.path = path
    self.utf16 = utf16
    descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor < 0 { throw FileFailure(path: path, action: "create", code: errno) }
    buffer.reserveCapacity(limit + (1 << 16))
    if utf16 { buffer += [0xFF, 0xFE] }
  }

  private init(descriptor: Int32) {
    path = "standard error"
    utf16 = false
    self.descriptor = descriptor
  }

  static func toStandardError(_ text: String) throws(FileFailure) {
    let output = ByteOutput(descriptor: 2)
    try output.write(text)
    try output.finish()
  }

  func write(_ bytes: [UInt8]) throws(FileFailure) {
    if utf16 {
      for unit in String(decoding: bytes, as: UTF8.self).utf16 {
        buffer.append(UInt8(truncatingIfNeeded: unit))
        buffer.append(UInt8(truncatingIfNeeded: unit >> 8))
      }
    } else {
      buffer.append(contentsOf: bytes)
    }
    if buffer.count >= limit { try flush() }
  }

  func write(_ text: String) throws(FileFailure) { try write(Array(text.utf8)) }

  func flush() throws(FileFailure) {
    var from = 0
    while from < buffer.count {
      let wrote = buffer.withUnsafeBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        #if canImport(Glibc)
          return Glibc.write(descriptor, base + from, bytes.count - from)
        #else
          return Darwin.write(descriptor, base + from, bytes.count - from)
        #endif
      }
      if wrote < 0 {
        if errno == EINTR { continue }
        throw FileFailure(path: path, action: "write to", code: errno)
      }
      from += wrote
    }
    buffer.removeAll(keepingCapacity: true)
  }

  func finish() throws(FileFailure) {
    try flush()
    if descriptor > 2 { close(descriptor) }
  }
}

/// Builds one JSON object at a time into a byte buffer that is kept between records.
struct JSONLine {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
    open("{")
  }

  mutating func end() {
    close("}")
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  mutating func close(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func field(_ name: StaticString, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    self.name(name)
    string(value.utf8)
  }

  mutating func field(_ name: StaticString, text: [UInt8]) {
    self.name(name)
    string(text)
  }

  mutating func field(_ name: StaticString, _ value: Bool) {
    self.name(name)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    needsComma = true
  }

  mutating func field(_ name: StaticString, _ values: [String]) {
    if values.isEmpty { return }
    self.name(name)
    open("[")
    for value in values { string(value.utf8) }
    close("]")
  }

  mutating func string(_ value: some Sequence<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "n"))
      case 0..<0x20: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }
}
