/// Folding of whole values: the same folding of characters as in words, without cutting into words.
public enum Folding {
  /// The folded UTF-8 of a text: case, width, compatibility forms, marks and Traditional characters as in words, each run
  /// of white space one space. Linear.
  public static func folded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      let code = scalar.value
      if isWhiteSpace(code) {
        if bytes.last != 0x20 { bytes.append(0x20) }
      } else if code < 0x80 {
        let byte = UInt8(truncatingIfNeeded: code)
        bytes.append(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)
      } else if let form = UnicodeTables.folded(code) {
        bytes.append(contentsOf: form)
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return bytes
  }

  /// Unicode's property White_Space, whose members are fixed; the standard library's look-up takes ten times as long.
  private static func isWhiteSpace(_ code: UInt32) -> Bool {
    switch code {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}
