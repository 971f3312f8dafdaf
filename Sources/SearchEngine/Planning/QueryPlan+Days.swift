import Records

// Plans as of a day.
extension QueryPlan {
  /// Whether any clause, of joins too, asks for dates.
  var usesDates: Bool {
    var copy = self
    return copy.mapDates { $0 }
  }

  /// Makes dates that lie after `day` count for nothing: every range of days ends there at the latest, and a clause for the
  /// presence of a date asks for one up to it. Negations are of what is left: what was not yet so on that day.
  ///
  /// `isCertain`: a date that is present only counts when all days that it may be are past.
  mutating func cutOff(after day: Int64, isCertain: Bool, schemas: [Schema]) {
    for kind in roots.keys {
      guard let schema = schemas.first(where: { $0.kind == kind }) else { continue }
      if let root = roots[kind] { roots[kind] = root.datedPresence(schema, isCertain) }
      for index in terms.indices { terms[index].expansion = terms[index].expansion.datedPresence(schema, isCertain) }
    }
    _ = mapDates { $0.lowerBound > day ? nil : $0.lowerBound...min($0.upperBound, day) }
    for index in joins.indices { joins[index].cutOff(after: day, isCertain: isCertain, schemas: schemas) }
  }

  /// Changes every range of days; nil takes its clause out: it matches nothing. Returns whether there was any.
  @discardableResult
  private mutating func mapDates(_ change: (ClosedRange<Int64>) -> ClosedRange<Int64>?) -> Bool {
    var hasDates = joins.contains(where: \.hasDates)
    for (kind, root) in roots { roots[kind] = root.mappingDates(&hasDates, change) }
    for index in terms.indices { terms[index].expansion = terms[index].expansion.mappingDates(&hasDates, change) }
    return hasDates
  }
}

extension PlanJoin {
  fileprivate mutating func cutOff(after day: Int64, isCertain: Bool, schemas: [Schema]) {
    var plan = QueryPlan(terms: terms, roots: [kind: root], joins: joins)
    plan.cutOff(after: day, isCertain: isCertain, schemas: schemas)
    terms = plan.terms
    root = plan.roots[kind] ?? .nothing
    joins = plan.joins
    // Outcomes are kept by the key.
    key += "\u{0}until \(day) \(isCertain)"
  }
}

extension PlanNode {
  /// The node with every range of days changed.
  fileprivate func mappingDates(
    _ hasDates: inout Bool, _ change: (ClosedRange<Int64>) -> ClosedRange<Int64>?
  ) -> PlanNode {
    func mapped(_ nodes: [PlanNode]) -> [PlanNode] {
      var found: [PlanNode] = []
      for node in nodes { found.append(node.mappingDates(&hasDates, change)) }
      return found
    }
    switch self {
    case .days(let column, let range, let isCertain):
      hasDates = true
      return change(range).map { .days(column: column, $0, isCertain: isCertain) } ?? .nothing
    case .all(let required, let optional, let excluded):
      return .all(required: mapped(required), optional: mapped(optional), excluded: mapped(excluded))
    case .any(let nodes, let minimum, let isCoordinated):
      return .any(mapped(nodes), minimum: minimum, isCoordinated: isCoordinated)
    case .near(let nodes, let distance, let ordered): return .near(mapped(nodes), distance: distance, ordered: ordered)
    case .same(let scope, let node): return .same(scope, node.mappingDates(&hasDates, change))
    case .unscored(let node): return .unscored(node.mappingDates(&hasDates, change))
    case .nothing, .everything, .term, .phrase, .entries, .entryPrefix, .integers, .values, .joined: return self
    }
  }

  /// The node with the presence of a date as a date on whatever day.
  fileprivate func datedPresence(_ schema: Schema, _ isCertain: Bool) -> PlanNode {
    switch self {
    case .entries(let entries):
      let nodes: [PlanNode] = entries.map { entry in
        guard let field = TermExpansion.dateField(presentIn: entry, schema) else { return .entries([entry]) }
        return .days(column: schema.fields[field].name, Int64.min...Int64.max, isCertain: isCertain)
      }
      if !nodes.contains(where: { if case .days = $0 { true } else { false } }) { return self }
      return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
    case .all(let required, let optional, let excluded):
      return .all(
        required: required.map { $0.datedPresence(schema, isCertain) }, optional: optional,
        excluded: excluded.map { $0.datedPresence(schema, isCertain) })
    case .any(let nodes, let minimum, let isCoordinated):
      return .any(nodes.map { $0.datedPresence(schema, isCertain) }, minimum: minimum, isCoordinated: isCoordinated)
    case .same(let scope, let node): return .same(scope, node.datedPresence(schema, isCertain))
    case .unscored(let node): return .unscored(node.datedPresence(schema, isCertain))
    case .nothing, .everything, .term, .phrase, .entryPrefix, .integers, .days, .values, .joined, .near: return self
    }
  }
}

extension TermExpansion {
  fileprivate func mappingDates(
    _ hasDates: inout Bool, _ change: (ClosedRange<Int64>) -> ClosedRange<Int64>?
  ) -> TermExpansion {
    guard case .values(let prefix, .days(let range, let isCertain)) = self else { return self }
    hasDates = true
    return change(range).map { .values(under: prefix, .days($0, isCertain: isCertain)) } ?? .anyOf([])
  }

  fileprivate func datedPresence(_ schema: Schema, _ isCertain: Bool) -> TermExpansion {
    guard case .anyOf(let entries) = self, entries.count == 1,
      let field = Self.dateField(presentIn: entries[0], schema)
    else { return self }
    return .values(
      under: TermKey.keyword(field: field, []), .days(Int64.min...Int64.max, isCertain: isCertain))
  }

  /// The field of dates that an entry says is there.
  fileprivate static func dateField(presentIn entry: [UInt8], _ schema: Schema) -> Int? {
    schema.fields.indices.first { schema.fields[$0].type == .date && TermKey.presence(field: $0) == entry }
  }
}
