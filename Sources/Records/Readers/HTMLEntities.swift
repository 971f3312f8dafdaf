/// Character references of HTML and XML.
enum HTMLEntities {
  private static let names: [String: UInt32] = {
    var result: [String: UInt32] = [:]
    for entry in HTMLEntityTable.names.description.split(separator: " ") {
      let parts = entry.split(separator: "=")
      if parts.count == 2, let value = UInt32(parts[1], radix: 16) { result[String(parts[0])] = value }
    }
    return result
  }()
  private static let legacy = Set(HTMLEntityTable.legacy.description.split(separator: " ").map(String.init))
  /// The longest name of the table and its semicolon.
  private static let longestName = 16

  /// Bytes with their references resolved; unknown ones stay as they are written. A reference yields one character:
  /// nothing expands.
  /// - Parameter isXML: only the five names of XML, the semicolon required.
  static func resolved(_ bytes: ArraySlice<UInt8>, isAttribute: Bool = false, isXML: Bool = false) -> [UInt8] {
    guard bytes.contains(0x26) else { return Array(bytes) }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x26,
        let found = reference(bytes[(index + 1)...], isAttribute: isAttribute, isXML: isXML)
      {
        UTF8Text.append(found.scalar, to: &output)
        index = found.end
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return output
  }

  /// The reference whose `&` stands before `bytes`.
  private static func reference(
    _ bytes: ArraySlice<UInt8>, isAttribute: Bool, isXML: Bool
  ) -> (scalar: UInt32, end: Int)? {
    guard let first = bytes.first else { return nil }
    if first == 0x23 { return numeric(bytes.dropFirst(), isXML: isXML) }
    var end = bytes.startIndex
    while end < bytes.endIndex, end - bytes.startIndex < longestName, isNameByte(bytes[end]) { end += 1 }
    let name = bytes[bytes.startIndex..<end]
    if end < bytes.endIndex, bytes[end] == 0x3B {
      let text = String(decoding: name, as: UTF8.self)
      if isXML, !["amp", "lt", "gt", "quot", "apos"].contains(text) { return nil }
      if let scalar = names[text] { return (scalar, end + 1) }
    }
    if isXML { return nil }
    // Without a semicolon: the longest old name that fits; in an attribute not before `=` or a letter (`?a=1&copy=2`).
    for length in stride(from: min(name.count, 6), through: 2, by: -1) {
      let text = String(decoding: name.prefix(length), as: UTF8.self)
      guard legacy.contains(text), let scalar = names[text] else { continue }
      let next = bytes.startIndex + length
      if isAttribute, next < bytes.endIndex, bytes[next] == 0x3D || isNameByte(bytes[next]) { return nil }
      return (scalar, next)
    }
    return nil
  }

  private static func numeric(_ bytes: ArraySlice<UInt8>, isXML: Bool) -> (scalar: UInt32, end: Int)? {
    var index = bytes.startIndex
    var radix: UInt32 = 10
    if index < bytes.endIndex, bytes[index] | 0x20 == 0x78 {
      radix = 16
      index += 1
    }
    let start = index
    var value: UInt32 = 0
    while index < bytes.endIndex, let digit = digit(bytes[index]), digit < radix {
      value = min(value * radix + digit, 0x110000)
      index += 1
    }
    guard index > start else { return nil }
    if index < bytes.endIndex, bytes[index] == 0x3B { index += 1 } else if isXML { return nil }
    // HTML standard, 13.2.5.80: NUL, surrogates and too large are U+FFFD; 80...9F are read as windows-1252.
    if value == 0 || value > 0x10FFFF || (0xD800...0xDFFF).contains(value) { return (0xFFFD, index) }
    if (0x80...0x9F).contains(value), !isXML { return (Windows1252.scalar(UInt8(value)), index) }
    return (value, index)
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x37
    case 0x61...0x66: UInt32(byte) - 0x57
    default: nil
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}
