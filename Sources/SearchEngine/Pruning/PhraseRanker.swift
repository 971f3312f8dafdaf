/// One phrase in one segment.
final class PhraseRanker {
  /// A word of the phrase: its list, and its distance from the first word.
  struct Slot {
    let cursor: PostingsCursor
    let set: DenseSet?
    let offset: UInt32
  }

  /// The rarest word first.
  private let slots: [Slot]
  private let reader: SegmentReader
  /// Of each slot, where the document looked at stands in its loaded block.
  private var ranks: [Int]
  private var floor = ScoreFloor.none

  /// - Precondition: at least two slots.
  init(_ slots: [Slot], _ reader: SegmentReader) {
    precondition(slots.count > 1, "a phrase has words")
    self.slots = slots.sorted {
      ($0.cursor.documentFrequency, $0.offset) < ($1.cursor.documentFrequency, $1.offset)
    }
    self.reader = reader
    ranks = Array(repeating: 0, count: slots.count)
  }

  /// Offers all documents that may be kept to `top`.
  func run(_ formula: PartFormula, _ admission: Admission, _ top: inout TopHits) throws(IndexError) {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    let lead = slots[0].cursor
    for block in 0..<lead.blockCount {
      let start = block == 0 ? 0 : lead.lastDocument(of: block - 1) &+ 1
      if floor.isHopeless(formula.bound(lead.impacts(block)), from: start) { continue }
      let count = try lead.loadDocuments(block)
      try lead.loadFrequencies()
      let lengths = try reader.lengths.lengths(
        from: lead.documents[lead.slot(0)], through: lead.documents[lead.slot(count - 1)])
      switch reader.lengths.width {
      case 1: try offer(count, lengths.assumingMemoryBound(to: UInt8.self), formula, admission, &top)
      case 2: try offer(count, lengths.assumingMemoryBound(to: UInt16.self), formula, admission, &top)
      default: try offer(count, lengths.assumingMemoryBound(to: UInt32.self), formula, admission, &top)
      }
    }
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document of the lead's loaded block.
  private func offer<Length: UnsignedInteger & FixedWidthInteger>(
    _ count: Int, _ lengths: UnsafePointer<Length>, _ formula: PartFormula, _ admission: Admission,
    _ top: inout TopHits
  ) throws(IndexError) {
    let lead = slots[0].cursor
    let second = slots[1]
    var places = Places()
    for rank in 0..<count {
      let slot = lead.slot(rank)
      let document = lead.documents[slot]
      if let set = second.set, !set.contains(document) { continue }
      let length = Double(lengths[Int(document)])
      var least = lead.frequencies[slot]
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      let found = try second.cursor.probeRank(document)
      if found < 0 { continue }
      try second.cursor.loadFrequencies()
      least = min(least, second.cursor.frequencies[second.cursor.slot(found)])
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      if slots.count > 2 {
        guard let others = try leastFrequency(in: document) else { continue }
        least = min(least, others)
        if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      }
      guard reader.isLive(document) else { continue }
      ranks[0] = rank
      ranks[1] = found
      try find(&places)
      if places.count > 0 {
        floor = admission.offer(document, formula.part(Double(places.count), length), to: &top, floor)
      }
    }
  }

  /// How many live documents hold the phrase.
  func count() throws(IndexError) -> Int {
    let lead = slots[0].cursor
    let second = slots[1]
    var places = Places()
    var total = 0
    for block in 0..<lead.blockCount {
      let count = try lead.loadDocuments(block)
      for rank in 0..<count {
        let document = lead.documents[lead.slot(rank)]
        if let set = second.set, !set.contains(document) { continue }
        let found = try second.cursor.probeRank(document)
        if found < 0 { continue }
        if slots.count > 2, try leastFrequency(in: document) == nil { continue }
        guard reader.isLive(document) else { continue }
        ranks[0] = rank
        ranks[1] = found
        try find(&places)
        if places.count > 0 { total += 1 }
      }
    }
    return total
  }

  /// The least frequency of the words from the third on; nil where one does not stand in the document. Sets their ``ranks``.
  private func leastFrequency(in document: UInt32) throws(IndexError) -> UInt32? {
    var least = UInt32.max
    for index in 2..<slots.count {
      if let set = slots[index].set, !set.contains(document) { return nil }
      let cursor = slots[index].cursor
      let rank = try cursor.probeRank(document)
      if rank < 0 { return nil }
      ranks[index] = rank
      try cursor.loadFrequencies()
      least = min(least, cursor.frequencies[cursor.slot(rank)])
    }
    return least
  }

  /// Where the phrase may begin in one document: the first ``count`` of ``starts``.
  private struct Places {
    var starts: [UInt32] = []
    var count = 0
    var next: [UInt32] = []

    /// Keeps the starts at whose `offset` a position of ``next`` stands. Both rise.
    mutating func intersect(offset: UInt32) {
      var kept = 0
      var place = 0
      for index in 0..<count {
        let start = starts[index]
        let wanted = UInt64(start) + UInt64(offset)
        while place < next.count, UInt64(next[place]) < wanted { place += 1 }
        if place == next.count { break }
        if UInt64(next[place]) == wanted {
          starts[kept] = start
          kept += 1
        }
      }
      count = kept
    }
  }

  /// Finds where the phrase begins in the document at ``ranks``.
  private func find(_ places: inout Places) throws(IndexError) {
    try slots[0].cursor.positions(ofRank: ranks[0], into: &places.next)
    let offset = slots[0].offset
    places.starts.removeAll(keepingCapacity: true)
    for position in places.next where position >= offset { places.starts.append(position &- offset) }
    places.count = places.starts.count
    for index in 1..<slots.count where places.count > 0 {
      try slots[index].cursor.positions(ofRank: ranks[index], into: &places.next)
      places.intersect(offset: slots[index].offset)
    }
  }
}
