/// A quotation taken apart: its words, and where it says that something was left out.
struct QuotationText: Sendable {
  let text: String
  let words: [TextWord]
  /// Numbers of words, from 1, behind which an ellipsis stands.
  let ellipses: Set<Int>

  /// Bytes of a quotation at most: four pages. A longer text is no quotation of one paragraph.
  static let longest = 20_000
  /// Words of a quotation at most.
  static let mostWords = 4_000

  /// - Throws: `limit` for what is too long; `usage` for a text without words.
  init(_ text: String) throws(QualityError) {
    guard text.utf8.count <= Self.longest else {
      throw QualityError(
        "limit", "the quotation has \(text.utf8.count) bytes; at most \(Self.longest) are compared",
        hint: "check it paragraph by paragraph")
    }
    let words = TextWord.all(in: text)
    guard !words.isEmpty else {
      throw QualityError("usage", "a quotation needs words", hint: "dossier quote-check TEXT")
    }
    self.text = text
    self.words = Array(words.prefix(Self.mostWords))
    guard words.count <= Self.mostWords else {
      throw QualityError(
        "limit", "the quotation has \(words.count) words; at most \(Self.mostWords) are compared",
        hint: "check it paragraph by paragraph")
    }
    let bytes = Array(text.utf8)
    var ellipses: Set<Int> = []
    for (place, pair) in zip(words, words.dropFirst()).enumerated() {
      let between = String(decoding: bytes[pair.0.range.upperBound..<pair.1.range.lowerBound], as: UTF8.self)
      if between.contains("…") || between.contains("...") { ellipses.insert(place + 1) }
    }
    self.ellipses = ellipses
  }

  /// From the first word to the last, white space as one space.
  static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The text between its first and last word.
  var core: String {
    guard let first = words.first, let last = words.last else { return "" }
    return Self.plain(Array(text.utf8)[first.range.lowerBound..<last.range.upperBound])
  }
}
