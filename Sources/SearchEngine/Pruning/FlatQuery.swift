/// The shape of the queries that are served here: words, all or some of them required. Everything else is
/// ``SegmentSearch``'s, which is also what the tests hold this against.
struct FlatQuery: Hashable {
  /// Places in ``QueryPlan/terms``.
  var required: [Int] = []
  /// Words that only add to the score where others are required; where none is, one of them has to match.
  var optional: [Int] = []

  /// Forms of a word from which on bounds are too loose to gain by.
  private static let mostForms = 64

  /// Nil when the plan is of another shape in any kind searched.
  init?(_ weight: QueryWeight) {
    var found: FlatQuery?
    let count = weight.terms.count
    // Kinds that are in no segment must not decide: most snapshots have one kind, and most plans ask it alone.
    var kinds: [String] = []
    for (place, segment) in weight.segments.enumerated() where weight.isAsked[place] {
      if kinds.contains(segment.reader.kind) { continue }
      kinds.append(segment.reader.kind)
      guard let root = weight.plan.roots[segment.reader.kind] else { continue }
      guard let query = Self(root), found == nil || found == query else { return nil }
      for term in query.required where term < 0 || term >= count { return nil }
      for term in query.optional where term < 0 || term >= count { return nil }
      found = query
    }
    guard let found else { return nil }
    self = found
  }

  private init?(_ root: PlanNode) {
    switch root {
    case .term(let term, nil): required = [term]
    case .all(let needed, let extra, let excluded) where !needed.isEmpty && excluded.isEmpty:
      guard let needed = Self.words(needed), let extra = Self.words(extra) else { return nil }
      required = needed
      optional = extra
    case .any(let nodes, let minimum, false) where minimum <= 1 && !nodes.isEmpty:
      guard let nodes = Self.words(nodes) else { return nil }
      optional = nodes
    default: return nil
    }
  }

  private static func words(_ nodes: [PlanNode]) -> [Int]? {
    var terms: [Int] = []
    terms.reserveCapacity(nodes.count)
    for node in nodes {
      guard case .term(let term, nil) = node else { return nil }
      terms.append(term)
    }
    return terms
  }

  /// Whether ``PrunedSearch`` finds its first hits: a score holds nothing but the parts of the words, and their bounds are
  /// proven.
  func canBePruned(_ weight: QueryWeight) -> Bool {
    guard !weight.addsPairBonus, weight.parameters.profile?.isNeutral ?? true else { return false }
    for (place, segment) in weight.segments.enumerated() where weight.isAsked[place] {
      guard arePrunable(required, weight, segment), arePrunable(optional, weight, segment) else { return false }
    }
    return true
  }

  private func arePrunable(_ terms: [Int], _ weight: QueryWeight, _ segment: SegmentContext) -> Bool {
    for term in terms {
      let forms = weight.terms[term].forms[segment.ordinal].count
      if forms == 0 { continue }
      guard forms <= Self.mostForms,
        PartFormula(weight, factor: weight.terms[term].factor, averageLength: segment.averageLength).isSound
      else { return false }
    }
    return true
  }
}
