/// One phrase in one segment.
final class PhraseRanker {
  /// A word of the phrase: its list, and its distance from the first word.
  struct Slot {
    let info: TermInfo
    let cursor: PostingsCursor
    let set: DenseSet?
    let offset: UInt32
  }

  /// The rarest word first.
  private let slots: [Slot]
  private let reader: SegmentReader
  /// Of each slot, the rank of the document looked at in its loaded block.
  private var places: [Int]
  private var floor = ScoreFloor.none
  /// The first block of the rarest word that may reach into the range.
  private var firstBlock = 0
  /// Where the phrase may begin in the document.
  /// SAFETY: room for ``capacity``, freed in `deinit`; grown before it is written.
  private var starts: UnsafeMutablePointer<UInt32>
  private var capacity = 64

  /// Adding up the bounds of a range costs this part of looking a document up, or less.
  private static let rangesPerPosting = 16

  /// - Precondition: at least two slots.
  init(_ slots: [Slot], _ reader: SegmentReader) {
    precondition(slots.count > 1, "a phrase has words")
    self.slots = slots.sorted {
      ($0.cursor.documentFrequency, $0.offset) < ($1.cursor.documentFrequency, $1.offset)
    }
    self.reader = reader
    places = Array(repeating: 0, count: slots.count)
    starts = .allocate(capacity: capacity)
  }

  deinit { starts.deallocate() }

  /// Offers all documents that may be kept to `top`: by ranges of documents, those with the highest bounds first, or, where the
  /// rarest word has few, by its blocks.
  func run(_ formula: PartFormula, _ admission: Admission, _ top: inout TopHits) throws(IndexError) {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    let lead = slots[0].cursor
    let documentCount = reader.documentCount
    guard lead.documentFrequency * Self.rangesPerPosting >= RangeMaxima.count(documentCount),
      RangeBounds.holds([formula])
    else {
      let unknown = RangeBounds(unknown: RangeMaxima.count(documentCount))
      for block in 0..<lead.blockCount {
        let start = block == 0 ? 0 : lead.lastDocument(of: block - 1) &+ 1
        if floor.isHopeless(formula.bound(lead.impacts(block)), from: start) { continue }
        _ = try offer(block, 0, documentCount &- 1, unknown, formula, admission, &top)
      }
      return
    }
    var maxima: [RangeMaxima] = []
    for slot in slots {
      maxima.append(try reader.maxima(slot.info, slot.cursor, base: formula.base, slope: formula.slope))
    }
    var ranges = RangeBounds(leastOf: maxima, formula)
    for range in ranges.highest(hits: top.capacity) where ranges[range] >= RangeBounds.limit(floor) {
      try offer(range: range, ranges, formula, admission, &top)
      ranges.remove(range)
    }
    for slot in slots { slot.cursor.rewindProbes() }
    // Then by the blocks of the rarest word; what was looked at has no bound any more.
    for block in 0..<lead.blockCount {
      let start = block == 0 ? 0 : lead.lastDocument(of: block - 1) &+ 1
      if floor.isHopeless(formula.bound(lead.impacts(block)), from: start) { continue }
      _ = try offer(block, 0, documentCount &- 1, ranges, formula, admission, &top)
    }
  }

  private func offer(
    range: Int, _ ranges: borrowing RangeBounds, _ formula: PartFormula, _ admission: Admission, _ top: inout TopHits
  ) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: range &<< Int(RangeMaxima.shift))
    let last = min(base &+ UInt32(RangeMaxima.length - 1), reader.documentCount &- 1)
    let lead = slots[0].cursor
    var block = lead.firstBlock(endingAtOrAfter: base, from: firstBlock)
    firstBlock = block
    while block < lead.blockCount, try offer(block, base, last, ranges, formula, admission, &top),
      lead.lastDocument(of: block) < last
    {
      block &+= 1
    }
  }

  /// Offers the documents of a block of the rarest word that lie in `base ... last`; false when it begins behind them.
  private func offer(
    _ block: Int, _ base: UInt32, _ last: UInt32, _ bounds: borrowing RangeBounds, _ formula: PartFormula,
    _ admission: Admission, _ top: inout TopHits
  ) throws(IndexError) -> Bool {
    let lead = slots[0].cursor
    guard let ranks = try lead.ranks(of: block, from: base, through: last) else { return false }
    if ranks.isEmpty { return true }
    try lead.loadFrequencies()
    let lengths = try reader.lengths.lengths(
      from: lead.documents[lead.slot(ranks.lowerBound)], through: lead.documents[lead.slot(ranks.upperBound - 1)])
    switch reader.lengths.width {
    case 1: try offer(ranks, lengths.assumingMemoryBound(to: UInt8.self), bounds, formula, admission, &top)
    case 2: try offer(ranks, lengths.assumingMemoryBound(to: UInt16.self), bounds, formula, admission, &top)
    default: try offer(ranks, lengths.assumingMemoryBound(to: UInt32.self), bounds, formula, admission, &top)
    }
    return true
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document of those ranks of the lead's loaded block.
  private func offer<Length: UnsignedInteger & FixedWidthInteger>(
    _ ranks: Range<Int>, _ lengths: UnsafePointer<Length>, _ bounds: borrowing RangeBounds, _ formula: PartFormula,
    _ admission: Admission,
    _ top: inout TopHits
  ) throws(IndexError) {
    let lead = slots[0].cursor
    let second = slots[1]
    var limit = RangeBounds.limit(floor)
    for rank in ranks {
      let slot = lead.slot(rank)
      let document = lead.documents[slot]
      if bounds.bound(of: document) < limit { continue }
      if let set = second.set, !set.contains(document) { continue }
      let length = Double(lengths[Int(document)])
      var least = lead.frequencies[slot]
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      let found = try second.cursor.probeRank(document)
      if found < 0 { continue }
      least = min(least, try second.cursor.frequency(ofRank: found))
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      if slots.count > 2 {
        guard let others = try leastFrequency(in: document) else { continue }
        least = min(least, others)
        if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      }
      guard reader.isLive(document) else { continue }
      places[0] = rank
      places[1] = found
      let count = try occurrences()
      if count > 0 {
        floor = admission.offer(document, formula.part(Double(count), length), to: &top, floor)
        limit = RangeBounds.limit(floor)
      }
    }
  }

  /// How many live documents hold the phrase.
  func count() throws(IndexError) -> Int {
    let lead = slots[0].cursor
    let second = slots[1]
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
        places[0] = rank
        places[1] = found
        if try occurrences() > 0 { total += 1 }
      }
    }
    return total
  }

  /// The least frequency of the words from the third on; nil where one does not stand in the document. Sets their ``places``.
  private func leastFrequency(in document: UInt32) throws(IndexError) -> UInt32? {
    var least = UInt32.max
    for index in 2..<slots.count {
      if let set = slots[index].set, !set.contains(document) { return nil }
      let cursor = slots[index].cursor
      let rank = try cursor.probeRank(document)
      if rank < 0 { return nil }
      places[index] = rank
      least = min(least, try cursor.frequency(ofRank: rank))
    }
    return least
  }

  /// How often the phrase stands in the document at ``places``.
  private func occurrences() throws(IndexError) -> Int {
    let first = try slots[0].cursor.positions(ofRank: places[0])
    if first.count > capacity {
      starts.deallocate()
      starts = .allocate(capacity: first.count)
      capacity = first.count
    }
    let second = try slots[1].cursor.positions(ofRank: places[1])
    var count = keep(first, slots[0].offset, second, slots[1].offset)
    for index in 2..<max(2, slots.count) where count > 0 {
      let other = try slots[index].cursor.positions(ofRank: places[index])
      count = keep(UnsafeBufferPointer(start: starts, count: count), 0, other, slots[index].offset)
    }
    return count
  }

  /// Keeps, as starts, the positions less their offset at which one of the others less theirs stands, too. Both rise; the
  /// first ones may be the starts themselves.
  private func keep(
    _ first: UnsafeBufferPointer<UInt32>, _ offset: UInt32, _ other: UnsafeBufferPointer<UInt32>, _ otherOffset: UInt32
  ) -> Int {
    let starts = starts
    var kept = 0
    var place = 0
    // SAFETY: indices stay below the counts; no more are kept than were read, which there is room for.
    for index in 0..<first.count {
      let position = first[index]
      if position < offset { continue }
      let wanted = UInt64(position &- offset) &+ UInt64(otherOffset)
      while place < other.count, UInt64(other[place]) < wanted { place &+= 1 }
      if place == other.count { break }
      if UInt64(other[place]) == wanted {
        (starts + kept).initialize(to: position &- offset)
        kept &+= 1
      }
    }
    return kept
  }
}
