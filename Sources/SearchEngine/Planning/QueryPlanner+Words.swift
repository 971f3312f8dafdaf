import QueryLanguage
import TextAnalysis

// Words, phrases and the operators over them.
extension QueryPlanner {
  /// The node of any clause.
  mutating func node(_ syntax: QuerySyntax, _ context: PlanContext) throws(SearchError) -> PlanNode {
    let range = syntax.range
    switch syntax.kind {
    case .empty: return .nothing
    case .everything:
      guard let fields = context.fields else { return .everything }
      return entries(fields.map { TermKey.presence(field: $0) }, context)
    case .word(let text):
      if let fields = context.fields { return try fieldValue(text, range, exact: false, fields, context) }
      return word(text, range, weight: 1, context)
    case .exact(let text):
      if let fields = context.fields { return try fieldValue(text, range, exact: true, fields, context) }
      return phrase(text, range, context)
    case .phrase(let text):
      if let fields = context.fields { return try fieldValue(text, range, exact: true, fields, context) }
      return phrase(text, range, context)
    case .prefix(let text): return try prefix(text, range, context)
    case .flat(let nodes), .and(let nodes):
      var required: [PlanNode] = []
      var excluded: [PlanNode] = []
      for clause in nodes {
        switch clause.kind {
        case .not(let inner), .excluded(let inner):
          if isForeignJoin(inner, context) { return .nothing }
          excluded.append(try node(inner, context.negated))
        default: required.append(try node(clause, context))
        }
      }
      return combined(required: required, optional: [], excluded: excluded)
    case .or(let nodes):
      var alternatives: [PlanNode] = []
      for clause in nodes { alternatives.append(try node(clause, context)) }
      return .any(alternatives, minimum: 1, isCoordinated: false)
    case .not(let inner), .excluded(let inner):
      if isForeignJoin(inner, context) { return .nothing }
      return .all(required: [], optional: [], excluded: [try node(inner, context.negated)])
    case .required(let inner): return try node(inner, context)
    case .boost(let inner, let factor):
      var boosted = context
      boosted.boost *= factor
      return try node(inner, boosted)
    case .field(let name, let inner): return try field(name, inner, context)
    case .range(let name, let lower, let upper): return try valueRange(name, lower, upper, range, context)
    case .date(let span): return try date(span, range, context)
    case .near(let nodes, let distance, let ordered):
      return try near(nodes, distance: distance, ordered: ordered, range, context)
    case .same(let unit, let inner):
      var inside = context
      inside.scope = unit == .sentence ? .sentence : .paragraph
      return .same(unit == .sentence ? .sentence : .paragraph, try node(inner, inside))
    case .unit(let name, let inner): return try item(name, inner, context)
    case .wildcard(let text): return try wildcard(text, range, context)
    case .regularExpression(let text): return try regularExpression(text, range, context)
    case .fuzzy(let text, let distance): return try fuzzy(text, distance: distance, range, context)
    case .has(let name, let inner): return try join(name, inner, isBy: false, range, context)
    case .by(let name, let inner): return try join(name, inner, isBy: true, range, context)
    }
  }

  func notSupported(_ what: String, _ range: Range<Int>) -> SearchError {
    SearchError(
      .notSupported, "\(what) is part of the query language, but not evaluated yet", range: range,
      hint: "use words, phrases, prefixes, fields and ranges")
  }

  /// A bare word: with the forms of its stem, its parts adjacent when it has several, and what widens it.
  mutating func word(_ text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext) -> PlanNode {
    widened(plainWord(text, range, weight: weight, context), text, range, weight: weight, context)
  }

  /// A bare word by its own forms alone.
  mutating func plainWord(_ text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext) -> PlanNode {
    tokensNode(
      analyzer.tokens(text), exact: !takesStems(context), text: text, range, weight: weight * context.boost, context)
  }

  /// Words exact, adjacent, in order.
  mutating func phrase(_ text: String, _ range: Range<Int>, _ context: PlanContext) -> PlanNode {
    tokensNode(analyzer.tokens(text), exact: true, text: text, range, weight: context.boost, context)
  }

  mutating func tokensNode(
    _ tokens: [QueryToken], exact: Bool, text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext
  ) -> PlanNode {
    let fields = context.fields.map { FieldSet($0) }
    guard let first = tokens.first else { return .nothing }
    if tokens.count == 1 {
      let term = PlanTerm(expansion(first, exact: exact), weight: weight, text: text, range: range)
      return .term(place(term), fields: fields)
    }
    var slots: [PhraseSlot] = []
    for token in tokens {
      let part = String(decoding: token.term.drop { $0 < 0x20 }, as: UTF8.self)
      let term = PlanTerm(expansion(token, exact: exact), weight: weight, text: part, range: range)
      slots.append(PhraseSlot(term: place(term), offset: token.position))
    }
    return .phrase(slots, fields: fields)
  }

  /// What one token stands for. A character alone is all pairs that begin with it, and itself.
  func expansion(_ token: QueryToken, exact: Bool) -> TermExpansion {
    if token.kind == .cjkLast { return .prefix(token.term) }
    if !exact, token.kind == .word, let stem = analyzer.stem(token.term) { return .stem(exact: token.term, stem: stem) }
    return .exact(token.term)
  }

  /// A prefix; the words before it, when its text has several, adjacent and exact.
  mutating func prefix(_ text: String, _ range: Range<Int>, _ context: PlanContext) throws(SearchError) -> PlanNode {
    let tokens = analyzer.tokens(text)
    if let fields = context.fields, let node = try valuePrefix(text, fields, range, context) { return node }
    guard let last = tokens.last else { return .nothing }
    let fields = context.fields.map { FieldSet($0) }
    var slots: [PhraseSlot] = []
    for (index, token) in tokens.enumerated() {
      // A code typed in part is looked up among codes; its entry begins with the namespace.
      let isOpen = index == tokens.count - 1
      let expansion = isOpen ? TermExpansion.prefix(last.term) : self.expansion(token, exact: true)
      let term = PlanTerm(expansion, weight: context.boost, text: text, range: range)
      slots.append(PhraseSlot(term: place(term), offset: token.position))
    }
    return slots.count == 1 ? .term(slots[0].term, fields: fields) : .phrase(slots, fields: fields)
  }

  private mutating func near(
    _ nodes: [QuerySyntax], distance: Int, ordered: Bool, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    guard nodes.count <= NearLimits.members else {
      throw SearchError(
        .notSupported, "NEAR takes at most \(NearLimits.members) words or phrases, found \(nodes.count)", range: range,
        hint: "split it into several")
    }
    var inside = context
    inside.isNarrow = true
    var rows: [[PlanNode]] = [[]]
    for clause in nodes {
      var alternatives: [PlanNode] = []
      for choice in Self.alternatives(clause) {
        let member = try node(choice, inside)
        switch member {
        case .term, .phrase: alternatives.append(member)
        case .nothing: continue
        default:
          throw SearchError(
            .notSupported, "NEAR takes words, phrases, patterns and OR between them", range: choice.range,
            hint: "put other clauses beside NEAR")
        }
      }
      guard rows.count * alternatives.count <= NearLimits.combinations else {
        throw SearchError(
          .notSupported, "the OR inside NEAR makes more than \(NearLimits.combinations) combinations", range: range,
          hint: "use fewer words in each OR")
      }
      rows = rows.flatMap { row in alternatives.map { row + [$0] } }
    }
    let pairs = rows.map { PlanNode.near($0, distance: distance, ordered: ordered) }
    if pairs.isEmpty { return .nothing }
    return pairs.count == 1 ? pairs[0] : .any(pairs, minimum: 1, isCoordinated: false)
  }

  /// The choices that `(a OR b)` gives to NEAR: a NEAR of a choice is a choice of NEARs.
  private static func alternatives(_ clause: QuerySyntax) -> [QuerySyntax] {
    guard case .or(let nodes) = clause.kind else { return [clause] }
    return nodes.flatMap(alternatives)
  }
}

/// Bounds of proximity clauses.
enum NearLimits {
  /// Sets of members are kept as the bits of one 64-bit word: 2 to the power of 6.
  static let members = 6
  /// Proximity clauses that the OR inside one may make: each reads positions on its own.
  static let combinations = 64
}
