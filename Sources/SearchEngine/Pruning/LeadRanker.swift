/// The best documents that hold all of several words of one form each: those of the rarest list, block by block, looked up in
/// the others only while they could still pass the floor.
final class LeadRanker {
  /// A list that is looked up in.
  private struct Follower {
    let list: RankedList
    let cursor: PostingsCursor
    let set: DenseSet?
    /// The first block that may reach into the lead's block.
    var block = 0
    /// No posting in the reach of the lead's block adds more.
    var bound = 0.0
  }

  private let lead: RankedList
  private var followers: [Follower]
  private let reader: SegmentReader
  private let admission: Admission
  private let deadline: ContinuousClock.Instant?
  private var floor = ScoreFloor.none
  /// What is left of the lead's block, rising, and the scores so far.
  /// SAFETY: a block each, allocated in `init`, freed in `deinit`.
  private let documents: UnsafeMutablePointer<UInt32>
  private let scores: UnsafeMutablePointer<Double>

  /// Blocks of a follower whose bounds are looked at for one block of the lead; with more of them the word's own bound serves.
  private static let mostBlocks = 128

  /// - Precondition: at least two lists.
  init(
    _ lists: [RankedList], _ reader: SegmentReader, _ admission: Admission, deadline: ContinuousClock.Instant?
  ) {
    precondition(lists.count > 1, "one list has no followers")
    let sorted = lists.sorted { $0.cursor.documentFrequency < $1.cursor.documentFrequency }
    lead = sorted[0]
    followers = sorted.dropFirst().map { Follower(list: $0, cursor: $0.cursor, set: $0.set) }
    self.reader = reader
    self.admission = admission
    self.deadline = deadline
    documents = .allocate(capacity: PostingsCursor.blockLength)
    documents.initialize(repeating: 0, count: PostingsCursor.blockLength)
    scores = .allocate(capacity: PostingsCursor.blockLength)
    scores.initialize(repeating: 0, count: PostingsCursor.blockLength)
  }

  deinit {
    documents.deallocate()
    scores.deallocate()
  }

  /// Offers all documents that may be kept to `top`; false when the deadline passed.
  func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    for block in 0..<lead.cursor.blockCount {
      if block & 15 == 15, let deadline, ContinuousClock.now >= deadline { return false }
      let start = lead.start(of: block)
      let own = lead.bound(of: block)
      // Nothing that the others could add at all may lift the block: their blocks need not be looked at.
      if floor.isHopeless(own + followers.reduce(0) { $0 + $1.list.formula.most }, from: start) { continue }
      let rest = look(from: start, to: lead.cursor.lastDocument(of: block))
      if floor.isHopeless(own + rest, from: start) { continue }
      try rank(block, rest, &top)
    }
    return true
  }

  /// What the followers add to a document of `start ... end` at most.
  private func look(from start: UInt32, to end: UInt32) -> Double {
    var sum = 0.0
    for index in followers.indices {
      let list = followers[index].list
      let cursor = followers[index].cursor
      var block = cursor.firstBlock(endingAtOrAfter: start, from: followers[index].block)
      followers[index].block = block
      var bound = 0.0
      let limit = min(cursor.blockCount, block &+ Self.mostBlocks)
      while block < limit {
        bound = max(bound, list.bound(of: block))
        if cursor.lastDocument(of: block) >= end { break }
        block &+= 1
      }
      if block == limit, limit < cursor.blockCount { bound = list.formula.most }
      followers[index].bound = bound
      sum += bound
    }
    return sum
  }

  private func rank(_ block: Int, _ rest: Double, _ top: inout TopHits) throws(IndexError) {
    let cursor = lead.cursor
    let count = try cursor.loadDocuments(block)
    try cursor.loadFrequencies()
    let lengths = try reader.lengths.lengths(
      from: cursor.documents[cursor.slot(0)], through: cursor.documents[cursor.slot(count - 1)])
    switch reader.lengths.width {
    case 1: try rank(count, rest, lengths.assumingMemoryBound(to: UInt8.self), &top)
    case 2: try rank(count, rest, lengths.assumingMemoryBound(to: UInt16.self), &top)
    default: try rank(count, rest, lengths.assumingMemoryBound(to: UInt32.self), &top)
    }
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document of the lead's loaded block.
  private func rank<Length: UnsignedInteger & FixedWidthInteger>(
    _ count: Int, _ rest: Double, _ lengths: UnsafePointer<Length>, _ top: inout TopHits
  ) throws(IndexError) {
    var left = gather(count, rest, lengths)
    var rest = rest
    for follower in followers {
      if left == 0 { return }
      rest -= follower.bound
      left = try follow(follower, left, rest, lengths)
    }
    for index in 0..<left where scores[index] >= floor.score {
      floor = admission.offer(documents[index], scores[index], to: &top, floor)
    }
  }

  /// The documents of the loaded block that `rest` may lift over the floor.
  private func gather<Length: UnsignedInteger & FixedWidthInteger>(
    _ count: Int, _ rest: Double, _ lengths: UnsafePointer<Length>
  ) -> Int {
    let cursor = lead.cursor
    let all = cursor.documents
    let frequencies = cursor.frequencies
    let formula = lead.formula
    let floor = floor
    var kept = 0
    for rank in 0..<count {
      let slot = cursor.slot(rank)
      let document = all[slot]
      let score = formula.part(Double(frequencies[slot]), Double(lengths[Int(document)]))
      documents[kept] = document
      scores[kept] = score
      kept &+= score + rest >= floor.score ? 1 : 0
    }
    return kept
  }

  /// Those of the documents that hold the follower's word, too, and may still pass the floor; their scores with it.
  private func follow<Length: UnsignedInteger & FixedWidthInteger>(
    _ follower: Follower, _ count: Int, _ rest: Double, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) -> Int {
    let list = follower.list
    let formula = list.formula
    let floor = floor
    var count = count
    if let set = follower.set {
      var kept = 0
      for index in 0..<count {
        let document = documents[index]
        documents[kept] = document
        scores[kept] = scores[index]
        kept &+= set.contains(document) ? 1 : 0
      }
      count = kept
    }
    var kept = 0
    for index in 0..<count {
      let document = documents[index]
      let frequency = try list.frequency(in: document, unless: floor, scores[index] + rest)
      if frequency == 0 { continue }
      let score = scores[index] + formula.part(Double(frequency), Double(lengths[Int(document)]))
      if floor.isHopeless(score + rest, from: document) { continue }
      documents[kept] = document
      scores[kept] = score
      kept &+= 1
    }
    return kept
  }
}
