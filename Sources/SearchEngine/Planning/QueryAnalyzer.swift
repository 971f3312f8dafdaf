import TextAnalysis

/// A token of a query, as the planner needs it.
struct QueryToken: Hashable, Sendable {
  var kind: TokenKind
  /// The folded term as the dictionary holds it.
  var term: [UInt8]
  /// Position from the first token's.
  var position: UInt32
  /// Bytes in the analysed text.
  var from: Int
  var to: Int
}

/// The one place where query text meets the analysis that records went through.
struct QueryAnalyzer: Sendable {
  private let analyzer = Analyzer()
  private let stemmer = Porter2()

  /// The tokens of a word or a phrase: of a code its normal form alone, of a run of characters its pairs.
  func tokens(_ text: String) -> [QueryToken] {
    let all = tokens(text, mode: .query)
    guard all.contains(where: { $0.kind == .code }) else { return all }
    let codes = all.filter { $0.kind == .code }
    return all.filter { token in
      token.kind == .code || !codes.contains { $0.from <= token.from && token.to <= $0.to }
    }
  }

  /// The tokens as they stand in the index.
  func indexTokens(_ text: String) -> [QueryToken] { tokens(text, mode: .index) }

  /// The tokens as they stand in the index, and the positions at which sentences begin, 0 left out.
  func tokensAndSentences(_ text: String) -> (tokens: [QueryToken], sentences: [UInt32]) {
    let buffer = TokenBuffer()
    analyzer.analyze(text, mode: .index, into: buffer)
    return (tokens(of: buffer), buffer.sentences)
  }

  private func tokens(_ text: String, mode: AnalysisMode) -> [QueryToken] {
    let buffer = TokenBuffer()
    analyzer.analyze(text, mode: mode, into: buffer)
    return tokens(of: buffer)
  }

  private func tokens(of buffer: TokenBuffer) -> [QueryToken] {
    var found: [QueryToken] = []
    found.reserveCapacity(buffer.count)
    var position: Int64 = -1
    var first: Int64 = 0
    for index in 0..<buffer.count {
      let token = buffer.tokens[index]
      position += Int64(token.positionStep)
      if index == 0 { first = position }
      found.append(
        QueryToken(
          kind: token.kind, term: Array(buffer.term(token)), position: UInt32(clamping: position - first),
          from: Int(token.from), to: Int(token.to)))
    }
    return found
  }

  /// The stem of a folded word, equal to the word where it has no other; nil for what is not stemmed.
  func stem(_ term: [UInt8]) -> [UInt8]? {
    guard let first = term.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z"), term.count <= 64,
      term.allSatisfy({ $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") || $0 == UInt8(ascii: "'") })
    else { return nil }
    return Array(stemmer.stem(String(decoding: term, as: UTF8.self)).utf8)
  }

  /// How much a word says: function words and words that only ask are never required.
  func wordClass(_ term: [UInt8]) -> QueryWordClass { term.withUnsafeBufferPointer { QueryWordClass.of($0) } }

  /// The forms of a typed code, the fullest first.
  func codeForms(_ text: String) -> [[UInt8]] { FoldedValue.codes(text) }

  /// A whole keyword value as its dictionary entry holds it.
  func foldedValue(_ value: String) -> [UInt8] { FoldedValue.bytes(value) }
}
