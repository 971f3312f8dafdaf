import Records
import Synchronization
import TextAnalysis

// Names of hub records: a note is found by the names of its enterprise, through the join, not by words copied into it.
extension WideningBuilder {
  /// A kind whose records have names and that records of other kinds belong to, both or one of them searched.
  private struct Hub {
    var schema: Schema
    var fields: [Int]
  }

  private var hubs: [Hub] {
    searcher.schemas.compactMap { schema in
      let fields = schema.ownNameFields
      guard !fields.isEmpty, searcher.schemas.contains(where: { QueryPlanner.belongs($0, to: schema.kind) }),
        kinds.contains(where: { $0.kind == schema.kind || QueryPlanner.belongs($0, to: schema.kind) })
      else { return nil }
      return Hub(schema: schema, fields: fields)
    }
  }

  /// Each span of a run by the entries that names are kept under (`NameEntries`): as it is written (`name`), and in the
  /// other script (`pinyin`). A legal form is covered by the name before it, and is no name alone.
  mutating func addNames(_ run: [Word]) throws(IndexError) {
    let hubs = hubs
    if hubs.isEmpty { return }
    // A few thousand words have ten times as many spans. What is left out makes the answer partial: the time is up.
    for start in run.indices where !request.budget.isLate {
      for end in start..<min(run.count, start + WideningLimits.spanWords) {
        let span = run[start...end]
        if !run[start].isContent || !run[end].isContent { continue }
        let typed = NameEntries.query(span.map(\.text))
        for hub in hubs where !typed.cores.isEmpty {
          if request.rungs.contains(.name) { try addName(span, typed, hub) }
          if request.rungs.contains(.pinyin) { try addPinyin(span, typed, hub) }
        }
      }
    }
  }

  private mutating func addName(
    _ span: ArraySlice<Word>, _ typed: NameEntries.Query, _ hub: Hub
  ) throws(IndexError) {
    let nodes = [PlanNode.entries(typed.cores.map { TermKey.nameKey($0) })]
    // Ideographs stand in the middle of names, whose parts are no words: they are looked for as they stand.
    guard span.count == 1, Pinyin.hasIdeographs(typed.cores[0]) else {
      return try add(span, .name, typed.cores, nodes, hub)
    }
    var planner = QueryPlanner(schemas: [hub.schema], options: QueryPlanner.Options())
    let context = PlanContext(schema: hub.schema, fields: hub.fields, scope: nil, boost: 1)
    let phrase = planner.phrase(typed.cores[0], Self.range(span), context)
    try add(span, .name, typed.cores, nodes + [phrase], terms: planner.terms, hub)
  }

  private mutating func addPinyin(
    _ span: ArraySlice<Word>, _ typed: NameEntries.Query, _ hub: Hub
  ) throws(IndexError) {
    // One syllable is every third word of English.
    let prefixes = typed.pinyinPrefixes.filter { $0.utf8.count { $0 == 0x20 } > 1 }
    let keys = prefixes.map { TermKey.pinyin($0) }
    let cores = typed.pinyinCores.filter { !$0.isEmpty }
    if prefixes.isEmpty, cores.isEmpty { return }
    var nodes = keys.map { PlanNode.entryPrefix($0) }
    if !cores.isEmpty { nodes.append(.entries(cores.map { TermKey.nameKey($0) })) }
    try add(span, .pinyin, prefixes + cores, nodes, hub)
  }

  /// Widens a span by the hub records that match one of the nodes, if there are any.
  private mutating func add(
    _ span: ArraySlice<Word>, _ rung: Rung, _ names: [String], _ nodes: [PlanNode], terms: [PlanTerm] = [], _ hub: Hub
  ) throws(IndexError) {
    let root = nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
    let join = PlanJoin(
      key: ([rung.name, hub.schema.kind] + names).joined(separator: "\u{0}"), hub: hub.schema.kind,
      kind: hub.schema.kind, terms: terms, root: root, joins: [], hasDates: false)
    guard let number = try number(of: join) else { return }
    add(span, rung, .joined(number))
    widening.spans.removeAll { known in
      // What a longer span says covers what its parts would.
      known.rung == rung && known.join != nil && Self.range(span).contains(known.range)
        && Self.range(span) != known.range
    }
    let isCovered = widening.spans.contains { known in
      known.rung == rung && known.join != nil && known.range.contains(Self.range(span)) && known.join != number
        && known.range != Self.range(span)
    }
    if isCovered { return }
    widening.spans.append(
      Widening.Span(rung: rung, text: Self.text(span), range: Self.range(span), names: [], count: 0, join: number))
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
