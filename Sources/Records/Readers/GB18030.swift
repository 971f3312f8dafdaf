/// Decoder of GB 18030, one-, two- and four-byte forms (GB 18030-2005 with its full coverage of Unicode).
enum GB18030 {
  /// What stands at the front of some bytes.
  enum Decoded: Equatable {
    case scalar(UInt32, length: Int)
    /// No character: skip so many bytes.
    case malformed(length: Int)
    /// The bytes end within a character.
    case truncated
  }

  /// The character that begins at `index`.
  /// - Precondition: `index < bytes.count`.
  /// - Complexity: O(1); four-byte forms of the basic plane search 206 runs by halving.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Decoded {
    let first = bytes[index]
    if first < 0x80 { return .scalar(UInt32(first), length: 1) }
    guard first >= 0x81, first <= 0xFE else { return .malformed(length: 1) }
    guard index + 1 < bytes.count else { return .truncated }
    let second = bytes[index + 1]
    if second >= 0x30, second <= 0x39 {
      guard index + 2 < bytes.count else { return .truncated }
      let third = bytes[index + 2]
      guard third >= 0x81, third <= 0xFE else { return .malformed(length: 1) }
      guard index + 3 < bytes.count else { return .truncated }
      let fourth = bytes[index + 3]
      guard fourth >= 0x30, fourth <= 0x39 else { return .malformed(length: 1) }
      let number =
        ((Int(first) - 0x81) * 10 + Int(second) - 0x30) * 1260 + (Int(third) - 0x81) * 10 + Int(fourth) - 0x30
      guard let scalar = fourByteScalar(number) else { return .malformed(length: 1) }
      return .scalar(scalar, length: 4)
    }
    guard second >= 0x40, second != 0x7F, second != 0xFF else { return .malformed(length: 1) }
    let column = Int(second) - (second > 0x7F ? 0x41 : 0x40)
    return .scalar(pairScalar((Int(first) - 0x81) * 190 + column), length: 2)
  }

  private static func pairScalar(_ pair: Int) -> UInt32 {
    let table = GB18030Table.pairs.utf8Start + pair * 3
    return sextet(table[0]) << 12 | sextet(table[1]) << 6 | sextet(table[2])
  }

  /// Number 189,000 is 90 30 81 30, where the supplementary planes begin in order.
  private static func fourByteScalar(_ number: Int) -> UInt32? {
    if number >= 189_000 {
      let scalar = number - 189_000 + 0x10000
      return scalar <= 0x10FFFF ? UInt32(scalar) : nil
    }
    var low = 0
    var high = GB18030Table.rangeCount
    while low < high {
      let middle = (low + high) / 2
      if rangeField(middle, 0) <= number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let offset = number - rangeField(low - 1, 0)
    guard offset < rangeField(low - 1, 2) else { return nil }
    return UInt32(rangeField(low - 1, 1) + offset)
  }

  private static func rangeField(_ range: Int, _ field: Int) -> Int {
    let table = GB18030Table.ranges.utf8Start + range * 12 + field * 4
    var value = 0
    for place in 0..<4 {
      let digit = Int(table[place])
      value = value * 16 + (digit >= 0x41 ? digit - 0x37 : digit - 0x30)
    }
    return value
  }

  private static func sextet(_ byte: UInt8) -> UInt32 {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case 0x2B: 62
    default: 63
    }
  }
}
