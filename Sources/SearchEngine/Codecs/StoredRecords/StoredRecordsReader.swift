import Storage

/// Reads the records of a segment. Stateless; ``handle()`` keeps the block last decompressed.
final class StoredRecordsReader: Sendable {
  let documentCount: UInt32
  let blockCount: Int
  private let data: ByteSlice
  private let blocks: ByteSlice

  /// Cost: constant. Throws corruption when the sections do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(StoredRecordsFormat.meta)
    data = try file.section(StoredRecordsFormat.data)
    blocks = try file.section(StoredRecordsFormat.blocks)
    guard meta.count == StoredRecordsFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(StoredRecordsFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    let documents = try reader.uint64()
    let count = try reader.uint64()
    guard documents <= UInt64(UInt32.max), blocks.count % StoredRecordsFormat.blockEntryLength == 0,
      UInt64(blocks.count / StoredRecordsFormat.blockEntryLength) == count, count <= documents,
      count > 0 || documents == 0
    else {
      throw meta.damaged(
        at: 0, expected: "documents in blocks that fill \(blocks.count) bytes", found: "\(documents) in \(count)")
    }
    documentCount = UInt32(truncatingIfNeeded: documents)
    blockCount = blocks.count / StoredRecordsFormat.blockEntryLength
  }

  /// The record of `document`. Throws corruption, also when there is no such document. Cost: one block decompressed.
  func record(_ document: UInt32) throws(IndexError) -> [UInt8] {
    let handle = handle()
    return try handle.withRecord(document) { Array($0) }
  }

  /// A handle that keeps the block last decompressed: for records read in document order.
  func handle() -> StoredRecordsHandle { StoredRecordsHandle(self) }

  func damaged(expected: String, found: String) -> IndexError {
    blocks.damaged(at: 0, expected: expected, found: found)
  }

  /// The block that holds `document`. Throws corruption, also when there is no such document. Cost: a halving of BLKS.
  func block(of document: UInt32) throws(IndexError) -> Int {
    guard document < documentCount else {
      throw blocks.damaged(at: 0, expected: "a document below \(documentCount)", found: "\(document)")
    }
    // Blocks below `low` begin at or before the document, blocks from `high` on after it.
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low &+ high) >> 1
      var reader = try blocks.reader(middle &* StoredRecordsFormat.blockEntryLength &+ 8, 4)
      if try reader.uint32() <= document { low = middle &+ 1 } else { high = middle }
    }
    guard low > 0 else {
      throw blocks.damaged(at: 0, expected: "a block that begins with document 0", found: "a later first document")
    }
    return low &- 1
  }

  /// Where block `block` lies, what it holds and how long it is; the offset says where the entry stands.
  func layout(
    _ block: Int
  ) throws(IndexError) -> (bytes: ByteSlice, first: UInt32, recordCount: Int, length: UInt32) {
    guard block >= 0, block < blockCount else {
      throw blocks.damaged(at: 0, expected: "a block below \(blockCount)", found: "\(block)")
    }
    let place = block &* StoredRecordsFormat.blockEntryLength
    var reader = try blocks.reader(place, StoredRecordsFormat.blockEntryLength)
    let start = try reader.uint64()
    let first = try reader.uint32()
    let length = try reader.uint32()
    var end = UInt64(data.count)
    var last = documentCount
    if block &+ 1 < blockCount {
      var next = try blocks.reader(place &+ StoredRecordsFormat.blockEntryLength, 12)
      end = try next.uint64()
      last = try next.uint32()
    }
    let plain = Int(length & ~StoredRecordsFormat.storedFlag)
    guard start < end, end <= UInt64(data.count), first < last, last <= documentCount,
      Int(last &- first) <= plain, plain <= StoredRecordsFormat.maximumBlockLength
    else {
      throw blocks.damaged(
        at: place, expected: "a block inside \(data.count) bytes and \(documentCount) documents",
        found: "bytes \(start) to \(end), documents \(first) to \(last), length \(plain)")
    }
    let size = Int(truncatingIfNeeded: end &- start)
    let isStored = length & StoredRecordsFormat.storedFlag != 0
    guard isStored ? plain == size : plain / StoredRecordsFormat.maximumExpansion <= size else {
      throw blocks.damaged(at: place &+ 12, expected: "a length that \(size) bytes can stand for", found: "\(plain)")
    }
    let bytes = try data.slice(Int(truncatingIfNeeded: start), size)
    return (bytes, first, Int(last &- first), length)
  }

  /// A block as it lies in the file, its checksum verified, for ``StoredRecordsWriter``. Throws corruption.
  func rawBlock(_ block: Int) throws(IndexError) -> StoredRecordsBlock {
    let (bytes, _, recordCount, length) = try layout(block)
    try bytes.verify(0, bytes.count)
    return StoredRecordsBlock(bytes: bytes, recordCount: recordCount, length: length)
  }

  /// Decompresses every block and checks that blocks follow each other without gaps. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    let handle = handle()
    var expected: UInt64 = 0
    for block in 0..<blockCount {
      let place = block * StoredRecordsFormat.blockEntryLength
      var reader = try blocks.reader(place, StoredRecordsFormat.blockEntryLength)
      let start = try reader.uint64()
      let first = try reader.uint32()
      guard start == expected, block > 0 || first == 0 else {
        throw blocks.damaged(at: place, expected: "a block at \(expected)", found: "offset \(start), document \(first)")
      }
      expected += UInt64(try layout(block).bytes.count)
      try handle.load(block)
    }
    guard expected == UInt64(data.count) else {
      throw data.damaged(at: 0, expected: "blocks that fill \(data.count) bytes", found: "\(expected)")
    }
  }
}

/// Reads records and keeps the block last decompressed. Not Sendable: one owner.
final class StoredRecordsHandle {
  private let reader: StoredRecordsReader
  private var first: UInt32 = 0
  /// Where each record of the block begins in `plain`, and where the last one ends.
  private var bounds: [Int] = []
  private var plain: [UInt8] = []

  init(_ reader: StoredRecordsReader) { self.reader = reader }

  /// Calls `body` with the bytes of a record; they are gone when it returns. Throws corruption, also when there is no
  /// such document.
  func withRecord<Answer>(
    _ document: UInt32, _ body: (UnsafeRawBufferPointer) -> Answer
  ) throws(IndexError) -> Answer {
    if document < first || Int(document &- first) >= bounds.count - 1 { try load(try reader.block(of: document)) }
    let place = Int(document) - Int(first)
    guard place >= 0, place + 1 < bounds.count else {
      throw reader.damaged(expected: "document \(document) in its block", found: "a block that begins with \(first)")
    }
    let range = bounds[place]..<bounds[place + 1]
    return plain.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// Decompresses a block and finds its records. Memory: at most what the block's bytes can stand for. Throws corruption.
  func load(_ block: Int) throws(IndexError) {
    bounds.removeAll(keepingCapacity: true)
    let (bytes, first, count, length) = try reader.layout(block)
    try bytes.verify(0, bytes.count)
    let source = UnsafeRawBufferPointer(start: bytes.base, count: bytes.count)
    if length & StoredRecordsFormat.storedFlag != 0 {
      plain = Array(source)
    } else {
      do throws(BlockCompression.Failure) {
        plain = try BlockCompression.decompress(source, expectedCount: Int(length))
      } catch { throw bytes.damaged(at: 0, expected: "a compressed block of \(length) bytes", found: "\(error)") }
    }
    var position = 0
    var total = 0
    var ends: [Int] = [0]
    ends.reserveCapacity(count + 1)
    for _ in 0..<count {
      guard let (length, next) = Self.varint(plain, position), length <= plain.count - total else {
        throw bytes.damaged(at: 0, expected: "the lengths of \(count) records", found: "other bytes at \(position)")
      }
      position = next
      total += length
      ends.append(total)
    }
    guard plain.count - position == total else {
      throw bytes.damaged(at: 0, expected: "records of \(total) bytes", found: "\(plain.count - position)")
    }
    bounds = ends.map { $0 + position }
    self.first = first
  }

  /// A length of up to four bytes, as ``StoredRecordsFormat/maximumRecordLength`` needs, and where the next one begins.
  private static func varint(_ bytes: [UInt8], _ start: Int) -> (value: Int, next: Int)? {
    var value = 0
    var position = start
    for shift in [0, 7, 14, 21] {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return (value, position) }
    }
    return nil
  }
}
