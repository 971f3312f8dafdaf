import CKernels

/// One phrase in one segment.
final class PhraseRanker {
  /// A word of the phrase: its list, and its distance from the first word.
  struct Slot {
    let cursor: PostingsCursor
    let set: DenseSet?
    let offset: UInt32
  }

  /// A slot as the loops see it, without counting references.
  private struct Word {
    /// SAFETY: ``slots`` keep the cursor and the set.
    let cursor: Unmanaged<PostingsCursor>
    let bits: UnsafePointer<UInt64>?
    let offset: UInt32

    /// Whether the word may stand in a document, by its bits.
    /// SAFETY (caller's proof): the document is one of the segment's, as those of decoded blocks are.
    @inline(__always)
    func mayHold(_ document: UInt32) -> Bool {
      guard let bits else { return true }
      return bits[Int(document &>> 6)] &>> UInt64(document & 63) & 1 == 1
    }

    @inline(__always)
    func probe(_ document: UInt32) throws(IndexError) -> Int {
      try cursor.borrowed { (cursor) throws(IndexError) in try cursor.probeRank(document) }
    }

    @inline(__always)
    func frequency(_ rank: Int) throws(IndexError) -> UInt32 {
      try cursor.borrowed { (cursor) throws(IndexError) in try cursor.frequency(ofRank: rank) }
    }

    @inline(__always)
    func positions(_ rank: Int) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
      try cursor.borrowed { (cursor) throws(IndexError) in try cursor.positions(ofRank: rank) }
    }
  }

  /// The rarest word first.
  private let slots: [Slot]
  /// The same.
  /// SAFETY: a slot each, allocated in `init`, freed in `deinit`.
  private let words: UnsafeMutablePointer<Word>
  private let wordCount: Int
  /// Ranks of the lead's block that may hold the phrase.
  /// SAFETY: a block and one more, allocated in `init`, freed in `deinit`.
  private let ranks: UnsafeMutablePointer<UInt8>
  private let reader: SegmentReader
  /// Of each slot, the rank of the document looked at in its loaded block.
  /// SAFETY: a slot each, allocated in `init`, freed in `deinit`.
  private let places: UnsafeMutablePointer<Int>
  private var floor = ScoreFloor.none
  /// The least of some words' shares in each range of documents, in steps of ``RangeMaxima``: the phrase has no higher one there, since it
  /// stands in a document no more often than each of its words. Nil where no shares are kept.
  /// Behind them, which eighths of the range all these words stand in.
  /// SAFETY: two a range of the segment, allocated in `init`, freed in `deinit`; or those of the one of ``maxima``.
  private let shares: UnsafePointer<UInt8>?
  private let maxima: [RangeMaxima]
  private let rangeCount: Int
  /// Where the phrase may begin in the document.
  /// SAFETY: room for ``capacity``, freed in `deinit`; grown before it is written.
  private var starts: UnsafeMutablePointer<UInt32>
  private var capacity = 64

  /// `maxima`: those of all words, of some, or none.
  /// - Precondition: at least two slots.
  init(_ slots: [Slot], _ reader: SegmentReader, _ maxima: [RangeMaxima]) {
    precondition(slots.count > 1, "a phrase has words")
    self.slots = slots.sorted {
      ($0.cursor.documentFrequency, $0.offset) < ($1.cursor.documentFrequency, $1.offset)
    }
    self.reader = reader
    wordCount = slots.count
    words = .allocate(capacity: wordCount)
    for (place, slot) in self.slots.enumerated() {
      (words + place).initialize(
        to: Word(cursor: .passUnretained(slot.cursor), bits: slot.set?.words, offset: slot.offset))
    }
    ranks = .allocate(capacity: PostingsCursor.blockLength + 1)
    places = .allocate(capacity: slots.count)
    places.initialize(repeating: 0, count: slots.count)
    starts = .allocate(capacity: capacity)
    rangeCount = RangeMaxima.count(reader.documentCount)
    self.maxima = maxima
    shares = maxima.count > 1 ? UnsafePointer(Self.least(maxima)) : maxima.first?.values
  }

  deinit {
    starts.deallocate()
    places.deallocate()
    if maxima.count > 1 { shares?.deallocate() }
    words.deallocate()
    ranks.deallocate()
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
      let left = choose(lead, count, limit(formula))
      if left == 0 { continue }
      let lengths = try reader.lengths.lengths(
        from: lead.documents[lead.slot(0)], through: lead.documents[lead.slot(count - 1)])
      switch reader.lengths.width {
      case 1: try offer(left, lead, lengths.assumingMemoryBound(to: UInt8.self), formula, admission, &top)
      case 2: try offer(left, lead, lengths.assumingMemoryBound(to: UInt16.self), formula, admission, &top)
      default: try offer(left, lead, lengths.assumingMemoryBound(to: UInt32.self), formula, admission, &top)
      }
    }
  }

  /// Sets the first of ``ranks`` to those of the lead's loaded block that may hold the phrase by what is known of ranges and
  /// by the second word's bits, and returns how many these are. Without branches.
  private func choose(_ lead: PostingsCursor, _ count: Int, _ limit: UInt8) -> Int {
    let documents = lead.documents
    let ranks = ranks
    let second = words[1].bits
    var kept = 0
    for rank in 0..<count {
      let document = documents[lead.slot(rank)]
      // SAFETY: no more are kept than the block has, and the one behind them is written.
      (ranks + kept).initialize(to: UInt8(truncatingIfNeeded: rank))
      var mayHold: UInt64 = 1
      if let second { mayHold = second[Int(document &>> 6)] &>> UInt64(document & 63) & 1 }
      if let shares {
        let range = Int(document &>> RangeMaxima.shift)
        mayHold &= shares[range] >= limit ? 1 : 0
        mayHold &= UInt64(shares[rangeCount &+ range]) &>> UInt64(document &>> 3 & 7)
      }
      kept &+= Int(truncatingIfNeeded: mayHold)
    }
    return kept
  }

  /// Offers those of the first `left` of ``ranks`` that hold the phrase.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the lead's loaded block.
  private func offer<Length: UnsignedInteger & FixedWidthInteger>(
    _ left: Int, _ lead: PostingsCursor, _ lengths: UnsafePointer<Length>, _ formula: PartFormula,
    _ admission: Admission, _ top: inout TopHits
  ) throws(IndexError) {
    let second = words[1]
    var limit = limit(formula)
    // Lengths lie far apart and are used at once: they are fetched all together.
    for index in 0..<left { ckernels_prefetch(lengths + Int(lead.documents[lead.slot(Int(ranks[index]))])) }
    for index in 0..<left {
      let rank = Int(ranks[index])
      let document = lead.documents[lead.slot(rank)]
      // The floor may have risen since they were chosen.
      if isOut(document, limit) { continue }
      let length = Double(lengths[Int(document)])
      var least = try lead.frequency(ofRank: rank)
      if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      let found = try second.probe(document)
      if found < 0 { continue }
      let other = try second.frequency(found)
      if other < least {
        least = other
        if floor.isHopeless(formula.bound(least, length), from: document) { continue }
      }
      if wordCount > 2 {
        guard let others = try leastFrequency(in: document) else { continue }
        if others < least, floor.isHopeless(formula.bound(others, length), from: document) { continue }
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
    let second = words[1]
    var total = 0
    for block in 0..<lead.blockCount {
      let left = choose(lead, try lead.loadDocuments(block), 1)
      for index in 0..<left {
        let rank = Int(ranks[index])
        let document = lead.documents[lead.slot(rank)]
        let found = try second.probe(document)
        if found < 0 { continue }
        if wordCount > 2, try leastFrequency(in: document) == nil { continue }
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
    for index in 2..<wordCount where !words[index].mayHold(document) { return nil }
    for index in 2..<wordCount {
      if words[index].bits != nil {
        places[index] = -1
        continue
      }
      let rank = try words[index].probe(document)
      if rank < 0 { return nil }
      places[index] = rank
      least = min(least, try words[index].frequency(rank))
    }
    return least
  }

  /// How often the phrase stands in the document, which is at ``places``.
  private func occurrences(_ document: UInt32) throws(IndexError) -> Int {
    let first = try words[0].positions(places[0])
    if first.count > capacity {
      starts.deallocate()
      starts = .allocate(capacity: first.count)
      capacity = first.count
    }
    let second = try words[1].positions(places[1])
    var count = keep(first, words[0].offset, second, words[1].offset)
    for index in 2..<max(2, wordCount) where count > 0 {
      if places[index] < 0 {
        places[index] = try words[index].probe(document)
        if places[index] < 0 { return 0 }
      }
      let other = try words[index].positions(places[index])
      count = keep(UnsafeBufferPointer(start: starts, count: count), 0, other, words[index].offset)
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
