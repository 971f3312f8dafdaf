extension JSONScanner {
  /// An error at `offset`, or where the scanner stands; line and column are counted only now.
  func error(
    _ reason: JSONError.Reason, expected: String, found: String? = nil, at offset: Int? = nil
  ) -> JSONError {
    let offset = min(offset ?? position, count)
    var line = 1
    var column = 1
    var index = count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? min(3, offset) : 0
    while index < offset {
      let byte = base[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < count && base[index + 1] == 0x0A)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      index += 1
    }
    return JSONError(
      reason: reason, expected: expected, found: found ?? character(at: offset), offset: offset, line: line,
      column: column)
  }

  /// The character at `offset`, fit to be shown.
  private func character(at offset: Int) -> String {
    guard offset < count else { return "the end" }
    let byte = base[offset]
    if byte < 0x20 || byte == 0x7F { return "the control character \(hexadecimal(byte))" }
    if byte < 0x80 { return String(UnicodeScalar(byte)) }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    let bytes = UnsafeBufferPointer(start: base + offset, count: min(length, count - offset))
    return String(validating: bytes, as: UTF8.self) ?? "the byte \(hexadecimal(byte))"
  }

  func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0x0\(digits)" : "0x\(digits)"
  }
}

/// Where bytes stop being UTF-8 (Unicode 15.0, table 3-7).
enum UTF8Check {
  /// The offset of the first byte that belongs to no well-formed sequence; nil when all do. Linear.
  static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      var lower: UInt8 = 0x80
      var upper: UInt8 = 0xBF
      let following: Int
      switch byte {
      case 0xC2...0xDF: following = 1
      case 0xE0: (following, lower) = (2, 0xA0)
      case 0xE1...0xEC, 0xEE...0xEF: following = 2
      case 0xED: (following, upper) = (2, 0x9F)
      case 0xF0: (following, lower) = (3, 0x90)
      case 0xF1...0xF3: following = 3
      case 0xF4: (following, upper) = (3, 0x8F)
      default: return index
      }
      guard following < bytes.count - index else { return index }
      for step in 1...following {
        let next = bytes[index + step]
        guard next >= lower, next <= upper else { return index }
        (lower, upper) = (0x80, 0xBF)
      }
      index += following + 1
    }
    return nil
  }
}
