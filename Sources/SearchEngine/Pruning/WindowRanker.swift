/// The best documents of several words, by windows of 4,096: in each, bounds say which lists can make a hit at all; these are
/// added up in bulk, the others are asked only of documents that could still pass the floor (windows: as Lucene's bulk
/// scorer of 2024; which lists: MaxScore, Turtle and Flood 1995, by the blocks of the window).
final class WindowRanker {
  private let required: [RankedTerm]
  private let optional: [RankedTerm]
  private let reader: SegmentReader
  private let admission: Admission
  private let deadline: ContinuousClock.Instant?
  private var floor = ScoreFloor.none
  /// SAFETY: 4,096, allocated in `init`, freed in `deinit`; indexed by bits of a window. All 0 between windows.
  private let scores: UnsafeMutablePointer<Double>
  /// SAFETY: the same, where a word has several forms; else nothing is added up here.
  private let sums: UnsafeMutablePointer<UInt32>
  private let touched = WindowBuffer()
  private let met = WindowBuffer()
  /// Of the optional words, those with postings in the window, by rising bound.
  private var order: [RankedTerm] = []

  static let byteCount = WindowBits.length * 12 + 2_048

  /// A candidate is looked up at about the cost of this many postings that are gone through.
  private static let probeFactor = 6

  init(
    _ required: [RankedTerm], _ optional: [RankedTerm], _ reader: SegmentReader, _ admission: Admission,
    deadline: ContinuousClock.Instant?
  ) {
    self.required = required.sorted { $0.frequency < $1.frequency }
    self.optional = optional
    self.reader = reader
    self.admission = admission
    self.deadline = deadline
    scores = .allocate(capacity: WindowBits.length)
    scores.initialize(repeating: 0, count: WindowBits.length)
    let sumCount = (required + optional).contains { $0.lists.count > 1 } ? WindowBits.length : 0
    sums = .allocate(capacity: max(1, sumCount))
    sums.initialize(repeating: 0, count: sumCount)
  }

  deinit {
    scores.deallocate()
    sums.deallocate()
  }

  /// Offers all documents that may be kept to `top`; false when the deadline passed.
  func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    floor = ScoreFloor(top, segment: admission.segment.ordinal)
    let documentCount = reader.documentCount
    var base: UInt32 = 0
    while base < documentCount {
      if let deadline, ContinuousClock.now >= deadline { return false }
      let last = min(base &+ UInt32(WindowBits.length - 1), documentCount &- 1)
      let (bound, reach) = try look(base, last)
      if let bound, !floor.isHopeless(bound, from: base) {
        try rank(base, last, bound, &top)
        if last == documentCount &- 1 { return true }
        base = last &+ 1
      } else {
        // The same blocks, so the same bound, up to `reach`.
        let next = max(reach, last)
        if next >= documentCount &- 1 { return true }
        base = (next &+ 1) & ~UInt32(WindowBits.length - 1)
      }
    }
    return true
  }

  /// What a document of the window may score at most, nil where none can match, and up to where that holds.
  private func look(_ base: UInt32, _ last: UInt32) throws(IndexError) -> (Double?, UInt32) {
    var sum = 0.0
    var reach = UInt32.max
    for term in required {
      try term.look(from: base, to: last)
      if term.isEmpty { return (nil, term.reach) }
      sum += term.bound
      reach = min(reach, term.reach)
    }
    order.removeAll(keepingCapacity: true)
    for term in optional {
      try term.look(from: base, to: last)
      reach = min(reach, term.reach)
      if term.isEmpty { continue }
      sum += term.bound
      var place = order.count
      while place > 0, order[place - 1].bound > term.bound { place -= 1 }
      order.insert(term, at: place)
    }
    return (required.isEmpty && order.isEmpty ? nil : sum, reach)
  }

  private func rank(_ base: UInt32, _ last: UInt32, _ bound: Double, _ top: inout TopHits) throws(IndexError) {
    let lengths = try reader.lengths.lengths(Int(base) >> Int(WindowBits.shift)).base
    switch reader.lengths.width {
    case 1: try rank(base, last, bound, lengths.assumingMemoryBound(to: UInt8.self), &top)
    case 2: try rank(base, last, bound, lengths.assumingMemoryBound(to: UInt16.self), &top)
    default: try rank(base, last, bound, lengths.assumingMemoryBound(to: UInt32.self), &top)
    }
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document of the window.
  private func rank<Length: UnsignedInteger & FixedWidthInteger>(
    _ base: UInt32, _ last: UInt32, _ bound: Double, _ lengths: UnsafePointer<Length>, _ top: inout TopHits
  ) throws(IndexError) {
    // What the words not added yet can still bring.
    var rest = bound
    if let lead = required.first {
      rest -= lead.bound
      try add(lead, base, last, skip: BlockSkip(floor: floor, rest: rest), lengths)
      for term in required.dropFirst() {
        rest -= term.bound
        try refine(term, base, last, rest: rest, isRequired: true, lengths)
      }
    } else {
      var first = 0
      var below = 0.0
      while first < order.count, floor.isHopeless(below + order[first].bound, from: base) {
        below += order[first].bound
        first += 1
      }
      let isSingle = first == order.count - 1
      for index in stride(from: order.count - 1, through: first, by: -1) {
        try add(order[index], base, last, skip: isSingle ? BlockSkip(floor: floor, rest: below) : nil, lengths)
      }
      order.removeLast(order.count - first)
      rest = below
    }
    for term in order.reversed() {
      rest -= term.bound
      try refine(term, base, last, rest: rest, isRequired: false, lengths)
    }
    offer(base, &top)
  }

  /// Adds the parts of a word to all documents that hold it. With `skip` it is the first word, and the only one of those that
  /// are added in bulk: documents and blocks that cannot pass the floor are left out.
  private func add<Length: UnsignedInteger & FixedWidthInteger>(
    _ term: RankedTerm, _ base: UInt32, _ last: UInt32, skip: BlockSkip?, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    if term.lists.count == 1 {
      let sink = ScoreSink(scores: scores, words: touched.bits.words, lengths: lengths, formula: term.formula)
      if let skip {
        let passing = FloorSink(inner: sink, floor: skip.floor, rest: skip.rest, base: base)
        try term.lists[0].walk(base, last, skip: skip, passing)
      } else {
        try term.lists[0].walk(base, last, skip: nil, sink)
      }
      return
    }
    met.bits.clear()
    for list in term.lists where !list.isEmpty {
      try list.walk(base, last, skip: nil, FrequencySink(sums: sums, words: met.bits.words))
    }
    let formula = term.formula
    let words = met.bits.words
    for index in 0..<WindowBits.wordCount {
      var word = words[index]
      touched.bits.words[index] |= word
      while word != 0 {
        let bit = index &<< 6 | word.trailingZeroBitCount
        word &= word &- 1
        scores[bit] += formula.part(Double(sums[bit]), Double(lengths[bit]))
        sums[bit] = 0
      }
    }
  }

  /// Takes out documents that cannot pass the floor, and adds the parts of a word to the others. `rest`: what the words after
  /// it can bring. Where it is required, documents without it go, too.
  private func refine<Length: UnsignedInteger & FixedWidthInteger>(
    _ term: RankedTerm, _ base: UInt32, _ last: UInt32, rest: Double, isRequired: Bool,
    _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    let count = drop(base, reaching: term.bound + rest)
    if count == 0 { return }
    let expected = term.frequency &* WindowBits.length / max(1, Int(reader.documentCount))
    if count &* Self.probeFactor > expected, term.lists.count == 1 {
      met.bits.clear()
      let inner = ScoreSink(scores: scores, words: met.bits.words, lengths: lengths, formula: term.formula)
      try term.lists[0].walk(
        base, last, skip: nil, CandidateSink(candidates: touched.bits.words, inner: inner))
      if isRequired { keepMet() }
      return
    }
    let formula = term.formula
    let single = term.lists.count == 1 ? term.lists[0] : nil
    let words = touched.bits.words
    let floor = floor
    for index in 0..<WindowBits.wordCount {
      var word = words[index]
      while word != 0 {
        let bit = index &<< 6 | word.trailingZeroBitCount
        let own = word & (0 &- word)
        word &= word &- 1
        let document = base &+ UInt32(truncatingIfNeeded: bit)
        // A document that its block of the list cannot lift over the floor may as well be without the word.
        let frequency =
          if let single {
            try single.frequency(in: document, unless: floor, scores[bit] + rest)
          } else {
            try term.frequency(in: document)
          }
        if frequency > 0 {
          scores[bit] += formula.part(Double(frequency), Double(lengths[bit]))
        } else if isRequired {
          scores[bit] = 0
          words[index] &= ~own
        }
      }
    }
  }

  /// Takes out the documents that `most` more does not lift over the floor; returns how many are left.
  private func drop(_ base: UInt32, reaching most: Double) -> Int {
    let words = touched.bits.words
    let floor = floor
    var count = 0
    for index in 0..<WindowBits.wordCount {
      var word = words[index]
      var kept = word
      while word != 0 {
        let own = word & (0 &- word)
        let bit = index &<< 6 | word.trailingZeroBitCount
        word &= word &- 1
        if floor.isHopeless(scores[bit] + most, from: base &+ UInt32(truncatingIfNeeded: bit)) {
          scores[bit] = 0
          kept &= ~own
        }
      }
      words[index] = kept
      count &+= kept.nonzeroBitCount
    }
    return count
  }

  /// Takes out the documents that were not met.
  private func keepMet() {
    let words = touched.bits.words
    for index in 0..<WindowBits.wordCount {
      var gone = words[index] & ~met.bits.words[index]
      words[index] &= met.bits.words[index]
      while gone != 0 {
        scores[index &<< 6 | gone.trailingZeroBitCount] = 0
        gone &= gone &- 1
      }
    }
  }

  private func offer(_ base: UInt32, _ top: inout TopHits) {
    let words = touched.bits.words
    for index in 0..<WindowBits.wordCount {
      var word = words[index]
      words[index] = 0
      while word != 0 {
        let bit = index &<< 6 | word.trailingZeroBitCount
        word &= word &- 1
        let score = scores[bit]
        scores[bit] = 0
        if score >= floor.score {
          floor = admission.offer(base &+ UInt32(truncatingIfNeeded: bit), score, to: &top, floor)
        }
      }
    }
  }
}
