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
  /// SAFETY: a slot each, allocated in `init`, freed in `deinit`.
  private let places: UnsafeMutablePointer<Int>
  private var floor = ScoreFloor.none
  /// The least of the words' shares in each range of documents, in steps of ``RangeMaxima``: the phrase has no higher one there, since it
  /// stands in a document no more often than each of its words. Nil where the shares are not kept.
  /// Behind them, which eighths of the range all words stand in.
  /// SAFETY: two a range of the segment, allocated in `init`, freed in `deinit`.
  private let shares: UnsafeMutablePointer<UInt8>?
  private let rangeCount: Int
  /// Where the phrase may begin in the document.
  /// SAFETY: room for ``capacity``, freed in `deinit`; grown before it is written.
  private var starts: UnsafeMutablePointer<UInt32>
  private var capacity = 64

  /// `maxima`: those of all words, or none.
  /// - Precondition: at least two slots.
  init(_ slots: [Slot], _ reader: SegmentReader, _ maxima: [RangeMaxima]) {
    precondition(slots.count > 1, "a phrase has words")
    self.slots = slots.sorted {
      ($0.cursor.documentFrequency, $0.offset) < ($1.cursor.documentFrequency, $1.offset)
    }
    self.reader = reader
    places = .allocate(capacity: slots.count)
    places.initialize(repeating: 0, count: slots.count)
    starts = .allocate(capacity: capacity)
    rangeCount = RangeMaxima.count(reader.documentCount)
    shares = maxima.count == slots.count ? Self.least(maxima) : nil
  }

  deinit {
    starts.deallocate()
    places.deallocate()
    shares?.deallocate()
  }

  /// The least of the values of each range, and what eighths have in common.
  private static func least(_ maxima: [RangeMaxima]) -> UnsafeMutablePointer<UInt8> {
    let count = maxima[0].count
    precondition(maxima.allSatisfy { $0.count == count })
    let least = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count &* 2))
    least.initialize(from: maxima[0].values, count: count)
    let common = least + count
    common.initialize(from: maxima[0].eighths, count: count)
    for other in maxima.dropFirst() {
      let values = other.values
      let eighths = other.eighths
      for range in 0..<count { least[range] = min(least[range], values[range]) }
      for range in 0..<count { common[range] &= eighths[range] }
    }
    return least
  }

  /// Whether the range of a document says that the phrase does not stand there, or scores less than `limit` steps.
  /// SAFETY: documents are below the segment's number of documents, as decoded blocks prove, so their ranges are too.
  @inline(__always)
  private func isOut(_ document: UInt32, _ limit: UInt8) -> Bool {
    guard let shares else { return false }
    let range = Int(document &>> RangeMaxima.shift)
    return shares[range] < limit
      || shares[rangeCount &+ range] &>> UInt8(truncatingIfNeeded: document &>> 3 & 7) & 1 == 0
  }

  /// Ranges with fewer steps hold no document that is kept.
  private func limit(_ formula: PartFormula) -> UInt8 {
    let steps = floor.score / (formula.factor / RangeMaxima.steps) * (1 - 0x1p-30)
    // What the grid and the floor's place may change is far less than a step; one is left for them.
    return steps > 2 ? UInt8(min(steps - 1, 255)) : 1
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
    var limit = limit(formula)
    for rank in 0..<count {
      let slot = lead.slot(rank)
      let document = lead.documents[slot]
      if isOut(document, limit) { continue }
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
      let occurrences = try occurrences(document)
      if occurrences > 0 {
        floor = admission.offer(document, formula.part(Double(occurrences), length), to: &top, floor)
        limit = self.limit(formula)
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
        if isOut(document, 1) { continue }
        if let set = second.set, !set.contains(document) { continue }
        let found = try second.cursor.probeRank(document)
        if found < 0 { continue }
        if slots.count > 2, try leastFrequency(in: document) == nil { continue }
        guard reader.isLive(document) else { continue }
        places[0] = rank
        places[1] = found
        if try occurrences(document) > 0 { total += 1 }
      }
    }
    return total
  }

  /// The least frequency of the words from the third on; nil where one does not stand in the document. Sets their ``places``; those of
  /// words kept as bits to -1: their blocks are decoded once the others are found to follow one another.
  private func leastFrequency(in document: UInt32) throws(IndexError) -> UInt32? {
    var least = UInt32.max
    for index in 2..<slots.count {
      if let set = slots[index].set, !set.contains(document) { return nil }
    }
    for index in 2..<slots.count {
      if slots[index].set != nil {
        places[index] = -1
        continue
      }
      let cursor = slots[index].cursor
      let rank = try cursor.probeRank(document)
      if rank < 0 { return nil }
      places[index] = rank
      least = min(least, try cursor.frequency(ofRank: rank))
    }
    return least
  }

  /// How often the phrase stands in the document, which is at ``places``.
  private func occurrences(_ document: UInt32) throws(IndexError) -> Int {
    let first = try slots[0].cursor.positions(ofRank: places[0])
    if first.count > capacity {
      starts.deallocate()
      starts = .allocate(capacity: first.count)
      capacity = first.count
    }
    let second = try slots[1].cursor.positions(ofRank: places[1])
    var count = keep(first, slots[0].offset, second, slots[1].offset)
    for index in 2..<max(2, slots.count) where count > 0 {
      if places[index] < 0 {
        places[index] = try slots[index].cursor.probeRank(document)
        if places[index] < 0 { return 0 }
      }
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
