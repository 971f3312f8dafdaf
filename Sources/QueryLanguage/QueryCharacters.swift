/// The characters that mean something in a query.
enum QueryCharacters {
  /// White space of any script, controls, and invisible marks that arrive by copying: all separate words.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x80 { return value <= 0x20 || value == 0x7F }
    switch value {
    case 0x80...0xA0, 0x1680, 0x2000...0x200B, 0x200E, 0x200F, 0x2028...0x202F, 0x205F, 0x2060, 0x2066...0x2069,
      0x3000, 0xFEFF:
      return true
    default: return false
    }
  }

  /// Marks between clauses of Chinese text, which separate words as a space does.
  static func isIdeographicSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "，", "。", "、", "；", "！", "？": return true
    default: return false
    }
  }

  /// The plain mark that a full-width mark stands for; others as they are.
  static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  static func isOpenParenthesis(_ scalar: Unicode.Scalar) -> Bool { scalar == "(" || scalar == "（" }
  static func isCloseParenthesis(_ scalar: Unicode.Scalar) -> Bool { scalar == ")" || scalar == "）" }
  static func isParenthesis(_ scalar: Unicode.Scalar) -> Bool {
    isOpenParenthesis(scalar) || isCloseParenthesis(scalar)
  }

  /// Double quotation marks: any of them closes what any of them opened.
  static func isDoubleQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{FF02}": return true
    default: return false
    }
  }

  /// Single quotation marks; apostrophes among them, so they quote only around several words.
  static func isSingleQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{FF07}", "`": return true
    default: return false
    }
  }

  /// The closing mark of a bracket-like quotation mark.
  static func closingBracketQuote(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "「": return "」"
    case "『": return "』"
    case "《": return "》"
    case "〈": return "〉"
    case "«": return "»"
    case "‹": return "›"
    default: return nil
    }
  }

  static func isClosingBracketQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "」", "』", "》", "〉", "»", "›": return true
    default: return false
    }
  }

  /// Whether a word ends before this character wherever it stands.
  static func isDelimiter(_ scalar: Unicode.Scalar) -> Bool {
    isSpace(scalar) || isParenthesis(scalar) || isIdeographicSeparator(scalar)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

  static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x80 { return (0x61...0x7A).contains(value) || (0x41...0x5A).contains(value) || value == 0x5F }
    return scalar.properties.isAlphabetic
  }

  static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return isNameStart(scalar) || isDigit(scalar) || scalar == "-" || scalar == "." }
    return isNameStart(scalar) || scalar.properties.numericType != nil
  }

  /// Whether characters before a colon (or comparison) can be the name of a field: a letter or `_`, then letters,
  /// digits, `_`, `-`, `.`, the last being no dash or dot.
  static func isFieldName(_ scalars: some BidirectionalCollection<Unicode.Scalar>) -> Bool {
    guard let first = scalars.first, let last = scalars.last, isNameStart(first), last != "-", last != "." else {
      return false
    }
    return scalars.count <= 64 && scalars.allSatisfy(isNamePart)
  }

  /// The same before a colon, which belongs to the word in `EN71-3:2013` (the code of a standard and its year) and in
  /// an address such as `http://…`; `after` is what follows the colon, two characters suffice.
  static func isFieldName(
    _ scalars: some BidirectionalCollection<Unicode.Scalar>, beforeColonAnd after: some Collection<Unicode.Scalar>
  ) -> Bool {
    guard isFieldName(scalars) else { return false }
    if after.prefix(2).elementsEqual("//".unicodeScalars) { return false }
    return !(scalars.contains { isDigit(plain($0)) } && (after.first.map(isDigit) ?? false))
  }

  /// The ASCII lower case of a short text; other characters as they are.
  static func lowercasedASCII(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isUpper = (0x41...0x5A).contains(scalar.value)
      scalars.append(isUpper ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value + 32)) : scalar)
    }
    return String(scalars)
  }
}
