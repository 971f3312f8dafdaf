/// The best documents of words of one form each, all of them required or none: by ranges of 256 documents, whose bounds are
/// known before any list is looked at. The ranges with the highest bounds come first, so that the floor is high when the
/// others are gone through in order; most are passed over.
struct RangeRanker: ~Copyable {
  private struct Word {
    let list: RankedList
    let cursor: PostingsCursor
    let set: DenseSet?
    let maxima: RangeMaxima
  }

  private let words: [Word]
  private let isAll: Bool
  private let reader: SegmentReader
  private let admission: Admission
  private let deadline: ContinuousClock.Instant?
  private let grid: ScoreGrid
  private var ranges: RangeBounds
  private var floor = ScoreFloor.none
  /// SAFETY: by word, allocated in `init`, freed in `deinit`: the first block that may reach into the range, the most that the
  /// word adds there, and the words with postings there by rising bound.
  private let blocks: UnsafeMutablePointer<Int>
  /// SAFETY: the same: the word's maxima, which ``words`` keeps, one a range; and what no part is higher than by more for each
  /// step of them.
  private let rows: UnsafeMutablePointer<UnsafePointer<UInt8>>
  private let steps: UnsafeMutablePointer<Double>
  private let bounds: UnsafeMutablePointer<Double>
  private let order: UnsafeMutablePointer<Int>
  /// SAFETY: 256, and a bit for each, allocated in `init`, freed in `deinit`; indexed by documents less the first of the
  /// range. All 0 between ranges.
  private let sums: UnsafeMutablePointer<Double>
  private let marks: UnsafeMutablePointer<UInt64>
  private var candidates = WindowCandidates(capacity: RangeMaxima.length)

  /// Ranges looked into between two looks at the clock: some 20 µs.
  private static let grain = 64

  static func byteCount(_ documentCount: UInt32) -> Int {
    RangeMaxima.count(documentCount) * MemoryLayout<Float>.size + RangeMaxima.length * 24
  }

  /// Whether this many words of these formulas are served.
  static func serves(_ lists: [RankedList]) -> Bool { RangeBounds.holds(lists.lazy.map(\.formula)) }

  /// - Precondition: there are lists, and they are served.
  init(
    _ lists: [RankedList], isAll: Bool, _ reader: SegmentReader, _ admission: Admission,
    deadline: ContinuousClock.Instant?
  ) throws(IndexError) {
    precondition(!lists.isEmpty, "a query has words")
    var words: [Word] = []
    words.reserveCapacity(lists.count)
    for list in lists.sorted(by: { $0.cursor.documentFrequency < $1.cursor.documentFrequency }) {
      let maxima = try reader.maxima(list)
      words.append(Word(list: list, cursor: list.cursor, set: list.set, maxima: maxima))
    }
    self.words = words
    self.isAll = isAll
    self.reader = reader
    self.admission = admission
    self.deadline = deadline
    grid = lists[0].formula.grid
    ranges = RangeBounds(sumOf: words.map(\.maxima), words.map(\.list.formula), isAll: isAll)
    blocks = .allocate(capacity: words.count)
    blocks.initialize(repeating: 0, count: words.count)
    rows = .allocate(capacity: words.count)
    steps = .allocate(capacity: words.count)
    for (place, word) in words.enumerated() {
      (rows + place).initialize(to: word.maxima.values)
      (steps + place).initialize(to: word.list.formula.factor / RangeMaxima.steps * (1 + 0x1p-40))
    }
    bounds = .allocate(capacity: words.count)
    bounds.initialize(repeating: 0, count: words.count)
    order = .allocate(capacity: words.count)
    order.initialize(repeating: 0, count: words.count)
    sums = .allocate(capacity: RangeMaxima.length)
    sums.initialize(repeating: 0, count: RangeMaxima.length)
    marks = .allocate(capacity: RangeMaxima.length / 64)
    marks.initialize(repeating: 0, count: RangeMaxima.length / 64)
  }

  deinit {
    blocks.deallocate()
    rows.deallocate()
    steps.deallocate()
    bounds.deallocate()
    order.deallocate()
    sums.deallocate()
    marks.deallocate()
  }

  /// Offers all documents that may be kept to `top`; false when the deadline passed.
  mutating func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    switch reader.lengths.width {
    case 1: try run(UInt8.self, &top)
    case 2: try run(UInt16.self, &top)
    default: try run(UInt32.self, &top)
    }
  }

  private mutating func run<Length: UnsignedInteger & FixedWidthInteger>(
    _ length: Length.Type, _ top: inout TopHits
  ) throws(IndexError) -> Bool {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    var limit = RangeBounds.limit(floor)
    for range in ranges.highest(hits: top.capacity) where ranges[range] >= limit {
      try rank(range, length, &top)
      ranges.remove(range)
      limit = RangeBounds.limit(floor)
    }
    for word in words.indices {
      blocks[word] = 0
      words[word].cursor.rewindProbes()
    }
    var looked = 0
    var range = ranges.next(from: 0, limit: limit)
    while range < ranges.count {
      looked &+= 1
      if looked % Self.grain == 0, let deadline, ContinuousClock.now >= deadline { return false }
      try rank(range, length, &top)
      limit = RangeBounds.limit(floor)
      range = ranges.next(from: range &+ 1, limit: limit)
    }
    return true
  }

  private mutating func rank<Length: UnsignedInteger & FixedWidthInteger>(
    _ range: Int, _: Length.Type, _ top: inout TopHits
  ) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: range &<< Int(RangeMaxima.shift))
    let last = min(base &+ UInt32(RangeMaxima.length - 1), reader.documentCount &- 1)
    var held = 0
    // What the words not added yet can still bring.
    var rest = 0.0
    precondition(range < ranges.count)
    for word in 0..<words.count {
      let most = rows[word][range]
      if most == 0 { continue }
      let bound = grid.rounded(steps[word] * Double(most))
      bounds[word] = bound
      rest += bound
      var place = held
      if !isAll {
        while place > 0, bounds[order[place &- 1]] > bound {
          order[place] = order[place &- 1]
          place &-= 1
        }
      }
      order[place] = word
      held &+= 1
    }
    if held == 0 || (isAll && held < words.count) || floor.isHopeless(rest, from: base) { return }
    // SAFETY: a range lies inside one window of lengths, which has an element for every document of it.
    let lengths =
      try reader.lengths.lengths(Int(base) >> Int(WindowBits.shift)).base.assumingMemoryBound(to: Length.self)
      + (Int(base) & (WindowBits.length - 1))
    if isAll {
      rest -= bounds[0]
      try gather(0, base, last, rest: rest, lengths)
      for word in 1..<max(1, held) {
        if candidates.count == 0 { return }
        rest -= bounds[word]
        try refine(word, base, rest: rest, isRequired: true, lengths)
      }
    } else {
      // The words that cannot lift a document over the floor by themselves are only asked.
      var asked = 0
      rest = 0
      while asked < held &- 1, floor.isHopeless(rest + bounds[order[asked]], from: base) {
        rest += bounds[order[asked]]
        asked &+= 1
      }
      if asked == held &- 1 {
        try gather(order[asked], base, last, rest: rest, lengths)
      } else {
        for place in asked..<held { try add(order[place], base, last, lengths) }
        collect(base, rest: rest)
      }
      while asked > 0, candidates.count > 0 {
        asked &-= 1
        rest -= bounds[order[asked]]
        try refine(order[asked], base, rest: rest, isRequired: false, lengths)
      }
    }
    for index in 0..<candidates.count where candidates.scores[index] >= floor.score {
      floor = admission.offer(candidates.documents[index], candidates.scores[index], to: &top, floor)
    }
  }

  /// Makes the documents of a word the candidates, those that `rest` may lift over the floor.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the range.
  private mutating func gather<Length: UnsignedInteger & FixedWidthInteger>(
    _ word: Int, _ base: UInt32, _ last: UInt32, rest: Double, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    let cursor = words[word].cursor
    let formula = words[word].list.formula
    let documents = cursor.documents
    let frequencies = cursor.frequencies
    let least = floor.score
    let kept = candidates.documents
    let scores = candidates.scores
    var count = 0
    var block = cursor.firstBlock(endingAtOrAfter: base, from: blocks[word])
    blocks[word] = block
    while block < cursor.blockCount, let ranks = try cursor.ranks(of: block, from: base, through: last) {
      try cursor.loadFrequencies()
      // SAFETY: rising documents of one range (``PostingsCursor/ranks(of:from:through:)``): no more than it has.
      for rank in ranks {
        let slot = cursor.slot(rank)
        let document = documents[slot]
        let score = formula.part(
          Double(frequencies[slot]), Double(lengths[Int(truncatingIfNeeded: document &- base)]))
        (kept + count).initialize(to: document)
        (scores + count).initialize(to: score)
        count &+= score + rest >= least ? 1 : 0
      }
      if cursor.lastDocument(of: block) >= last { break }
      block &+= 1
    }
    candidates.set(count)
  }

  /// Adds the parts of a word to all documents of the range that hold it.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the range.
  private mutating func add<Length: UnsignedInteger & FixedWidthInteger>(
    _ word: Int, _ base: UInt32, _ last: UInt32, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    let cursor = words[word].cursor
    let formula = words[word].list.formula
    let documents = cursor.documents
    let frequencies = cursor.frequencies
    var block = cursor.firstBlock(endingAtOrAfter: base, from: blocks[word])
    blocks[word] = block
    while block < cursor.blockCount, let ranks = try cursor.ranks(of: block, from: base, through: last) {
      try cursor.loadFrequencies()
      // SAFETY: documents of one range (``PostingsCursor/ranks(of:from:through:)``), so bits are below its length.
      for rank in ranks {
        let slot = cursor.slot(rank)
        let bit = Int(truncatingIfNeeded: documents[slot] &- base)
        sums[bit] += formula.part(Double(frequencies[slot]), Double(lengths[bit]))
        marks[bit &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bit & 63)
      }
      if cursor.lastDocument(of: block) >= last { break }
      block &+= 1
    }
  }

  /// Makes what has been added up the candidates, those that `rest` may lift over the floor; clears the sums.
  private mutating func collect(_ base: UInt32, rest: Double) {
    let least = floor.score
    let kept = candidates.documents
    let scores = candidates.scores
    // SAFETY: a bit each, so no more than a range has documents.
    var count = 0
    for index in 0..<(RangeMaxima.length / 64) {
      var mark = marks[index]
      marks[index] = 0
      while mark != 0 {
        let bit = index &<< 6 | mark.trailingZeroBitCount
        mark &= mark &- 1
        let score = sums[bit]
        sums[bit] = 0
        (kept + count).initialize(to: base &+ UInt32(truncatingIfNeeded: bit))
        (scores + count).initialize(to: score)
        count &+= score + rest >= least ? 1 : 0
      }
    }
    candidates.set(count)
  }

  /// Adds the parts of a word to the candidates, and takes out those that cannot pass the floor with it and with `rest`, what
  /// the words after it can bring. Where it is required, documents without it go, too.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the range.
  private mutating func refine<Length: UnsignedInteger & FixedWidthInteger>(
    _ word: Int, _ base: UInt32, rest: Double, isRequired: Bool, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    let cursor = words[word].cursor
    let set = words[word].set
    let formula = words[word].list.formula
    let least = floor.score
    let reach = bounds[word] + rest
    let documents = candidates.documents
    let scores = candidates.scores
    var kept = 0
    for index in 0..<candidates.count {
      let document = documents[index]
      var score = scores[index]
      if score + reach < least { continue }
      var rank = -1
      if set?.contains(document) ?? true { rank = try cursor.probeRank(document) }
      if rank >= 0 {
        score += formula.part(
          Double(try cursor.frequency(ofRank: rank)), Double(lengths[Int(truncatingIfNeeded: document &- base)]))
      } else if isRequired {
        continue
      }
      if score + rest < least { continue }
      documents[kept] = document
      scores[kept] = score
      kept &+= 1
    }
    candidates.keep(kept)
  }
}
