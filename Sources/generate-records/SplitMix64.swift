/// The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): one
/// addition and three multiply-shift rounds a number, and any 64-bit state is a good one, so a generator can be started
/// afresh for each record from its ordinal.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// The generator of record `ordinal` in `stream`, apart from that of every other record, so that records can be made in
  /// any order. The ordinal is scrambled first: states that differ by multiples of the increment would give one sequence,
  /// only shifted.
  init(seed: UInt64, stream: UInt64, ordinal: Int) {
    var streams = SplitMix64(seed ^ (stream &* 0xD1B5_4A32_D192_ED03))
    var ordinals = SplitMix64(streams.next() ^ UInt64(truncatingIfNeeded: ordinal) &* 0xD6E8_FEB8_6659_FD93)
    state = ordinals.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< bound by multiplication (Lemire 2019, without the rejection step: the bias is below bound / 2^64).
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
  }

  /// True in `percent` of 100 cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// A rank from 0 in a skewed list of 2^bits: a power of two is drawn, the smaller of two draws, then a rank between it and
  /// the next. That falls a little faster than 1 / rank, as in running text (Heaps' law with an exponent near 0.7).
  mutating func zipf(bits: Int) -> Int {
    let power = 1 << min(below(bits), below(bits))
    return power + below(power) - 1
  }
}
