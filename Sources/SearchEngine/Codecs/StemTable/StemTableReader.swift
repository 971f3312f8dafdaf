/// Reads a stem table in place.
final class StemTableReader: Sendable {
  /// Stems that have an entry.
  let stemCount: UInt64
  private let index: TermBlockIndex

  /// Cost: constant. Throws corruption when the sections do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(StemTableFormat.meta)
    guard meta.count == StemTableFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(StemTableFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    let marker = try reader.uint64()
    stemCount = try reader.uint64()
    let blockCount = try reader.uint64()
    index = try TermBlockIndex(file: file, blockCount: blockCount)
    let length = UInt64(StemTableFormat.blockLength)
    guard marker == StemTableFormat.marker,
      stemCount / length + (stemCount % length == 0 ? 0 : 1) == blockCount
    else {
      throw meta.damaged(at: 0, expected: "a stem table of \(blockCount) blocks", found: "\(stemCount) stems")
    }
  }

  /// The entry of `stem`; nil when it has none, which means that the stem itself is its only possible form. Cost: a
  /// halving of the index and the scan of half a block. Throws corruption.
  func entry(_ stem: UnsafeRawBufferPointer) throws(IndexError) -> StemEntry? {
    guard let block = try index.block(atOrBefore: stem) else { return nil }
    var walk = try StemBlockWalk(index.reader(of: block))
    while try walk.next() {
      let order = walk.stem.withUnsafeBytes { FrontCoding.compare($0, stem) }
      if order == 0 { return try walk.entry() }
      if order > 0 { return nil }
    }
    return nil
  }

  /// The terms of the segment that have `stem`, rising; nil when the table has no entry.
  func forms(of stem: UnsafeRawBufferPointer) throws(IndexError) -> [[UInt8]]? { try entry(stem)?.forms }

  /// Calls `body` with every entry, by rising stem: for merges and checks. Throws corruption and what `body` throws.
  func forEach(_ body: (StemEntry) throws(IndexError) -> Void) throws(IndexError) {
    for block in 0..<index.blockCount {
      var walk = try StemBlockWalk(index.reader(of: block))
      while try walk.next() { try body(try walk.entry()) }
    }
  }

  /// A cursor that stands before the first stem.
  func cursor() -> StemTableCursor { StemTableCursor(index) }

  /// Walks all stems: order, counts, keys, offsets. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    try index.verifyStructure()
    var count: UInt64 = 0
    var previous: [UInt8]?
    for block in 0..<index.blockCount {
      var walk = try StemBlockWalk(index.reader(of: block))
      var isFirst = true
      while try walk.next() {
        let entry = try walk.entry()
        if let previous, !previous.lexicographicallyPrecedes(entry.stem) {
          throw index.data.damaged(at: 0, expected: "rising stems", found: "one out of order in block \(block)")
        }
        if isFirst {
          var failure: IndexError?
          entry.stem.withUnsafeBytes { stem in
            do throws(IndexError) { try index.verifyKey(of: block, firstTerm: stem) } catch { failure = error }
          }
          if let failure { throw failure }
        }
        isFirst = false
        previous = entry.stem
        count += 1
      }
    }
    guard count == stemCount else {
      throw index.data.damaged(at: 0, expected: "\(stemCount) stems", found: "\(count)")
    }
  }
}

/// Walks the stems of a table in byte order: what a merge reads.
final class StemTableCursor {
  private let index: TermBlockIndex
  private var block = 0
  private var walk: StemBlockWalk?

  init(_ index: TermBlockIndex) { self.index = index }

  /// The next entry; nil behind the last. Throws corruption.
  func next() throws(IndexError) -> StemEntry? {
    while true {
      if walk == nil {
        guard block < index.blockCount else { return nil }
        walk = try StemBlockWalk(index.reader(of: block))
        block += 1
      }
      if try walk?.next() == true { return try walk?.entry() }
      walk = nil
    }
  }
}

/// Steps through one block.
struct StemBlockWalk {
  private var reader: ByteReader
  private let count: Int
  private var number = 0
  private let first: UnsafeRawBufferPointer
  /// The current stem, and where what is known of it lies.
  private(set) var stem: [UInt8] = []
  private var info: ByteReader

  init(_ block: ByteReader) throws(IndexError) {
    reader = block
    first = try reader.sizedBytes()
    count = Int(try reader.uint8())
    guard count >= 1, count <= StemTableFormat.blockLength, first.count <= TermDictionaryFormat.maximumTermLength else {
      throw reader.damaged(expected: "1 to \(StemTableFormat.blockLength) stems", found: "\(count)")
    }
    info = reader
  }

  /// Moves to the next stem. Throws corruption when it does not sort after the one before it.
  mutating func next() throws(IndexError) -> Bool {
    guard number < count else {
      guard reader.isAtEnd else { throw reader.damaged(expected: "\(count) stems", found: "more bytes") }
      return false
    }
    if number == 0 {
      stem = Array(first)
    } else {
      let (shared, suffix) = try reader.frontCoded(
        previousLength: stem.count, maximum: TermDictionaryFormat.maximumTermLength)
      guard let byte = suffix.first, shared == stem.count || byte > stem[shared] else {
        throw reader.damaged(expected: "a stem after the one before it", found: "one that is not")
      }
      stem.removeSubrange(shared...)
      stem.append(contentsOf: suffix)
    }
    number += 1
    info = try reader.part(try reader.count(atMost: reader.remaining))
    return true
  }

  /// The entry of the current stem. Throws corruption.
  func entry() throws(IndexError) -> StemEntry {
    var info = info
    let documentFrequency = try info.uint32Varint()
    // A form takes a byte at least.
    let formCount = try info.count(atMost: min(StemTableFormat.maximumForms, info.remaining))
    var forms: [[UInt8]] = []
    var before = stem
    var total = 0
    for place in 0..<formCount {
      let (shared, suffix) = try info.frontCoded(
        previousLength: before.count, maximum: TermDictionaryFormat.maximumTermLength)
      if place > 0 {
        guard let byte = suffix.first, shared == before.count || byte > before[shared] else {
          throw info.damaged(expected: "a form after the one before it", found: "one that is not")
        }
      }
      before.removeSubrange(shared...)
      before.append(contentsOf: suffix)
      total += before.count
      guard total <= StemTableFormat.maximumFormBytes else {
        throw info.damaged(expected: "at most \(StemTableFormat.maximumFormBytes) bytes of forms", found: "more")
      }
      forms.append(before)
    }
    guard info.isAtEnd, !forms.isEmpty, documentFrequency > 0 else {
      throw info.damaged(expected: "\(formCount) forms and documents that hold them", found: "other bytes")
    }
    return StemEntry(stem: stem, documentFrequency: documentFrequency, forms: forms)
  }
}
