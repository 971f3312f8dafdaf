import QueryLanguage
import Records
import Synchronization
import TextAnalysis

/// Answers requests over one or several snapshots searched as one. Snapshots never change, so a searcher may be shared
/// between threads and kept as long as its answers are paged through.
public final class Searcher: Sendable {
  public let snapshots: [Snapshot]
  /// One schema a kind, in the order in which the snapshots name them.
  public let schemas: [Schema]
  /// Value numberings made so far, by field and kinds: they hold for the life of the snapshots.
  let ordinalCache = Mutex<[String: GlobalOrdinals]>([:])
  /// What lies under what, for `product:` and `category:`.
  let thesaurus: Thesaurus?
  /// By hub, and by join: see ``JoinEvaluator``.
  let linksCache = Mutex<[String: HubLinks]>([:])
  let joinCache = Mutex<[String: JoinedSet]>([:])
  /// By segment and list: see ``ItemTable``.
  let itemCache = Mutex<[String: ItemTable]>([:])

  /// A searcher over `snapshots`; documents are ordered by snapshot, then as in it.
  ///
  /// `thesaurusText` serves where no snapshot's commit has a thesaurus that can be read, or in its place when
  /// `overridesThesaurus`; itself not readable, it is none.
  public init(snapshots: [Snapshot], thesaurusText: String? = nil, overridesThesaurus: Bool = false) {
    self.snapshots = snapshots
    let own = overridesThesaurus ? nil : Self.thesaurus(of: snapshots)
    thesaurus = own ?? thesaurusText.flatMap { try? Thesaurus(parsing: $0) }
    var found: [Schema] = []
    for schema in snapshots.flatMap(\.schemas) where !found.contains(where: { $0.kind == schema.kind }) {
      found.append(schema)
    }
    schemas = found
  }

  private static func thesaurus(of snapshots: [Snapshot]) -> Thesaurus? {
    for snapshot in snapshots {
      guard let bytes = try? snapshot.attachment(.thesaurus), let text = String(validating: bytes, as: UTF8.self),
        let thesaurus = try? Thesaurus(parsing: text)
      else { continue }
      return thesaurus
    }
    return nil
  }

  /// Answers `request`. Throws ``SearchError``: of the query, with its place; of the index.
  public func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
    let searched = try kinds(of: request)
    var options = QueryPlanner.Options()
    options.matchesAny = request.matchesAny
    options.takesPossibleDates = request.takesPossibleDates
    options.allowsLeadingStar = request.allowsLeadingStar
    options.joinable = schemas
    options.thesaurus = thesaurus
    options.parameters = request.parameters
    let started = ContinuousClock.now
    let plan = try QueryPlanner.plan(request.query, schemas: searched, options: options)
    request.profile?.add(.planning, since: started)
    let segments = SegmentContext.segments(of: snapshots, kinds: Set(searched.map(\.kind)))
    var after: HitKey?
    let fingerprint = fingerprint(request, searched)
    if let cursor = request.cursor {
      guard cursor.fingerprint == fingerprint else {
        throw SearchError(
          .expiredCursor, "the cursor belongs to another query or an earlier commit", hint: "search again without it")
      }
      after = cursor.key
    }
    try checkFields(request, searched)
    do throws(IndexError) {
      var outcome = try run(plan, request, segments, searched, after: after)
      var notes: [SearchNote] = []
      if outcome.records == 0, outcome.isComplete, request.relaxes {
        for relaxation in plan.relaxations {
          let weaker = QueryPlan(
            terms: relaxation.terms, roots: relaxation.roots, joins: relaxation.joins, words: relaxation.words)
          outcome = try run(weaker, request, segments, searched, after: after)
          if outcome.records > 0 {
            notes.append(Self.note(relaxation.reason))
            break
          }
          if !outcome.isComplete { break }
        }
      }
      notes += try openDates(plan, request, options, searched, segments, found: outcome.records)
      return try result(outcome, request, notes: notes, fingerprint: fingerprint)
    } catch {
      throw SearchError(error)
    }
  }

  /// What is to be said about joins whose dates are not exact: how many more records match when they are taken the other
  /// way. Counted only where some record's dates leave it open.
  private func openDates(
    _ plan: QueryPlan, _ request: SearchRequest, _ options: QueryPlanner.Options, _ kinds: [Schema],
    _ segments: [SegmentContext], found: Int
  ) throws(IndexError) -> [SearchNote] {
    guard plan.joins.contains(where: \.hasDates) else { return [] }
    var flipped = options
    flipped.flipsJoinDates = true
    guard let other = try? QueryPlanner.plan(request.query, schemas: kinds, options: flipped) else { return [] }
    let evaluator = JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
    let sets = try zip(evaluator.sets(plan.joins), evaluator.sets(other.joins))
    guard sets.contains(where: { $0.words != $1.words }) else { return [] }
    var counting = request
    counting.countsOnly = true
    counting.facets = []
    let more = try run(other, counting, segments, kinds, after: nil).records - found
    guard more > 0 else { return [] }
    return [
      SearchNote(
        code: .possibleDates,
        message: "\(more) more possibly: whether the dates of their records fall into what was asked is not known",
        range: nil)
    ]
  }

  private struct Outcome {
    let weight: QueryWeight
    let keys: [HitKey]
    let total: Int
    let records: Int
    let facets: [FacetCollector]
    let isComplete: Bool
    var secondPass: SecondPass?
  }

  private func kinds(of request: SearchRequest) throws(SearchError) -> [Schema] {
    guard let wanted = request.kinds else { return schemas }
    for kind in wanted.sorted() where !schemas.contains(where: { $0.kind == kind }) {
      throw SearchError(
        .unknownKind, "no records of kind '\(kind)'", hint: "kinds are: \(schemas.map(\.kind).joined(separator: ", "))")
    }
    return schemas.filter { wanted.contains($0.kind) }
  }

  private func fingerprint(_ request: SearchRequest, _ kinds: [Schema]) -> UInt64 {
    var print = Fingerprint()
    for snapshot in snapshots { print.add(snapshot.generation) }
    print.add(request.query.description)
    for schema in kinds { print.add(schema.kind) }
    print.add(request.sort?.field ?? "")
    print.add(request.collapse ?? "")
    let flags = [
      request.sort?.isDescending ?? false, request.matchesAny, request.relaxes, request.takesPossibleDates,
      request.parameters.isScaled,
    ]
    for flag in flags { print.add(flag ? 1 : 0) }
    for number in request.parameters.numbers { print.add(number.bitPattern) }
    return print.value
  }

  private func run(
    _ plan: QueryPlan, _ request: SearchRequest, _ segments: [SegmentContext], _ kinds: [Schema], after: HitKey?
  ) throws(IndexError) -> Outcome {
    let started = ContinuousClock.now
    let joined = try JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
      .sets(plan.joins)
    let joinsAreComplete = joined.allSatisfy(\.isComplete)
    let ranksAgain = joinsAreComplete && ranksAgain(plan, request, segments)
    let addsPairBonus = !ranksAgain && request.sort == nil && !request.countsOnly && plan.words?.hasRuns == false
    let weight = try QueryWeight(
      plan, segments: segments, parameters: request.parameters, budget: request.budget, joined: joined,
      addsPairBonus: addsPairBonus)
    let looked = request.profile?.add(.dictionary, since: started) ?? started
    defer { request.profile?.add(.matching, since: looked) }
    try reserve(weight, request, kinds)
    var facets: [FacetCollector] = []
    for field in request.facets { facets.append(try facet(field, segments, kinds)) }
    let deadline = request.budget.deadline
    if request.countsOnly {
      let counter = CountCollector()
      let isComplete = try SegmentSearch.run(weight, into: [counter] + facets, deadline: deadline)
      return Outcome(
        weight: weight, keys: [], total: counter.count, records: counter.count, facets: facets,
        isComplete: isComplete && joinsAreComplete)
    }
    let order = try order(request.sort, segments, kinds)
    // One more than is shown, to know whether there is a next page.
    let capacity = max(0, min(request.limit, Self.longestPage)) + 1
    if let field = request.collapse {
      let collector = CollapseCollector(
        order, by: try ordinals(of: field, segments), field: Self.column(field), capacity: capacity, after: after)
      let isComplete = try SegmentSearch.run(weight, into: [collector] + facets, deadline: deadline)
      return Outcome(
        weight: weight, keys: collector.hits, total: collector.count, records: collector.recordCount, facets: facets,
        isComplete: isComplete && joinsAreComplete)
    }
    if ranksAgain {
      return try runTwice(weight, request, facets, capacity: capacity, after: after)
    }
    let collector = HitCollector(order, capacity: capacity, after: after)
    let isComplete = try SegmentSearch.run(weight, into: [collector] + facets, deadline: deadline)
    return Outcome(
      weight: weight, keys: collector.hits, total: collector.count, records: collector.count, facets: facets,
      isComplete: isComplete && joinsAreComplete)
  }

  /// Reserves what the collectors of a request will hold: hits of a page, counters of facets, values to collapse by.
  private func reserve(
    _ weight: QueryWeight, _ request: SearchRequest, _ kinds: [Schema]
  ) throws(IndexError) {
    let documents = Int(clamping: weight.documentCount)
    let hits = min(max(0, min(request.limit, Self.longestPage)), documents) + request.parameters.candidates + 1
    var bytes = request.countsOnly ? 0 : hits * EvaluationMemory.hit
    for field in request.facets { bytes += try valueCount(of: field, weight.segments) * EvaluationMemory.facetValue }
    if let field = request.collapse {
      bytes += try valueCount(of: field, weight.segments) * EvaluationMemory.collapsedValue
    }
    try weight.meter.reserve(bytes)
  }

  /// Values of a field over the segments, those of several counted for each.
  private func valueCount(of field: String, _ segments: [SegmentContext]) throws(IndexError) -> Int {
    var count = 0
    for segment in segments { count += try segment.reader.ordinalColumn(Self.column(field))?.valueCount ?? 0 }
    return count
  }

  /// Whether a second pass ranks the first hits: queries of bare words, by score, over segments that keep vectors.
  private func ranksAgain(_ plan: QueryPlan, _ request: SearchRequest, _ segments: [SegmentContext]) -> Bool {
    guard request.sort == nil, request.collapse == nil, !request.countsOnly, request.limit > 0,
      request.parameters.candidates > 0, request.parameters.profile?.isNeutral ?? true, let words = plan.words
    else { return false }
    return (!words.hasRuns || request.parameters.ranksRunsAgain) && segments.allSatisfy { $0.reader.vectors != nil }
  }

  /// The first hits, ranked anew, and behind them those of the first pass, which are marked by a `sortValue` of 1: so
  /// that one comparison orders both and a cursor says where it stands. The candidates are those of the query and the
  /// snapshots, whatever page is asked for.
  private func runTwice(
    _ weight: QueryWeight, _ request: SearchRequest, _ facets: [FacetCollector], capacity: Int, after: HitKey?
  ) throws(IndexError) -> Outcome {
    let deadline = request.budget.deadline
    let count = min(request.parameters.candidates, Self.mostCandidates)
    var firstAfter: HitKey?
    if var after, after.sortValue != 0 {
      after.sortValue = 0
      firstAfter = after
    }
    let needed = firstAfter != nil ? capacity : after == nil ? max(capacity, count) : count + capacity
    let collector = HitCollector(.score, capacity: needed, after: firstAfter)
    let isComplete = try SegmentSearch.run(weight, into: [collector] + facets, deadline: deadline)
    let first = collector.hits
    var keys: [HitKey] = []
    var secondPass: SecondPass?
    let head = firstAfter == nil ? min(count, first.count) : 0
    // A partial answer is shown as it was found.
    if head > 0, isComplete {
      let matched = ContinuousClock.now
      let pass = try SecondPass(weight, Array(first.prefix(head)))
      request.profile?.add(.secondPass, since: matched)
      keys = pass.keys
      secondPass = pass
    } else {
      keys = Array(first.prefix(head))
    }
    for key in first.dropFirst(head) {
      var key = key
      key.sortValue = 1
      keys.append(key)
    }
    if firstAfter == nil, let after { keys.removeAll { !after.precedes($0) } }
    return Outcome(
      weight: weight, keys: Array(keys.prefix(capacity)), total: collector.count, records: collector.count,
      facets: facets, isComplete: isComplete, secondPass: secondPass)
  }

  /// Candidates of a second pass at most: its cost grows with their square.
  static let mostCandidates = 1_000

  /// Hits of one page at most: a page is kept in memory; more are had page by page.
  static let longestPage = 1_000_000

  private func result(
    _ outcome: Outcome, _ request: SearchRequest, notes: [SearchNote], fingerprint: UInt64
  ) throws(IndexError) -> SearchResult {
    let limit = max(0, min(request.limit, Self.longestPage))
    let weight = outcome.weight
    var hits: [SearchHit] = []
    for key in outcome.keys.prefix(limit) {
      let kind = weight.segments[key.address.segment].reader.kind
      let rung = request.tellsRungs ? try HitInspector(weight).rung(of: key.address) : .exact
      hits.append(SearchHit(kind: kind, score: key.score, rung: rung, address: key.address))
    }
    var next: SearchCursor?
    if outcome.keys.count > limit, limit > 0 {
      next = SearchCursor(fingerprint: fingerprint, key: outcome.keys[limit - 1])
    }
    var notes = notes
    notes += Self.expansionNotes(weight, limit: request.budget.expansions).map {
      SearchNote(code: .expansionBound, message: $0.message, range: $0.range)
    }
    if !outcome.isComplete {
      notes.append(SearchNote(code: .deadline, message: "the time allowed ran out: the answer is partial", range: nil))
    }
    // What was kept of a join knows its words, not where they stand in this query.
    notes += weight.joined.flatMap(\.notes).map {
      SearchNote(code: .expansionBound, message: $0.message, range: nil)
    }
    notes += weight.plan.notes.map { SearchNote(code: .loweredDistance, message: $0.message, range: $0.range) }
    return SearchResult(
      total: outcome.total, totalIsExact: outcome.isComplete, records: outcome.records, hits: hits,
      facets: outcome.facets.map { facet in
        SearchFacet(field: facet.name, values: facet.values.map { SearchFacet.Value(value: $0.value, count: $0.count) })
      }, next: next, notes: notes, isPartial: !outcome.isComplete, weight: weight,
      secondPass: outcome.secondPass)
  }

  /// What is to be said of words that stand for more than was taken.
  static func expansionNotes(_ weight: QueryWeight, limit: Int) -> [PlanNote] {
    zip(weight.plan.terms, weight.terms).filter { $0.1.isTruncated }.map { term, numbers in
      PlanNote(message: expansionMessage(term, numbers, limit: limit), range: term.range)
    }
  }

  private static func expansionMessage(_ term: PlanTerm, _ numbers: TermWeight, limit: Int) -> String {
    guard let available = numbers.available else {
      return numbers.wasCut
        ? "'\(term.text)': the walk over the dictionary was cut; how many terms it stands for is not known"
        : "'\(term.text)' stands for more words than were taken: the pattern is too costly to follow to its end"
    }
    let total = GroupedNumber.text(available)
    if case .fuzzy = term.expansion {
      let taken = GroupedNumber.text(min(numbers.limit, TermExpander.fuzzyLimit))
      return "'\(term.text)': expanded \(taken) of \(total) terms, the nearest and most frequent"
    }
    let taken = GroupedNumber.text(min(numbers.limit, limit))
    let reason =
      numbers.limit < limit
      ? "; all open words of a query together stand for \(GroupedNumber.text(limit * WorkMeter.openWords)) at most" : ""
    return "'\(term.text)': expanded \(taken) of \(total) terms, the first in byte order\(reason)"
  }

  private static func note(_ reason: PlanRelaxation.Reason) -> SearchNote {
    switch reason {
    case .characterPairs:
      SearchNote(
        code: .characterPairs,
        message: "nothing holds the run of characters as a whole: these hold each of its pairs", range: nil)
    case .mostWords(let minimum, let count):
      SearchNote(
        code: .mostWords,
        message: "no record holds all \(count) words: these hold \(minimum) of them or more, those with most first",
        range: nil)
    }
  }
}
