/// Reads a term dictionary in place.
final class TermDictionaryReader: Sendable {
  /// Terms in the dictionary.
  let termCount: UInt64
  let index: TermBlockIndex

  /// Cost: constant; META is all that is read. Throws corruption when the sections do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(TermDictionaryFormat.meta)
    guard meta.count == TermDictionaryFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(TermDictionaryFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    termCount = try reader.uint64()
    let blockCount = try reader.uint64()
    index = try TermBlockIndex(file: file, blockCount: blockCount)
    let length = UInt64(TermDictionaryFormat.blockLength)
    guard termCount / length + (termCount % length == 0 ? 0 : 1) == blockCount else {
      throw meta.damaged(at: 0, expected: "\(blockCount) blocks of up to \(length) terms", found: "\(termCount) terms")
    }
  }

  /// What is known of `term`; nil when the segment does not hold it. Cost: a halving of the index and the scan of half a
  /// block, 0.2-0.4 µs among a million terms. Throws corruption.
  func find(_ term: UnsafeRawBufferPointer) throws(IndexError) -> TermInfo? {
    guard let block = try index.block(atOrBefore: term) else { return nil }
    var reader = try index.blockReader(of: block)
    let first = reader.sizedBytes()
    var head = TermBlockHead(&reader)
    guard head.isValid, first.count <= TermDictionaryFormat.maximumTermLength else {
      throw index.damaged(block: block, expected: "the head of a block of terms")
    }
    let (place, isEqual) = head.entries.scan(
      first, count: head.count, for: term, maximum: TermDictionaryFormat.maximumTermLength)
    guard head.entries.isValid else { throw index.damaged(block: block, expected: "front-coded terms") }
    guard isEqual else { return nil }
    var info = head.infos.next()
    var left = place
    while left > 0 {
      info = head.infos.next()
      left &-= 1
    }
    guard head.infos.reader.isValid else { throw index.damaged(block: block, expected: "infos of its terms") }
    return info
  }

  /// What is known of `term`, given as text.
  func find(_ term: String) throws(IndexError) -> TermInfo? {
    let bytes = Array(term.utf8)
    var found: Result<TermInfo?, IndexError> = .success(nil)
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { found = .success(try find(buffer)) } catch { found = .failure(error) }
    }
    return try found.get()
  }

  /// A cursor that stands before the first term.
  func cursor() -> TermCursor { TermCursor(self) }

  /// Walks all terms: order, counts, keys, offsets. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    try index.verifyStructure()
    let cursor = cursor()
    var count: UInt64 = 0
    var previous: [UInt8] = []
    while try cursor.next() {
      // Inside a block the cursor checks the order itself.
      if cursor.isFirstOfBlock {
        try index.verifyKey(of: cursor.block, firstTerm: cursor.term)
        let order = previous.withUnsafeBytes { FrontCoding.compare($0, cursor.term) }
        guard count == 0 || order < 0 else {
          throw index.damaged(block: cursor.block, expected: "terms after those of the block before")
        }
      }
      if cursor.isLastOfBlock { previous = Array(cursor.term) }
      _ = try cursor.info()
      count += 1
    }
    guard count == termCount else {
      throw index.data.damaged(at: 0, expected: "\(termCount) terms", found: "\(count)")
    }
  }
}

/// The numbers at the head of a block and its two parts.
struct TermBlockHead {
  let count: Int
  var entries: BlockReader
  var infos: TermInfoDecoder
  /// Whether the head could be read; if not, the rest has no meaning.
  let isValid: Bool

  /// Reads the head; `reader` stands behind the first term.
  @inline(__always)
  init(_ reader: inout BlockReader) {
    count = Int(reader.uint8())
    let length = reader.varint()
    let postingsBase = reader.varint()
    let positionsBase = reader.varint()
    entries = reader.split(length <= UInt64(reader.remaining) ? Int(truncatingIfNeeded: length) : -1)
    infos = TermInfoDecoder(reader: reader, postingsOffset: postingsBase, positionsOffset: positionsBase)
    isValid = reader.isValid && count >= 1 && count <= TermDictionaryFormat.blockLength
  }
}

extension TermBlockIndex {
  /// The first term of a block, and its head. Throws corruption.
  func opened(_ block: Int) throws(IndexError) -> (first: UnsafeRawBufferPointer, head: TermBlockHead) {
    var reader = try blockReader(of: block)
    let first = reader.sizedBytes()
    let head = TermBlockHead(&reader)
    guard head.isValid, first.count <= TermDictionaryFormat.maximumTermLength else {
      throw damaged(block: block, expected: "the head of a block of terms")
    }
    return (first, head)
  }
}

/// Decodes the infos of a block one after another. What comes out has a meaning only while `reader` is valid.
struct TermInfoDecoder {
  var reader: BlockReader
  var postingsOffset: UInt64
  var positionsOffset: UInt64

  @inline(__always)
  mutating func next() -> TermInfo {
    let head = reader.uint8()
    if head & TermDictionaryFormat.pulsedFlag != 0 {
      var step = UInt64(head >> 1 & 3)
      if step == TermDictionaryFormat.stepEscape { step = sum(step, reader.varint()) }
      var frequency = UInt64(head >> 3) &+ 1
      if frequency > UInt64(TermDictionaryFormat.frequencyEscape) { frequency = sum(frequency, reader.varint()) }
      let document = reader.varint()
      if frequency > UInt64(UInt32.max) || document > UInt64(UInt32.max) { reader.fail() }
      positionsOffset = sum(positionsOffset, step)
      return TermInfo(
        inlineDocument: UInt32(truncatingIfNeeded: document), inlineFrequency: UInt32(truncatingIfNeeded: frequency),
        positionsOffset: positionsOffset)
    }
    var doubled = UInt64(head)
    if head >= 0x80 {
      let rest = reader.varint()
      if rest > UInt64(UInt32.max) >> 6 { reader.fail() }
      doubled = doubled & 0x7f | rest &<< 7
    }
    let documentFrequency = doubled >> 1
    if documentFrequency < 2 || documentFrequency > UInt64(UInt32.max) { reader.fail() }
    let total = sum(documentFrequency, reader.varint())
    postingsOffset = sum(postingsOffset, reader.varint())
    positionsOffset = sum(positionsOffset, reader.varint())
    return TermInfo(
      documentFrequency: UInt32(truncatingIfNeeded: documentFrequency), totalFrequency: total,
      postingsOffset: postingsOffset, positionsOffset: positionsOffset)
  }

  /// The sum; fails the reader when it does not fit.
  @inline(__always)
  private mutating func sum(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let (result, overflow) = first.addingReportingOverflow(second)
    if overflow { reader.fail() }
    return result
  }
}
