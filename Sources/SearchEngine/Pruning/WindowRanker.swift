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
  private var candidates = WindowCandidates()
  /// Of the optional words, the places of those with postings in the window, by rising bound.
  private var order: [Int] = []

  static let byteCount = WindowBits.length * 24 + 2_048

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
    for index in optional.indices {
      let term = optional[index]
      try term.look(from: base, to: last)
      reach = min(reach, term.reach)
      if term.isEmpty { continue }
      sum += term.bound
      var place = order.count
      while place > 0, optional[order[place - 1]].bound > term.bound { place -= 1 }
      order.insert(index, at: place)
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
    candidates.removeAll()
    // What the words not added yet can still bring.
    var rest = bound
    var asked = order.count
    if let lead = required.first {
      rest -= lead.bound
      try begin(lead, base, last, rest: rest, lengths)
      for term in required.dropFirst() {
        if candidates.count == 0 { return }
        rest -= term.bound
        try refine(term, base, rest: rest, isRequired: true, lengths)
      }
    } else {
      asked = 0
      rest = 0
      while asked < order.count, floor.isHopeless(rest + optional[order[asked]].bound, from: base) {
        rest += optional[order[asked]].bound
        asked += 1
      }
      if asked == order.count - 1 {
        try begin(optional[order[asked]], base, last, rest: rest, lengths)
      } else {
        for place in asked..<order.count { try add(optional[order[place]], base, last, lengths) }
        collect(base, rest: rest)
      }
    }
    while asked > 0, candidates.count > 0 {
      asked -= 1
      let term = optional[order[asked]]
      rest -= term.bound
      try refine(term, base, rest: rest, isRequired: false, lengths)
    }
    for index in 0..<candidates.count where candidates.scores[index] >= floor.score {
      floor = admission.offer(candidates.documents[index], candidates.scores[index], to: &top, floor)
    }
  }

  /// Makes the documents of a word the candidates, those that `rest` may lift over the floor.
  private func begin<Length: UnsignedInteger & FixedWidthInteger>(
    _ term: RankedTerm, _ base: UInt32, _ last: UInt32, rest: Double, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    if term.lists.count == 1 {
      try term.lists[0].gather(base, last, floor, rest: rest, lengths, into: &candidates)
    } else {
      try add(term, base, last, lengths)
      collect(base, rest: rest)
    }
  }

  /// Adds the parts of a word to all documents that hold it.
  private func add<Length: UnsignedInteger & FixedWidthInteger>(
    _ term: RankedTerm, _ base: UInt32, _ last: UInt32, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    if term.lists.count == 1 {
      let sink = ScoreSink(scores: scores, words: touched.bits.words, lengths: lengths, formula: term.formula)
      try term.lists[0].walk(base, last, sink)
      return
    }
    met.bits.clear()
    for list in term.lists where !list.isEmpty {
      try list.walk(base, last, FrequencySink(sums: sums, words: met.bits.words))
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

  /// Makes what has been added up the candidates, those that `rest` may lift over the floor; clears the sums.
  private func collect(_ base: UInt32, rest: Double) {
    let words = touched.bits.words
    let floor = floor
    let documents = candidates.documents
    let kept = candidates.scores
    // SAFETY: a bit each, so no more than a window has documents.
    var count = 0
    for index in 0..<WindowBits.wordCount {
      var word = words[index]
      if word == 0 { continue }
      words[index] = 0
      while word != 0 {
        let bit = index &<< 6 | word.trailingZeroBitCount
        word &= word &- 1
        let score = scores[bit]
        scores[bit] = 0
        let document = base &+ UInt32(truncatingIfNeeded: bit)
        (documents + count).initialize(to: document)
        (kept + count).initialize(to: score)
        count &+= floor.isHopeless(score + rest, from: document) ? 0 : 1
      }
    }
    candidates.set(count)
  }

  /// Adds the parts of a word to the candidates, and takes out those that cannot pass the floor with it and with `rest`, what
  /// the words after it can bring. Where it is required, documents without it go, too.
  private func refine<Length: UnsignedInteger & FixedWidthInteger>(
    _ term: RankedTerm, _ base: UInt32, rest: Double, isRequired: Bool, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) {
    let formula = term.formula
    let single = term.lists.count == 1 ? term.lists[0] : nil
    let floor = floor
    let reach = term.bound + rest
    let documents = candidates.documents
    let scores = candidates.scores
    var kept = 0
    for index in 0..<candidates.count {
      let document = documents[index]
      var score = scores[index]
      if floor.isHopeless(score + reach, from: document) { continue }
      // A document that its block of the list cannot lift over the floor may as well be without the word.
      let frequency =
        if let single {
          try single.frequency(in: document, unless: floor, score + rest)
        } else {
          try term.frequency(in: document)
        }
      if frequency > 0 {
        score += formula.part(Double(frequency), Double(lengths[Int(truncatingIfNeeded: document &- base)]))
      } else if isRequired {
        continue
      }
      if floor.isHopeless(score + rest, from: document) { continue }
      documents[kept] = document
      scores[kept] = score
      kept &+= 1
    }
    candidates.keep(kept)
  }
}
