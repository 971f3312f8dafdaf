/// A plan bound to the statistics of the snapshots it is asked of: dictionary entries looked up in every segment, document
/// frequencies summed, idf known. From here on only numbers are left of the words.
///
/// Cost: one dictionary look-up per word and segment; a prefix scans at most ``QueryBudget/expansions`` entries a segment.
final class QueryWeight: Sendable {
  let plan: QueryPlan
  let parameters: RankingParameters
  /// The segments of the searched kinds, in document order.
  let segments: [SegmentContext]
  /// Documents of all searched segments, deleted ones included until a merge drops them.
  let documentCount: UInt64
  let terms: [TermWeight]
  /// By segment: whether the plan asks its kind anything.
  let isAsked: [Bool]
  /// What the parts of a score are rounded to.
  let grid: ScoreGrid
  /// Whether pairs of words add a bonus to the score (``RankingParameters/pairBonus``).
  let addsPairBonus: Bool
  /// By place in ``QueryPlan/joins``.
  let joined: [JoinedSet]
  /// Whether date columns are decoded once and kept: the queries inside joins ask whole columns each time.
  let keepsColumns: Bool
  /// Whether sets of documents that cost much are kept when they are asked for again (``KeptSets``): for jobs that go through
  /// all matches, and in joins.
  let keepsSets: Bool
  /// What second passes have learned of the segments' stems.
  let stemFrequencies: StemFrequencies?
  /// Time, walks and memory of the evaluation.
  let meter: WorkMeter

  /// Binds `plan`. Throws what reading the dictionaries throws.
  init(
    _ plan: QueryPlan, segments: [SegmentContext], parameters: RankingParameters, budget: QueryBudget,
    joined: [JoinedSet] = [], addsPairBonus: Bool = false, keepsColumns: Bool = false, keepsSets: Bool = false,
    stemFrequencies: StemFrequencies? = nil
  ) throws(IndexError) {
    self.stemFrequencies = stemFrequencies
    self.keepsSets = keepsSets
    self.keepsColumns = keepsColumns
    let meter = WorkMeter(budget)
    self.meter = meter
    self.joined = joined
    self.addsPairBonus = addsPairBonus
    self.parameters = parameters
    self.segments = segments
    var total: UInt64 = 0
    var isAsked: [Bool] = []
    isAsked.reserveCapacity(segments.count)
    for segment in segments {
      total += UInt64(segment.reader.documentCount)
      isAsked.append(plan.roots[segment.reader.kind] != nil)
    }
    documentCount = total
    self.isAsked = isAsked
    var weights: [TermWeight] = []
    weights.reserveCapacity(plan.terms.count)
    for (place, term) in plan.terms.enumerated() {
      let limit = meter.room(for: budget.expansions)
      // Once the time is up nothing more is looked up: the answer is partial, and holds what was found before.
      if meter.wasOver || ((place & 15 == 15 || term.expansion.isOpen) && meter.isOver) {
        weights.append(.unknown(term, segments: segments.count))
        continue
      }
      let expanded = try TermExpander.expand(term.expansion, in: segments, limit: limit, meter: meter)
      if term.expansion.isOpen { meter.take(min(limit, expanded.forms.reduce(0) { max($0, $1.count) })) }
      let frequency = min(expanded.documentFrequency, total)
      let idf = BM25.inverseDocumentFrequency(frequency, of: total)
      weights.append(
        TermWeight(
          forms: expanded.forms, documentFrequency: frequency, isFrequencyExact: expanded.isExact,
          isTruncated: expanded.isTruncated, limit: limit, available: expanded.available, wasCut: expanded.wasCut,
          inverseDocumentFrequency: idf,
          boost: term.weight,
          factor: term.weight * idf * parameters.scale))
    }
    terms = weights
    // Last, so that it is not copied.
    self.plan = plan
    grid = ScoreGrid(total: weights.reduce(0) { $0 + $1.factor })
  }
}

/// A word's numbers in one set of snapshots.
struct TermWeight: Sendable {
  /// By segment: the entries that the word stands for there.
  var forms: [[TermForm]]
  /// Documents that hold at least one of the forms, deleted ones included.
  var documentFrequency: UInt64
  /// False when it is the sum over many forms, an upper bound.
  var isFrequencyExact: Bool
  /// Whether the word stands for more entries than were taken.
  var isTruncated: Bool
  /// How many it might stand for at most.
  var limit: Int
  /// How many entries there are, where more than were taken were counted.
  var available: Int?
  /// Whether the walk over the dictionary was ended before its end.
  var wasCut: Bool
  var inverseDocumentFrequency: Double
  var boost: Double
  /// boost · idf · (k1 + 1): what the saturated frequency is multiplied by.
  var factor: Double
}

extension TermWeight {
  /// A word that there was no time to look up.
  fileprivate static func unknown(_ term: PlanTerm, segments: Int) -> TermWeight {
    TermWeight(
      forms: Array(repeating: [], count: segments), documentFrequency: 0, isFrequencyExact: false, isTruncated: false,
      limit: 0, available: nil, wasCut: true, inverseDocumentFrequency: 0, boost: term.weight, factor: 0)
  }
}

/// One dictionary entry in one segment.
struct TermForm: Sendable {
  var bytes: [UInt8]
  var info: TermInfo
  /// Whether it is the word as typed.
  var isExact: Bool
}

/// A segment as a search sees it: its place among all segments searched.
struct SegmentContext: Sendable {
  let reader: SegmentReader
  /// Place among the segments searched: document order is (this, document number).
  let ordinal: Int
  /// Place of its snapshot among those of the searcher, and of the segment in it.
  let snapshot: Int
  let segment: Int
  /// Mean weighted length of the records of its kind, over all segments of the kind that are searched.
  let averageLength: Double
}

extension SegmentContext {
  /// The segments of the given kinds, in document order, each with its kind's average length.
  static func segments(of snapshots: [Snapshot], kinds: Set<String>) -> [SegmentContext] {
    var lengths: [String: (total: Double, count: Double)] = [:]
    for snapshot in snapshots {
      for reader in snapshot.segments where kinds.contains(reader.kind) {
        lengths[reader.kind, default: (0, 0)].total += Double(reader.totalLength)
        lengths[reader.kind, default: (0, 0)].count += Double(reader.documentCount)
      }
    }
    var found: [SegmentContext] = []
    for (number, snapshot) in snapshots.enumerated() {
      for (place, reader) in snapshot.segments.enumerated() {
        guard let sum = lengths[reader.kind] else { continue }
        let average = sum.count > 0 && sum.total > 0 ? sum.total / sum.count : 1
        found.append(
          SegmentContext(
            reader: reader, ordinal: found.count, snapshot: number, segment: place, averageLength: average))
      }
    }
    return found
  }
}
