import QueryLanguage

/// One of the clauses that a query was read as, and the query without it.
public struct ReadClause: Hashable, Sendable {
  /// In canonical form.
  public var text: String
  /// Bytes of the query as typed.
  public var at: Range<Int>
  /// Whether it narrows by a field, a date, a join or a negation; false of words that are searched for.
  public var isFilter: Bool
  /// The query without it; empty where it is the only one.
  public var without: String
}

extension ParseAnswer {
  /// The clauses that must hold side by side, in their order; one where the query is of another shape.
  public var clauses: [ReadClause] {
    let clauses = parsed.syntax.clauses
    var isAnd = false
    if case .and = parsed.syntax.kind { isAnd = true }
    return clauses.enumerated().map { place, clause in
      var rest = clauses
      rest.remove(at: place)
      let without: String =
        switch rest.count {
        case 0: ""
        case 1: rest[0].description
        default: QuerySyntax(isAnd ? .and(rest) : .flat(rest)).description
        }
      return ReadClause(text: clause.description, at: clause.range, isFilter: clause.isFilter, without: without)
    }
  }
}

extension QuerySyntax {
  fileprivate var isFilter: Bool {
    switch kind {
    case .field, .range, .date, .has, .by, .not, .excluded, .everything: true
    case .required(let inner), .boost(let inner, _): inner.isFilter
    default: false
    }
  }
}

extension SearchAnswer {
  /// The clause that takes the records whose field has exactly this value: added to a query, it leaves as many as the count
  /// of a facet says.
  public static func clause(_ field: String, _ value: String) -> String {
    if field == "kind" { return QuerySyntax(.field(.init(field), QuerySyntax(.word(value)))).description }
    if field.hasSuffix("category") {
      // A category alone: those under it are counted by themselves, and a range does not go down the product tree.
      let bound = QuerySyntax.Bound(value, isInclusive: true)
      return QuerySyntax(.range(.init(field), lower: bound, upper: bound)).description
    }
    let isOneWord = !value.isEmpty && !value.contains { $0.isWhitespace }
    let inner: QuerySyntax.Kind = isOneWord ? .word(value) : .phrase(value)
    return QuerySyntax(.field(.init(field), QuerySyntax(inner))).description
  }
}

extension ParseAnswer {
  /// The text that was parsed.
  public var query: String { parsed.text }
}
