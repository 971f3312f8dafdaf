import TextAnalysis

/// Reads `[a-z]`, `[^,;]` and the escapes of regular expressions.
struct CharacterClassReader {
  private let scalars: [Unicode.Scalar]
  private let start: Int
  /// Behind the class, once it is read.
  private(set) var position: Int

  /// Wider ranges are taken as they are, with the letters of ASCII folded: nobody types them to mean case.
  private static let foldedRangeLimit: UInt32 = 1024

  /// `start` is the place of the bracket.
  init(_ scalars: [Unicode.Scalar], at start: Int) {
    self.scalars = scalars
    self.start = start
    position = start + 1
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func read() throws(AutomatonError) -> ScalarRanges {
    var isNegated = false
    if current == "^" {
      isNegated = true
      position += 1
    }
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let scalar = current {
      if scalar == "]", !isFirst {
        position += 1
        let set = ScalarRanges(ranges)
        return isNegated ? set.complement : set
      }
      isFirst = false
      let lower = try member()
      if let set = lower.set {
        ranges += set.ranges
        continue
      }
      guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        Self.add(lower.scalar.value...lower.scalar.value, to: &ranges)
        continue
      }
      let dash = position
      position += 1
      let upper = try member()
      guard upper.set == nil, upper.scalar >= lower.scalar else {
        throw AutomatonError(.syntax, "the regular expression has a range that ends before it starts", at: dash)
      }
      Self.add(lower.scalar.value...upper.scalar.value, to: &ranges)
    }
    throw AutomatonError(
      .syntax, "the regular expression has an open class", at: start, hint: "close it with ], or write \\[")
  }

  private mutating func member() throws(AutomatonError) -> (scalar: Unicode.Scalar, set: ScalarRanges?) {
    let scalar = scalars[position]
    if scalar == "\\" { return try Self.escape(scalars, &position) }
    position += 1
    return (scalar, nil)
  }

  /// The character or the set after a backslash, which stands at `position`.
  static func escape(
    _ scalars: [Unicode.Scalar], _ position: inout Int
  ) throws(AutomatonError) -> (scalar: Unicode.Scalar, set: ScalarRanges?) {
    guard position + 1 < scalars.count else {
      throw AutomatonError(.syntax, "the regular expression ends in a backslash", at: position, hint: "write \\\\")
    }
    let scalar = scalars[position + 1]
    let digits = ScalarRanges([0x30...0x39])
    // Terms are folded: no capitals. Beyond ASCII, whatever stands in a word.
    let letters = ScalarRanges([0x30...0x39, 0x5f...0x5f, 0x61...0x7a, 0x80...0xd7ff, 0xe000...0x10ffff])
    let set: ScalarRanges?
    switch scalar {
    case "d": set = digits
    case "D": set = digits.complement
    case "w": set = letters
    case "W": set = letters.complement
    case "0"..."9", "a"..."z", "A"..."Z":
      throw AutomatonError(
        .notSupported, "the regular expression has \\\(scalar)", at: position, hint: "only \\d, \\D, \\w, \\W are known"
      )
    default: set = nil
    }
    position += 2
    return (scalar, set)
  }

  /// Adds a range and the folded forms of its characters.
  private static func add(_ range: ClosedRange<UInt32>, to ranges: inout [ClosedRange<UInt32>]) {
    ranges.append(range)
    if range.count > foldedRangeLimit {
      if range.overlaps(0x41...0x5a) {
        ranges.append((max(range.lowerBound, 0x41) | 0x20)...(min(range.upperBound, 0x5a) | 0x20))
      }
      return
    }
    for value in range {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = Array(String(decoding: Folding.folded(String(scalar)), as: UTF8.self).unicodeScalars)
      if folded.count == 1, folded[0] != scalar { ranges.append(folded[0].value...folded[0].value) }
    }
  }
}
