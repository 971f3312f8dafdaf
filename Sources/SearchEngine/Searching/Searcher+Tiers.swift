import Records
import Synchronization

// Running a query: tier after tier over all segments, each without what the ones before have found.
extension Searcher {
  /// What was found, over all tiers.
  struct Outcome {
    /// One for each step of the ladder.
    var runs: [QueryWeight] = []
    var keys: [HitKey] = []
    var total = 0
    var records = 0
    var facets: [SearchFacet] = []
    var isComplete = true
    var secondPass: SecondPass?
    /// Records found by each step.
    var counts: [Int] = []
    /// Records by rung, of the rungs that were told apart.
    var rungs: [Rung: Int] = [:]
    var hubs: (collector: HubCollapseCollector, found: [(hub: UInt32, key: HitKey)])?
    var pivot: PivotCollector?
  }

  /// Collectors that go through all runs of one answer.
  private struct Collectors {
    var facets: [FacetCollector] = []
    var collapse: CollapseCollector?
    /// Of sorted answers: one order over all tiers.
    var sorted: HitCollector?
    var hub: HubCollapseCollector?
    var pivot: PivotCollector?
  }

  /// One run after the other. A query of one step costs one run and nothing beside it.
  func run(
    _ ladder: QueryLadder, _ request: SearchRequest, _ segments: [SegmentContext], _ kinds: [Schema], after: HitKey?
  ) throws(IndexError) -> Outcome {
    var outcome = Outcome()
    let deadline = request.budget.deadline
    let tellsRungs = request.facets.contains(Self.rungFacet)
    // One more than is shown, to know whether there is a next page.
    let capacity = max(0, min(request.limit, Self.longestPage)) + 1
    guard let collectors = try collectors(request, segments, kinds, capacity: capacity, after: after) else {
      outcome.isComplete = false
      outcome.facets = request.facets.map { SearchFacet(field: $0, values: []) }
      return outcome
    }
    var known: MatchedDocuments?
    if ladder.hidden != nil || ladder.steps.count > 1 { known = MatchedDocuments() }
    if let hidden = ladder.hidden {
      let weight = try weight(hidden, request, segments)
      if ladder.steps.isEmpty { outcome.runs.append(weight) }
      outcome.isComplete =
        try SegmentSearch.run(
          weight, into: [], deadline: deadline, known: known, marks: true) && weight.joined.allSatisfy(\.isComplete)
    }
    for (place, step) in ladder.steps.enumerated() {
      let isLast = place == ladder.steps.count - 1
      let started = ContinuousClock.now
      let weight = try weight(step.plan, request, segments, tier: step.tier)
      outcome.runs.append(weight)
      let looked = request.profile?.add(.dictionary, since: started) ?? started
      defer { request.profile?.add(.matching, since: looked) }
      // What was planned and widened behind the deadline lacks something, however soon the rest is found.
      if weight.meter.isOver { outcome.isComplete = false }
      guard outcome.isComplete else { continue }
      try reserve(weight, request, kinds)
      if let hub = collectors.hub { try weight.meter.reserve(hub.byteCount) }
      if step.rungs.count > 1, tellsRungs || !step.plan.isPlain {
        try count(step, ladder, request, segments, known, &outcome)
      }
      let run = SegmentRun(known: known, marks: !isLast, deadline: deadline, prunes: request.prunes)
      let found = try collect(
        step, weight, request, collectors, run, capacity: capacity, after: after, &outcome)
      outcome.counts.append(found)
      outcome.records += found
      if let top = step.rungs.last {
        outcome.rungs[top] = found - step.rungs.dropLast().reduce(0) { $0 + (outcome.rungs[$1] ?? 0) }
      }
      outcome.isComplete = outcome.isComplete && weight.joined.allSatisfy(\.isComplete)
    }
    if let pivot = collectors.pivot {
      outcome.pivot = pivot
      outcome.total = pivot.count
    } else if let hub = request.hub, let collector = collectors.hub {
      let found = collector.hits(by: try hubValues(hub), capacity: capacity, after: after)
      outcome.hubs = (collector, found)
      outcome.keys = found.map(\.key)
      outcome.total = collector.count
    } else if request.countsOnly {
      outcome.total = outcome.records
    } else if let collapse = collectors.collapse {
      outcome.keys = collapse.hits
      outcome.total = collapse.count
    } else {
      if let sorted = collectors.sorted { outcome.keys = sorted.hits }
      outcome.keys = Array(outcome.keys.prefix(capacity))
      outcome.total = outcome.records
    }
    outcome.facets = facets(request, collectors.facets, outcome)
    return outcome
  }

  /// How a run goes over its segments.
  private struct SegmentRun {
    let known: MatchedDocuments?
    let marks: Bool
    let deadline: ContinuousClock.Instant?

    /// Whether bounds may be used at all.
    let prunes: Bool

    func callAsFunction(_ weight: QueryWeight, _ collectors: [Collector]) throws(IndexError) -> Bool {
      try SegmentSearch.run(weight, into: collectors, deadline: deadline, known: known, marks: marks)
    }

    /// The first hits by score, and the number of all. What is counted is all that `facets` need to see, so where there are
    /// none the hits are found by bounds and the others counted without scores.
    func top(
      _ weight: QueryWeight, _ collector: HitCollector, _ facets: [FacetCollector], capacity: Int, after: HitKey?
    ) throws(IndexError) -> (hits: [HitKey], count: Int, isComplete: Bool) {
      guard prunes, facets.isEmpty, let query = FlatQuery(weight), query.canBePruned(weight) else {
        let isComplete = try self(weight, [collector] + facets)
        return (collector.hits, collector.count, isComplete)
      }
      let search = PrunedSearch(
        weight: weight, query: query, deadline: deadline, known: known, rungTier: collector.rungTier)
      let found = try search.top(capacity: capacity, after: after)
      // Time that is up is not spent on counting.
      guard found.isComplete else { return (found.hits, found.hits.count, false) }
      let counted = try DocumentCounter(weight, query, deadline: deadline, known: known, marks: marks).count()
      return (found.hits, counted.count, found.isComplete && counted.isComplete)
    }

    /// The number of documents that match.
    func count(_ weight: QueryWeight, _ facets: [FacetCollector]) throws(IndexError) -> (Int, isComplete: Bool) {
      guard prunes, facets.isEmpty, let query = FlatQuery(weight) else {
        let counter = CountCollector()
        let isComplete = try self(weight, [counter] + facets)
        return (counter.count, isComplete)
      }
      let counted = try DocumentCounter(weight, query, deadline: deadline, known: known, marks: marks).count()
      return (counted.count, counted.isComplete)
    }
  }

  /// Nil where time ran out before they were made.
  private func collectors(
    _ request: SearchRequest, _ segments: [SegmentContext], _ kinds: [Schema], capacity: Int, after: HitKey?
  ) throws(IndexError) -> Collectors? {
    var collectors = Collectors()
    let meter = WorkMeter(request.budget)
    for field in request.facets where field != Self.rungFacet {
      guard let facet = try facet(field, segments, kinds, meter) else { return nil }
      collectors.facets.append(facet)
    }
    if let pivot = request.pivot {
      collectors.pivot = try pivotCollector(pivot, segments)
      return collectors
    }
    if let hub = request.hub {
      collectors.hub = try hubCollector(hub, segments, limit: capacity - 1, isFirstPage: after == nil)
      return collectors
    }
    if request.countsOnly { return collectors }
    if let field = request.collapse {
      guard let order = try order(request.sort, segments, kinds, meter),
        let values = try ordinals(of: field, segments, meter)
      else { return nil }
      collectors.collapse = CollapseCollector(
        order, by: values, field: Self.column(field), capacity: capacity, after: after)
    } else if request.isInDocumentOrder {
      collectors.sorted = HitCollector(.document, capacity: capacity, after: after)
    } else if request.sort != nil {
      guard let order = try order(request.sort, segments, kinds, meter) else { return nil }
      collectors.sorted = HitCollector(order, capacity: capacity, after: after)
    }
    return collectors
  }

  private func weight(
    _ plan: QueryPlan, _ request: SearchRequest, _ segments: [SegmentContext], tier: UInt8 = 0
  ) throws(IndexError) -> QueryWeight {
    let joined = try JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
      .sets(plan.joins)
    // Names that widen a word are asked for whenever that word is.
    // Products are asked for by dozens of names each, and asked for again: 200,000 of a million notes take some 250 ms each
    // time they are looked at one by one, ten with sets that are kept.
    let asksOfItems = plan.roots.values.contains { $0.asksOfItems }
    let goesThroughAll = request.keepsSets || request.hub != nil || request.pivot != nil || asksOfItems
    let ranksAgain = ranksAgain(plan, request, segments, tier: tier)
    let addsPairBonus =
      !ranksAgain && request.isByScore && !request.countsOnly
      && (plan.words?.hasRuns == false || request.parameters.pairsRuns)
    return try QueryWeight(
      plan, segments: segments, parameters: request.parameters, budget: request.budget, joined: joined,
      addsPairBonus: addsPairBonus, keepsColumns: goesThroughAll, keepsSets: goesThroughAll || tier > 0,
      stemFrequencies: ranksAgain ? stemFrequencies(segments) : nil)
  }

  /// One for all searches of the same segments.
  private func stemFrequencies(_ segments: [SegmentContext]) -> StemFrequencies {
    let key = segments.map { "\($0.snapshot).\($0.segment)" }.joined(separator: " ")
    return stemFrequencyCache.withLock { kept in
      if let known = kept[key] { return known }
      if kept.count >= Self.keptStemFrequencies { kept.removeAll() }
      let made = StemFrequencies(segments)
      kept[key] = made
      return made
    }
  }

  /// Choices of kinds for which stems are kept.
  private static let keptStemFrequencies = 4

  /// Records of the step that match by each of its rungs but the last, found by counting alone.
  private func count(
    _ step: QueryLadder.Step, _ ladder: QueryLadder, _ request: SearchRequest, _ segments: [SegmentContext],
    _ known: MatchedDocuments?, _ outcome: inout Outcome
  ) throws(IndexError) {
    var below = 0
    for rung in step.rungs.dropLast() {
      // The plan of the step itself could be made: so can a stronger one.
      guard let plan = try? ladder.plan(rung) else { continue }
      let counter = CountCollector()
      let isComplete = try SegmentSearch.run(
        try weight(plan, request, segments, tier: step.tier), into: [counter], deadline: request.budget.deadline,
        known: known)
      outcome.isComplete = outcome.isComplete && isComplete
      outcome.rungs[rung] = counter.count - below
      below = counter.count
    }
  }

  /// Feeds what a step finds to the collectors; returns how many records that is.
  private func collect(
    _ step: QueryLadder.Step, _ weight: QueryWeight, _ request: SearchRequest, _ collectors: Collectors,
    _ run: SegmentRun, capacity: Int, after: HitKey?, _ outcome: inout Outcome
  ) throws(IndexError) -> Int {
    let isComplete = outcome.isComplete && weight.joined.allSatisfy(\.isComplete)
    if let pivot = collectors.pivot {
      let before = pivot.count
      outcome.isComplete = try run(weight, [pivot] + collectors.facets)
      return pivot.count - before
    }
    if let hub = collectors.hub {
      let before = hub.recordCount
      hub.rungTier = step.tier
      outcome.isComplete = try run(weight, [hub] + collectors.facets)
      return hub.recordCount - before
    }
    if let collapse = collectors.collapse {
      let before = collapse.recordCount
      if request.sort == nil { collapse.rungTier = step.tier }
      outcome.isComplete = try run(weight, [collapse] + collectors.facets)
      return collapse.recordCount - before
    }
    if let sorted = collectors.sorted {
      let before = sorted.count
      outcome.isComplete = try run(weight, [sorted] + collectors.facets)
      return sorted.count - before
    }
    let isBehind = (after?.rungTier ?? 0) > step.tier
    if request.countsOnly || isBehind || outcome.keys.count >= capacity {
      let counted = try run.count(weight, collectors.facets)
      outcome.isComplete = counted.isComplete
      return counted.0
    }
    let own = after.flatMap { $0.rungTier == step.tier ? $0 : nil }
    if isComplete, ranksAgain(step.plan, request, weight.segments, tier: step.tier) {
      return try runTwice(
        weight, request, collectors.facets, run, capacity: capacity, after: own, &outcome)
    }
    let collector = HitCollector(.score, capacity: capacity, after: own)
    collector.rungTier = step.tier
    let found = try run.top(weight, collector, collectors.facets, capacity: capacity, after: own)
    outcome.isComplete = found.isComplete
    outcome.keys += found.hits
    return found.count
  }

  /// Whether a second pass ranks the first hits: queries of bare words, none widened, by score, over segments that keep
  /// vectors.
  private func ranksAgain(
    _ plan: QueryPlan, _ request: SearchRequest, _ segments: [SegmentContext], tier: UInt8
  ) -> Bool {
    guard tier == 0, request.sort == nil, request.collapse == nil, !request.countsOnly, request.limit > 0,
      request.hub == nil, request.pivot == nil, !request.isInDocumentOrder,
      request.parameters.candidates > 0, request.parameters.profile?.isNeutral ?? true, let words = plan.words
    else { return false }
    return (!words.hasRuns || request.parameters.ranksRunsAgain) && segments.allSatisfy { $0.reader.vectors != nil }
  }

  /// The first hits, ranked anew, and behind them those of the first pass, which are marked by a `sortValue` of 1: so
  /// that one comparison orders both and a cursor says where it stands. The candidates are those of the query and the
  /// snapshots, whatever page is asked for.
  private func runTwice(
    _ weight: QueryWeight, _ request: SearchRequest, _ facets: [FacetCollector], _ run: SegmentRun, capacity: Int,
    after: HitKey?, _ outcome: inout Outcome
  ) throws(IndexError) -> Int {
    let count = min(request.parameters.candidates, Self.mostCandidates)
    var firstAfter: HitKey?
    if var after, after.sortValue != 0 {
      after.sortValue = 0
      firstAfter = after
    }
    let needed = firstAfter != nil ? capacity : after == nil ? max(capacity, count) : count + capacity
    let collector = HitCollector(.score, capacity: needed, after: firstAfter)
    let found = try run.top(weight, collector, facets, capacity: needed, after: firstAfter)
    outcome.isComplete = found.isComplete
    let first = found.hits
    var keys: [HitKey] = []
    let head = firstAfter == nil ? min(count, first.count) : 0
    // A partial answer is shown as it was found.
    if head > 0, outcome.isComplete {
      let matched = ContinuousClock.now
      let pass = try SecondPass(weight, Array(first.prefix(head)))
      request.profile?.add(.secondPass, since: matched)
      keys = pass.keys
      outcome.secondPass = pass
    } else {
      keys = Array(first.prefix(head))
    }
    for key in first.dropFirst(head) {
      var key = key
      key.sortValue = 1
      keys.append(key)
    }
    if firstAfter == nil, let after { keys.removeAll { !after.precedes($0) } }
    outcome.keys += keys.prefix(capacity)
    return found.count
  }

  private func facets(
    _ request: SearchRequest, _ collectors: [FacetCollector], _ outcome: Outcome
  ) -> [SearchFacet] {
    var made = collectors[...]
    return request.facets.map { field in
      if field == Self.rungFacet {
        let counts = outcome.rungs.filter { $0.value > 0 }
          .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.name < $1.key.name }
        return SearchFacet(field: field, values: counts.map { SearchFacet.Value(value: $0.key.name, count: $0.value) })
      }
      guard let collector = made.popFirst() else { return SearchFacet(field: field, values: []) }
      return SearchFacet(
        field: collector.name, values: collector.values.map { SearchFacet.Value(value: $0.value, count: $0.count) })
    }
  }
}
