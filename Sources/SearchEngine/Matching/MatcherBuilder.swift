/// Makes the matchers of one segment from its kind's plan.
struct MatcherBuilder {
  private let weight: QueryWeight
  private let segment: SegmentContext
  /// The leaves that add to scores, in query order once ``build(_:)`` has returned.
  private(set) var leaves: [MatchedLeaf] = []
  /// The node whose count of matching words orders the answer, if the plan has one.
  private(set) var coordinator: AnyMatcher?
  /// What this search may look at, here, beyond what it needs, for sets to grow.
  private let growth: GrowingSetMatcher.Work
  /// In documents, each some 0.3 to 0.7 µs and counted twice where a group of names grows with its names: some 3 ms. A name of the product tree has dozens of phrases, which no single search
  /// should pay for.
  private static let growthWork = 8_192

  init(_ weight: QueryWeight, _ segment: SegmentContext) {
    self.weight = weight
    self.segment = segment
    growth = GrowingSetMatcher.Work(Self.growthWork)
  }

  /// The matcher of the whole plan. Throws what opening postings and columns throws.
  mutating func build(_ root: PlanNode) throws(IndexError) -> Matcher {
    let matcher = try make(root, scored: true, belowAny: false)
    leaves = leaves.enumerated().sorted { ($0.element.terms[0], $0.offset) < ($1.element.terms[0], $1.offset) }
      .map(\.element)
    return matcher
  }

  private mutating func make(_ node: PlanNode, scored: Bool, belowAny: Bool) throws(IndexError) -> Matcher {
    try weight.meter.reserve(EvaluationMemory.matcher)
    if weight.keepsSets, node.isWorthKeeping {
      switch try kept(node) {
      case .set(let set):
        let matcher = KeptSetMatcher(set, leaf: leaf(node, node.scoredTerms, scored))
        matcher.meter = weight.meter
        return matcher
      case .growing(let growing):
        // The leaf before those of what is inside, which has none.
        let leaf = leaf(node, node.scoredTerms, scored)
        let inner = try unmetered(node, scored: false, belowAny: false)
        let matcher = GrowingSetMatcher(
          inner, growing, growth, leaf: leaf, documentCount: segment.reader.documentCount)
        matcher.meter = weight.meter
        return matcher
      case .first: break
      }
    }
    let matcher = try unmetered(node, scored: scored, belowAny: belowAny)
    matcher.meter = weight.meter
    return matcher
  }

  /// What is known of the documents of a node that costs much. Where one document answers for many, they are found as a whole
  /// the first time.
  private mutating func kept(_ node: PlanNode, isShared: Bool = false) throws(IndexError) -> KeptSets.Answer {
    let reader = segment.reader
    guard let key = node.key(weight, segment.ordinal) else { return .first }
    let answer = reader.keptSets.answer(key, documentCount: reader.documentCount, isShared: isShared)
    if case .set = answer { return answer }
    let sets = try node.decidingFields.flatMap { fields throws(IndexError) in try reader.valueSets(fields.members) }
    guard let sets else { return answer }
    let reserved = weight.meter.reserved
    defer { weight.meter.release(weight.meter.reserved - reserved) }
    // Deleted documents among them: what is kept outlives deletions.
    var asked = BitSet(bound: Int(reader.documentCount))
    for sample in sets.samples { asked.insert(Int(sample)) }
    guard let found = try whole(node, within: asked) else { return .first }
    let set = KeptSet(sets.documents(ofSamples: found))
    reader.keptSets.keep(set, key)
    return .set(set)
  }

  /// A matcher of a node that many queries share, found as a whole the first time: looked at one by one, its documents cost
  /// a single query more.
  private mutating func shared(_ node: PlanNode) throws(IndexError) -> Matcher? {
    switch try kept(node, isShared: true) {
    case .set(let set): return KeptSetMatcher(set, leaf: nil)
    case .growing(let growing):
      let inner = try unmetered(node, scored: false, belowAny: false)
      inner.meter = weight.meter
      let work = GrowingSetMatcher.Work(.max)
      return GrowingSetMatcher(inner, growing, work, leaf: nil, documentCount: segment.reader.documentCount)
    case .first: return nil
    }
  }

  /// Those of some documents that match, without scores; nil when time runs out.
  private mutating func whole(_ node: PlanNode, within asked: BitSet) throws(IndexError) -> BitSet? {
    var set = BitSet(bound: asked.bound)
    let matcher = try unmetered(node, scored: false, belowAny: false)
    matcher.meter = weight.meter
    let (candidates, matches) = (WindowBuffer(), WindowBuffer())
    var window = try matcher.nextWindow(from: 0)
    while window != Matcher.exhausted, window * WindowBits.length < asked.bound {
      asked.copy(window, to: candidates.bits)
      if !candidates.bits.isEmpty {
        try matcher.fill(window, candidates.bits, matches.bits)
        if weight.meter.isOver { return nil }
        set.insert(window, matches.bits)
      }
      window = try matcher.nextWindow(from: window + 1)
    }
    return set
  }

  private func isValue(_ term: Int) -> Bool {
    if case .anyOf = weight.plan.terms[term].expansion { return true }
    return false
  }

  /// Room for the cursors of a word: one for matching, one for frequencies or positions.
  private func reserve(_ forms: [TermForm]) throws(IndexError) {
    try weight.meter.reserve(2 * forms.count * EvaluationMemory.cursor)
  }

  private mutating func unmetered(_ node: PlanNode, scored: Bool, belowAny: Bool) throws(IndexError) -> Matcher {
    let reader = segment.reader
    switch node {
    case .nothing: return EmptyMatcher()
    case .everything: return EveryMatcher(documentCount: reader.documentCount)
    case .term(let term, let fields):
      let forms = weight.terms[term].forms[segment.ordinal]
      guard !forms.isEmpty else { return EmptyMatcher() }
      try reserve(forms)
      if let fields {
        return try PhraseMatcher(reader, slots: [(forms, 0)], fields: fields, leaf: leaf(node, [term], scored))
      }
      return try TermMatcher(reader, forms: forms, leaf: leaf(node, [term], scored))
    case .phrase(let slots, let fields):
      var words: [(forms: [TermForm], offset: UInt32)] = []
      for slot in slots {
        let forms = weight.terms[slot.term].forms[segment.ordinal]
        guard !forms.isEmpty else { return EmptyMatcher() }
        try reserve(forms)
        words.append((forms, slot.offset))
      }
      guard !words.isEmpty else { return EmptyMatcher() }
      return try PhraseMatcher(reader, slots: words, fields: fields, leaf: leaf(node, slots.map(\.term), scored))
    case .entries(let entries):
      return try entriesMatcher(TermExpander.find(entries, exact: nil, in: reader))
    case .entryPrefix(let prefix):
      // No bound: a filter is exact or it is none, and the entries of one field are its distinct values.
      var wasCut = false
      return try entriesMatcher(TermExpander.scan(prefix, in: reader, limit: .max, weight.meter, &wasCut))
    case .integers(let name, let range):
      guard let column = try reader.integerColumn(name) else { return EmptyMatcher() }
      return IntegerRangeMatcher(column, range, documentCount: reader.documentCount)
    case .days(let name, let range, let isCertain):
      guard let first = try reader.integerColumn(name), let last = try reader.integerColumn(name + "#upper") else {
        return EmptyMatcher()
      }
      return try DayRangeMatcher(
        first: first, last: last, range, isCertain: isCertain, documentCount: reader.documentCount,
        keepsColumns: weight.keepsColumns)
    case .values(let name, let lower, let upper):
      guard let column = try reader.ordinalColumn(name) else { return EmptyMatcher() }
      return try ValueRangeMatcher(column, lower: lower, upper: upper, documentCount: reader.documentCount)
    case .joined(let number):
      guard weight.joined.indices.contains(number), weight.plan.joins.indices.contains(number) else {
        return EmptyMatcher()
      }
      let join = try JoinMatcher(weight.joined[number], hub: weight.plan.joins[number].hub, segment)
      guard let entries = try join.entries() else { return join }
      // A few values: their lists lead, and the join looks at what they hold.
      let forms = try TermExpander.find(entries, exact: nil, in: reader)
      if forms.isEmpty { return EmptyMatcher() }
      return AllMatcher(
        required: [try entriesMatcher(forms), join], optional: [], excluded: [], restrictsLeaves: false)
    case .unscored(let inner): return try make(inner, scored: false, belowAny: belowAny)
    case .all(let required, let optional, let excluded):
      var needed = try make(required, scored: scored, belowAny: belowAny)
      if needed.isEmpty { needed = [EveryMatcher(documentCount: reader.documentCount)] }
      return AllMatcher(
        required: needed, optional: try make(optional, scored: scored, belowAny: belowAny),
        excluded: try make(excluded, scored: false, belowAny: false), restrictsLeaves: belowAny)
    case .any(let nodes, let minimum, let isCoordinated):
      var (made, scores): ([Matcher], [Bool]) = ([], [])
      for node in nodes {
        let before = leaves.count
        made.append(try make(node, scored: scored, belowAny: true))
        scores.append(leaves.count > before)
      }
      let matcher = AnyMatcher(
        made, scores: scores, minimum: minimum, counts: isCoordinated, restrictsLeaves: belowAny)
      if isCoordinated { coordinator = matcher }
      return matcher
    case .same(let scope, let inner):
      var documents = try make(inner.withoutPositions, scored: false, belowAny: false)
      if weight.keepsSets, let lacking = node.exclusion(isValue), let set = try shared(lacking) {
        documents = AllMatcher(
          required: [set, documents], optional: [], excluded: [], restrictsLeaves: false)
      }
      let positions = try PositionNode.make(inner, weight, segment)
      var items: ItemTable?
      // Joins ask again and again, and of many records, exclusions of all: where the items stand is worth finding once.
      if weight.keepsColumns || node.isExclusion, case .item(let group) = scope, !positions.readsUnits {
        items = try reader.items(group: group)
      }
      return PositionMatcher(
        reader, documents, positions, scope: scope, leaf: leaf(node, inner.scoredTerms, scored), items: items)
    case .near(let nodes, _, _):
      let documents = try make(.all(required: nodes, optional: [], excluded: []), scored: false, belowAny: false)
      let positions = try PositionNode.make(node, weight, segment)
      return PositionMatcher(
        reader, documents, positions, scope: nil, leaf: leaf(node, nodes.flatMap(\.scoredTerms), scored))
    }
  }

  private mutating func make(_ nodes: [PlanNode], scored: Bool, belowAny: Bool) throws(IndexError) -> [Matcher] {
    var made: [Matcher] = []
    for node in nodes { made.append(try make(node, scored: scored, belowAny: belowAny)) }
    return made
  }

  private func entriesMatcher(_ forms: [TermForm]) throws(IndexError) -> Matcher {
    try reserve(forms)
    return forms.isEmpty ? EmptyMatcher() : try TermMatcher(segment.reader, forms: forms, leaf: nil)
  }

  private mutating func leaf(_ node: PlanNode, _ terms: [Int], _ scored: Bool) -> MatchedLeaf? {
    guard scored, !terms.isEmpty else { return nil }
    let leaf = MatchedLeaf(terms: terms.sorted(), node: node)
    leaves.append(leaf)
    return leaf
  }
}
