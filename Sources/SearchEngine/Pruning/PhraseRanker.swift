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
  /// Of each slot, the rank of the document looked at in its loaded block.
  private var places: [Int]
  private var floor = ScoreFloor.none
  /// Where the phrase may begin in the document.
  /// SAFETY: room for ``capacity``, freed in `deinit`; grown before it is written.
  private var starts: UnsafeMutablePointer<UInt32>
  private var capacity = 64

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
    for rank in 0..<count {
      let slot = lead.slot(rank)
      let document = lead.documents[slot]
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
      self.places[0] = rank
      self.places[1] = found
      let places = try occurrences()
      if places > 0 {
        floor = admission.offer(document, formula.part(Double(places), length), to: &top, floor)
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
