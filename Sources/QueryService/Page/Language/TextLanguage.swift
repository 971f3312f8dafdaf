/// The language of a run of text, as far as it matters for fonts, line breaks and voices.
enum TextLanguage {
  /// `zh-Hans` where Han characters are at least a third of the letters, else `en`; nil where there are no letters.
  static func of(_ text: String) -> PageLanguage? {
    var han = 0
    var letters = 0
    for scalar in text.unicodeScalars.prefix(longest) {
      switch scalar.value {
      case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3134F: han += 1
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: letters += 1
      default: continue
      }
    }
    guard han + letters > 0 else { return nil }
    // A Han character says as much as several letters.
    return han * 3 >= letters ? .chinese : .english
  }

  /// The beginning of a text tells.
  private static let longest = 400
}

extension PageLanguage {
  /// As `lang` has it.
  var tag: String { self == .chinese ? "zh-Hans" : "en" }
  var other: PageLanguage { self == .chinese ? .english : .chinese }
}
