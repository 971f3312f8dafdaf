/// The most that one list adds to a score, for each range of 256 documents of a segment: a number of steps of 1/254 of the
/// word's factor, rounded up; 0 where no document of the range holds the word. It holds for one pair of numbers that turn
/// lengths into saturation. Immutable.
///
/// Ranges of documents, not of postings: the bounds of several lists are added up without a look at the lists (as in
/// Dimopoulos, Nepomnyachiy and Suel 2013 and in Mallia, Suel and Tonellotto 2024).
final class RangeMaxima: @unchecked Sendable {
  /// `document >> shift` is a document's range. 256: a byte a range is then as much as a set of bits of 1/32 of its size.
  static let shift: UInt32 = 8
  static let length = 256
  /// The greatest part is below the factor: 254 steps, and one that rounding up may add.
  static let steps = 254.0

  /// SAFETY: ``count`` of them, written in the initialisers alone, freed in `deinit`.
  let values: UnsafePointer<UInt8>
  let count: Int
  let saturation: Saturation

  /// K = base + slope · length of f / (f + K).
  struct Saturation: Hashable, Sendable {
    let base: Double
    let slope: Double
  }

  /// Ranges of a segment.
  static func count(_ documentCount: UInt32) -> Int { (Int(documentCount) + length - 1) >> Int(shift) }

  /// From every posting. Throws corruption of the list. Cost: some 4 ns a posting.
  /// - Precondition: base is positive, slope not negative, both finite.
  init(
    exactly cursor: PostingsCursor, _ lengths: FieldLengthsReader, _ saturation: Saturation
  ) throws(IndexError) {
    count = Self.count(lengths.documentCount)
    self.saturation = saturation
    let made = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count))
    made.initialize(repeating: 0, count: max(1, count))
    values = UnsafePointer(made)
    for block in 0..<cursor.blockCount {
      let number = try cursor.loadDocuments(block)
      try cursor.loadFrequencies()
      let pointer = try lengths.lengths(
        from: cursor.documents[cursor.slot(0)], through: cursor.documents[cursor.slot(number - 1)])
      switch lengths.width {
      case 1: Self.add(cursor, number, pointer.assumingMemoryBound(to: UInt8.self), saturation, made)
      case 2: Self.add(cursor, number, pointer.assumingMemoryBound(to: UInt16.self), saturation, made)
      default: Self.add(cursor, number, pointer.assumingMemoryBound(to: UInt32.self), saturation, made)
      }
    }
  }

  /// From the pairs that stand beside each block: looser, and no posting is read. Cost: that of the blocks and of the ranges.
  init(
    byBlocks cursor: PostingsCursor, documentCount: UInt32, _ saturation: Saturation
  ) {
    count = Self.count(documentCount)
    self.saturation = saturation
    let made = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count))
    made.initialize(repeating: 0, count: max(1, count))
    values = UnsafePointer(made)
    var first = 0
    for block in 0..<cursor.blockCount {
      let steps = Self.steps(cursor.impacts(block), saturation)
      let last = min(Int(cursor.lastDocument(of: block)) >> Int(Self.shift), count - 1)
      if first <= last {
        for range in first...last where made[range] < steps { made[range] = steps }
      }
      // The next document may be in the same range.
      first = max(0, last)
    }
  }

  deinit { values.deallocate() }

  /// SAFETY (caller's proof): `lengths` has an element for every document of the loaded block, `made` one for each range.
  @inline(__always)
  private static func add<Length: UnsignedInteger & FixedWidthInteger>(
    _ cursor: PostingsCursor, _ number: Int, _ lengths: UnsafePointer<Length>, _ saturation: Saturation,
    _ made: UnsafeMutablePointer<UInt8>
  ) {
    let documents = cursor.documents
    let frequencies = cursor.frequencies
    for slot in 0..<number {
      let document = documents[slot]
      let frequency = Double(frequencies[slot])
      let steps = Self.rounded(
        frequency / (frequency + (saturation.base + saturation.slope * Double(lengths[Int(document)]))))
      let range = Int(document &>> shift)
      if made[range] < steps { made[range] = steps }
    }
  }

  /// A share of the factor in steps, rounded up. It is at least 0 and at most 1.
  @inline(__always)
  private static func rounded(_ share: Double) -> UInt8 { UInt8(truncatingIfNeeded: Int(share * steps) &+ 1) }

  private static func steps(_ impacts: Impacts, _ saturation: Saturation) -> UInt8 {
    var best = 0.0
    var previous: UInt64 = .max
    for pair in 0..<Impacts.pairCount {
      let bits = impacts.bits &>> UInt64(pair &* 16) & 0xffff
      if bits == previous { break }
      previous = bits
      let frequency = impacts.frequency(pair)
      if frequency == Impacts.saturatedFrequency { return .max }
      let f = Double(frequency)
      best = max(best, f / (f + (saturation.base + saturation.slope * Double(impacts.length(pair)))))
    }
    return rounded(best)
  }
}
