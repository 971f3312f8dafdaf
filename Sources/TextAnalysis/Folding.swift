/// Folding of whole values: the same folding of characters as in words, without cutting into words.
public enum Folding {
  /// The folded UTF-8 of a text: case, width, compatibility forms, marks and Traditional characters as in words, each run
  /// of white space one space. Linear.
  public static func folded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      let code = scalar.value
      if scalar.properties.isWhitespace {
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
}
