/// Finds the first hits of a ``FlatQuery`` without looking at all documents: what cannot be among them by the bounds that
/// stand beside each block of postings is passed over.
///
/// Hits, scores and order are those of ``SegmentSearch`` with a ``HitCollector``, to the last bit: bounds hold exactly, and
/// parts of scores lie on a grid on which sums do not depend on their order (``ScoreGrid``).
struct PrunedSearch {
  let weight: QueryWeight
  let query: FlatQuery
  let deadline: ContinuousClock.Instant?
  /// Documents that are no part of the answer.
  var known: MatchedDocuments?
  var rungTier: UInt8 = 0

  /// The first `capacity` hits after `after`, and whether all was looked at. Throws what reading the index throws.
  func top(capacity: Int, after: HitKey?) throws(IndexError) -> (hits: [HitKey], isComplete: Bool) {
    var top = TopHits(capacity: capacity, after: after)
    let isComplete = try run(&top)
    return (top.sorted, isComplete)
  }

  private func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    for segment in weight.segments where weight.plan.roots[segment.reader.kind] != nil {
      if weight.meter.isOver { return false }
      let reserved = weight.meter.reserved
      defer { weight.meter.release(weight.meter.reserved - reserved) }
      var required: [RankedTerm] = []
      var optional: [RankedTerm] = []
      var isEmpty = false
      for (places, isRequired) in [(query.required, true), (query.optional, false)] {
        for (number, place) in places.enumerated() {
          if number & 15 == 15, weight.meter.isOver { return false }
          let forms = weight.terms[place].forms[segment.ordinal]
          if forms.isEmpty {
            isEmpty = isEmpty || isRequired
            continue
          }
          let formula = PartFormula(
            weight, factor: weight.terms[place].factor, averageLength: segment.averageLength)
          try weight.meter.reserve(forms.count * EvaluationMemory.cursor)
          let term = try RankedTerm(segment.reader, forms, formula)
          if isRequired { required.append(term) } else { optional.append(term) }
        }
      }
      if isEmpty || (required.isEmpty && optional.isEmpty) { continue }
      let admission = Admission(segment: segment, known: known, rungTier: rungTier)
      let isDone: Bool
      let isPlain = (required.isEmpty || optional.isEmpty) && (required + optional).allSatisfy { $0.lists.count == 1 }
      let lists = isPlain ? (required + optional).map { $0.lists[0] } : []
      if isPlain, isWorthRanges(lists, isAll: optional.isEmpty, segment.reader), RangeRanker.serves(lists) {
        try weight.meter.reserve(RangeRanker.byteCount(segment.reader.documentCount))
        var ranker = try RangeRanker(
          lists, isAll: optional.isEmpty, segment.reader, admission, deadline: deadline)
        isDone = try ranker.run(&top)
      } else if isPlain, lists.count == 1 {
        isDone = try ListRanker(lists[0], segment.reader, admission, deadline: deadline).run(&top)
      } else if isPlain, optional.isEmpty {
        let byRanges = isWorthBounds(lists, segment.reader) && RangeRanker.serves(lists)
        if byRanges { try weight.meter.reserve(RangeRanker.byteCount(segment.reader.documentCount)) }
        isDone = try LeadRanker(lists, segment.reader, admission, byRanges: byRanges, deadline: deadline).run(&top)
      } else {
        try weight.meter.reserve(WindowRanker.byteCount)
        isDone = try WindowRanker(required, optional, segment.reader, admission, deadline: deadline).run(&top)
      }
      if !isDone { return false }
    }
    return !weight.meter.wasOver
  }

  /// Whether to go by ranges of documents. Looking into a range costs some 0.2 µs; so they gain where few hold a document, and
  /// where each holds many; in between blocks, or windows, are cheaper (measured, see Performance).
  private func isWorthRanges(_ lists: [RankedList], isAll: Bool, _ reader: SegmentReader) -> Bool {
    let ranges = RangeMaxima.count(reader.documentCount)
    let frequencies = lists.map(\.cursor.documentFrequency)
    if lists.count == 1 { return frequencies[0] / Self.some >= ranges }
    if isAll { return (frequencies.min() ?? 0) / Self.many >= ranges }
    let sum = frequencies.reduce(0, +)
    return sum < Self.few * ranges || sum / Self.someMore >= ranges
  }

  /// Whether the documents of the rarest of several lists are worth being held against the bounds of their ranges.
  private func isWorthBounds(_ lists: [RankedList], _ reader: SegmentReader) -> Bool {
    let fewest = lists.reduce(Int.max) { min($0, $1.cursor.documentFrequency) }
    return fewest >= RangeMaxima.count(reader.documentCount) / Self.rangesPerPosting
  }

  /// Postings a range: of a word alone, and of the rarest of several, from which on ranges beat its blocks; of all words, below and above which they beat
  /// windows.
  private static let some = 2
  private static let many = 8
  private static let few = 2
  private static let someMore = 28
  /// Adding up the bounds of a range costs this part of looking a document up, or less.
  private static let rangesPerPosting = 2
}

/// Which documents of a segment may be hits at all, and under what key.
struct Admission {
  let segment: SegmentContext
  let known: MatchedDocuments?
  let rungTier: UInt8

  /// Offers a document with its score; returns the floor from then on.
  @inline(never)
  func offer(_ document: UInt32, _ score: Double, to top: inout TopHits, _ floor: ScoreFloor) -> ScoreFloor {
    if floor.isHopeless(score, from: document) || !segment.reader.isLive(document) { return floor }
    if let known, known.contains(segment, document) { return floor }
    top.offer(
      HitKey(
        rungTier: rungTier, tier: 0, sortValue: 0, score: score,
        address: DocumentAddress(segment: segment.ordinal, document: document)))
    return ScoreFloor(top, segment: segment.ordinal)
  }
}
