/// Writes bits as DEFLATE packs them: from the lowest bit of each byte on.
struct DeflateBits {
  private(set) var bytes: [UInt8] = []
  private var count = 0

  /// A number, its lowest bit first.
  mutating func number(_ value: Int, _ width: Int) {
    for bit in 0..<width { put(value >> bit & 1) }
  }

  /// A prefix code, its first bit first.
  mutating func code(_ bits: String) {
    for bit in bits { put(bit == "1" ? 1 : 0) }
  }

  private mutating func put(_ bit: Int) {
    if count & 7 == 0 { bytes.append(0) }
    bytes[count >> 3] |= UInt8(bit << (count & 7))
    count += 1
  }

  /// One zero byte and then `matches` times 258 more of it, each in two bits: the densest stream there is.
  static func zeros(matches: Int) -> [UInt8] {
    var bits = DeflateBits()
    bits.number(1, 1)
    bits.number(2, 2)
    bits.number(29, 5)
    bits.number(0, 5)
    bits.number(14, 4)
    // Lengths of the codes for 16, 17, 18, 0, 8 … 2, 14, 1: 18 in one bit, 2 and 1 in two.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] { bits.number(length, 3) }
    func zeros(_ count: Int) {
      bits.code("0")
      bits.number(count - 11, 7)
    }
    bits.code("11")
    zeros(138)
    zeros(117)
    bits.code("11")
    zeros(28)
    bits.code("10")
    bits.code("10")
    bits.code("10")
    for _ in 0..<matches { bits.code("00") }
    bits.code("11")
    return bits.bytes
  }
}
