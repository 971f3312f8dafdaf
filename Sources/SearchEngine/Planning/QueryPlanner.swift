import QueryLanguage
import Records
import TextAnalysis

/// Resolves a query against the schemas of the kinds that are searched.
///
/// A word is its exact form and the forms of its stem; quotes and `=` take the exact form; a run of characters written
/// without spaces is its pairs, adjacent; a field clause asks words of the fields' units, whole values of keyword entries,
/// and numbers and dates of columns. What a kind does not have matches nothing there; what no kind has is an error.
struct QueryPlanner {
  /// What of a request bears on the plan.
  struct Options: Sendable {
    /// Whether one word of a flat query suffices.
    var matchesAny = false
    /// Whether dates that only overlap what was asked match too.
    var takesPossibleDates = false
    /// Whether a pattern may begin with `*`: it then reads the whole dictionary.
    var allowsLeadingStar = false
    /// What lies under what, for values of ``treeField`` and ``categoryField``.
    var thesaurus: Thesaurus?
    /// All schemas of the snapshots, searched or not: those that joins may name.
    var joinable: [Schema] = []
    /// Whether joins take possible dates where they would take certain ones, and the reverse: to count what is left open.
    var flipsJoinDates = false
    /// How words may match; the exact way is always among them.
    var ways: Set<Rung> = [.exact, .stem]
    /// The weakest of the ways that bare words take in this plan. Words below `NOT`, `has()` and `by()` take exact forms and
    /// stems on every level.
    var level = Rung.stem
    /// What words may match by beside their own forms.
    var widening: Widening?
    var parameters = RankingParameters()
    /// Moment after which no more patterns are compiled and no weaker forms are planned: the answer is partial anyway.
    var deadline: ContinuousClock.Instant?

    var isLate: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
  }

  let schemas: [Schema]
  let options: Options
  let analyzer = QueryAnalyzer()
  /// Words so far, in query order; equal words at one place are one, whichever kinds ask for them.
  private(set) var terms: [PlanTerm] = []
  private var places: [PlanTerm: Int] = [:]
  /// The places of the bare words that are no function words, in query order; nil when a code is among the words.
  private var sequence: [Int]? = []
  var joins: [PlanJoin] = []
  /// Each once, in query order.
  var notes: [PlanNote] = []
  /// Whether any clause so far asks for dates.
  var usesDates = false
  /// Whether any word so far may match by others.
  var isWidened = false
  /// Whether any word so far is typed as a fuzzy one, where the level of the plan bears on it.
  var hasFuzzyWords = false

  init(schemas: [Schema], options: Options) {
    self.schemas = schemas
    self.options = options
  }

  /// The plan of `syntax` for all schemas given. Throws ``SearchError`` with the place in the query.
  static func plan(
    _ syntax: QuerySyntax, form: Form = .whole, schemas: [Schema], options: Options
  ) throws(SearchError) -> QueryPlan {
    var planner = QueryPlanner(schemas: schemas, options: options)
    if form == .whole { try planner.checkNames(syntax) }
    return try planner.plan(syntax, form)
  }

  /// The weaker forms that may be run when nothing is found, in order.
  static func relaxations(of syntax: QuerySyntax, options: Options) -> [PlanRelaxation] {
    guard !options.isLate else { return [] }
    return QueryPlanner(schemas: [], options: options).weakerForms(of: syntax).map {
      PlanRelaxation(reason: $0, form: $1)
    }
  }

  /// How the bare words of a flat query are taken.
  enum Form: Hashable {
    /// All, runs of characters as wholes.
    case whole
    /// All, runs by their pairs.
    case pairs
    /// At least so many of the words; runs by their pairs when `pairs`, each pair counting as a word.
    case most(minimum: Int, pairs: Bool)
  }

  private mutating func plan(_ syntax: QuerySyntax, _ form: Form) throws(SearchError) -> QueryPlan {
    var roots: [String: PlanNode] = [:]
    for schema in schemas {
      var context = PlanContext(schema: schema, fields: nil, scope: nil, boost: 1)
      context.takesPossibleDates = options.takesPossibleDates
      roots[schema.kind] = try root(syntax, form, context)
    }
    var plan = QueryPlan(terms: terms, roots: roots, joins: joins, notes: notes)
    plan.hasFuzzyWords = hasFuzzyWords
    plan.isPlain = !isWidened
    if let sequence, !sequence.isEmpty, !isWidened, Self.isWordQuery(syntax) {
      let hasRuns = sequence.contains { place in
        guard case .exact(let bytes) = terms[place].expansion else {
          if case .prefix = terms[place].expansion { return true }
          return false
        }
        return bytes.first.map { $0 >= 0xe0 } ?? false
      }
      plan.words = PlanWords(sequence, terms, hasRuns: hasRuns)
    }
    return plan
  }

  /// Bare words, beside which only exclusions and dates stand.
  private static func isWordQuery(_ syntax: QuerySyntax) -> Bool {
    switch syntax.kind {
    case .word: return true
    case .flat(let clauses):
      return clauses.allSatisfy { clause in
        switch clause.kind {
        case .word, .not, .excluded, .date: true
        default: false
        }
      }
    default: return false
    }
  }

  private mutating func root(
    _ syntax: QuerySyntax, _ form: Form, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    guard case .flat(let nodes) = syntax.kind else {
      if case .word(let text) = syntax.kind {
        return try words([(text, syntax.range)], form, others: ([], []), context)
      }
      return try node(syntax, context)
    }
    var bare: [(String, Range<Int>)] = []
    var required: [PlanNode] = []
    var excluded: [PlanNode] = []
    for clause in nodes {
      switch clause.kind {
      case .word(let text): bare.append((text, clause.range))
      case .not(let inner), .excluded(let inner):
        if isForeignJoin(inner, context) { return .nothing }
        excluded.append(try node(inner, context.negated))
      default: required.append(try node(clause, context))
      }
    }
    return try words(bare, form, others: (required, excluded), context)
  }

  /// The bare words of a flat query beside its other clauses.
  private mutating func words(
    _ bare: [(text: String, range: Range<Int>)], _ form: Form, others: (required: [PlanNode], excluded: [PlanNode]),
    _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    sequence = []
    var units: [PlanNode] = []
    var always = others.required
    var optional: [PlanNode] = []
    let classes = classified(bare)
    let hasPlainWords = classes.contains { $0.role == .required }
    for word in classes {
      let unitCount = units.count
      switch word.role {
      case .optional:
        optional.append(plainWord(word.text, word.range, weight: word.weight, context))
        if !word.isFunctionWord { sequence? += optional.suffix(1).flatMap(\.scoredTerms) }
      case .code where options.matchesAny && hasPlainWords:
        // One word among others: `type-2 diabetes`, `covid-19 masks`.
        units += parts(word.text, word.range, weight: word.weight, context)
        sequence? += units[unitCount...].flatMap(\.scoredTerms)
      case .code:
        let code = self.word(word.text, word.range, weight: word.weight, context)
        if options.matchesAny { units.append(code) } else { always.append(code) }
        sequence = nil
      case .required where options.matchesAny:
        units += parts(word.text, word.range, weight: word.weight, context)
      case .required:
        let usesPairs = form == .pairs || { if case .most(_, true) = form { true } else { false } }()
        if usesPairs, let pairs = characterPairs(word.text, word.range, context) {
          units += pairs
        } else {
          units.append(self.word(word.text, word.range, weight: word.weight, context))
        }
      }
      if word.role == .required, !word.isFunctionWord {
        sequence? += units[unitCount...].flatMap(\.scoredTerms)
      }
    }
    if case .most(let minimum, _) = form, units.count > 1 {
      always.append(.any(units, minimum: minimum, isCoordinated: true))
    } else if options.matchesAny, units.count > 1 {
      always.append(.any(units, minimum: 1, isCoordinated: false))
    } else {
      always += units
    }
    return combined(required: always, optional: optional, excluded: others.excluded)
  }

  func combined(required: [PlanNode], optional: [PlanNode], excluded: [PlanNode]) -> PlanNode {
    if optional.isEmpty, excluded.isEmpty, required.count == 1 { return required[0] }
    if required.isEmpty, excluded.isEmpty, !optional.isEmpty { return .any(optional, minimum: 1, isCoordinated: false) }
    return .all(required: required, optional: optional, excluded: excluded)
  }

  private enum Role { case required, optional, code }

  /// Function words and words that only ask are optional, unless there is nothing else.
  private func classified(
    _ bare: [(text: String, range: Range<Int>)]
  ) -> [(text: String, range: Range<Int>, role: Role, weight: Double, isFunctionWord: Bool)] {
    var found: [(text: String, range: Range<Int>, role: Role, weight: Double, isFunctionWord: Bool)] = []
    var hasContent = false
    for (text, range) in bare {
      let tokens = analyzer.tokens(text)
      // A word that is all punctuation asks for nothing.
      guard let first = tokens.first else { continue }
      if tokens.contains(where: { $0.kind == .code }) {
        found.append((text, range, .code, 1, false))
        hasContent = true
        continue
      }
      switch tokens.count == 1 ? analyzer.wordClass(first.term) : .content {
      case .content:
        found.append((text, range, .required, 1, false))
        hasContent = true
      case .function: found.append((text, range, .optional, options.parameters.functionWordWeight, true))
      case .request: found.append((text, range, .optional, options.parameters.requestWordWeight, false))
      }
    }
    if hasContent { return found }
    return found.map { ($0.text, $0.range, .required, 1, $0.isFunctionWord) }
  }

  /// The nodes of a word where any word suffices: one for each part of a word of several, such as `heat-resistant`, whose
  /// parts need not stand together then, and one for each pair of characters of a run written without spaces. A code is
  /// itself and, when it has two parts, as `type-2`, each of them.
  private mutating func parts(
    _ text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext
  ) -> [PlanNode] {
    var tokens = analyzer.tokens(text)
    if tokens.contains(where: { $0.kind == .code }) {
      let all = analyzer.indexTokens(text)
      if all.count(where: { $0.kind != .code }) <= Self.mostCodeParts { tokens = all }
    }
    guard tokens.count > 1 else { return [word(text, range, weight: weight, context)] }
    let exact = !takesStems(context)
    return tokens.filter { analyzer.wordClass($0.term) != .function }.map { token in
      let part = String(decoding: token.term.drop { $0 < 0x20 }, as: UTF8.self)
      let plain = token.kind == .codePart && !exact ? expansion(of: token.term) : expansion(token, exact: exact)
      return .term(place(PlanTerm(plain, weight: weight, text: part, range: range)), fields: nil)
    } + alternatives(text, range, weight: weight, context)
  }

  /// Parts up to which those of a code are looked for by themselves: with more, it is a number of something.
  private static let mostCodeParts = 2

  private func expansion(of word: [UInt8]) -> TermExpansion {
    analyzer.stem(word).map { .stem(exact: word, stem: $0) } ?? .exact(word)
  }

  /// The pairs of a run of three characters or more, each a node; nil for anything else.
  private mutating func characterPairs(
    _ text: String, _ range: Range<Int>, _ context: PlanContext
  ) -> [PlanNode]? {
    let tokens = analyzer.tokens(text)
    guard tokens.count > 1, tokens.contains(where: { $0.kind == .cjkBigram }) else { return nil }
    let exact = !takesStems(context)
    return tokens.map { token in
      .term(
        place(
          PlanTerm(expansion(token, exact: exact), text: String(decoding: token.term, as: UTF8.self), range: range)),
        fields: nil)
    }
  }

  /// The weaker forms that may be run when nothing is found, in order.
  private func weakerForms(of syntax: QuerySyntax) -> [(PlanRelaxation.Reason, Form)] {
    var bare: [(String, Range<Int>)] = []
    switch syntax.kind {
    case .flat(let nodes):
      for clause in nodes {
        if case .word(let text) = clause.kind { bare.append((text, clause.range)) }
      }
    case .word(let text): bare = [(text, syntax.range)]
    default: return []
    }
    if options.matchesAny { return [] }
    var wordCount = 0
    var pairCount = 0
    var hasRuns = false
    for word in classified(bare) where word.role == .required {
      let tokens = analyzer.tokens(word.text)
      let isRun = tokens.count > 1 && tokens.contains { $0.kind == .cjkBigram }
      hasRuns = hasRuns || isRun
      wordCount += 1
      pairCount += isRun ? tokens.count : 1
    }
    var forms: [(PlanRelaxation.Reason, Form)] = []
    if hasRuns { forms.append((.characterPairs, .pairs)) }
    if wordCount > 1 {
      // Half of the words, rounded up; then any of them.
      let half = (wordCount + 1) / 2
      forms.append((.mostWords(minimum: half, of: wordCount), .most(minimum: half, pairs: false)))
      if half > 1 { forms.append((.mostWords(minimum: 1, of: wordCount), .most(minimum: 1, pairs: false))) }
    }
    if hasRuns, pairCount > 1 {
      let half = (pairCount + 1) / 2
      forms.append((.mostWords(minimum: half, of: pairCount), .most(minimum: half, pairs: true)))
    }
    return forms
  }

  /// The place of a term, new or known.
  mutating func place(_ term: PlanTerm) -> Int {
    if let known = places[term] { return known }
    terms.append(term)
    places[term] = terms.count - 1
    return terms.count - 1
  }
}

/// Where in a query a clause stands: which fields it asks, in which unit, how much it weighs.
struct PlanContext {
  let schema: Schema
  /// Nil: the whole record.
  var fields: [Int]?
  /// Set inside `SAME` and item clauses, where all must hold by positions.
  var scope: UnitScope?
  var boost: Double
  /// Whether values stand for all that lies under them in the thesaurus.
  var climbsDown = false
  /// Below an odd number of negations.
  var isNegated = false
  /// Inside `has()` or `by()`, where dates are certain or, below a negation, possible.
  var isInJoin = false
  var takesPossibleDates = false
  /// Below `NOT`, `has()` or `by()`, where words match alike on every level of the plan.
  var isFixed = false
  /// Inside `NEAR`, where words are not widened.
  var isNarrow = false

  /// The context below a negation.
  var negated: PlanContext {
    var below = self
    below.isNegated.toggle()
    below.isFixed = true
    if isInJoin { below.takesPossibleDates.toggle() }
    return below
  }
}
