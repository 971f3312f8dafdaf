/// Documents in which words follow one another, scored by how often they do, as ``PhraseCollector`` does: from the rarest word
/// out, positions read only where the phrase could score enough if it stood there as often as its rarest word.
struct PhraseSearch {
  private let weight: QueryWeight
  private let slots: [PhraseSlot]

  /// Nil when the query is not one phrase of words of one form each, over whole records, or bounds are not proven.
  init?(_ weight: QueryWeight) {
    var found: [PhraseSlot]?
    let idf = weight.terms.reduce(0) { $0 + $1.inverseDocumentFrequency }
    for segment in weight.segments {
      guard let root = weight.plan.roots[segment.reader.kind] else { continue }
      guard case .phrase(let slots, nil) = root, found == nil || found == slots, slots.count > 1,
        slots.count <= weight.terms.count,
        slots.allSatisfy({ slot in
          weight.terms.indices.contains(slot.term) && weight.terms[slot.term].forms[segment.ordinal].count <= 1
        }),
        PartFormula(weight, factor: idf, averageLength: segment.averageLength).isSound
      else { return nil }
      found = slots
    }
    guard let found else { return nil }
    self.weight = weight
    slots = found
  }

  /// The first `capacity` hits. Throws what reading the index throws.
  func top(capacity: Int) throws(IndexError) -> [HitKey] {
    var top = TopHits(capacity: capacity, after: nil)
    let idf = weight.terms.reduce(0) { $0 + $1.inverseDocumentFrequency }
    for segment in weight.segments {
      let formula = PartFormula(weight, factor: idf, averageLength: segment.averageLength)
      guard let ranker = try ranker(segment, formula) else { continue }
      try ranker.run(formula, Admission(segment: segment, known: nil, rungTier: 0), &top)
    }
    return top.takeSorted()
  }

  /// How many documents hold the phrase.
  func count() throws(IndexError) -> Int {
    var total = 0
    for segment in weight.segments {
      let formula = PartFormula(weight, factor: 1, averageLength: segment.averageLength)
      if let ranker = try ranker(segment, formula) { total += try ranker.count() }
    }
    return total
  }

  /// Nil where the phrase cannot stand in the segment.
  private func ranker(_ segment: SegmentContext, _ formula: PartFormula) throws(IndexError) -> PhraseRanker? {
    guard weight.plan.roots[segment.reader.kind] != nil else { return nil }
    var lists: [PhraseRanker.Slot] = []
    var maxima: [RangeMaxima] = []
    lists.reserveCapacity(slots.count)
    maxima.reserveCapacity(slots.count)
    var isKept = true
    for slot in slots {
      guard let info = weight.terms[slot.term].forms[segment.ordinal].first?.info else { return nil }
      let cursor = try segment.reader.postings(info)
      lists.append(PhraseRanker.Slot(cursor: cursor, set: try segment.reader.denseSet(info), offset: slot.offset))
      // Of a list so short its documents themselves are looked at as fast as its maxima are made.
      if cursor.blockCount <= Self.fewBlocks { continue }
      if let kept = try segment.reader.maxima(info, cursor, base: formula.base, slope: formula.slope) {
        maxima.append(kept)
      } else {
        isKept = false
      }
    }
    return PhraseRanker(lists, segment.reader, isKept ? maxima : [])
  }

  private static let fewBlocks = 2
}
