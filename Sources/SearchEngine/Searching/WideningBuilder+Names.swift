import Records
import Synchronization
import TextAnalysis

// Names of hub records: a note is found by the names of its enterprise, through the join, not by words copied into it.
extension WideningBuilder {
  /// A kind whose records have names and that records of other kinds belong to.
  private struct Hub {
    var schema: Schema
    var fields: [Int]
    /// Whether records that belong to it are searched, and it is itself.
    var hasMembers: Bool
    var isSearched: Bool
  }

  private var hubs: [Hub] {
    searcher.schemas.compactMap { schema in
      let fields = HubLinks.nameFields(of: schema)
      guard !fields.isEmpty, searcher.schemas.contains(where: { QueryPlanner.belongs($0, to: schema.kind) }) else {
        return nil
      }
      let hub = Hub(
        schema: schema, fields: fields,
        hasMembers: kinds.contains { QueryPlanner.belongs($0, to: schema.kind) },
        isSearched: kinds.contains { $0.kind == schema.kind })
      return hub.hasMembers || hub.isSearched ? hub : nil
    }
  }

  mutating func addNames(_ run: [Word]) throws(IndexError) {
    for hub in hubs {
      for place in run.indices where hub.hasMembers && run[place].isContent && !Self.isLegalForm(run[place].text) {
        try addName(run[place...place], [run[place].text], hub)
      }
      try addForms(run, hub)
    }
  }

  /// Whether a word is the legal form of a company or only joins others: no evidence of whose name it is.
  private static func isLegalForm(_ text: String) -> Bool { NameKey.key(of: "x " + text).core == "x" }

  /// Words before a legal form, and it with them: the form is covered by the name that it belongs to. The longest name that
  /// some record has.
  private mutating func addForms(_ run: [Word], _ hub: Hub) throws(IndexError) {
    var end = 0
    while end < run.count {
      defer { end += 1 }
      guard Self.isLegalForm(run[end].text), end + 1 == run.count || !Self.isLegalForm(run[end + 1].text) else {
        continue
      }
      for start in max(0, end + 1 - WideningLimits.spanWords)..<max(1, end) {
        let span = run[start...end]
        let key = NameKey.key(of: Self.text(span))
        if key.words.isEmpty || span.allSatisfy({ Self.isLegalForm($0.text) }) { continue }
        if try addName(span, [key.words.joined(separator: " ")], hub) { break }
      }
    }
    // A run of characters carries its form inside.
    for place in run.indices where run[place].tokens.count > 1 {
      let words = NameKey.key(of: run[place].text).words.joined(separator: " ")
      let tokens = analyzer.tokens(words)
      if tokens.isEmpty || tokens.map(\.term) == run[place].tokens.map(\.term) { continue }
      try addName(run[place...place], [words], hub)
    }
  }

  /// Widens a span by the hub records in whose names one of the texts stands, as it is. Returns whether there are any.
  @discardableResult
  private mutating func addName(_ span: ArraySlice<Word>, _ texts: [String], _ hub: Hub) throws(IndexError) -> Bool {
    var planner = QueryPlanner(schemas: [hub.schema], options: QueryPlanner.Options())
    let context = PlanContext(schema: hub.schema, fields: hub.fields, scope: nil, boost: 1)
    let nodes = texts.map { planner.phrase($0, Self.range(span), context) }
    let root = nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
    let join = PlanJoin(
      key: (["name", hub.schema.kind] + texts).joined(separator: "\u{0}"), hub: hub.schema.kind, kind: hub.schema.kind,
      terms: planner.terms, root: root, joins: [], hasDates: false)
    guard let number = try number(of: join) else { return false }
    add(span, .name, .joined(number))
    widening.spans.append(
      Widening.Span(
        rung: .name, text: Self.text(span), range: Self.range(span), names: [], count: 0, join: number))
    return true
  }

  /// The number of a join that finds anything; nil where it finds nothing, which is remembered.
  private mutating func number(of join: PlanJoin) throws(IndexError) -> Int? {
    if let known = widening.joins.firstIndex(where: { $0.key == join.key }) { return known }
    if searcher.unnamedCache.withLock({ $0.contains(join.key) }) { return nil }
    if searcher.joinCache.withLock({ $0[join.key] }) == nil {
      let segments = SegmentContext.segments(of: searcher.snapshots, kinds: [join.kind])
      let weight = try QueryWeight(
        QueryPlan(terms: join.terms, roots: [join.kind: join.root]), segments: segments,
        parameters: request.parameters, budget: request.budget)
      let first = FirstCollector(limit: 1)
      let isComplete = try SegmentSearch.run(weight, into: [first], deadline: request.budget.deadline) { first.isFull }
      guard first.isFull else {
        if isComplete {
          searcher.unnamedCache.withLock { cache in
            if cache.count >= Self.keptUnnamed { cache.removeAll(keepingCapacity: true) }
            cache.insert(join.key)
          }
        }
        return nil
      }
    }
    widening.joins.append(join)
    return widening.joins.count - 1
  }

  /// Names that no record has, remembered: those of a few hundred queries.
  private static var keptUnnamed: Int { 4_096 }
}
