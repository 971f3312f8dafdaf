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
    return (top.takeSorted(), isComplete)
  }

  private func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    for (place, segment) in weight.segments.enumerated() where weight.isAsked[place] {
      if weight.meter.isOver { return false }
      let reserved = weight.meter.reserved
      defer { weight.meter.release(weight.meter.reserved - reserved) }
      let admission = Admission(segment: segment, known: known, rungTier: rungTier)
      if isOfOneForm(segment) {
        guard let lists = try lists(segment) else { continue }
        if lists.isEmpty { return false }
        if try !rank(lists, segment.reader, admission, &top) { return false }
        continue
      }
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
      try weight.meter.reserve(WindowRanker.byteCount)
      let ranker = WindowRanker(required, optional, segment.reader, admission, deadline: deadline)
      if try !ranker.run(&top) { return false }
    }
    return !weight.meter.wasOver
  }

  /// Whether the query is of required words or of optional ones, none of which has several forms in the segment.
  private func isOfOneForm(_ segment: SegmentContext) -> Bool {
    guard query.required.isEmpty || query.optional.isEmpty else { return false }
    for place in query.required where weight.terms[place].forms[segment.ordinal].count > 1 { return false }
    for place in query.optional where weight.terms[place].forms[segment.ordinal].count > 1 { return false }
    return true
  }

  /// The lists of the words, of one form each, that the segment holds; nil where it has no match, empty when the time is up.
  private func lists(_ segment: SegmentContext) throws(IndexError) -> [RankedList]? {
    let isAll = query.optional.isEmpty
    let places = isAll ? query.required : query.optional
    var lists: [RankedList] = []
    lists.reserveCapacity(places.count)
    for (number, place) in places.enumerated() {
      if number & 15 == 15, weight.meter.isOver { return [] }
      guard let info = weight.terms[place].forms[segment.ordinal].first?.info else {
        if isAll { return nil }
        continue
      }
      try weight.meter.reserve(EvaluationMemory.cursor)
      lists.append(
        try RankedList(
          segment.reader, info,
          PartFormula(weight, factor: weight.terms[place].factor, averageLength: segment.averageLength)))
    }
    return lists.isEmpty ? nil : lists
  }

  /// Offers what may be kept of words of one form each; false when the time is up.
  private func rank(
    _ lists: [RankedList], _ reader: SegmentReader, _ admission: Admission, _ top: inout TopHits
  ) throws(IndexError) -> Bool {
    let isAll = query.optional.isEmpty
    if let isDone = try byRanges(lists, isAll: isAll, reader, admission, &top) { return isDone }
    if lists.count == 1 {
      var ranker = ListRanker(lists[0], reader, admission, deadline: deadline)
      return try ranker.run(&top)
    }
    if isAll { return try LeadRanker(lists, reader, admission, deadline: deadline).run(&top) }
    try weight.meter.reserve(WindowRanker.byteCount)
    return try WindowRanker([], lists.map(RankedTerm.init), reader, admission, deadline: deadline).run(&top)
  }

  /// Offers what may be kept by ranges, where that is worth it and bounds are kept; nil otherwise.
  private func byRanges(
    _ lists: [RankedList], isAll: Bool, _ reader: SegmentReader, _ admission: Admission, _ top: inout TopHits
  ) throws(IndexError) -> Bool? {
    guard RangeRanker.serves(lists) else { return nil }
    if isAll, lists.count > 1, !isWorthRanges(lists, isAll: isAll, reader) {
      try weight.meter.reserve(SparseRanker.byteCount(lists))
      guard var ranker = try SparseRanker(lists, reader, admission) else { return nil }
      return try ranker.run(&top)
    }
    guard isWorthRanges(lists, isAll: isAll, reader) else { return nil }
    try weight.meter.reserve(RangeRanker.byteCount(reader.documentCount))
    guard var ranker = try RangeRanker(lists, isAll: isAll, reader, admission, deadline: deadline) else { return nil }
    return try ranker.run(&top)
  }

  /// Whether to go by ranges of documents: adding up their bounds costs about a nanosecond for four of a word, so there have to be
  /// postings enough that need not be looked at.
  private func isWorthRanges(_ lists: [RankedList], isAll: Bool, _ reader: SegmentReader) -> Bool {
    let ranges = RangeMaxima.count(reader.documentCount)
    if lists.count == 1 { return lists[0].cursor.documentFrequency >= ranges * Self.ofOne }
    let frequencies = lists.lazy.map(\.cursor.documentFrequency)
    let postings = isAll ? frequencies.reduce(.max) { min($0, $1) } : frequencies.reduce(0, +)
    return postings >= ranges / (isAll ? Self.ofAll : Self.ofAny)
  }

  /// Of a word alone its blocks serve as well until it has this many postings a range; of several words those that have to be looked
  /// at, the rarest word's or all, are one in so many ranges or more (measured, see Performance).
  private static let ofOne = 1
  private static let ofAny = 32
  private static let ofAll = 2
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
