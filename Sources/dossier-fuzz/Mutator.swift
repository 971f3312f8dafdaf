/// Changes inputs at random, a few places at a time: bytes, bits, numbers at their limits, pieces copied, taken out, put in.
struct Mutator {
  private var state: UInt64
  /// Inputs are kept below this: longer ones find little that shorter ones do not, and slower.
  static let maximumLength = 1 << 16

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea, Flood 2014): the same run from the same seed everywhere.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(next() % UInt64(bound)) : 0 }

  private static let numbers: [UInt64] = [
    0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 32, 1 << 53, 1 << 62,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max,
  ]

  /// One to five changes of `bytes`; `other` gives pieces, `tokens` words of the language.
  mutating func change(_ bytes: inout [UInt8], with other: [UInt8], tokens: [[UInt8]], keepsLength: Bool) {
    for _ in 0..<(1 + below(5)) {
      guard !bytes.isEmpty else {
        bytes = other.isEmpty ? [UInt8(truncatingIfNeeded: next())] : other
        continue
      }
      let place = below(bytes.count)
      switch below(keepsLength ? 6 : 11) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
      case 1: bytes[place] ^= 1 << UInt8(below(8))
      case 2: bytes[place] &+= below(2) == 0 ? 1 : 255
      case 3:
        let value = Self.numbers[below(Self.numbers.count)]
        for step in 0..<min([1, 2, 4, 8][below(4)], bytes.count - place) {
          bytes[place + step] = UInt8(truncatingIfNeeded: value >> UInt64(step * 8))
        }
      case 4:
        let from = below(bytes.count)
        for step in 0..<min(1 + below(16), bytes.count - max(from, place)) { bytes[place + step] = bytes[from + step] }
      case 5 where place < other.count:
        for step in 0..<min(1 + below(32), bytes.count - place, other.count - place) {
          bytes[place + step] = other[place + step]
        }
      case 6: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
      case 7: bytes.insert(UInt8(truncatingIfNeeded: next()), at: place)
      case 8 where !tokens.isEmpty: bytes.insert(contentsOf: tokens[below(tokens.count)], at: place)
      case 9 where !other.isEmpty:
        let from = below(other.count)
        bytes.insert(contentsOf: other[from..<min(other.count, from + 1 + below(64))], at: place)
      case 10:
        let piece = Array(bytes[place..<min(bytes.count, place + 1 + below(32))])
        for _ in 0..<(1 + below(8)) where bytes.count < Self.maximumLength {
          bytes.insert(contentsOf: piece, at: place)
        }
      default: bytes[place] = UInt8(truncatingIfNeeded: next())
      }
    }
    if bytes.count > Self.maximumLength { bytes.removeLast(bytes.count - Self.maximumLength) }
  }
}
