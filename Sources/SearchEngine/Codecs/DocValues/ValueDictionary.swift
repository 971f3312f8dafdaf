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

  private func reader(of block: Int) throws(IndexError) -> ByteReader {
    var reader = try offsets.reader(block &* 4, 4)
    let start = Int(try reader.uint32())
    var end = values.count
    if block &+ 1 < blockCount {
      var next = try offsets.reader((block &+ 1) &* 4, 4)
      end = Int(try next.uint32())
    }
    guard start < end, end <= values.count else {
      throw offsets.damaged(at: block &* 4, expected: "a block inside \(values.count)", found: "\(start) to \(end)")
    }
    return try values.reader(start, end &- start)
  }

  /// Puts value `ordinal` into `bytes`, in place of what is there. Throws corruption, also when there is no such value.
  /// Cost: up to 15 steps.
  func bytes(of ordinal: UInt32, into bytes: inout [UInt8]) throws(IndexError) {
    guard Int(ordinal) < count else {
      throw values.damaged(at: 0, expected: "an ordinal below \(count)", found: "\(ordinal)")
    }
    var walk = try Walk(reader(of: Int(ordinal) / DocValuesFormat.valueBlockLength))
    for _ in 0..<Int(ordinal) % DocValuesFormat.valueBlockLength { try walk.advance() }
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: walk.value)
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
      if FrontCoding.compare(try reader.sizedBytes(), wanted) <= 0 { low = middle &+ 1 } else { high = middle }
    }
    guard low > 0 else { return (0, false) }
    let first = (low &- 1) &* DocValuesFormat.valueBlockLength
    let limit = min(DocValuesFormat.valueBlockLength, count &- first)
    var walk = try Walk(reader(of: low &- 1))
    for place in 0..<limit {
      if place > 0 { try walk.advance() }
      let order = walk.value.withUnsafeBytes { FrontCoding.compare($0, wanted) }
      if order >= 0 { return (UInt32(truncatingIfNeeded: first &+ place), order == 0) }
    }
    return (UInt32(truncatingIfNeeded: first &+ limit), false)
  }

  /// Calls `body` with every value in order: for merges, exports and checks. Throws corruption and what `body` throws.
  func forEach(_ body: (UInt32, [UInt8]) throws(IndexError) -> Void) throws(IndexError) {
    var cursor = cursor()
    while try cursor.next() { try body(UInt32(truncatingIfNeeded: cursor.ordinal), cursor.value) }
  }

  func cursor() -> Cursor { Cursor(self) }

  /// Walks all values in order; stands before the first.
  struct Cursor {
    private let dictionary: ValueDictionary
    private var walk: Walk?
    private(set) var ordinal = -1

    init(_ dictionary: ValueDictionary) { self.dictionary = dictionary }

    /// The current value; empty when the cursor stands on none.
    var value: [UInt8] { walk?.value ?? [] }

    /// Moves to the next value; false behind the last. Throws corruption.
    mutating func next() throws(IndexError) -> Bool {
      guard ordinal + 1 < dictionary.count else {
        walk = nil
        return false
      }
      ordinal += 1
      if ordinal % DocValuesFormat.valueBlockLength == 0 {
        walk = try Walk(dictionary.reader(of: ordinal / DocValuesFormat.valueBlockLength))
      } else {
        try walk?.advance()
      }
      return true
    }
  }

  /// Steps through one block.
  struct Walk {
    private var reader: ByteReader
    private(set) var value: [UInt8]

    init(_ block: ByteReader) throws(IndexError) {
      reader = block
      let first = try reader.sizedBytes()
      guard first.count <= DocValuesFormat.maximumValueLength else {
        throw reader.damaged(
          expected: "a value of at most \(DocValuesFormat.maximumValueLength) bytes", found: "\(first.count)")
      }
      value = Array(first)
    }

    /// Throws corruption when the next value does not sort after this one.
    mutating func advance() throws(IndexError) {
      let (shared, suffix) = try reader.frontCoded(
        previousLength: value.count, maximum: DocValuesFormat.maximumValueLength)
      guard let byte = suffix.first, shared == value.count || byte > value[shared] else {
        throw reader.damaged(expected: "a value after the one before it", found: "one that is not")
      }
      value.removeSubrange(shared...)
      value.append(contentsOf: suffix)
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
