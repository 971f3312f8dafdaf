import TextAnalysis

/// A token of a text, for people: what ``TextTokens/of(_:)`` shows.
public struct TextToken: Sendable, Hashable {
  /// From 0; tokens at one position are alternatives.
  public let position: Int
  /// Folded; of a code its normal form.
  public let term: String
  /// `word`, `number`, `cjkBigram`, `cjkLast`, `codePart`, `code`, `longWord`.
  public let kind: String
  /// Of a word, what its forms share; nil for what is not stemmed.
  public let stem: String?
  /// Byte range in the text.
  public let range: Range<Int>
}

/// What the analysis of records makes of a text.
public enum TextTokens {
  /// The tokens as they are indexed, by rising position. Linear.
  public static func of(_ text: String) -> [TextToken] {
    let analyzer = QueryAnalyzer()
    return analyzer.indexTokens(text).map { token in
      let term = token.kind == .code ? Array(token.term.dropFirst(CodeForm.termPrefix.count)) : token.term
      let stem = token.kind == .word ? analyzer.stem(token.term) : nil
      return TextToken(
        position: Int(token.position), term: String(decoding: term, as: UTF8.self), kind: "\(token.kind)",
        stem: stem.map { String(decoding: $0, as: UTF8.self) }, range: token.from..<max(token.from, token.to))
    }
  }

  /// The version of the analysis: tokens of equal versions are equal.
  public static var version: String { Analyzer.version }

  /// A whole value as it is compared: case, width, marks and Traditional characters folded.
  public static func folded(_ value: String) -> String { String(decoding: FoldedValue.bytes(value), as: UTF8.self) }

  /// A code as it is compared: `ＸＫ１６－２０８－０９５０５` and `xk16 208 09505` are one. Of a text that is no code, the text
  /// folded.
  public static func normalCode(_ value: String) -> String {
    String(decoding: FoldedValue.codes(value).first ?? FoldedValue.bytes(value), as: UTF8.self)
  }
}
