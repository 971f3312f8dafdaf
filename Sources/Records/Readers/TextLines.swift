/// Small tools over lines of text.
enum TextLines {
  /// White space as pages write it: ASCII, no-break, ideographic and zero-width spaces.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// Han, kana and hangul, and their punctuation: text that is written without spaces.
  static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }

  /// Runs of white space become one space; ends trimmed.
  static func collapsed(_ text: some StringProtocol) -> String {
    var output = String.UnicodeScalarView()
    var space = false
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        space = true
      } else {
        if space, !output.isEmpty { output.append(" ") }
        space = false
        output.append(scalar)
      }
    }
    return String(output)
  }

  /// Lines by CR LF, LF or CR.
  static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
  }

  /// How much there is to read: an ideograph counts as two and a half letters (English takes about that much more room).
  static func weight(_ text: String) -> Int {
    var half = 0
    for scalar in text.unicodeScalars { half += isIdeographic(scalar) ? 5 : 2 }
    return half / 2
  }

  /// Whether the text ends as a sentence does.
  static func endsSentence(_ text: String) -> Bool {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, closing.contains(last) { scalars.removeLast() }
    guard let last = scalars.last else { return false }
    return sentenceEnds.contains(last)
  }

  private static let closing: Set<Unicode.Scalar> = ["\"", "'", ")", "]", "”", "’", "）", "」", "』", "】", "》", " "]
  private static let sentenceEnds: Set<Unicode.Scalar> = [".", "!", "?", "。", "！", "？", "…", "；", ";", ":", "："]
}
