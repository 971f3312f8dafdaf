/// One header or trailer field: `name: value`.
struct FieldLine: Hashable, Sendable {
  /// In lower case.
  let name: String
  let value: String

  /// A token, a colon right behind it, a value without controls, blanks around it dropped (RFC 9112, section 5). A line
  /// that begins with a blank would continue the one before: refused.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) -> FieldLine {
    guard let colon = bytes.firstIndex(of: 0x3A) else { throw RequestProblem(400, "a header field without a colon") }
    let name = bytes[..<colon]
    guard !name.isEmpty else { throw RequestProblem(400, "a header field without a name") }
    guard name.allSatisfy(isTokenByte) else { throw RequestProblem(400, "the name of a header field is no token") }
    var value = bytes[(colon + 1)...]
    while let first = value.first, first == 0x20 || first == 0x09 { value.removeFirst() }
    while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw RequestProblem(400, "a control character in a header field")
    }
    guard let text = String(validating: value, as: UTF8.self) else {
      throw RequestProblem(400, "a header field that is no UTF-8")
    }
    return FieldLine(name: String(decoding: name.map(lowercased), as: UTF8.self), value: text)
  }

  /// Bytes of a token (RFC 9110, section 5.6.2).
  static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E, 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

/// The line before a chunk: `1a;name=value`.
enum ChunkSize {
  /// The size, and the bytes of extensions behind it.
  static func parse(
    _ bytes: ArraySlice<UInt8>, digits: Int
  ) throws(RequestProblem) -> (size: Int, extensions: Int) {
    let number = bytes.prefix { RequestTarget.hexadecimal($0) != nil }
    guard !number.isEmpty, number.count <= digits else {
      throw RequestProblem(400, "a chunk's size is 1 to \(digits) hexadecimal digits")
    }
    let rest = bytes[number.endIndex...]
    // RFC 9112, 7.1.1: extensions begin with a semicolon. Blanks before it are for recipients that guess: refused.
    guard rest.isEmpty || rest.first == 0x3B else { throw RequestProblem(400, "a chunk's size is no number") }
    guard rest.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }) else {
      throw RequestProblem(400, "a control character in a chunk extension")
    }
    var size = 0
    for byte in number { size = size << 4 | Int(RequestTarget.hexadecimal(byte) ?? 0) }
    return (size, rest.count)
  }
}
