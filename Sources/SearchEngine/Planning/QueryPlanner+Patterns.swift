import QueryLanguage
import Records
import TextAnalysis

// Open words: wildcards, regular expressions, fuzzy words. Each is one term, however many entries it stands for.
extension QueryPlanner {
  /// A pattern in which `*` and `?` stand for characters.
  mutating func wildcard(
    _ text: String, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    if options.isLate { return .nothing }
    do throws(AutomatonError) {
      let allowsLeadingStar = options.allowsLeadingStar
      let program = try ByteProgram(WildcardPattern.parse(text, allowsLeadingStar: allowsLeadingStar))
      return try pattern(program, text, range, context)
    } catch {
      throw Self.badPattern(error, range)
    }
  }

  mutating func regularExpression(
    _ text: String, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    if options.isLate { return .nothing }
    do throws(AutomatonError) {
      return try pattern(ByteProgram(RegularExpression.parse(text)), "/" + text + "/", range, context)
    } catch {
      throw Self.badPattern(error, range)
    }
  }

  private static func badPattern(_ error: AutomatonError, _ range: Range<Int>) -> SearchError {
    let place = error.offset.map { " (character \($0 + 1) of the pattern)" } ?? ""
    switch error.code {
    case .syntax, .notSupported:
      return SearchError(.badPattern, error.message + place, range: range, hint: error.hint)
    case .patternTooLong, .repeatTooLarge, .nestingTooDeep, .tooManyStates:
      return SearchError(.patternLimit, error.message + place, range: range, hint: error.hint)
    }
  }

  /// Of words, the program reads words; of fields of whole values, whole values.
  private mutating func pattern(
    _ program: ByteProgram, _ text: String, _ range: Range<Int>, _ context: PlanContext
  ) throws(AutomatonError) -> PlanNode {
    func term(under prefix: [UInt8], weight: Double) -> PlanTerm {
      PlanTerm(.pattern(program, under: prefix), weight: weight, text: text, range: range)
    }
    guard let fields = context.fields else {
      return .term(place(term(under: [], weight: context.boost)), fields: nil)
    }
    var nodes: [PlanNode] = []
    var textFields: [Int] = []
    for field in fields {
      switch context.schema.fields[field].type {
      case .text, .name: textFields.append(field)
      case .keyword, .ordered, .code, .boolean, .date, .number:
        nodes.append(.term(place(term(under: TermKey.keyword(field: field, []), weight: 0)), fields: nil))
      }
    }
    if !textFields.isEmpty {
      nodes.append(.term(place(term(under: [], weight: context.boost)), fields: FieldSet(textFields)))
    }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  /// A word with its neighbours, on the level of that rung; below, as typed. Codes, numbers and runs of characters have none: they stand as typed.
  mutating func fuzzy(
    _ text: String, distance: Int, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    let tokens = analyzer.tokens(text)
    let fields = context.fields.map { FieldSet($0) }
    var slots: [PhraseSlot] = []
    for token in tokens {
      var expansion = self.expansion(token, exact: true)
      let bounded = FuzzyBounds.distance(for: token, asked: distance)
      if let bounded {
        hasFuzzyWords = hasFuzzyWords || !context.isFixed
        if context.isFixed || options.level >= .fuzzy {
          expansion = .fuzzy(token.term, distance: bounded, wordsOnly: true)
        }
      }
      if bounded != distance { noteDistance(bounded, asked: distance, token, range) }
      let term = PlanTerm(expansion, weight: context.boost, text: text + "~\(distance)", range: range)
      slots.append(PhraseSlot(term: place(term), offset: token.position))
    }
    guard let first = slots.first else { return .nothing }
    return slots.count == 1 ? .term(first.term, fields: fields) : .phrase(slots, fields: fields)
  }
}

extension QueryPlanner {
  /// Says that a fuzzy word is taken at a smaller distance than asked, and why.
  private mutating func noteDistance(_ bounded: Int?, asked: Int, _ token: QueryToken, _ range: Range<Int>) {
    let shown = String(decoding: token.term.drop { $0 < 0x20 }.dropFirst(token.kind == .code ? 1 : 0), as: UTF8.self)
    let message: String
    if let bounded {
      message =
        "'\(shown)': distance \(bounded) instead of \(asked): words of less than "
        + "\(FuzzyBounds.shortestForTwo) letters are too short for more"
    } else if token.kind == .word, !token.term.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) {
      message = "'\(shown)': taken as it is: it is too short or too long for fuzzy neighbours"
    } else {
      message = "'\(shown)': taken as it is: codes, numbers and runs of characters are never fuzzed"
    }
    let note = PlanNote(message: message, range: range)
    if !notes.contains(note) { notes.append(note) }
  }
}

/// How far a fuzzy word may be from what is typed.
enum FuzzyBounds {
  /// Shorter words have no neighbours that mean the same: `as` is one edit from `is` and `at`.
  static let shortestForOne = 3
  /// Shorter words allow one edit at most (Elasticsearch's `AUTO`: one edit up to five letters, two from six).
  static let shortestForTwo = 6

  /// The distance to use; nil where a token has no neighbours: codes, anything with a digit, pairs of characters, words
  /// that are too short or too long.
  static func distance(for token: QueryToken, asked: Int) -> Int? {
    guard token.kind == .word else { return nil }
    return distance(for: token.term, asked: asked)
  }

  static func distance(for word: [UInt8], asked: Int) -> Int? {
    guard !word.contains(where: { $0 < 0x20 || ($0 >= 0x30 && $0 <= 0x39) }) else { return nil }
    let length = String(decoding: word, as: UTF8.self).unicodeScalars.count
    guard length >= shortestForOne, length <= LevenshteinAutomaton.longestWord, asked >= 1 else { return nil }
    return length < shortestForTwo ? 1 : min(asked, 2)
  }
}
