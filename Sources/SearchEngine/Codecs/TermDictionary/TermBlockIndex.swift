import Synchronization

/// Gathers the index of a file of front-coded blocks: 12 bytes a block, held until the blocks are all written.
struct TermBlockIndexWriter {
  private var keys: [UInt64] = []
  private var offsets: [UInt32] = []

  var blockCount: Int { keys.count }

  /// A block begins at `offset` of DATA with `firstTerm`. Throws a limit when DATA is over 4 GB.
  mutating func add(_ firstTerm: UnsafeRawBufferPointer, offset: Int) throws(IndexError) {
    guard let offset = UInt32(exactly: offset) else {
      throw .limit(what: "bytes of a term dictionary", limit: TermDictionaryFormat.maximumDataLength)
    }
    keys.append(FrontCoding.sortKey(firstTerm))
    offsets.append(offset)
  }

  /// Writes KEYS and OFFS.
  func write(to file: IndexFileWriter) throws(IndexError) {
    try file.beginSection(TermDictionaryFormat.keys)
    for key in keys { try file.write(uint64: key) }
    file.endSection()
    try file.beginSection(TermDictionaryFormat.offsets)
    for offset in offsets { try file.write(uint32: offset) }
    file.endSection()
  }
}

/// The index of a file of front-coded blocks: finds the block in which a term must be. Every block begins with its
/// first term (a varint length and the bytes).
final class TermBlockIndex: Sendable {
  let blockCount: Int
  let data: ByteSlice
  private let keys: ByteSlice
  private let offsets: ByteSlice
  /// Whether the checksums of KEYS have been checked; racing threads check twice, which is harmless.
  private let keysAreVerified = Atomic(false)

  /// Cost: constant. Throws corruption when a section is missing or has not the length that `blockCount` blocks give.
  init(file: IndexFile, blockCount: UInt64) throws(IndexError) {
    data = try file.section(TermDictionaryFormat.data)
    keys = try file.section(TermDictionaryFormat.keys)
    offsets = try file.section(TermDictionaryFormat.offsets)
    guard UInt64(keys.count) / 8 == blockCount, keys.count % 8 == 0,
      UInt64(offsets.count) / 4 == blockCount, offsets.count % 4 == 0
    else {
      throw keys.damaged(
        at: 0, expected: "8 and 4 bytes for each of \(blockCount) blocks", found: "\(keys.count) and \(offsets.count)")
    }
    self.blockCount = keys.count / 8
  }

  /// Where block `block` lies in DATA, verified. Throws corruption when it is not inside or when there is no such block.
  @inline(__always)
  func bounds(of block: Int) throws(IndexError) -> (start: Int, count: Int) {
    guard block >= 0, block < blockCount else {
      throw offsets.damaged(at: 0, expected: "a block below \(blockCount)", found: "\(block)")
    }
    let isLast = block == blockCount &- 1
    try offsets.verify(block &* 4, isLast ? 4 : 8)
    let start = offset(block)
    let end = isLast ? data.count : offset(block &+ 1)
    guard start < end else {
      throw offsets.damaged(at: block &* 4, expected: "a block end after \(start)", found: "\(end)")
    }
    try data.verify(start, end &- start)
    return (start, end &- start)
  }

  /// - Precondition: `block` is below `blockCount`, whose offset array was checked at open.
  @inline(__always)
  private func offset(_ block: Int) -> Int {
    Int(UInt32(littleEndian: offsets.base.loadUnaligned(fromByteOffset: block &* 4, as: UInt32.self)))
  }

  /// A reader over block `block`, for loops. Throws as ``bounds(of:)``; the file outlives the index, which must outlive it.
  @inline(__always)
  func blockReader(of block: Int) throws(IndexError) -> BlockReader {
    let (start, count) = try bounds(of: block)
    return BlockReader(data.base + start, count: count)
  }

  /// A throwing reader over block `block`. Throws as ``bounds(of:)``.
  func reader(of block: Int) throws(IndexError) -> ByteReader {
    let (start, count) = try bounds(of: block)
    return ByteReader(slice: data, from: start, to: start &+ count)
  }

  /// What is thrown when block `block` was read and its reader is not valid.
  @inline(never)
  func damaged(block: Int, expected: String) -> IndexError {
    let place = block >= 0 && block < blockCount ? offset(block) : 0
    return data.damaged(at: place, expected: expected, found: "other bytes in block \(block)")
  }

  /// The last block whose first term is not after `term`; nil when `term` sorts before all. Cost: one halving of KEYS;
  /// where several blocks begin with the same eight bytes, a halving of their first terms too.
  func block(atOrBefore term: UnsafeRawBufferPointer) throws(IndexError) -> Int? {
    guard blockCount > 0 else { return nil }
    if !keysAreVerified.load(ordering: .relaxed) {
      try keys.verify(0, keys.count)
      keysAreVerified.store(true, ordering: .relaxed)
    }
    let key = FrontCoding.sortKey(term)
    // The last key that is not above `key`: halving without branches. All indices are below `blockCount`.
    var block = 0
    var length = blockCount
    while length > 1 {
      let half = length >> 1
      block = sortKey(block &+ half) <= key ? block &+ half : block
      length &-= half
    }
    let found = sortKey(block)
    guard found <= key else { return nil }
    guard found == key else { return block }
    return try lastBlock(notAfter: term, key: key, upTo: block)
  }

  /// - Precondition: `block` is below `blockCount`, whose key array was checked at open.
  @inline(__always)
  private func sortKey(_ block: Int) -> UInt64 {
    UInt64(littleEndian: keys.base.loadUnaligned(fromByteOffset: block &* 8, as: UInt64.self))
  }

  /// Among the blocks up to `last` that begin with the eight bytes of `key`, the last whose first term is not after
  /// `term`; the block before them when there is none.
  private func lastBlock(
    notAfter term: UnsafeRawBufferPointer, key: UInt64, upTo last: Int
  ) throws(IndexError) -> Int? {
    // Invariant: blocks below `low` are not after `term`, blocks from `high` on are.
    var low = 0
    var high = last
    while low < high {
      let middle = (low &+ high) >> 1
      if sortKey(middle) < key { low = middle &+ 1 } else { high = middle }
    }
    high = last &+ 1
    while low < high {
      let middle = (low &+ high) >> 1
      var reader = try blockReader(of: middle)
      let first = reader.sizedBytes()
      guard reader.isValid else { throw damaged(block: middle, expected: "a first term") }
      if FrontCoding.compare(first, term) <= 0 { low = middle &+ 1 } else { high = middle }
    }
    return low == 0 ? nil : low &- 1
  }

  /// Checks that offsets rise and that keys are those of the blocks, `firstTerm` being given by the caller's walk.
  func verifyKey(of block: Int, firstTerm: UnsafeRawBufferPointer) throws(IndexError) {
    var reader = try keys.reader(block &* 8, 8)
    let found = try reader.uint64()
    let expected = FrontCoding.sortKey(firstTerm)
    guard found == expected else {
      throw keys.damaged(at: block &* 8, expected: "key \(expected)", found: "\(found)")
    }
  }

  /// Checks that the blocks fill DATA from its beginning.
  func verifyStructure() throws(IndexError) {
    var reader = try offsets.reader()
    if blockCount > 0 {
      let first = try reader.uint32()
      guard first == 0 else { throw offsets.damaged(at: 0, expected: "the first block at 0", found: "\(first)") }
    } else if data.count != 0 {
      throw data.damaged(at: 0, expected: "no data without blocks", found: "\(data.count) bytes")
    }
  }
}
