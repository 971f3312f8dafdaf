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
  let ordinalCache = Mutex<[OrdinalKey: GlobalOrdinals]>([:])
  /// What lies under what, for `product:` and `category:`.
  let thesaurus: Thesaurus?
  /// Its names by their stems, made when the first word is looked up.
  let thesaurusCache = Mutex<ThesaurusIndex?>(nil)
  /// Names that no hub record has: see ``WideningBuilder``.
  let unnamedCache = Mutex<Set<String>>([])
  /// By hub, and by join: see ``JoinEvaluator``.
  let linksCache = Mutex<[String: HubLinks]>([:])
  let joinCache = Mutex<[String: JoinedSet]>([:])
  let hubCaches = HubCaches()
  /// See ``set(_:)`` and ``grouping(by:kind:list:)``.
  let setCache = Mutex<[KeptSetKey: KeptSet]>([:])
  let groupingCache = Mutex<[String: RecordGrouping]>([:])
  /// By the segments searched.
  let stemFrequencyCache = Mutex<[String: StemFrequencies]>([:])
  /// By kind: see ``RecordColumns``.
  let columnsCache = Mutex<[String: RecordColumns]>([:])

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
    var request = request
    request.query = request.query.joiningCodes
    return try answer(request)
  }

  private func answer(_ request: SearchRequest) throws(SearchError) -> SearchResult {
    let searched = try kinds(of: request)
    let started = ContinuousClock.now
    let segments = SegmentContext.segments(of: snapshots, kinds: Set(searched.map(\.kind)))
    var options = options(request)
    do throws(IndexError) {
      options.widening = try WideningBuilder.widening(request, searched, segments, self)
    } catch {
      throw SearchError(error)
    }
    var ladder = try QueryLadder(request.query, schemas: searched, options: options, rungs: request.rungs)
    request.profile?.add(.planning, since: started)
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
    let relaxations = request.relaxes ? QueryPlanner.relaxations(of: request.query, options: options) : []
    if let pivot = request.pivot { try checkPivot(pivot, searched) }
    do throws(IndexError) {
      var outcome = try run(ladder, request, segments, searched, after: after)
      var notes = try notes(options.widening, outcome, request)
      if outcome.records == 0, outcome.isComplete {
        options.widening = nil
        options.ways.formIntersection([.exact, .stem])
        for relaxation in relaxations {
          guard
            let weaker = try? QueryLadder(
              request.query, form: relaxation.form, schemas: searched, options: options, rungs: request.rungs)
          else { continue }
          let found = try run(weaker, request, segments, searched, after: after)
          (outcome, ladder) = (found, weaker)
          if outcome.records > 0 {
            notes.append(Self.note(relaxation.reason))
            break
          }
          if !outcome.isComplete { break }
        }
      }
      notes += try openDates(ladder, request, options, searched, segments, found: outcome.records)
      return try result(outcome, ladder, request, notes: notes, fingerprint: fingerprint)
    } catch {
      throw SearchError(error)
    }
  }

  private func options(_ request: SearchRequest) -> QueryPlanner.Options {
    var options = QueryPlanner.Options()
    options.matchesAny = request.matchesAny
    options.takesPossibleDates = request.takesPossibleDates
    options.allowsLeadingStar = request.allowsLeadingStar
    options.joinable = schemas
    options.thesaurus = thesaurus
    options.parameters = request.parameters
    options.deadline = request.budget.deadline
    options.ways = request.rungs.union([.exact])
    options.level = options.ways.contains(.stem) ? .stem : .exact
    return options
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
    if let hub = request.hub { print.add("\(hub.hub) \(hub.order.rawValue)") }
    let flags = [
      request.sort?.isDescending ?? false, request.matchesAny, request.relaxes, request.takesPossibleDates,
      request.parameters.isScaled, request.isInDocumentOrder,
    ]
    for flag in flags { print.add(flag ? 1 : 0) }
    for rung in request.rungs.sorted() { print.add(rung.name) }
    for number in request.parameters.numbers { print.add(number.bitPattern) }
    return print.value
  }

  /// Reserves what the collectors of a request will hold: hits of a page, counters of facets, values to collapse by.
  func reserve(
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

  /// Candidates of a second pass at most: its cost grows with their square.
  static let mostCandidates = 1_000

  /// Hits of one page at most: a page is kept in memory; more are had page by page.
  static let longestPage = 1_000_000

  /// Hits of an answer whose time was over before they were chosen: a page as it is shown to people.
  private static let hitsBehindDeadline = 10

  private func result(
    _ outcome: Outcome, _ ladder: QueryLadder, _ request: SearchRequest, notes: [SearchNote], fingerprint: UInt64
  ) throws(IndexError) -> SearchResult {
    let limit = max(0, min(request.limit, Self.longestPage))
    // Behind the deadline nobody is shown ten thousand hits: what each of them takes would come behind it, too.
    let isLate = !outcome.isComplete && request.budget.deadline.map { ContinuousClock.now >= $0 } ?? false
    let shown = outcome.keys.prefix(isLate ? min(limit, Self.hitsBehindDeadline) : limit)
    // The matches of hub records last: theirs are the tiers by which they were found.
    var labelled = Array(shown)
    if let hub = request.hub, let (collector, found) = outcome.hubs {
      labelled += collector.bestMatches(of: found.prefix(limit).map(\.hub), limit: hub.matches).values.joined()
    }
    let labels = request.tellsRungs ? try labels(labelled[...], ladder, outcome, request) : []
    func hit(_ key: HitKey, _ label: (rung: Rung, run: Int)?) -> SearchHit {
      let label = label ?? (rung: .exact, run: run(of: key, ladder))
      return SearchHit(
        kind: outcome.runs[0].segments[key.address.segment].reader.kind, score: key.score, rung: label.rung,
        address: key.address, run: label.run)
    }
    let hits = shown.enumerated().map { hit($1, $0 < labels.count ? labels[$0] : nil) }
    var hubs: HubResult?
    if let hub = request.hub, let (collector, found) = outcome.hubs {
      var known: [DocumentAddress: (rung: Rung, run: Int)] = [:]
      for (key, label) in zip(labelled, labels) { known[key.address] = label }
      hubs = try hubResult(collector, hub, Array(found.prefix(limit))) { hit($0, known[$0.address]) }
    }
    var next: SearchCursor?
    if outcome.keys.count > limit, limit > 0, shown.count == limit {
      next = SearchCursor(fingerprint: fingerprint, key: outcome.keys[limit - 1])
    }
    var notes = notes
    for weight in outcome.runs {
      for found in Self.expansionNotes(weight, limit: request.budget.expansions) {
        let note = SearchNote(code: .expansionBound, message: found.message, range: found.range)
        if !notes.contains(note) { notes.append(note) }
      }
    }
    if !outcome.isComplete {
      notes.append(SearchNote(code: .deadline, message: "the time allowed ran out: the answer is partial", range: nil))
    }
    for weight in outcome.runs {
      // What was kept of a join knows its words, not where they stand in this query.
      for found in weight.joined.flatMap(\.notes) {
        let note = SearchNote(code: .expansionBound, message: found.message, range: nil)
        if !notes.contains(note) { notes.append(note) }
      }
    }
    notes += (outcome.runs.first?.plan.notes ?? []).map {
      SearchNote(code: .loweredDistance, message: $0.message, range: $0.range)
    }
    return SearchResult(
      total: outcome.total, totalIsExact: outcome.isComplete, records: outcome.records, hits: hits,
      facets: outcome.facets, next: next, notes: notes, isPartial: !outcome.isComplete, runs: outcome.runs,
      secondPass: outcome.secondPass, hubs: hubs, pivot: outcome.pivot.map { pivotResult($0) })
  }

  /// The step that found a hit by score.
  private func run(of key: HitKey, _ ladder: QueryLadder) -> Int {
    ladder.steps.firstIndex { $0.tier == key.rungTier } ?? 0
  }

  /// What is to be said of words that stand for more than was taken.
  static func expansionNotes(_ weight: QueryWeight, limit: Int) -> [PlanNote] {
    zip(weight.plan.terms, weight.terms).filter { $0.1.isTruncated }.map { term, numbers in
      PlanNote(message: expansionMessage(term, numbers, limit: limit), range: term.range)
    }
  }

  private static func expansionMessage(_ term: PlanTerm, _ numbers: TermWeight, limit: Int) -> String {
    if case .stem = term.expansion {
      return "'\(term.text)': more than \(GroupedNumber.text(StemTableFormat.maximumForms)) words share its stem; "
        + "the first of them in byte order were taken, and the word as typed"
    }
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
