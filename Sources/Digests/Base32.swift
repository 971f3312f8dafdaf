/// Base 32 in Douglas Crockford's alphabet: no I, L, O or U, so that codes survive being read aloud and typed back.
public enum Base32 {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// Five bits a character, first bits first; the last character is filled up with zero bits.
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var characters: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        characters.append(alphabet[Int(buffer >> bits & 31)])
      }
    }
    if bits > 0 { characters.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
    return String(decoding: characters, as: UTF8.self)
  }

  /// The bytes of a code, as people type it: either case, I and L for 1, O for 0, hyphens and spaces anywhere.
  /// - Returns: nil for any other character, for a length that no bytes have, and for filling bits that are not zero.
  public static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    var characters = 0
    for character in text.utf8 {
      if character == UInt8(ascii: "-") || character == UInt8(ascii: " ") { continue }
      guard let value = value(of: character) else { return nil }
      characters += 1
      buffer = (buffer << 5 | value) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    guard bits < 5, buffer & (1 << bits - 1) == 0, [0, 2, 4, 5, 7].contains(characters % 8) else { return nil }
    return bytes
  }

  /// A code in groups of four (`7F3K-91C2-…`), as it is shown.
  public static func grouped(_ code: String) -> String {
    var groups = ""
    for (index, character) in code.enumerated() {
      if index > 0, index % 4 == 0 { groups.append("-") }
      groups.append(character)
    }
    return groups
  }

  private static func value(of character: UInt8) -> UInt32? {
    var upper = character
    if upper >= UInt8(ascii: "a"), upper <= UInt8(ascii: "z") { upper -= 32 }
    switch upper {
    case UInt8(ascii: "O"): return 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
    default: return alphabet.firstIndex(of: upper).map { UInt32($0) }
    }
  }
}

extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
