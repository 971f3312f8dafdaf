import CKernels

/// The best documents that hold all of several words of one form each, the rarest of which has few postings: all of its documents
/// are held against the bounds that are kept of the others' ranges; those that may score most are looked up first, so that the floor is
/// high when the rest follows in order.
struct SparseRanker: ~Copyable {
  private struct Candidate {
    var document: UInt32
    /// By the rarest word.
    var score: Double
    /// With what the others add at most; minus infinity once it was looked up.
    var bound: Double
  }

  private let lead: RankedList
  private let lists: [RankedList]
  private let maxima: [RangeMaxima]
  private let reader: SegmentReader
  private let admission: Admission
  private let grid: ScoreGrid
  /// SAFETY: one for each other word, the rarest first, allocated in `init`, freed in `deinit`; ``lists`` and ``maxima`` keep what they
  /// point to.
  private let words: UnsafeMutablePointer<RangeWord>
  private let wordCount: Int
  /// SAFETY: room for the rarest word's postings, allocated in `init`, freed in `deinit`; the first ``count`` are set.
  private let candidates: UnsafeMutablePointer<Candidate>
  private var count = 0
  /// Ranks of the lead's block whose documents may hold all words.
  /// SAFETY: a block and one more, allocated in `init`, freed in `deinit`.
  private let ranks: UnsafeMutablePointer<UInt8>

  /// Looked up before the others: one for each hit kept, and a few more.
  private static let fewest = 6
  private static let most = 64
  /// Lists of no more blocks are looked up in as fast as bounds are made.
  private static let fewBlocks = 2

  static func byteCount(_ lists: [RankedList]) -> Int {
    let fewest = lists.reduce(Int.max) { min($0, $1.cursor.documentFrequency) }
    return (fewest + PostingsCursor.blockLength) * MemoryLayout<Candidate>.stride
  }

  /// Nil where the bounds of a word are not kept. Throws corruption.
  /// - Precondition: there are at least two lists.
  init?(_ lists: [RankedList], _ reader: SegmentReader, _ admission: Admission) throws(IndexError) {
    precondition(lists.count > 1, "one list has no others")
    let sorted = lists.sorted { $0.cursor.documentFrequency < $1.cursor.documentFrequency }
    var maxima: [RangeMaxima] = []
    maxima.reserveCapacity(sorted.count - 1)
    var isKept = true
    for list in sorted.dropFirst() {
      guard list.cursor.blockCount > Self.fewBlocks, let found = try reader.maxima(list) else {
        isKept = false
        continue
      }
      maxima.append(found)
    }
    guard isKept else { return nil }
    lead = sorted[0]
    self.lists = sorted
    self.maxima = maxima
    self.reader = reader
    self.admission = admission
    grid = lead.formula.grid
    wordCount = maxima.count
    words = .allocate(capacity: wordCount)
    for place in 0..<wordCount { (words + place).initialize(to: RangeWord(sorted[place + 1], maxima[place])) }
    candidates = .allocate(capacity: lead.cursor.blockCount * PostingsCursor.blockLength)
    ranks = .allocate(capacity: PostingsCursor.blockLength + 1)
  }

  deinit {
    words.deinitialize(count: wordCount)
    words.deallocate()
    candidates.deallocate()
    ranks.deallocate()
  }

  /// Offers all documents that may be kept to `top`. The rarest word has so few postings that no clock is looked at.
  mutating func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    switch reader.lengths.width {
    case 1: try run(UInt8.self, &top)
    case 2: try run(UInt16.self, &top)
    default: try run(UInt32.self, &top)
    }
    return true
  }

  private mutating func run<Length: UnsignedInteger & FixedWidthInteger>(
    _: Length.Type, _ top: inout TopHits
  ) throws(IndexError) {
    guard reader.documentCount > 0 else { return }
    let lengths = try reader.lengths.lengths(from: 0, through: reader.documentCount &- 1)
      .assumingMemoryBound(to: Length.self)
    var floor = ScoreFloor(top, segment: admission.segment.ordinal)
    for block in 0..<lead.cursor.blockCount { try gather(block, lead.cursor, lengths) }
    let chosen = highest(hits: top.capacity)
    for index in chosen {
      try rank(index, lengths, &floor, &top)
      candidates[index].bound = -.infinity
    }
    for word in 0..<wordCount { words[word].rewind() }
    for index in 0..<count where candidates[index].bound >= floor.score && candidates[index].bound > -.infinity {
      try rank(index, lengths, &floor, &top)
    }
  }

  /// Adds the documents of a block of the rarest word that may hold all the others.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the segment.
  private mutating func gather<Length: UnsignedInteger & FixedWidthInteger>(
    _ block: Int, _ cursor: PostingsCursor, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    let number = try cursor.loadDocuments(block)
    let left = choose(cursor, number)
    if left == 0 { return }
    let documents = cursor.documents
    let ranks = ranks
    // Lengths lie far apart: they are fetched while frequencies are decoded.
    for index in 0..<left { ckernels_prefetch(lengths + Int(documents[cursor.slot(Int(ranks[index]))])) }
    try cursor.loadFrequencies()
    let frequencies = cursor.frequencies
    let formula = lead.formula
    let target = candidates + count
    // SAFETY: a candidate a posting at most, which there is room for.
    var index = 0
    while index < left {
      // Two at a time; of an odd number the last one twice.
      let next = min(index &+ 1, left &- 1)
      let (slot, other) = (cursor.slot(Int(ranks[index])), cursor.slot(Int(ranks[next])))
      let (first, second) = (documents[slot], documents[other])
      let scores = formula.parts(
        SIMD2(Double(frequencies[slot]), Double(frequencies[other])),
        SIMD2(Double(lengths[Int(first)]), Double(lengths[Int(second)])))
      (target + index).initialize(to: Candidate(document: first, score: scores[0], bound: scores[0]))
      (target + next).initialize(to: Candidate(document: second, score: scores[1], bound: scores[1]))
      index &+= 2
    }
    // The grid rounds by half a step at most.
    let slack = grid.step
    for word in 0..<wordCount {
      let row = words[word].row
      let step = words[word].step
      for index in 0..<left {
        target[index].bound += step * Double(row[Int(target[index].document &>> RangeMaxima.shift)]) + slack
      }
    }
    count &+= left
  }

  /// Sets the first of ``ranks`` to those of the loaded block whose documents may hold all words, and returns how many these are.
  /// Without branches.
  private func choose(_ cursor: PostingsCursor, _ number: Int) -> Int {
    let documents = cursor.documents
    let ranks = ranks
    var left = number
    for rank in 0..<number { (ranks + rank).initialize(to: UInt8(truncatingIfNeeded: rank)) }
    for word in 0..<wordCount {
      var kept = 0
      // SAFETY: documents of decoded blocks are below the segment's number of documents, so their ranges have values, and bits; no more
      // ranks are kept than were read.
      if let bits = words[word].bits {
        for index in 0..<left {
          let rank = ranks[index]
          let document = documents[cursor.slot(Int(rank))]
          ranks[kept] = rank
          kept &+= Int(truncatingIfNeeded: bits[Int(document &>> RangeMaxima.shift)] &>> UInt64(document & 63) & 1)
        }
      } else {
        let eighths = words[word].eighths
        for index in 0..<left {
          let rank = ranks[index]
          let document = documents[cursor.slot(Int(rank))]
          ranks[kept] = rank
          let eighth = eighths[Int(document &>> RangeMaxima.shift)] &>> UInt8(truncatingIfNeeded: document &>> 3 & 7)
          kept &+= Int(truncatingIfNeeded: eighth & 1)
        }
      }
      left = kept
    }
    return left
  }

  /// The candidates with the highest bounds, rising, for so many hits.
  private func highest(hits: Int) -> [Int] {
    let wanted = min(Self.most, Self.fewest + min(hits, Self.most), count)
    guard wanted > 0 else { return [] }
    let chosen = [Int](unsafeUninitializedCapacity: wanted + 1) { kept, number in
      // SAFETY: `number` stays at most `wanted`, and one more is written.
      number = 0
      for index in 0..<count {
        let bound = candidates[index].bound
        if number == wanted, bound <= candidates[kept[wanted &- 1]].bound { continue }
        var place = number
        while place > 0, candidates[kept[place &- 1]].bound < bound {
          kept.initializeElement(at: place, to: kept[place &- 1])
          place &-= 1
        }
        kept.initializeElement(at: place, to: index)
        number = min(number &+ 1, wanted)
      }
    }
    return chosen.sorted()
  }

  /// Looks a candidate up in the other words' lists, and offers it when it holds them all.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the segment.
  private func rank<Length: UnsignedInteger & FixedWidthInteger>(
    _ index: Int, _ lengths: UnsafePointer<Length>, _ floor: inout ScoreFloor, _ top: inout TopHits
  ) throws(IndexError) {
    let document = candidates[index].document
    let length = Double(lengths[Int(document)])
    let range = Int(document &>> RangeMaxima.shift)
    var score = candidates[index].score
    var bound = candidates[index].bound
    for word in 0..<wordCount {
      if floor.isHopeless(bound, from: document) { return }
      let frequency: UInt32
      if let bits = words[word].bits {
        frequency = try words[word].frequency(in: document, bits)
      } else {
        let rank = try words[word].rank(atLeast: document)
        guard rank < words[word].count else { return }
        let slot = words[word].slot(rank)
        guard words[word].documents[slot] == document else { return }
        frequency = try words[word].frequency(rank, slot)
      }
      let part = words[word].formula.part(Double(frequency), length)
      score += part
      bound += part - (words[word].step * Double(words[word].row[range]))
    }
    if score >= floor.score { floor = admission.offer(document, score, to: &top, floor) }
  }
}
