import QueryLanguage
import Records
import Synchronization
import TextAnalysis

/// Looks up what the bare words of a query may match by beside their own forms: names in the thesaurus, names of hub
/// records. What no record searched can match by is left out, so that a query which nothing widens is planned as typed.
///
/// Cost: a look-up in the thesaurus for each span of up to six words, and one in the dictionaries for each word of what it
/// finds; for each word the names of the hub's records, which are kept for the life of the snapshots.
struct WideningBuilder {
  /// A bare word.
  struct Word {
    var text: String
    var range: Range<Int>
    var tokens: [QueryToken]
    /// No word that only holds others together (`of`), nor one that only asks (`documents`).
    var isContent: Bool
  }

  let searcher: Searcher
  let request: SearchRequest
  let kinds: [Schema]
  let segments: [SegmentContext]
  let analyzer = QueryAnalyzer()
  var widening = Widening()

  /// What widens the words of `request`; nil where nothing may. Throws what reading the dictionaries throws.
  static func widening(
    _ request: SearchRequest, _ kinds: [Schema], _ segments: [SegmentContext], _ searcher: Searcher
  ) throws(IndexError) -> Widening? {
    guard !request.rungs.isDisjoint(with: [.thesaurus, .name, .pinyin]) else { return nil }
    var builder = WideningBuilder(searcher: searcher, request: request, kinds: kinds, segments: segments)
    try builder.visit(request.query)
    return builder.widening.alternatives.isEmpty ? nil : builder.widening
  }

  /// Bare words side by side make spans; what stands below negations, fields, quotes and the like is left alone.
  private mutating func visit(_ syntax: QuerySyntax) throws(IndexError) {
    switch syntax.kind {
    case .word: try widen([syntax])
    case .required(let inner), .boost(let inner, _): try visit(inner)
    case .or(let clauses): for clause in clauses { try visit(clause) }
    case .flat(let clauses), .and(let clauses):
      var run: [QuerySyntax] = []
      for clause in clauses {
        if clause.isBareWord {
          run.append(clause)
          continue
        }
        try widen(run)
        run = []
        try visit(clause)
      }
      try widen(run)
    default: break
    }
  }

  private mutating func widen(_ clauses: [QuerySyntax]) throws(IndexError) {
    var run: [Word] = []
    for clause in clauses {
      guard case .word(let text) = clause.kind else { continue }
      let tokens = analyzer.tokens(text)
      if tokens.isEmpty || tokens.contains(where: { $0.kind == .code }) {
        try widen(run)
        run = []
        continue
      }
      let isContent = tokens.count > 1 || analyzer.wordClass(tokens[0].term) == .content
      run.append(Word(text: text, range: clause.range, tokens: tokens, isContent: isContent))
    }
    try widen(run)
  }

  private mutating func widen(_ run: [Word]) throws(IndexError) {
    guard !run.isEmpty else { return }
    if request.rungs.contains(.thesaurus), let thesaurus = searcher.thesaurusIndex {
      try addThesaurus(run, thesaurus)
    }
    if !request.rungs.isDisjoint(with: [.name, .pinyin]) { try addNames(run) }
  }

  /// Gives an alternative to each word of a span that says anything.
  mutating func add(_ span: ArraySlice<Word>, _ rung: Rung, _ form: Widening.Alternative.Form) {
    var isScored = true
    let range = Self.range(span)
    for word in span where word.isContent || span.count == 1 {
      let alternative = Widening.Alternative(rung: rung, form: form, range: range, isScored: isScored)
      let key = Widening.Word(text: word.text, range: word.range)
      if widening.alternatives[key]?.contains(alternative) == true { continue }
      widening.alternatives[key, default: []].append(alternative)
      isScored = false
    }
  }

  static func range(_ span: ArraySlice<Word>) -> Range<Int> {
    guard let first = span.first, let last = span.last else { return 0..<0 }
    return first.range.lowerBound..<max(first.range.upperBound, last.range.upperBound)
  }

  static func text(_ span: ArraySlice<Word>) -> String { span.map(\.text).joined(separator: " ") }

  // MARK: Thesaurus

  /// The longest spans first; a word of one is not widened by a shorter one: `plush toy` is not `toy`.
  private mutating func addThesaurus(_ run: [Word], _ thesaurus: ThesaurusIndex) throws(IndexError) {
    var isTaken = [Bool](repeating: false, count: run.count)
    for length in stride(from: min(run.count, WideningLimits.spanWords), through: 1, by: -1) {
      for start in 0...(run.count - length) {
        let places = start..<start + length
        if isTaken[places].contains(true) || !run[places].contains(where: \.isContent) { continue }
        let names = thesaurus.namesUnder(run[places].flatMap(\.tokens), analyzer)
        if names.isEmpty { continue }
        for place in places { isTaken[place] = true }
        try addThesaurus(run[places], names)
      }
    }
  }

  private mutating func addThesaurus(_ span: ArraySlice<Word>, _ names: [String]) throws(IndexError) {
    let own = span.map { stems($0.tokens) }
    let whole = own.flatMap { $0 }
    var known: [String] = []
    var taken: [String] = []
    var seen: Set<[[UInt8]]> = [whole]
    for name in names where known.count <= WideningLimits.names {
      let tokens = analyzer.tokens(name)
      let stems = stems(tokens)
      guard seen.insert(stems).inserted, try isHeld(tokens) else { continue }
      known.append(name)
      // A name that holds the words themselves finds nothing that they do not.
      if !own.allSatisfy({ Self.holds(stems, $0) }) { taken.append(name) }
    }
    let isCut = known.count > WideningLimits.names
    if isCut { known.removeLast() }
    guard !taken.isEmpty else { return }
    add(span, .thesaurus, .names(Array(taken.prefix(WideningLimits.names))))
    widening.spans.append(
      Widening.Span(
        rung: .thesaurus, text: Self.text(span), range: Self.range(span),
        names: Array(known.prefix(WideningLimits.shownNames)), count: known.count, isCut: isCut))
  }

  private func stems(_ tokens: [QueryToken]) -> [[UInt8]] { tokens.map { analyzer.stem($0.term) ?? $0.term } }

  private static func holds(_ all: [[UInt8]], _ part: [[UInt8]]) -> Bool {
    guard !part.isEmpty, part.count <= all.count else { return false }
    return (0...(all.count - part.count)).contains { all[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// Whether some segment searched holds every one of the words.
  private func isHeld(_ tokens: [QueryToken]) throws(IndexError) -> Bool {
    for segment in segments {
      var holdsAll = !tokens.isEmpty
      for token in tokens where holdsAll { holdsAll = try Self.isHeld(token, analyzer, segment.reader) }
      if holdsAll { return true }
    }
    return false
  }

  private static func isHeld(
    _ token: QueryToken, _ analyzer: QueryAnalyzer, _ reader: SegmentReader
  ) throws(IndexError) -> Bool {
    if token.kind == .cjkLast {
      let cursor = reader.dictionary.cursor()
      return try cursor.seek(atLeastBytes: token.term) && cursor.term.starts(with: token.term)
    }
    if token.kind == .word, let stem = analyzer.stem(token.term) {
      if try reader.stems?.entry(bytes: stem) != nil { return true }
      if try reader.dictionary.find(bytes: stem) != nil { return true }
    }
    return try reader.dictionary.find(bytes: token.term) != nil
  }
}

extension Searcher {
  /// The names of the thesaurus by their stems, made once.
  var thesaurusIndex: ThesaurusIndex? {
    guard let thesaurus else { return nil }
    return thesaurusCache.withLock { known in
      if let known { return known }
      let made = ThesaurusIndex(thesaurus)
      known = made
      return made
    }
  }
}
