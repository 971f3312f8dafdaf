import CKernels

/// The best documents of words of one form each, all of them required or none: by ranges of 64 documents, whose bounds are
/// known before any list is looked at. The ranges with the highest bounds come first, so that the floor is high when the
/// others are gone through in order; most are passed over. A range's documents are the bits of one number.
struct RangeRanker: ~Copyable {
  private let lists: [RankedList]
  private let maxima: [RangeMaxima]
  private let isAll: Bool
  private let reader: SegmentReader
  private let admission: Admission
  private let deadline: ContinuousClock.Instant?
  private let grid: ScoreGrid
  private var ranges: RangeBounds
  /// SAFETY: ``wordCount`` of them, the rarest first, allocated in `init`, freed in `deinit`; ``lists`` and ``maxima`` keep what
  /// they point to.
  private let words: UnsafeMutablePointer<RangeWord>
  private let wordCount: Int
  /// SAFETY: a word each, allocated in `init`, freed in `deinit`: what the words add in the range at most.
  private let bounds: UnsafeMutablePointer<Double>
  /// SAFETY: a word each, allocated in `init`, freed in `deinit`: see ``RangeBounds/steps(_:_:)``.
  private let multipliers: UnsafeMutablePointer<UInt16>
  /// SAFETY: 64, allocated in `init`, freed in `deinit`; by documents less the first of the range. Read only where a bit
  /// says that it was set.
  private let sums: UnsafeMutablePointer<Double>

  /// Ranges looked into between two looks at the clock: some 20 µs.
  private static let grain = 128

  /// Of two words the bounds know already which can stand together, so that looking at eighths costs more than it spares.
  private static let refined = 3

  static func byteCount(_ documentCount: UInt32) -> Int {
    RangeBounds.byteCount(documentCount) + RangeMaxima.length * 8
  }

  /// Whether this many words of these formulas are served.
  static func serves(_ lists: [RankedList]) -> Bool { RangeBounds.holds(lists.lazy.map(\.formula)) }

  /// Nil when the bounds of a list are not kept. Throws corruption.
  /// - Precondition: there are lists, and they are served.
  init?(
    _ lists: [RankedList], isAll: Bool, _ reader: SegmentReader, _ admission: Admission,
    deadline: ContinuousClock.Instant?
  ) throws(IndexError) {
    precondition(!lists.isEmpty, "a query has words")
    let sorted = lists.sorted { $0.cursor.documentFrequency < $1.cursor.documentFrequency }
    var maxima: [RangeMaxima] = []
    maxima.reserveCapacity(sorted.count)
    var isKept = true
    for list in sorted {
      // All are asked for, so that each is known to have been.
      guard let found = try reader.maxima(list) else {
        isKept = false
        continue
      }
      maxima.append(found)
    }
    guard isKept else { return nil }
    self.lists = sorted
    self.maxima = maxima
    self.isAll = isAll
    self.reader = reader
    self.admission = admission
    self.deadline = deadline
    grid = sorted[0].formula.grid
    ranges = RangeBounds(sumOf: maxima, sorted.map(\.formula), isAll: isAll)
    wordCount = sorted.count
    words = .allocate(capacity: wordCount)
    for place in 0..<wordCount {
      (words + place).initialize(to: RangeWord(sorted[place], maxima[place]))
    }
    bounds = .allocate(capacity: wordCount)
    bounds.initialize(repeating: 0, count: wordCount)
    multipliers = .allocate(capacity: wordCount)
    for place in 0..<wordCount { (multipliers + place).initialize(to: ranges.multiplier(sorted[place].formula)) }
    sums = .allocate(capacity: RangeMaxima.length)
    sums.initialize(repeating: 0, count: RangeMaxima.length)
  }

  deinit {
    words.deinitialize(count: wordCount)
    words.deallocate()
    bounds.deallocate()
    multipliers.deallocate()
    sums.deallocate()
  }

  /// Offers all documents that may be kept to `top`; false when the deadline passed.
  mutating func run(_ top: inout TopHits) throws(IndexError) -> Bool {
    let documentCount = reader.documentCount
    guard documentCount > 0 else { return true }
    let lengths = try reader.lengths.lengths(from: 0, through: documentCount &- 1)
    switch reader.lengths.width {
    case 1: return try run(lengths.assumingMemoryBound(to: UInt8.self), documentCount, &top)
    case 2: return try run(lengths.assumingMemoryBound(to: UInt16.self), documentCount, &top)
    default: return try run(lengths.assumingMemoryBound(to: UInt32.self), documentCount, &top)
    }
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document.
  private mutating func run<Length: UnsignedInteger & FixedWidthInteger>(
    _ lengths: UnsafePointer<Length>, _ documentCount: UInt32, _ top: inout TopHits
  ) throws(IndexError) -> Bool {
    var floor = ScoreFloor(top, segment: admission.segment.ordinal)
    var limit = ranges.limit(floor)
    let highest = ranges.highest(hits: top.capacity)
    for range in highest { Self.fetch(range, lengths) }
    for range in highest {
      if let bound = ranges[range], bound >= limit {
        try rank(range, limit, lengths, documentCount, &floor, &top)
        limit = ranges.limit(floor)
      }
      ranges.remove(range)
    }
    for word in 0..<wordCount { words[word].rewind() }
    var looked = 0
    var range = ranges.next(from: 0, limit: limit)
    while range < ranges.count {
      looked &+= 1
      if looked % Self.grain == 0, let deadline, ContinuousClock.now >= deadline { return false }
      let before = floor.score
      // Lengths lie far apart and are used at once: those of the range behind this one are fetched meanwhile.
      var following = ranges.next(from: range &+ 1, limit: limit)
      if following < ranges.count { Self.fetch(following, lengths) }
      try rank(range, limit, lengths, documentCount, &floor, &top)
      if floor.score != before {
        limit = ranges.limit(floor)
        following = ranges.next(from: following, limit: limit)
      }
      range = following
    }
    return true
  }

  /// Asks for the lengths of a range's documents: the hint may point anywhere, also behind the last of them.
  @inline(__always)
  private static func fetch<Length: UnsignedInteger & FixedWidthInteger>(_ range: Int, _ lengths: UnsafePointer<Length>)
  {
    let first = UnsafeRawPointer(lengths + range &<< Int(RangeMaxima.shift))
    // Lines of 64 bytes: as many as a length has bytes.
    var line = 0
    while line < MemoryLayout<Length>.size {
      ckernels_prefetch(first + line &* 64)
      line &+= 1
    }
  }

  @inline(__always)
  private func rank<Length: UnsignedInteger & FixedWidthInteger>(
    _ range: Int, _ limit: UInt16, _ lengths: UnsafePointer<Length>, _ documentCount: UInt32,
    _ floor: inout ScoreFloor, _ top: inout TopHits
  ) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: range &<< Int(RangeMaxima.shift))
    let last = min(base &+ UInt32(RangeMaxima.length - 1), documentCount &- 1)
    var marks =
      isAll
      ? try rankAll(range, base, last, lengths, floor) : try rankAny(range, limit, base, last, lengths, floor)
    while marks != 0 {
      let bit = marks.trailingZeroBitCount
      marks &= marks &- 1
      if sums[bit] >= floor.score {
        floor = admission.offer(base &+ UInt32(truncatingIfNeeded: bit), sums[bit], to: &top, floor)
      }
    }
  }

  /// The documents of a range that hold all words and may be kept, as bits, their scores in ``sums``.
  private func rankAll<Length: UnsignedInteger & FixedWidthInteger>(
    _ range: Int, _ base: UInt32, _ last: UInt32, _ lengths: UnsafePointer<Length>, _ floor: ScoreFloor
  ) throws(IndexError) -> UInt64 {
    var rest = 0.0
    var eighths: UInt8 = 255
    for word in 0..<wordCount { eighths &= words[word].eighths[range] }
    var allowed = Self.spread(eighths)
    for word in 0..<wordCount {
      let bound = grid.rounded(words[word].step * Double(words[word].row[range]))
      bounds[word] = bound
      rest += bound
      if let bits = words[word].bits { allowed &= bits[range] }
    }
    if allowed == 0 || floor.isHopeless(rest, from: base) { return 0 }
    var marks: UInt64 = 0
    for word in 0..<wordCount {
      rest -= bounds[word]
      if word > 0, words[word].bits != nil {
        marks = try look(word, marks, isRequired: true, base, lengths)
      } else {
        marks = try walk(word, allowed, base, last, lengths, isFirst: word == 0)
      }
      marks = passing(marks, floor, rest)
      if marks == 0 { return 0 }
      allowed = marks
    }
    return marks
  }

  /// Eight bits for each.
  @inline(__always)
  private static func spread(_ eighths: UInt8) -> UInt64 {
    // Bit i to bit 8 i: three halves of what is left move up. Then each fills its eight.
    var bits = UInt64(eighths)
    bits = (bits | bits &<< 28) & 0x0000_000f_0000_000f
    bits = (bits | bits &<< 14) & 0x0003_0003_0003_0003
    bits = (bits | bits &<< 7) & 0x0101_0101_0101_0101
    return bits &* 255
  }

  /// The eighths of a range in which a document may reach the limit: of each the words that stand there are added up, all eight at once.
  @inline(__always)
  private func passing(_ range: Int, _ limit: UInt16) -> UInt8 {
    var sums = SIMD8<UInt16>.zero
    let places = SIMD8<UInt16>(128, 64, 32, 16, 8, 4, 2, 1)
    for word in 0..<wordCount {
      let steps = RangeBounds.steps(words[word].row[range], multipliers[word])
      // An eighth's bit comes to stand for 128, and then for one.
      let eighths = SIMD8<UInt16>(repeating: UInt16(words[word].eighths[range])) &* places
      let isThere = (eighths &>> SIMD8(repeating: 7)) & SIMD8(repeating: 1)
      sums &+= isThere &* SIMD8(repeating: steps)
    }
    // Sums and limit are below 2^15: the highest bit stays where the sum is no less.
    let high = SIMD8<UInt16>(repeating: 0x8000)
    let halves = unsafeBitCast(((sums | high) &- SIMD8(repeating: limit)) & high, to: SIMD2<UInt64>.self)
    return Self.nibble(halves[0]) | Self.nibble(halves[1]) &<< 4
  }

  /// The highest bits of four numbers of 16 bits, as four bits.
  @inline(__always)
  private static func nibble(_ lanes: UInt64) -> UInt8 {
    let bits = lanes &>> 15
    return UInt8(truncatingIfNeeded: bits | bits &>> 15 | bits &>> 30 | bits &>> 45) & 15
  }

  /// The documents of a range that hold a word and may be kept, as bits, their scores in ``sums``. `limit` is that of the floor.
  private func rankAny<Length: UnsignedInteger & FixedWidthInteger>(
    _ range: Int, _ limit: UInt16, _ base: UInt32, _ last: UInt32, _ lengths: UnsafePointer<Length>,
    _ floor: ScoreFloor
  ) throws(IndexError) -> UInt64 {
    let eighths = wordCount >= Self.refined ? passing(range, limit) : 255
    if eighths == 0 { return 0 }
    let allowed = Self.spread(eighths)
    for word in 0..<wordCount {
      bounds[word] =
        words[word].eighths[range] & eighths == 0
        ? 0 : grid.rounded(words[word].step * Double(words[word].row[range]))
    }
    // The frequent words, which cannot lift a document over the floor by themselves, are only asked.
    var added = wordCount
    var rest = 0.0
    while added > 0, floor.isHopeless(rest + bounds[added &- 1], from: base) {
      added &-= 1
      rest += bounds[added]
    }
    var marks: UInt64 = 0
    for word in 0..<added where bounds[word] > 0 {
      marks = try add(word, marks, allowed, base, last, lengths)
    }
    for word in added..<wordCount where bounds[word] > 0 {
      marks = passing(marks, floor, rest)
      if marks == 0 { return 0 }
      rest -= bounds[word]
      if words[word].bits != nil {
        marks = try look(word, marks, isRequired: false, base, lengths)
      } else {
        _ = try walk(word, marks, base, last, lengths, isFirst: false)
      }
    }
    return marks
  }

  /// Those of the marked documents that `rest` may lift over the floor.
  @inline(__always)
  private func passing(_ marks: UInt64, _ floor: ScoreFloor, _ rest: Double) -> UInt64 {
    let least = floor.score
    var left = marks
    var kept = marks
    while left != 0 {
      let bit = left.trailingZeroBitCount
      left &= left &- 1
      if sums[bit] + rest < least { kept &= ~(1 &<< UInt64(bit)) }
    }
    return kept
  }

  /// Adds the part of a word to the `allowed` documents that hold it, or sets it there when it `isFirst`; returns which these are.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document.
  @inline(__always)
  private func walk<Length: UnsignedInteger & FixedWidthInteger>(
    _ word: Int, _ allowed: UInt64, _ base: UInt32, _ last: UInt32, _ lengths: UnsafePointer<Length>, isFirst: Bool
  ) throws(IndexError) -> UInt64 {
    let state = words + word
    let formula = state.pointee.formula
    let documents = state.pointee.documents
    var met: UInt64 = 0
    var from = base
    while true {
      var rank = try state.pointee.rank(atLeast: from)
      let count = state.pointee.count
      while rank < count {
        let slot = state.pointee.slot(rank)
        let document = documents[slot]
        if document > last { return met }
        // SAFETY: documents of a block rise, and this one is `from` or more, so the bit is below 64.
        let bit = Int(truncatingIfNeeded: document &- base)
        if allowed &>> UInt64(bit) & 1 != 0 {
          let part = formula.part(
            Double(try state.pointee.frequency(rank, slot)), Double(lengths[Int(document)]))
          sums[bit] = (isFirst ? 0 : sums[bit]) + part
          met |= 1 &<< UInt64(bit)
        }
        rank &+= 1
      }
      if state.pointee.last >= last { return met }
      from = state.pointee.last &+ 1
    }
  }

  /// Adds the part of a word to all `allowed` documents of the range that hold it; returns those and the ones marked before.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document.
  @inline(__always)
  private func add<Length: UnsignedInteger & FixedWidthInteger>(
    _ word: Int, _ marks: UInt64, _ allowed: UInt64, _ base: UInt32, _ last: UInt32, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) -> UInt64 {
    let state = words + word
    let formula = state.pointee.formula
    let documents = state.pointee.documents
    var marks = marks
    var from = base
    while true {
      var rank = try state.pointee.rank(atLeast: from)
      let count = state.pointee.count
      while rank < count {
        let slot = state.pointee.slot(rank)
        let document = documents[slot]
        if document > last { return marks }
        // SAFETY: as in ``walk(_:_:_:_:_:isFirst:)``.
        let bit = Int(truncatingIfNeeded: document &- base)
        if allowed &>> UInt64(bit) & 1 != 0 {
          let part = formula.part(
            Double(try state.pointee.frequency(rank, slot)), Double(lengths[Int(document)]))
          sums[bit] = (marks &>> UInt64(bit) & 1 != 0 ? sums[bit] : 0) + part
          marks |= 1 &<< UInt64(bit)
        }
        rank &+= 1
      }
      if state.pointee.last >= last { return marks }
      from = state.pointee.last &+ 1
    }
  }

  /// Adds the part of a word that is kept as bits to those of the marked documents that hold it. Returns these when it
  /// `isRequired`, else all.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document.
  @inline(__always)
  private func look<Length: UnsignedInteger & FixedWidthInteger>(
    _ word: Int, _ marks: UInt64, isRequired: Bool, _ base: UInt32, _ lengths: UnsafePointer<Length>
  ) throws(IndexError) -> UInt64 {
    let state = words + word
    guard let bits = state.pointee.bits else { return marks }
    let formula = state.pointee.formula
    let held = marks & bits[Int(base &>> RangeMaxima.shift)]
    var left = held
    while left != 0 {
      let bit = left.trailingZeroBitCount
      left &= left &- 1
      let document = base &+ UInt32(truncatingIfNeeded: bit)
      sums[bit] += formula.part(
        Double(try state.pointee.frequency(in: document, bits)), Double(lengths[Int(document)]))
    }
    return isRequired ? held : marks
  }
}
