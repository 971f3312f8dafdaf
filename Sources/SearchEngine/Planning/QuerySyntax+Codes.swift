import QueryLanguage
import TextAnalysis

// Codes that were typed in pieces.
extension QuerySyntax {
  /// Words that one code is typed as at most: `GB / T 5296.5`.
  private static let codeWords = 4

  /// The query with neighbouring bare words that make one code as one word: `GB 6675-2014`, `XK 16-204-00123`. The rule is
  /// that of the analysis of records, so what is one code there is one here. Fields, phrases and patterns stay as they are.
  var joiningCodes: QuerySyntax {
    var joined = self
    switch kind {
    case .flat(let clauses): joined.kind = .flat(Self.joined(clauses))
    case .and(let clauses): joined.kind = .and(Self.joined(clauses))
    case .or(let clauses): joined.kind = .or(clauses.map(\.joiningCodes))
    case .not(let inner): joined.kind = .not(inner.joiningCodes)
    case .excluded(let inner): joined.kind = .excluded(inner.joiningCodes)
    case .has(let name, let inner?): joined.kind = .has(name, inner.joiningCodes)
    case .by(let name, let inner?): joined.kind = .by(name, inner.joiningCodes)
    default: return self
    }
    if case .flat(let clauses) = joined.kind, clauses.count == 1, let only = clauses.first { return only }
    return joined
  }

  private static func joined(_ clauses: [QuerySyntax]) -> [QuerySyntax] {
    var found: [QuerySyntax] = []
    var index = 0
    while index < clauses.count {
      let (text, length) = code(clauses[index...])
      if length > 1 {
        let range = clauses[index].range.lowerBound..<clauses[index + length - 1].range.upperBound
        found.append(QuerySyntax(.word(text), range: range))
      } else {
        found.append(clauses[index].joiningCodes)
      }
      index += max(1, length)
    }
    return found
  }

  /// The longest run of words at the beginning that is one code; length 0 where there is none.
  private static func code(_ clauses: ArraySlice<QuerySyntax>) -> (text: String, length: Int) {
    var words: [String] = []
    for clause in clauses.prefix(codeWords) {
      guard case .word(let text) = clause.kind else { break }
      words.append(text)
    }
    let analyzer = QueryAnalyzer()
    while words.count > 1 {
      let text = words.joined(separator: " ")
      // A code holds a digit: nearly all queries end here.
      if text.utf8.contains(where: { (0x30...0x39).contains($0) || $0 == 0xEF }) {
        let tokens = analyzer.tokens(text)
        if tokens.count == 1, tokens[0].kind == .code { return (text, words.count) }
      }
      words.removeLast()
    }
    return ("", 0)
  }
}
