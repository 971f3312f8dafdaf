import QueryLanguage
import Records

/// A clause about records of another kind: `has(…)`, `by(…)`. Evaluated once a query, as a set of hub records.
struct PlanJoin: Sendable {
  /// Equal joins have equal keys: the outcome is kept by it as long as the snapshots live.
  var key: String
  /// The kind through which records are joined, itself one of the two kinds or between them.
  var hub: String
  /// The kind that is looked at, and what its records must match.
  var kind: String
  var terms: [PlanTerm]
  var root: PlanNode
  /// Joins inside.
  var joins: [PlanJoin]
  /// Whether dates bear on it, so that those that are not exact may leave it open.
  var hasDates: Bool
}

// Joins over kinds. A kind belongs to a hub when it has a keyword field of the hub's name: `inspection.enterprise` holds
// ids or names of records of kind `enterprise`.
extension QueryPlanner {
  /// Whether records of the kind name one of `hub`.
  static func belongs(_ schema: Schema, to hub: String) -> Bool {
    guard schema.kind != hub, let place = schema.index(of: hub) else { return false }
    return schema.fields[place].type == .keyword
  }

  /// `has`: the hub is the kind itself, or the kind that its records belong to. `by`: the kind's records and those looked
  /// at belong to the hub, or those looked at are it. Nil where neither is so.
  private func hub(of schema: Schema, _ other: Schema, isBy: Bool) -> String? {
    if !isBy, Self.belongs(other, to: schema.kind) { return schema.kind }
    if Self.belongs(schema, to: other.kind) { return other.kind }
    guard isBy else { return nil }
    return options.joinable.first { Self.belongs(schema, to: $0.kind) && Self.belongs(other, to: $0.kind) }?.kind
  }

  /// Whether a negated clause is a join that records of this kind have no part in: they do not match it either.
  func isForeignJoin(_ syntax: QuerySyntax, _ context: PlanContext) -> Bool {
    switch syntax.kind {
    case .has(let name, _): return isForeign(name, isBy: false, context)
    case .by(let name, _): return isForeign(name, isBy: true, context)
    default: return false
    }
  }

  private func isForeign(_ name: QuerySyntax.Name, isBy: Bool, _ context: PlanContext) -> Bool {
    guard let other = options.joinable.first(where: { $0.kind == name.text }) else { return false }
    return hub(of: context.schema, other, isBy: isBy) == nil
  }

  /// A join clause: exact and stem rungs only, dates certain, or possible where it is negated.
  mutating func join(
    _ name: QuerySyntax.Name, _ inner: QuerySyntax?, isBy: Bool, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    let clause = isBy ? "by()" : "has()"
    guard context.scope == nil, context.fields == nil else {
      throw SearchError(
        .badValue, "\(clause) stands inside a field, SAME or an item", range: range, hint: "put it beside them")
    }
    guard let other = options.joinable.first(where: { $0.kind == name.text }) else {
      throw SearchError(
        .unknownKind, "no records of kind '\(name.text)'", range: name.range,
        hint: NearestName.question(name.text, among: options.joinable.map(\.kind))
          + "kinds are: \(options.joinable.map(\.kind).joined(separator: ", "))")
    }
    guard options.joinable.contains(where: { hub(of: $0, other, isBy: isBy) != nil }) else {
      throw SearchError(
        .badValue, "records of kind '\(name.text)' belong to no other and none belong to them", range: name.range)
    }
    guard let hub = hub(of: context.schema, other, isBy: isBy) else { return .nothing }
    let possible = context.isNegated != options.flipsJoinDates
    let key = [
      hub, other.kind, possible ? "1" : "0", options.allowsLeadingStar ? "1" : "0",
      options.ways.contains(.stem) ? "1" : "0", inner?.description ?? "*",
    ].joined(separator: "\u{0}")
    if let known = joins.firstIndex(where: { $0.key == key }) { return .joined(known) }
    var planner = QueryPlanner(schemas: [other], options: options)
    var root = PlanNode.everything
    if let inner {
      try planner.checkNames(inner)
      var inside = PlanContext(schema: other, fields: nil, scope: nil, boost: 1)
      inside.isInJoin = true
      inside.isFixed = true
      inside.isNegated = context.isNegated
      inside.takesPossibleDates = possible
      root = try planner.node(inner, inside)
    }
    notes += planner.notes.filter { !notes.contains($0) }
    joins.append(
      PlanJoin(
        key: key, hub: hub, kind: other.kind, terms: planner.terms, root: root, joins: planner.joins,
        hasDates: planner.usesDates || planner.joins.contains { $0.hasDates }))
    return .joined(joins.count - 1)
  }
}
