/// The distinct values of an ordinal column in byte order, read in place: front-coded blocks of 16.
struct ValueDictionary: Sendable {
  /// Number of values; ordinals are below it.
  let count: Int
  private let values: ByteSlice
  private let offsets: ByteSlice

  /// Cost: constant. Throws corruption when blocks or offsets are not inside DATA.
  init(_ data: ByteSlice, _ place: ValueDictionaryPlace) throws(IndexError) {
    let length = DocValuesFormat.valueBlockLength
    let blocks = place.count / length + (place.count % length == 0 ? 0 : 1)
    values = try data.slice(place.values, place.length)
    // A value takes a byte at least, so the count is bounded by the bytes that are there.
    guard place.count >= 0, place.count <= place.length else {
      throw data.damaged(at: place.values, expected: "values in \(place.length) bytes", found: "\(place.count)")
    }
    offsets = try data.slice(place.offsets, blocks * 4)
    count = place.count
  }

  private var blockCount: Int { offsets.count / 4 }

  /// A reader over block `block`, verified. Throws corruption when it is not inside or when there is no such block.
  private func reader(of block: Int) throws(IndexError) -> BlockReader {
    let isLast = block &+ 1 >= blockCount
    try offsets.verify(block &* 4, isLast ? 4 : 8)
    let start = offset(block)
    let end = isLast ? values.count : offset(block &+ 1)
    guard start < end else {
      throw offsets.damaged(at: block &* 4, expected: "a block inside \(values.count)", found: "\(start) to \(end)")
    }
    try values.verify(start, end &- start)
    return BlockReader(values.base + start, count: end &- start)
  }

  /// - Precondition: the four bytes were verified, which proves that they are there.
  private func offset(_ block: Int) -> Int {
    Int(UInt32(littleEndian: offsets.base.loadUnaligned(fromByteOffset: block &* 4, as: UInt32.self)))
  }

  @inline(never)
  private func damaged(block: Int) -> IndexError {
    offsets.damaged(at: block &* 4, expected: "rising front-coded values", found: "other bytes in block \(block)")
  }

  /// Puts value `ordinal` into `bytes`, in place of what is there. Throws corruption, also when there is no such value.
  /// Cost: up to 15 steps.
  func bytes(of ordinal: UInt32, into bytes: inout [UInt8]) throws(IndexError) {
    guard Int(ordinal) < count else {
      throw values.damaged(at: 0, expected: "an ordinal below \(count)", found: "\(ordinal)")
    }
    let block = Int(ordinal) / DocValuesFormat.valueBlockLength
    var reader = try reader(of: block)
    bytes.removeAll(keepingCapacity: true)
    var isRising = Self.first(&reader, into: &bytes)
    for _ in 0..<Int(ordinal) % DocValuesFormat.valueBlockLength {
      isRising = Self.advance(&reader, &bytes) && isRising
    }
    guard isRising else { throw damaged(block: block) }
  }

  /// The first ordinal whose value is not before `wanted`, and whether it is that value; `count` when there is none.
  /// Cost: a halving of the blocks' first values and the scan of one block. Throws corruption.
  func firstOrdinal(
    atLeast wanted: UnsafeRawBufferPointer
  ) throws(IndexError) -> (ordinal: UInt32, isEqual: Bool) {
    // Blocks below `low` begin at or before `wanted`, blocks from `high` on after it.
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low &+ high) >> 1
      var reader = try reader(of: middle)
      let first = reader.sizedBytes()
      guard reader.isValid else { throw damaged(block: middle) }
      if FrontCoding.compare(first, wanted) <= 0 { low = middle &+ 1 } else { high = middle }
    }
    guard low > 0 else { return (0, false) }
    let start = (low &- 1) &* DocValuesFormat.valueBlockLength
    var reader = try reader(of: low &- 1)
    let first = reader.sizedBytes()
    let (place, isEqual) = reader.scan(
      first, count: min(DocValuesFormat.valueBlockLength, count &- start), for: wanted,
      maximum: DocValuesFormat.maximumValueLength)
    guard reader.isValid else { throw damaged(block: low &- 1) }
    return (UInt32(truncatingIfNeeded: start &+ place), isEqual)
  }

  /// Calls `body` with every value in order: for merges, exports and checks. Throws corruption and what `body` throws.
  func forEach(_ body: (UInt32, [UInt8]) throws(IndexError) -> Void) throws(IndexError) {
    var cursor = cursor()
    while try cursor.next() { try body(UInt32(truncatingIfNeeded: cursor.ordinal), cursor.value) }
  }

  func cursor() -> Cursor { Cursor(self) }

  /// The first value of a block; false when it cannot be read.
  private static func first(_ reader: inout BlockReader, into value: inout [UInt8]) -> Bool {
    let first = reader.sizedBytes()
    value.removeAll(keepingCapacity: true)
    value.append(contentsOf: first)
    return reader.isValid && first.count <= DocValuesFormat.maximumValueLength
  }

  /// Makes `value` the next one; false when that does not sort after it.
  private static func advance(_ reader: inout BlockReader, _ value: inout [UInt8]) -> Bool {
    let (shared, suffix) = reader.frontCoded(
      previousLength: value.count, maximum: DocValuesFormat.maximumValueLength)
    guard let byte = suffix.first, shared == value.count || byte > value[shared] else { return false }
    value.removeLast(value.count - shared)
    value.append(contentsOf: suffix)
    return true
  }

  /// Walks all values in order; stands before the first.
  struct Cursor {
    private let dictionary: ValueDictionary
    private var reader: BlockReader?
    private(set) var ordinal = -1
    /// The current value; empty when the cursor stands on none.
    private(set) var value: [UInt8] = []

    init(_ dictionary: ValueDictionary) { self.dictionary = dictionary }

    /// Moves to the next value; false behind the last. Throws corruption.
    mutating func next() throws(IndexError) -> Bool {
      guard ordinal + 1 < dictionary.count else {
        value = []
        return false
      }
      let block = (ordinal + 1) / DocValuesFormat.valueBlockLength
      let isRising: Bool
      if var reader, (ordinal + 1) % DocValuesFormat.valueBlockLength != 0 {
        isRising = advance(&reader, &value)
        self.reader = reader
      } else {
        var reader = try dictionary.reader(of: block)
        isRising = first(&reader, into: &value)
        self.reader = reader
      }
      guard isRising else { throw dictionary.damaged(block: block) }
      ordinal += 1
      return true
    }
  }

  /// Walks all values and checks their order. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    var previous: [UInt8]?
    try forEach { (ordinal, value) throws(IndexError) in
      if let previous, !previous.lexicographicallyPrecedes(value) {
        throw values.damaged(at: 0, expected: "rising values", found: "value \(ordinal) out of order")
      }
      previous = value
    }
  }
}
