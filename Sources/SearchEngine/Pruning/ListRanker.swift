/// The best documents of one postings list: the blocks with the highest bounds first, so that the floor is high when the rest
/// is gone through in order.
struct ListRanker: ~Copyable {
  private let list: RankedList
  private let reader: SegmentReader
  private let admission: Admission
  private let deadline: ContinuousClock.Instant?
  private var floor = ScoreFloor.none

  /// Blocks between two looks at the clock: some 20 µs.
  private static let grain = 64

  init(_ list: RankedList, _ reader: SegmentReader, _ admission: Admission, deadline: ContinuousClock.Instant?) {
    self.list = list
    self.reader = reader
    self.admission = admission
    self.deadline = deadline
  }

  /// Offers all documents that may be kept to `top`; false when the deadline passed.
  mutating func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    let cursor = list.cursor
    let count = cursor.blockCount
    if count < BlockOrder.shortest {
      for block in 0..<count { try offer(block, cursor, &top) }
      return true
    }
    var order = BlockOrder(count: count)
    for block in 0..<count { order[block] = list.bound(of: block) }
    order.choose(hits: top.capacity)
    for block in order.first { try offer(block, cursor, &top) }
    for block in 0..<count {
      if block % Self.grain == Self.grain - 1, let deadline, ContinuousClock.now >= deadline { return false }
      let bound = order[block]
      if bound == -.infinity || floor.isHopeless(bound, from: list.start(of: block)) { continue }
      try offer(block, cursor, &top)
    }
    return true
  }

  private mutating func offer(_ block: Int, _ cursor: PostingsCursor, _ top: inout TopHits) throws(IndexError) {
    let count = try cursor.loadDocuments(block)
    try cursor.loadFrequencies()
    let documents = cursor.documents
    let lengths = try reader.lengths.lengths(
      from: documents[cursor.slot(0)], through: documents[cursor.slot(count - 1)])
    switch reader.lengths.width {
    case 1: offer(count, documents, cursor.frequencies, lengths.assumingMemoryBound(to: UInt8.self), &top)
    case 2: offer(count, documents, cursor.frequencies, lengths.assumingMemoryBound(to: UInt16.self), &top)
    default: offer(count, documents, cursor.frequencies, lengths.assumingMemoryBound(to: UInt32.self), &top)
    }
  }

  /// Two postings at a time: one division for both.
  ///
  /// SAFETY (caller's proof): there are `count` documents and frequencies, and `lengths` has an element for each of these documents.
  private mutating func offer<Length: UnsignedInteger & FixedWidthInteger>(
    _ count: Int, _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>,
    _ lengths: UnsafePointer<Length>, _ top: inout TopHits
  ) {
    let formula = list.formula
    var floor = floor
    var slot = 0
    while slot &+ 1 < count {
      let (first, second) = (documents[slot], documents[slot &+ 1])
      let scores = formula.parts(
        SIMD2(Double(frequencies[slot]), Double(frequencies[slot &+ 1])),
        SIMD2(Double(lengths[Int(first)]), Double(lengths[Int(second)])))
      if scores[0] >= floor.score { floor = admission.offer(first, scores[0], to: &top, floor) }
      if scores[1] >= floor.score { floor = admission.offer(second, scores[1], to: &top, floor) }
      slot &+= 2
    }
    if slot < count {
      let document = documents[slot]
      let score = formula.part(Double(frequencies[slot]), Double(lengths[Int(document)]))
      if score >= floor.score { floor = admission.offer(document, score, to: &top, floor) }
    }
    self.floor = floor
  }
}
