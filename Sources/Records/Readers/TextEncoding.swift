/// The character encodings that are read.
public enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case gb18030 = "GB18030"
  /// Never guessed: only where a page declares it (the WHATWG Encoding Standard reads `iso-8859-1` as this too).
  case windows1252 = "windows-1252"

  /// The encoding that a label such as `gb2312` or `utf8` stands for, or nil.
  public init?(label: String) {
    switch label.lowercased() {
    case "utf-8", "utf8", "unicode-1-1-utf-8", "us-ascii", "ascii": self = .utf8
    case "gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936", "csgb2312", "iso-ir-58", "chinese": self = .gb18030
    case "utf-16", "utf-16le", "unicode", "ucs-2": self = .utf16LittleEndian
    case "utf-16be": self = .utf16BigEndian
    case "windows-1252", "iso-8859-1", "latin1", "cp1252", "iso8859-1", "l1": self = .windows1252
    default: return nil
    }
  }
}

/// Tells encodings apart by their bytes.
enum EncodingDetector {
  /// What a byte order mark at the front says, and its length.
  static func byteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, length: Int)? {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return (.utf8, 3) }
    if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return (.utf16LittleEndian, 2) }
    if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return (.utf16BigEndian, 2) }
    if bytes.count >= 4, bytes[0] == 0x84, bytes[1] == 0x31, bytes[2] == 0x95, bytes[3] == 0x33 { return (.gb18030, 4) }
    return nil
  }

  /// UTF-16 without a mark: ASCII text in it has a zero in every second byte.
  static func unmarkedUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let count = min(bytes.count, 4096) & ~1
    guard count >= 8 else { return nil }
    var even = 0
    var odd = 0
    for index in stride(from: 0, to: count, by: 2) {
      if bytes[index] == 0 { even += 1 }
      if bytes[index + 1] == 0 { odd += 1 }
    }
    // At least 7 of 10 units in the ASCII range, and next to no zeros on the other side (binary data has both).
    let units = count / 2
    if odd * 10 >= units * 7, even * 20 <= units { return .utf16LittleEndian }
    if even * 10 >= units * 7, odd * 20 <= units { return .utf16BigEndian }
    return nil
  }

  /// UTF-8 or GB 18030, judged on a window of bytes. Valid UTF-8 (but for a character cut at the end) is UTF-8. Else it
  /// is GB 18030 when decoding it so meets next to no errors, fewer than UTF-8 does, and at least half of its characters
  /// are common ones: marks and letters (lead bytes A1...A9) or the 3,755 first-level characters (B0...D7).
  static func utf8OrGB18030(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding {
    let utf8 = utf8Errors(bytes)
    if utf8.errors == 0 { return .utf8 }
    var index = 0
    var errors = 0
    var characters = 0
    var common = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      switch GB18030.decode(bytes, at: index) {
      case .scalar(_, let length):
        characters += 1
        if length == 2 {
          let lead = bytes[index]
          let trail = bytes[index + 1]
          if trail >= 0xA1, (lead >= 0xA1 && lead <= 0xA9) || (lead >= 0xB0 && lead <= 0xD7) { common += 1 }
        }
        index += length
      case .malformed(let length):
        errors += 1
        index += length
      case .truncated:
        index = bytes.count
      }
    }
    guard characters > 0, errors * 50 <= characters, errors < utf8.errors, common * 2 >= characters else {
      return .utf8
    }
    // A few bad bytes among much good UTF-8 stay UTF-8.
    return utf8.multibyte > utf8.errors * 4 ? .utf8 : .gb18030
  }

  /// Malformed sequences and well-formed multibyte characters; a character cut at the end counts as neither.
  static func utf8Errors(_ bytes: UnsafeBufferPointer<UInt8>) -> (errors: Int, multibyte: Int) {
    var index = 0
    var errors = 0
    var multibyte = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      switch UTF8Text.sequence(bytes, at: index) {
      case .valid(let length):
        multibyte += 1
        index += length
      case .invalid:
        errors += 1
        index += 1
      case .truncated:
        index = bytes.count
      }
    }
    return (errors, multibyte)
  }
}
