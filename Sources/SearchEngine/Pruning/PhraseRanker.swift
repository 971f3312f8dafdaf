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
  private var starts: [UInt32] = []
  private var next: [UInt32] = []
  private var floor = ScoreFloor.none

  /// - Precondition: at least one slot.
  init(_ slots: [Slot], _ reader: SegmentReader) {
    precondition(!slots.isEmpty, "a phrase has words")
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
    for rank in 0..<count {
      let slot = lead.slot(rank)
      let document = lead.documents[slot]
      let length = Double(lengths[Int(document)])
      var least = lead.frequencies[slot]
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      guard try isInAll(document) else { continue }
      for index in 1..<slots.count {
        let cursor = slots[index].cursor
        try cursor.loadFrequencies()
        least = min(least, cursor.frequencies[cursor.slot(ranks[index])])
      }
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      guard reader.isLive(document) else { continue }
      ranks[0] = rank
      try findStarts()
      if !starts.isEmpty {
        floor = admission.offer(document, formula.part(Double(starts.count), length), to: &top, floor)
      }
    }
  }

  /// How many live documents hold the phrase.
  func count() throws(IndexError) -> Int {
    let lead = slots[0].cursor
    var total = 0
    for block in 0..<lead.blockCount {
      let count = try lead.loadDocuments(block)
      for rank in 0..<count {
        let document = lead.documents[lead.slot(rank)]
        guard try isInAll(document), reader.isLive(document) else { continue }
        ranks[0] = rank
        try findStarts()
        if !starts.isEmpty { total += 1 }
      }
    }
    return total
  }

  /// Whether all words but the first stand in the document; sets their ``ranks``.
  @inline(__always)
  private func isInAll(_ document: UInt32) throws(IndexError) -> Bool {
    for index in 1..<slots.count {
      if let set = slots[index].set, !set.contains(document) { return false }
    }
    for index in 1..<slots.count {
      let rank = try slots[index].cursor.probeRank(document)
      if rank < 0 { return false }
      ranks[index] = rank
    }
    return true
  }

  /// Sets ``starts`` to where the phrase begins in the document at ``ranks``.
  private func findStarts() throws(IndexError) {
    starts.removeAll(keepingCapacity: true)
    try slots[0].cursor.positions(ofRank: ranks[0], into: &next)
    let offset = slots[0].offset
    for position in next where position >= offset { starts.append(position &- offset) }
    for index in 1..<slots.count where !starts.isEmpty {
      try slots[index].cursor.positions(ofRank: ranks[index], into: &next)
      PhraseCounter.intersect(&starts, next, offset: slots[index].offset)
    }
  }
}
