/// What a document of each range of 64 may score at most, in steps of some 1/32,000 of the query's greatest sum.
///
/// Four ranges are looked at with one subtraction: bounds take 15 of 16 bits, and the sixteenth says that a range is out.
struct RangeBounds: ~Copyable {
  /// SAFETY: ``count`` of them, rounded up to ``lanes``, allocated and written in `init`, freed in `deinit`. What lies behind
  /// the count is 0, or out.
  private let bounds: UnsafeMutablePointer<UInt16>
  let count: Int
  /// Steps that a score of one is.
  private let scale: Double
  /// Score that one step stands for, rounded up.
  private let step: Double
  /// Steps that rounding down may have taken from a sum.
  private let slack: Int

  /// Words whose sums fit: each takes ``unit`` at least.
  static let mostWords = 32
  /// Sums of factors of which parts can be told apart in `Double` without care for the ends of its range.
  private static let factors = 1e-20...1e20
  /// A step of a word's maxima is this many 256ths of a step here, at least, so that none vanishes.
  private static let unit = 256.0
  /// The greatest sum of the words' multipliers: 255 times it, divided by 256, stays below 2^15.
  private static let mostMultipliers = 32_700.0
  private static let out: UInt16 = 0x8000
  private static let lanes = 4
  private static let highBits: UInt64 = 0x8000_8000_8000_8000
  private static let lowBits: UInt64 = 0x0001_0001_0001_0001

  /// Ranges looked at before the others: one for each hit kept, and a few more.
  private static let fewest = 6
  private static let most = 64

  static func byteCount(_ documentCount: UInt32) -> Int {
    (RangeMaxima.count(documentCount) + lanes) * MemoryLayout<UInt16>.size
  }

  /// Whether the bounds of these words can be added up here.
  static func holds(_ formulas: some Sequence<PartFormula>) -> Bool {
    var count = 0
    var sum = 0.0
    for formula in formulas {
      count += 1
      sum += formula.factor
    }
    return count <= mostWords && factors.contains(sum)
  }

  /// The sums over the words. `isAll`: documents hold all of them.
  /// - Precondition: there are words, their maxima are of one segment, and ``holds(_:)``.
  init(sumOf maxima: [RangeMaxima], _ formulas: [PartFormula], isAll: Bool) {
    precondition(!maxima.isEmpty && maxima.count == formulas.count && maxima.count <= Self.mostWords)
    count = maxima[0].count
    precondition(maxima.allSatisfy { $0.count == maxima[0].count })
    let capacity = (count + Self.lanes) & ~(Self.lanes - 1)
    bounds = .allocate(capacity: capacity)
    // What is not set by the first word.
    (bounds + count).initialize(repeating: 0, count: capacity - count)
    let total = formulas.reduce(0) { $0 + $1.factor }
    scale = (Self.mostMultipliers - Self.unit * Double(maxima.count)) / total
    // A share v adds factor · v / 254 to the score at most, and factor · scale · v / 256 steps or more, rounded down.
    step = 256 / (RangeMaxima.steps * scale) * (1 + 0x1p-30)
    slack = maxima.count
    var sums = Sums(count, isAll: isAll)
    let multipliers = formulas.map { [scale] in Self.multiplier($0, scale) }
    if isAll {
      for place in maxima.indices { sums.addNeeded(maxima[place], multipliers[place], to: bounds) }
      sums.takeOut(bounds)
      return
    }
    // Those that may be apart first, then those that stand with any of them.
    let isFew = maxima.count <= Self.mostToldApart
    let apart = maxima.indices.filter { isFew || maxima[$0].postings < count }
    if apart.count > 1 {
      for place in apart { sums.addApart(maxima[place], multipliers[place], to: bounds) }
      sums.choose(bounds)
    } else {
      for place in apart { sums.add(maxima[place], multipliers[place], to: bounds) }
    }
    for place in maxima.indices where !isFew && maxima[place].postings >= count {
      sums.add(maxima[place], multipliers[place], to: bounds)
    }
  }

  private static func multiplier(_ formula: PartFormula, _ scale: Double) -> UInt16 {
    UInt16(max(unit, (formula.factor * scale).rounded(.up)))
  }

  /// What ``steps(_:_:)`` takes for one of the words.
  func multiplier(_ formula: PartFormula) -> UInt16 { Self.multiplier(formula, scale) }

  /// What a word adds to a bound where its maximum is `value`: the sums of several words' are compared with a ``limit(_:)``, whatever
  /// documents they are of.
  @inline(__always)
  static func steps(_ value: UInt8, _ multiplier: UInt16) -> UInt16 {
    let value = UInt16(value)
    return value &* (multiplier &>> 8) &+ (value &* (multiplier & 255)) &>> 8
  }

  deinit { bounds.deallocate() }

  /// So few words are told apart whatever their number of postings; of more of them those with less than one posting a range.
  private static let mostToldApart = 3

  /// Adds up rows: `values · multiplier / 256`, rounded down; 16 bits are enough for all that is worked out, and sums stay below
  /// 2^15. Loops over plain arrays of 8 and 16 bits, which the compiler makes vectors of.
  ///
  /// No `&=` and `|=` through the pointers kept here: the compiler (6.3.1) makes no valid code of them for the thread sanitizer.
  ///
  /// SAFETY (proof of all callers): the maxima have ``count`` ranges, `bounds` as many elements.
  private struct Sums: ~Copyable {
    private let count: Int
    private var isFirst = true
    /// The eighths of each range that hold all words so far; or one word, and more than one.
    /// SAFETY: ``count`` each, allocated in `init`, freed in `deinit`; set by the first word, or by the second.
    private let once: UnsafeMutablePointer<UInt8>
    private let twice: UnsafeMutablePointer<UInt8>
    /// The most that one word adds alone.
    /// SAFETY: as above.
    private let most: UnsafeMutablePointer<Int16>

    init(_ count: Int, isAll: Bool) {
      self.count = count
      once = .allocate(capacity: max(1, count))
      twice = .allocate(capacity: isAll ? 1 : max(1, count))
      most = .allocate(capacity: isAll ? 1 : max(1, count))
    }

    deinit {
      once.deallocate()
      twice.deallocate()
      most.deallocate()
    }

    mutating func add(_ maxima: RangeMaxima, _ multiplier: UInt16, to bounds: UnsafeMutablePointer<UInt16>) {
      let values = maxima.values
      let high = multiplier &>> 8
      let low = multiplier & 255
      if isFirst {
        for range in 0..<count {
          let value = UInt16(values[range])
          (bounds + range).initialize(to: value &* high &+ (value &* low) &>> 8)
        }
      } else {
        for range in 0..<count {
          let value = UInt16(values[range])
          bounds[range] = bounds[range] &+ value &* high &+ (value &* low) &>> 8
        }
      }
      isFirst = false
    }

    /// Documents hold this word and all others.
    mutating func addNeeded(_ maxima: RangeMaxima, _ multiplier: UInt16, to bounds: UnsafeMutablePointer<UInt16>) {
      let eighths = maxima.eighths
      if isFirst {
        once.initialize(from: eighths, count: count)
      } else {
        for range in 0..<count { once[range] = once[range] & eighths[range] }
      }
      add(maxima, multiplier, to: bounds)
    }

    /// Takes out the ranges without an eighth that all words stand in.
    func takeOut(_ bounds: UnsafeMutablePointer<UInt16>) {
      for range in 0..<count {
        let isThere = (UInt16(once[range]) &+ 255) &>> 8
        bounds[range] |= (1 &- isThere) &<< 15
      }
    }

    /// Also notes what it adds alone, and which eighths hold more than one word.
    mutating func addApart(_ maxima: RangeMaxima, _ multiplier: UInt16, to bounds: UnsafeMutablePointer<UInt16>) {
      let values = maxima.values
      let eighths = maxima.eighths
      let high = multiplier &>> 8
      let low = multiplier & 255
      if isFirst {
        for range in 0..<count {
          let value = UInt16(values[range])
          let steps = value &* high &+ (value &* low) &>> 8
          (bounds + range).initialize(to: steps)
          (most + range).initialize(to: Int16(bitPattern: steps))
        }
        once.initialize(from: eighths, count: count)
        twice.initialize(repeating: 0, count: count)
      } else {
        for range in 0..<count {
          let value = UInt16(values[range])
          let steps = value &* high &+ (value &* low) &>> 8
          bounds[range] = bounds[range] &+ steps
          most[range] = max(most[range], Int16(bitPattern: steps))
        }
        for range in 0..<count {
          twice[range] = twice[range] | once[range] & eighths[range]
          once[range] = once[range] | eighths[range]
        }
      }
      isFirst = false
    }

    /// Where each word stands in eighths of its own, the most of one is the bound.
    func choose(_ bounds: UnsafeMutablePointer<UInt16>) {
      for range in 0..<count {
        // All ones where two words share an eighth.
        let shared = 0 &- (UInt16(twice[range]) &+ 255) &>> 8
        bounds[range] = bounds[range] & shared | UInt16(bitPattern: most[range]) & ~shared
      }
    }
  }

  /// Ranges whose bound is below this many steps hold nothing that is kept. At least 1: where no word stands the bound is 0.
  func limit(_ floor: ScoreFloor) -> UInt16 {
    guard floor.score > 0 else { return 1 }
    let steps = floor.score / step * (1 - 0x1p-30)
    // One more than roundings take: what the grid adds to the parts is far less.
    return UInt16(max(1, min(Double(Self.out) - 1, steps - Double(slack) - 2)))
  }

  /// The first range at or after `range` whose bound is not below `limit`; ``count`` when there is none.
  /// - Precondition: `limit` is in 1..<2^15.
  @inline(__always)
  func next(from range: Int, limit: UInt16) -> Int {
    guard range < count else { return count }
    let least = UInt64(limit) &* Self.lowBits
    var word = range / Self.lanes
    let words = (count &+ Self.lanes &- 1) / Self.lanes
    var mask = ~UInt64(0) &<< UInt64(range % Self.lanes &* 16)
    let values = UnsafeRawPointer(bounds)
    let leasts = SIMD8<UInt16>(repeating: limit)
    while word < words {
      let found = Self.passing(values, word, least) & mask
      if found != 0 { return min(count, word &* Self.lanes &+ found.trailingZeroBitCount &>> 4) }
      mask = ~0
      word &+= 1
      // Thirty-two ranges at a time where none passes, which is nearly everywhere.
      while word &+ 8 <= words {
        let offset = word &* 8
        let any =
          Self.passing(values, offset, leasts) | Self.passing(values, offset &+ 16, leasts)
          | Self.passing(values, offset &+ 32, leasts) | Self.passing(values, offset &+ 48, leasts)
        let halves = unsafeBitCast(any, to: SIMD2<UInt64>.self)
        if halves[0] | halves[1] != 0 { break }
        word &+= 8
      }
    }
    return count
  }

  /// The same of the eight ranges that stand `offset` bytes behind the first.
  ///
  /// SAFETY (caller's proof): all of them are below the count rounded up.
  @inline(__always)
  private static func passing(_ bounds: UnsafeRawPointer, _ offset: Int, _ leasts: SIMD8<UInt16>) -> SIMD8<UInt16> {
    let high = SIMD8<UInt16>(repeating: out)
    let values = bounds.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt16>.self)
    return ((values | high) &- leasts) & ~values & high
  }

  /// The high bits of those of four ranges whose bound is not below the least, which `least` holds four times.
  ///
  /// SAFETY (caller's proof): `word` is below the count of ranges by fours, rounded up.
  @inline(__always)
  private static func passing(_ bounds: UnsafeRawPointer, _ word: Int, _ least: UInt64) -> UInt64 {
    let values = UInt64(littleEndian: bounds.load(fromByteOffset: word &* 8, as: UInt64.self))
    return ((values | highBits) &- least) & ~values & highBits
  }

  /// In steps; nil where none can match, or the range was looked at.
  /// - Precondition: `range` is below ``count``.
  subscript(range: Int) -> Int? {
    precondition(range >= 0 && range < count)
    let bound = bounds[range]
    return bound == 0 || bound >= Self.out ? nil : Int(bound)
  }

  /// What a document of the range scores at most; nil where none can match.
  /// - Precondition: `range` is below ``count``.
  func score(_ range: Int) -> Double? { self[range].map { Double($0 + slack) * step } }

  /// A range has been looked at.
  mutating func remove(_ range: Int) {
    precondition(range >= 0 && range < count)
    bounds[range] |= Self.out
  }

  /// A bound that at least `wanted` ranges have or pass: of the highest of each group of ranges the one with that place from
  /// the top; 1 where there are few groups.
  private func leastOfHighest(_ wanted: Int) -> UInt16 {
    let groups = count / Self.group
    guard wanted <= Self.most, groups >= wanted &* 2 else { return 1 }
    // The ranges as rows of `groups`: a group is a column. SAFETY: rows lie in the ranges, columns in the two buffers.
    let highest = UnsafeMutablePointer<Int16>.allocate(capacity: groups)
    let kept = UnsafeMutablePointer<Int16>.allocate(capacity: wanted &+ 1)
    defer {
      highest.deallocate()
      kept.deallocate()
    }
    highest.initialize(repeating: 0, count: groups)
    for row in 0..<Self.group {
      let values = bounds + row &* groups
      // What is out is negative, as a number with a sign.
      for column in 0..<groups { highest[column] = max(highest[column], Int16(bitPattern: values[column])) }
    }
    var number = 0
    for column in 0..<groups {
      let top = highest[column]
      if number == wanted, top <= kept[wanted &- 1] { continue }
      var place = number
      while place > 0, kept[place &- 1] < top {
        (kept + place).initialize(to: kept[place &- 1])
        place &-= 1
      }
      (kept + place).initialize(to: top)
      number = min(number &+ 1, wanted)
    }
    return UInt16(max(1, kept[wanted &- 1]))
  }

  /// Ranges of which the highest bound is taken: 147 groups in 300,000 documents.
  private static let group = 32

  /// The ranges with the highest bounds, rising, for so many hits. Cost: linear, and in the number chosen.
  func highest(hits: Int) -> [Int] {
    let wanted = min(Self.most, Self.fewest + min(hits, Self.most), count)
    guard wanted > 0 else { return [] }
    let chosen = [Int](unsafeUninitializedCapacity: wanted + 1) { kept, number in
      // SAFETY: `number` stays at most `wanted`, and one more is written.
      number = 0
      var least = leastOfHighest(wanted)
      var range = next(from: 0, limit: least)
      while range < count {
        var place = number
        while place > 0, bounds[kept[place &- 1]] < bounds[range] {
          kept.initializeElement(at: place, to: kept[place &- 1])
          place &-= 1
        }
        kept.initializeElement(at: place, to: range)
        number = min(number &+ 1, wanted)
        if number == wanted {
          least = bounds[kept[wanted &- 1]] &+ 1
          if least >= Self.out { break }
        }
        range = next(from: range &+ 1, limit: least)
      }
    }
    return chosen.sorted()
  }
}
