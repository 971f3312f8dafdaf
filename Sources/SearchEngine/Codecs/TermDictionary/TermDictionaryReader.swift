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
    var reader = try index.reader(of: block)
    let first = try reader.sizedBytes()
    let head = try TermBlockHead(&reader)
    var entries = head.entries
    // `matched` is how many bytes the current term shares with the wanted one, and the current one sorts before it.
    var matched = FrontCoding.sharedLength(first, term)
    if matched == first.count, matched == term.count { return try head.info(at: 0) }
    var length = first.count
    var number = 1
    while number < head.count {
      let (shared, suffix) = try entries.frontCoded(
        previousLength: length, maximum: TermDictionaryFormat.maximumTermLength)
      length = shared &+ suffix.count
      // Shares less with its forerunner than that one with the wanted term: sorts after it.
      if shared < matched { return nil }
      if shared == matched {
        var place = 0
        while place < suffix.count, matched < term.count, suffix[place] == term[matched] {
          place &+= 1
          matched &+= 1
        }
        if matched == term.count {
          return place == suffix.count ? try head.info(at: number) : nil
        }
        if place < suffix.count, suffix[place] > term[matched] { return nil }
      }
      number &+= 1
    }
    return nil
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
    while try cursor.next() {
      if cursor.isFirstOfBlock { try index.verifyKey(of: cursor.block, firstTerm: cursor.term) }
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
  let entries: ByteReader
  private let infos: ByteReader
  private let postingsBase: UInt64
  private let positionsBase: UInt64

  /// Reads the head; `reader` stands behind the first term. Throws corruption.
  @inline(__always)
  init(_ reader: inout ByteReader) throws(IndexError) {
    count = Int(try reader.uint8())
    guard count >= 1, count <= TermDictionaryFormat.blockLength else {
      throw reader.damaged(expected: "1 to \(TermDictionaryFormat.blockLength) terms", found: "\(count)")
    }
    let length = try reader.varint()
    postingsBase = try reader.varint()
    positionsBase = try reader.varint()
    guard length <= UInt64(reader.remaining) else {
      throw reader.damaged(expected: "entries inside the block", found: "\(length) bytes of them")
    }
    let middle = reader.position &+ Int(truncatingIfNeeded: length)
    entries = ByteReader(slice: reader.slice, from: reader.position, to: middle)
    infos = ByteReader(slice: reader.slice, from: middle, to: reader.end)
  }

  /// The info of term `number` of the block, those before it being skipped.
  func info(at number: Int) throws(IndexError) -> TermInfo {
    var decoder = infoDecoder()
    var left = number
    while left > 0 {
      _ = try decoder.next()
      left &-= 1
    }
    return try decoder.next()
  }

  func infoDecoder() -> TermInfoDecoder {
    TermInfoDecoder(reader: infos, postingsOffset: postingsBase, positionsOffset: positionsBase)
  }
}

/// Decodes the infos of a block one after another.
struct TermInfoDecoder {
  var reader: ByteReader
  var postingsOffset: UInt64
  var positionsOffset: UInt64

  @inline(__always)
  mutating func next() throws(IndexError) -> TermInfo {
    let head = try reader.uint8()
    if head & TermDictionaryFormat.pulsedFlag != 0 {
      var step = UInt64(head >> 1 & 3)
      if step == TermDictionaryFormat.stepEscape { step = try sum(step, try reader.varint()) }
      var frequency = UInt64(head >> 3) &+ 1
      if frequency > UInt64(TermDictionaryFormat.frequencyEscape) {
        frequency = try sum(frequency, try reader.varint())
        guard frequency <= UInt64(UInt32.max) else {
          throw reader.damaged(expected: "a frequency of 32 bits", found: "\(frequency)")
        }
      }
      positionsOffset = try sum(positionsOffset, step)
      return TermInfo(
        inlineDocument: try reader.uint32Varint(), inlineFrequency: UInt32(truncatingIfNeeded: frequency),
        positionsOffset: positionsOffset)
    }
    var doubled = UInt64(head & 0x7f)
    if head >= 0x80 {
      let rest = try reader.varint()
      guard rest <= UInt64(UInt32.max) >> 6 else {
        throw reader.damaged(expected: "a document frequency of 32 bits", found: "a larger one")
      }
      doubled |= rest << 7
    }
    let documentFrequency = doubled >> 1
    guard documentFrequency >= 2, documentFrequency <= UInt64(UInt32.max) else {
      throw reader.damaged(expected: "a document frequency of 2 or more", found: "\(documentFrequency)")
    }
    let total = try sum(documentFrequency, try reader.varint())
    postingsOffset = try sum(postingsOffset, try reader.varint())
    positionsOffset = try sum(positionsOffset, try reader.varint())
    return TermInfo(
      documentFrequency: UInt32(truncatingIfNeeded: documentFrequency), totalFrequency: total,
      postingsOffset: postingsOffset, positionsOffset: positionsOffset)
  }

  @inline(__always)
  private func sum(_ first: UInt64, _ second: UInt64) throws(IndexError) -> UInt64 {
    let (result, overflow) = first.addingReportingOverflow(second)
    guard !overflow else { throw reader.damaged(expected: "a number of 64 bits", found: "a larger one") }
    return result
  }
}
