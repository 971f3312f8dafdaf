/// The best documents of one postings list: the blocks with the highest bounds first, so that the floor is high when the rest
/// is gone through in order.
final class ListRanker {
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
  func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    let count = list.cursor.blockCount
    if count < BlockOrder.shortest {
      for block in 0..<count { try offer(block, &top) }
      return true
    }
    var order = BlockOrder(count: count)
    for block in 0..<count { order[block] = list.bound(of: block) }
    order.choose(hits: top.capacity)
    for block in order.first { try offer(block, &top) }
    for block in 0..<count {
      if block % Self.grain == Self.grain - 1, let deadline, ContinuousClock.now >= deadline { return false }
      let bound = order[block]
      if bound == -.infinity || floor.isHopeless(bound, from: list.start(of: block)) { continue }
      try offer(block, &top)
    }
    return true
  }

  private func offer(_ block: Int, _ top: inout TopHits) throws(IndexError) {
    let count = try list.cursor.loadDocuments(block)
    try list.cursor.loadFrequencies()
    let lengths = try reader.lengths.lengths(
      from: list.cursor.documents[list.cursor.slot(0)], through: list.cursor.documents[list.cursor.slot(count - 1)])
    switch reader.lengths.width {
    case 1: offer(count, lengths.assumingMemoryBound(to: UInt8.self), &top)
    case 2: offer(count, lengths.assumingMemoryBound(to: UInt16.self), &top)
    default: offer(count, lengths.assumingMemoryBound(to: UInt32.self), &top)
    }
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document of the loaded block.
  private func offer<Length: UnsignedInteger & FixedWidthInteger>(
    _ count: Int, _ lengths: UnsafePointer<Length>, _ top: inout TopHits
  ) {
    let documents = list.cursor.documents
    let frequencies = list.cursor.frequencies
    let formula = list.formula
    for slot in 0..<count {
      let document = documents[slot]
      let score = formula.part(Double(frequencies[slot]), Double(lengths[Int(document)]))
      if score >= floor.score { floor = admission.offer(document, score, to: &top, floor) }
    }
  }
}
