/// Evaluates a plan over one segment as whole sets: without scores and rungs, whole clauses at a time, each asked only
/// about what the clauses before it leave open. Says the same as the matchers do, document by document; and says of a list's
/// items, too, which of them a clause holds of.
struct SetEvaluator {
  let searcher: Searcher
  let weight: QueryWeight
  let segment: SegmentContext

  private var reader: SegmentReader { segment.reader }

  /// The documents that are not deleted.
  var live: BitSet {
    var all = BitSet(bound: Int(reader.documentCount))
    let window = WindowBuffer()
    for number in 0..<(Int(reader.documentCount) + WindowBits.length - 1) / WindowBits.length {
      window.bits.fillLive(reader, number)
      all.insert(number, window.bits)
    }
    return all
  }

  // MARK: Documents

  /// Those of the candidates that match. Throws what reading the index throws.
  func documents(_ node: PlanNode, within candidates: BitSet) throws(IndexError) -> BitSet {
    let none = BitSet(bound: candidates.bound)
    if candidates.isEmpty { return none }
    switch node {
    case .nothing: return none
    case .everything: return candidates
    case .all(let required, _, let excluded):
      return try conjunction(required, excluded, candidates) { (node, left) throws(IndexError) in
        try documents(node, within: left)
      }
    case .any(let nodes, let minimum, _) where minimum <= 1:
      return try disjunction(nodes, candidates) { (node, left) throws(IndexError) in
        try documents(node, within: left)
      }
    case .same(.item(let group), let inner):
      let table = try segment.reader.items(group: group)
      return table.documents(of: try inside(inner, table, within: table.items(of: candidates)))
    default: return try matched(node, within: candidates)
    }
  }

  /// By matchers, window by window.
  private func matched(_ node: PlanNode, within candidates: BitSet) throws(IndexError) -> BitSet {
    let reserved = weight.meter.reserved
    defer { weight.meter.release(weight.meter.reserved - reserved) }
    var builder = MatcherBuilder(weight, segment)
    let matcher = try builder.build(node)
    let asked = WindowBuffer()
    let matches = WindowBuffer()
    var found = BitSet(bound: candidates.bound)
    var window = try matcher.nextWindow(from: 0)
    while window != Matcher.exhausted, window * WindowBits.length < candidates.bound {
      candidates.copy(window, to: asked.bits)
      if !asked.bits.isEmpty {
        try matcher.fill(window, asked.bits, matches.bits)
        found.insert(window, matches.bits)
      }
      window = try matcher.nextWindow(from: window + 1)
    }
    return found
  }

  // MARK: Items

  /// Those of the candidate items of a list that match: a clause about one item of the list (`product(…)`) is asked of the
  /// item, any other clause of its document.
  func items(
    _ node: PlanNode, group: UInt8, _ table: ItemTable, within candidates: BitSet
  ) throws(IndexError) -> BitSet {
    let none = BitSet(bound: candidates.bound)
    if candidates.isEmpty { return none }
    switch node {
    case .nothing: return none
    case .everything: return candidates
    case .same(.item(group: group), let inner): return try inside(inner, table, within: candidates)
    case .all(let required, _, let excluded):
      return try conjunction(required, excluded, candidates) { (node, left) throws(IndexError) in
        try items(node, group: group, table, within: left)
      }
    case .any(let nodes, let minimum, _) where minimum <= 1:
      return try disjunction(nodes, candidates) { (node, left) throws(IndexError) in
        try items(node, group: group, table, within: left)
      }
    default:
      var found = table.items(of: try documents(node, within: table.documents(of: candidates)))
      found.formIntersection(candidates)
      return found
    }
  }

  /// Those of the candidate items that a node holds in, by its positions.
  private func inside(
    _ node: PlanNode, _ table: ItemTable, within candidates: BitSet
  ) throws(IndexError) -> BitSet {
    let none = BitSet(bound: candidates.bound)
    if candidates.isEmpty { return none }
    switch node {
    case .nothing: return none
    case .term(let term, nil): return try holding(term, table, within: candidates)
    case .all(let required, _, let excluded):
      return try conjunction(required, excluded, candidates) { (node, left) throws(IndexError) in
        try inside(node, table, within: left)
      }
    case .any(let nodes, let minimum, _) where minimum <= 1:
      return try disjunction(nodes, candidates) { (node, left) throws(IndexError) in
        try inside(node, table, within: left)
      }
    default: return try positioned(node, table, within: candidates)
    }
  }

  /// The items in which a word stands, or a whole value: each entry of it is read once.
  private func holding(_ term: Int, _ table: ItemTable, within candidates: BitSet) throws(IndexError) -> BitSet {
    var found = BitSet(bound: candidates.bound)
    var positions: [UInt32] = []
    for form in weight.terms[term].forms[segment.ordinal] {
      let cursor = try reader.postings(form.info)
      var document = try cursor.next()
      while document != PostingsCursor.exhausted {
        let own = table.items(of: Int(document))
        if candidates.containsAny(of: own) {
          try cursor.positions(into: &positions)
          for position in positions {
            if let item = table.item(at: position, in: own), candidates.contains(item) { found.insert(item) }
          }
        }
        document = try cursor.next()
      }
    }
    return found
  }

  /// Document by document: for phrases, words of some fields, proximity.
  private func positioned(
    _ node: PlanNode, _ table: ItemTable, within candidates: BitSet
  ) throws(IndexError) -> BitSet {
    let documents = try documents(node.withoutPositions, within: table.documents(of: candidates))
    let positions = try PositionNode.make(node, weight, segment)
    var found = BitSet(bound: candidates.bound)
    var units = DocumentUnits()
    try documents.forEach { (document) throws(IndexError) in
      units.units.removeAll(keepingCapacity: true)
      try reader.units?.units(of: UInt32(truncatingIfNeeded: document), into: &units)
      try positions.load(UInt32(truncatingIfNeeded: document), units)
      for item in table.items(of: document) where candidates.contains(item) {
        let range = table.range(of: item)
        if positions.holds(range.start, range.end) { found.insert(item) }
      }
    }
    return found
  }

  // MARK: Algebra

  private func conjunction(
    _ required: [PlanNode], _ excluded: [PlanNode], _ candidates: BitSet,
    _ evaluate: (PlanNode, BitSet) throws(IndexError) -> BitSet
  ) throws(IndexError) -> BitSet {
    let clauses = required.map { ($0, true) } + excluded.map { ($0, false) }
    let order = clauses.indices.sorted { (Self.cost(clauses[$0].0), $0) < (Self.cost(clauses[$1].0), $1) }
    var left = candidates
    for index in order {
      let (node, isRequired) = clauses[index]
      let found = try evaluate(node, left)
      if isRequired { left = found } else { left.subtract(found) }
    }
    return left
  }

  private func disjunction(
    _ nodes: [PlanNode], _ candidates: BitSet, _ evaluate: (PlanNode, BitSet) throws(IndexError) -> BitSet
  ) throws(IndexError) -> BitSet {
    var left = candidates
    var found = BitSet(bound: candidates.bound)
    for node in Self.cheapestFirst(nodes) {
      let more = try evaluate(node, left)
      found.formUnion(more)
      left.subtract(more)
    }
    return found
  }

  /// Nodes that look at lists and columns before those that read positions: these are then asked of fewer.
  private static func cheapestFirst(_ nodes: [PlanNode]) -> [PlanNode] {
    nodes.enumerated().sorted { (cost($0.element), $0.offset) < (cost($1.element), $1.offset) }.map(\.element)
  }

  private static func cost(_ node: PlanNode) -> Int {
    switch node {
    case .nothing, .everything, .entries, .joined: 0
    case .entryPrefix, .integers, .days, .values, .term(_, nil): 1
    case .all(let required, _, let excluded): (required + excluded).map(cost).max() ?? 0
    case .any(let nodes, _, _): nodes.map(cost).max() ?? 0
    case .same(.item, let inner): 2 + cost(inner)
    case .unscored(let inner): cost(inner)
    case .term, .phrase: 3
    case .near, .same: 4
    }
  }
}
