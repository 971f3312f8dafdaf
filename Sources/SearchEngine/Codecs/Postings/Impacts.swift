/// The competitive (frequency, length) pairs of a block: no posting of it has both a higher frequency and a smaller length
/// than one of these. Scoring parameters are not in it, so they can change without indexing again (as impacts in Lucene
/// since 8.0; Ding and Suel 2011 kept scores).
///
/// Eight bytes, four pairs: byte `2 i` the frequency, 255 standing for 255 and more, byte `2 i + 1` the code of the length,
/// rounded down. Pairs not needed repeat the last one.
struct Impacts: Hashable, Sendable {
  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  static let pairCount = 4
  /// Frequencies from here on are one: their bound is that of an infinite frequency.
  static let saturatedFrequency: UInt32 = 255

  @inline(__always)
  func frequency(_ pair: Int) -> UInt32 { UInt32(truncatingIfNeeded: bits &>> UInt64(pair &* 16)) & 255 }

  /// The least length that the pair stands for.
  @inline(__always)
  func length(_ pair: Int) -> UInt32 {
    LengthCode.length(UInt8(truncatingIfNeeded: bits &>> UInt64(pair &* 16 &+ 8)))
  }
}

/// Lengths in one byte, exact up to 15, then with three bits after the leading one (at most 12 % below), rounded down.
enum LengthCode {
  @inline(__always)
  static func code(_ length: UInt32) -> UInt8 {
    if length < 16 { return UInt8(truncatingIfNeeded: length) }
    let shift = UInt32(28 &- length.leadingZeroBitCount)
    // length >> shift is 8...15; the leading bit is implied by the exponent.
    return UInt8(truncatingIfNeeded: 16 &+ (shift &- 1) &* 8 &+ (length &>> shift) &- 8)
  }

  @inline(__always)
  static func length(_ code: UInt8) -> UInt32 {
    if code < 16 { return UInt32(code) }
    let shift = (UInt32(code) &- 16) &>> 3 &+ 1
    return (((UInt32(code) &- 16) & 7) &+ 8) &<< min(shift, 28)
  }
}

/// Gathers the competitive pairs of one block.
struct ImpactAccumulator: ~Copyable {
  /// The least length code seen at each frequency; 255 where none.
  private let least: UnsafeMutablePointer<UInt8>
  private var highest = 0

  init() {
    least = .allocate(capacity: 256)
    least.initialize(repeating: 255, count: 256)
  }

  deinit { least.deallocate() }

  @inline(__always)
  mutating func add(frequency: UInt32, length: UInt32) {
    let frequency = Int(min(frequency, Impacts.saturatedFrequency))
    let code = LengthCode.code(length)
    if code < least[frequency] { least[frequency] = code }
    if frequency > highest { highest = frequency }
  }

  /// The pairs, from the highest frequency down, merged to four by the smallest loss; then empty again.
  mutating func finish() -> Impacts {
    var pairs: [(frequency: Int, code: UInt8)] = []
    var shortest: UInt8 = 255
    var frequency = highest
    while frequency >= 0 {
      if least[frequency] < shortest {
        shortest = least[frequency]
        pairs.append((frequency, shortest))
      }
      least[frequency] = 255
      frequency -= 1
    }
    highest = 0
    // Two neighbours become one that dominates both: the higher frequency with the shorter length.
    while pairs.count > Impacts.pairCount {
      var cheapest = 0
      var cheapestLoss = Float.infinity
      for index in 0..<(pairs.count - 1) {
        let loss = Float(pairs[index].frequency) / Float(max(pairs[index + 1].frequency, 1))
        if loss < cheapestLoss {
          cheapest = index
          cheapestLoss = loss
        }
      }
      pairs[cheapest].code = pairs[cheapest + 1].code
      pairs.remove(at: cheapest + 1)
    }
    var bits: UInt64 = 0
    let filler = pairs.last ?? (0, 255)
    for index in 0..<Impacts.pairCount {
      let pair = index < pairs.count ? pairs[index] : filler
      bits |= (UInt64(pair.frequency) | UInt64(pair.code) << 8) << UInt64(index * 16)
    }
    return Impacts(bits: bits)
  }
}
