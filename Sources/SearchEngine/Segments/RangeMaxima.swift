/// The most that one list adds to a score, for each range of 64 documents of a segment: a number of steps of 1/254 of the
/// word's factor, rounded up; 0 where no document of the range holds the word; and which eighths of the range hold it. It holds for one pair of numbers that turn
/// lengths into saturation. Immutable.
///
/// Ranges of documents, not of postings: the bounds of several lists are added up without a look at the lists (as in
/// Dimopoulos, Nepomnyachiy and Suel 2013 and in Mallia, Suel and Tonellotto 2024).
final class RangeMaxima: @unchecked Sendable {
  /// `document >> shift` is a document's range. 64: its documents are the bits of one number, and a word of middling length has about one
  /// posting there, so that most bounds are what a document scores.
  static let shift: UInt32 = 6
  static let length = 64
  /// The greatest part is below the factor: 254 steps, and one that rounding up may add.
  static let steps = 254.0

  /// SAFETY: ``count`` of them, written in `init` alone, freed in `deinit`.
  let values: UnsafePointer<UInt8>
  /// Bit `i` of a range: whether one of its documents `8 i ..< 8 i + 8` holds the word. Two words whose bits are apart have no
  /// document in common.
  /// SAFETY: behind the values, as many.
  let eighths: UnsafePointer<UInt8>
  let count: Int
  /// Of the list.
  let postings: Int
  let saturation: Saturation

  /// K = base + slope · length of f / (f + K).
  struct Saturation: Hashable, Sendable {
    let base: Double
    let slope: Double
  }

  /// Ranges of a segment.
  static func count(_ documentCount: UInt32) -> Int { (Int(documentCount) + length - 1) >> Int(shift) }

  /// Bytes of the values.
  static func byteCount(_ documentCount: UInt32) -> Int { count(documentCount) * 2 }

  /// From every posting. Throws corruption of the list. Cost: some 4 ns a posting.
  /// - Precondition: base is positive, slope not negative, both finite.
  init(
    exactly cursor: PostingsCursor, _ lengths: FieldLengthsReader, _ saturation: Saturation
  ) throws(IndexError) {
    count = Self.count(lengths.documentCount)
    postings = cursor.documentFrequency
    self.saturation = saturation
    let made = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count &* 2))
    made.initialize(repeating: 0, count: max(1, count &* 2))
    values = UnsafePointer(made)
    eighths = UnsafePointer(made + count)
    for block in 0..<cursor.blockCount {
      let number = try cursor.loadDocuments(block)
      try cursor.loadFrequencies()
      let pointer = try lengths.lengths(
        from: cursor.documents[cursor.slot(0)], through: cursor.documents[cursor.slot(number - 1)])
      switch lengths.width {
      case 1: Self.add(cursor, number, pointer.assumingMemoryBound(to: UInt8.self), saturation, count, made)
      case 2: Self.add(cursor, number, pointer.assumingMemoryBound(to: UInt16.self), saturation, count, made)
      default: Self.add(cursor, number, pointer.assumingMemoryBound(to: UInt32.self), saturation, count, made)
      }
    }
  }

  deinit { values.deallocate() }

  /// Whether the eighth of a range that a document lies in holds the word at all.
  /// - Precondition: the document is one of the segment's; decoded blocks hold no others.
  @inline(__always)
  func mayHold(_ document: UInt32) -> Bool {
    eighths[Int(document &>> Self.shift)] &>> UInt8(truncatingIfNeeded: document &>> 3 & 7) & 1 != 0
  }

  /// SAFETY (caller's proof): `lengths` has an element for every document of the loaded block, `made` two for each of `count`
  /// ranges.
  @inline(__always)
  private static func add<Length: UnsignedInteger & FixedWidthInteger>(
    _ cursor: PostingsCursor, _ number: Int, _ lengths: UnsafePointer<Length>, _ saturation: Saturation,
    _ count: Int, _ made: UnsafeMutablePointer<UInt8>
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
      made[count &+ range] |= 1 &<< UInt8(truncatingIfNeeded: document &>> 3 & 7)
    }
  }

  /// A share of the factor in steps, rounded up. It is at least 0 and at most 1.
  @inline(__always)
  private static func rounded(_ share: Double) -> UInt8 { UInt8(truncatingIfNeeded: Int(share * steps) &+ 1) }
}
