import Storage

/// Writes the records of a segment, in document order. Memory: one block, and 16 bytes for each block written.
final class StoredRecordsWriter {
  private let file: IndexFileWriter
  private let compressor = BlockCompressor()
  private var records = ByteBuffer(capacity: StoredRecordsFormat.blockLength * 2)
  private var lengths: [Int] = []
  private var plain = ByteBuffer(capacity: StoredRecordsFormat.blockLength * 2)
  private var compressed: [UInt8] = []
  private var blocks: [(offset: UInt64, firstDocument: UInt32, length: UInt32)] = []
  private var documentCount: UInt32 = 0

  /// Makes the file `name`, which must not exist.
  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .storedRecords, identity: identity)
    try file.beginSection(StoredRecordsFormat.data)
  }

  /// The record of the next document. Throws a limit when it is longer than
  /// ``StoredRecordsFormat/maximumRecordLength``.
  func append(_ record: UnsafeRawBufferPointer) throws(IndexError) {
    guard record.count <= StoredRecordsFormat.maximumRecordLength else {
      throw .limit(what: "bytes of a stored record", limit: StoredRecordsFormat.maximumRecordLength)
    }
    if record.count >= Self.largeRecord { return try appendLarge(record) }
    records.append(record)
    lengths.append(record.count)
    if records.count >= StoredRecordsFormat.blockLength || lengths.count == StoredRecordsFormat.maximumBlockCount {
      try flush()
    }
  }

  /// A record that is a block of its own, and whose copies do not stay.
  private func appendLarge(_ record: UnsafeRawBufferPointer) throws(IndexError) {
    try flush()
    lengths.append(record.count)
    plain.removeAll()
    plain.shrink(to: 16)
    plain.reserveAll(record.count + 16)
    plain.appendVarint(record.count)
    plain.append(record)
    try writeBlock()
    plain.removeAll()
    plain.shrink(to: StoredRecordsFormat.blockLength * 2)
    compressed = []
  }

  /// Records from this length on are blocks of their own: far above a block's usual length, far below a writer's budget.
  private static let largeRecord = 1 << 20

  /// Takes over a whole block of another segment without decompressing it; its records are the next documents'. What was
  /// appended before is closed off first, so a merge does this for runs of blocks only.
  func append(_ block: StoredRecordsBlock) throws(IndexError) {
    try flush()
    blocks.append((UInt64(file.position), documentCount, block.length))
    try file.write(UnsafeRawBufferPointer(start: block.bytes.base, count: block.bytes.count))
    try count(block.recordCount)
  }

  /// Whether no record waits in an open block: the moment at which a copied block wastes nothing.
  var isAtBlockBoundary: Bool { lengths.isEmpty }

  private func count(_ more: Int) throws(IndexError) {
    let (sum, overflow) = documentCount.addingReportingOverflow(UInt32(clamping: more))
    guard !overflow else { throw .limit(what: "records of a segment", limit: Int(UInt32.max)) }
    documentCount = sum
  }

  private func flush() throws(IndexError) {
    guard !lengths.isEmpty else { return }
    plain.removeAll()
    for length in lengths { plain.appendVarint(length) }
    plain.append(records.bytes)
    try writeBlock()
    records.removeAll()
  }

  /// Writes what ``plain`` holds, the records of ``lengths``.
  private func writeBlock() throws(IndexError) {
    compressed.removeAll(keepingCapacity: true)
    compressor.compress(plain.bytes, into: &compressed)
    // At most `maximumBlockLength`, which is below the flag.
    var length = UInt32(truncatingIfNeeded: plain.count)
    let isStored = compressed.count >= plain.count
    if isStored { length |= StoredRecordsFormat.storedFlag }
    blocks.append((UInt64(file.position), documentCount, length))
    if isStored { try file.write(plain.bytes) } else { try write(compressed) }
    try count(lengths.count)
    lengths.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(IndexError) {
    var failure: IndexError?
    bytes.withUnsafeBytes { pointer in
      do throws(IndexError) { try file.write(pointer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Writes the last block and the block index, and closes the file. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    try flush()
    file.endSection()
    try file.beginSection(StoredRecordsFormat.blocks)
    for block in blocks {
      try file.write(uint64: block.offset)
      try file.write(uint32: block.firstDocument)
      try file.write(uint32: block.length)
    }
    file.endSection()
    try file.beginSection(StoredRecordsFormat.meta)
    try file.write(uint64: UInt64(documentCount))
    try file.write(uint64: UInt64(blocks.count))
    file.endSection()
    return try file.finish()
  }
}
