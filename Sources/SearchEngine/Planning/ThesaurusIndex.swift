import TextAnalysis

/// The names of a thesaurus by the stems of their words, so that `sofas` and `Plush  Toys` find `sofa` and `plush toy`.
struct ThesaurusIndex: Sendable {
  let thesaurus: Thesaurus
  /// Names as written, by their stems.
  private var names: [[UInt8]: [String]] = [:]

  /// Cost: the analysis of all names, about a microsecond each.
  init(_ thesaurus: Thesaurus) {
    self.thesaurus = thesaurus
    let analyzer = QueryAnalyzer()
    for name in Set(thesaurus.terms.flatMap(\.names)).sorted() {
      guard let key = Self.key(of: analyzer.tokens(name), analyzer) else { continue }
      names[key, default: []].append(name)
    }
  }

  /// What names are equal by: the stems of their words in order. Nil for codes and for what has no word.
  static func key(of tokens: [QueryToken], _ analyzer: QueryAnalyzer) -> [UInt8]? {
    guard !tokens.isEmpty, !tokens.contains(where: { $0.kind == .code }) else { return nil }
    return Array(tokens.map { analyzer.stem($0.term) ?? $0.term }.joined(separator: [0]))
  }

  /// All names of the terms that the tokens name, and of all terms under them, each once, in the order of the tree; the
  /// terms' own names among them. None where no name has these stems. Never what is beside or above them.
  func namesUnder(_ tokens: [QueryToken], _ analyzer: QueryAnalyzer) -> [String] {
    guard let key = Self.key(of: tokens, analyzer), let found = names[key] else { return [] }
    if found.count == 1 { return thesaurus.namesUnder(found[0]) }
    var seen: Set<String> = []
    return found.flatMap { thesaurus.namesUnder($0) }.filter { seen.insert($0).inserted }
  }
}
