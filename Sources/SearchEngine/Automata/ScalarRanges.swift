/// A set of Unicode scalar values as ranges that rise and do not touch.
struct ScalarRanges: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  /// What a character of a term may be: all but control characters below the space. Surrogates are no scalar values.
  static let any = ScalarRanges([0x20...0xd7ff, 0xe000...0x10ffff])

  /// The union of `parts`, in any order; what is not in ``any`` is left out.
  init(_ parts: [ClosedRange<UInt32>]) {
    var joined: [ClosedRange<UInt32>] = []
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, part.lowerBound <= last.upperBound &+ 1 {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
      } else {
        joined.append(part)
      }
    }
    ranges = joined
  }

  /// The scalars of ``any`` that are not in this set.
  var complement: ScalarRanges {
    var rest: [ClosedRange<UInt32>] = []
    for whole in ScalarRanges.any.ranges {
      var from = whole.lowerBound
      for range in ranges where range.upperBound >= from && range.lowerBound <= whole.upperBound {
        if range.lowerBound > from { rest.append(from...(range.lowerBound - 1)) }
        from = range.upperBound + 1
      }
      if from <= whole.upperBound { rest.append(from...whole.upperBound) }
    }
    return ScalarRanges(rest)
  }

  func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

  /// The UTF-8 of the set as sequences of byte ranges, rising. Each range of scalars is cut where the number of bytes
  /// changes and where a byte before the last does (R. Cox, "Regular Expression Matching in the Wild", 2010).
  var byteSequences: [[ClosedRange<UInt8>]] {
    var sequences: [[ClosedRange<UInt8>]] = []
    for range in ranges { Self.split(range.lowerBound, range.upperBound, into: &sequences) }
    return sequences
  }

  private static func split(_ lower: UInt32, _ upper: UInt32, into sequences: inout [[ClosedRange<UInt8>]]) {
    for last in [0x7f, 0x7ff, 0xffff] as [UInt32] where lower <= last && last < upper {
      split(lower, last, into: &sequences)
      split(last + 1, upper, into: &sequences)
      return
    }
    for bits in [6, 12, 18] as [UInt32] where upper > 0x7f {
      let mask = (UInt32(1) << bits) - 1
      guard lower & ~mask != upper & ~mask else { continue }
      if lower & mask != 0 {
        split(lower, lower | mask, into: &sequences)
        split((lower | mask) + 1, upper, into: &sequences)
        return
      }
      if upper & mask != mask {
        split(lower, (upper & ~mask) - 1, into: &sequences)
        split(upper & ~mask, upper, into: &sequences)
        return
      }
    }
    sequences.append(zip(encoded(lower), encoded(upper)).map { $0...$1 })
  }

  private static func encoded(_ scalar: UInt32) -> [UInt8] {
    func last(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | scalar >> shift & 0x3f) }
    if scalar < 0x80 { return [UInt8(truncatingIfNeeded: scalar)] }
    if scalar < 0x800 { return [UInt8(truncatingIfNeeded: 0xc0 | scalar >> 6), last(0)] }
    if scalar < 0x10000 { return [UInt8(truncatingIfNeeded: 0xe0 | scalar >> 12), last(6), last(0)] }
    return [UInt8(truncatingIfNeeded: 0xf0 | scalar >> 18), last(12), last(6), last(0)]
  }
}
