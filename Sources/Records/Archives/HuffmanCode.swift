/// A canonical prefix code of at most 15 bits (RFC 1951, section 3.2.2): short codes by one look-up, longer ones bit by
/// bit.
struct HuffmanCode {
  /// Codes up to this length are looked up: nearly all of a text's.
  static let lookupBits = 9
  static let longestCode = 15

  /// By the next ``lookupBits`` bits: symbol and length in the low four bits; 0 where the code is longer or is none.
  private var lookup = [UInt16](repeating: 0, count: 1 << HuffmanCode.lookupBits)
  /// Codes of each length, and the symbols in the order of their codes.
  private var counts = [Int](repeating: 0, count: HuffmanCode.longestCode + 1)
  private var symbols: [UInt16] = []

  /// The code in which symbol `i` has `lengths[i]` bits, 0 for none; nil when there are more codes than bits allow, or
  /// fewer than can be told apart where more than one symbol has a code.
  init?(lengths: ArraySlice<UInt8>) {
    for length in lengths {
      guard length <= Self.longestCode else { return nil }
      counts[Int(length)] += 1
    }
    let used = lengths.count - counts[0]
    counts[0] = 0
    var left = 1
    for length in 1...Self.longestCode {
      left = left * 2 - counts[length]
      if left < 0 { return nil }
    }
    if left > 0, used > 1 { return nil }
    var offsets = [Int](repeating: 0, count: Self.longestCode + 2)
    for length in 1...Self.longestCode { offsets[length + 1] = offsets[length] + counts[length] }
    symbols = [UInt16](repeating: 0, count: used)
    var code = 0
    var firstCodes = [Int](repeating: 0, count: Self.longestCode + 1)
    for length in 1...Self.longestCode {
      firstCodes[length] = code
      code = (code + counts[length]) << 1
    }
    var nextCodes = firstCodes
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let bits = Int(length)
      symbols[offsets[bits]] = UInt16(truncatingIfNeeded: symbol)
      offsets[bits] += 1
      if bits <= Self.lookupBits { fill(nextCodes[bits], bits, symbol) }
      nextCodes[bits] += 1
    }
  }

  private mutating func fill(_ code: Int, _ bits: Int, _ symbol: Int) {
    // Codes are packed from their highest bit on, the stream from the lowest.
    var reversed = 0
    for bit in 0..<bits where code >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
    let entry = UInt16(truncatingIfNeeded: symbol << 4 | bits)
    var index = reversed
    while index < lookup.count {
      lookup[index] = entry
      index += 1 << bits
    }
  }

  /// The symbol at the low end of `bits`, of which `available` are real, and how many bits it takes; nil where they are
  /// no code or too few.
  func decode(_ bits: UInt64, available: Int) -> (symbol: Int, length: Int)? {
    let entry = lookup[Int(truncatingIfNeeded: bits) & (lookup.count - 1)]
    if entry != 0 {
      let length = Int(entry & 15)
      return length <= available ? (Int(entry >> 4), length) : nil
    }
    var code = 0
    var first = 0
    var index = 0
    for length in 1...Self.longestCode {
      guard length <= available else { return nil }
      code |= Int(truncatingIfNeeded: bits >> UInt64(length - 1)) & 1
      let count = counts[length]
      if code - first < count {
        let place = index + code - first
        return symbols.indices.contains(place) ? (Int(symbols[place]), length) : nil
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }
}
