import SearchEngine

/// A word of a text as quotations are compared by: a run of letters and figures, or one character of a script that is
/// written without spaces. Marks of punctuation are no words; `%`, `‰` and `°` belong to the figures before them.
struct TextWord: Hashable, Sendable {
  /// Case, width, accents and Traditional characters folded.
  var folded: String
  /// Bytes of the text's UTF-8.
  var range: Range<Int>
  /// Whether it is a single character of such a script.
  var isIdeograph: Bool

  /// The words of `text`, in order. Linear.
  static func all(in text: String) -> [TextWord] {
    var found: [TextWord] = []
    var run = String.UnicodeScalarView()
    var isASCII = true
    var start = 0
    var offset = 0
    // A text has few different characters of such a script: each is folded once.
    var known: [Unicode.Scalar: String] = [:]
    func close(_ end: Int) {
      guard !run.isEmpty else { return }
      let word = String(run)
      found.append(
        TextWord(
          folded: isASCII ? word.lowercased() : TextTokens.folded(word), range: start..<end, isIdeograph: false))
      run = String.UnicodeScalarView()
      isASCII = true
    }
    for scalar in text.unicodeScalars {
      let length = UTF8.width(scalar)
      if isIdeograph(scalar) {
        close(offset)
        let word = known[scalar] ?? TextTokens.folded(String(scalar))
        known[scalar] = word
        found.append(TextWord(folded: word, range: offset..<offset + length, isIdeograph: true))
      } else if isPart(scalar, of: run) {
        if run.isEmpty { start = offset }
        run.append(scalar)
        isASCII = isASCII && scalar.isASCII
      } else {
        close(offset)
      }
      offset += length
    }
    close(offset)
    return found
  }

  private static func isPart(_ scalar: Unicode.Scalar, of run: String.UnicodeScalarView) -> Bool {
    if scalar.value < 0x80 {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
      case 0x25: return run.last.map { $0.properties.numericType != nil } ?? false
      default: return false
      }
    }
    if "％‰°℃".unicodeScalars.contains(scalar) { return run.last.map { $0.properties.numericType != nil } ?? false }
    let properties = scalar.properties
    if properties.isAlphabetic || properties.numericType != nil { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark: return !run.isEmpty
    default: return false
    }
  }

  /// Han, kana.
  static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    guard value >= 0x3005 else { return false }
    return (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || (0x3041...0x30FF).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0x20000...0x3FFFF).contains(value) || value == 0x3005 || value == 0x3007
  }
}
