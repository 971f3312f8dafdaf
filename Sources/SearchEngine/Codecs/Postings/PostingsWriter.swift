import BitPacking
import Storage

/// Writes the postings of one segment, term by term. Use: `beginTerm`, `add` in rising document order, `endTerm`.
///
/// A list is kept in memory until its term ends, because its block data stand before its blocks: a few bytes a posting
/// of the longest list (4 MB for a word that stands in each of two million records).
final class PostingsWriter {
  private var output: ListOutput
  /// Weighted length of every document of the segment: the lengths in impacts.
  private let lengths: UnsafePointer<UInt32>
  private let documents: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let gaps: UnsafeMutablePointer<UInt32>
  private var filled = 0
  /// The document before the current block's first; all ones before the first block.
  private var base = UInt32.max
  private var lastDocuments = ByteBuffer()
  private var groupOffsets = ByteBuffer()
  private var impacts = ByteBuffer()
  private var documentTags = ByteBuffer()
  private var frequencyTags = ByteBuffer()
  private var data = ByteBuffer(capacity: 4096)
  private var accumulator = ImpactAccumulator()
  private var blocks = 0
  private var count: UInt32 = 0
  private var total: UInt64 = 0

  /// `lengths` holds a value for each document of the segment and outlives the writer.
  init(
    _ fileSystem: any FileSystem, name: String, identity: FileIdentity, lengths: UnsafePointer<UInt32>
  ) throws(IndexError) {
    let file = try IndexFileWriter(fileSystem, name: name, kind: .postings, identity: identity)
    try file.beginSection(PostingsFormat.data)
    output = ListOutput(file)
    self.lengths = lengths
    documents = .allocate(capacity: PostingsFormat.blockLength)
    frequencies = .allocate(capacity: PostingsFormat.blockLength)
    gaps = .allocate(capacity: PostingsFormat.blockLength)
  }

  /// Keeps its lists in memory, for ``append(_:)`` of another writer of the same segment.
  init(lengths: UnsafePointer<UInt32>) {
    output = ListOutput(nil)
    self.lengths = lengths
    documents = .allocate(capacity: PostingsFormat.blockLength)
    frequencies = .allocate(capacity: PostingsFormat.blockLength)
    gaps = .allocate(capacity: PostingsFormat.blockLength)
  }

  deinit {
    documents.deallocate()
    frequencies.deallocate()
    gaps.deallocate()
  }

  func beginTerm() {
    filled = 0
    base = .max
    blocks = 0
    count = 0
    total = 0
    lastDocuments.removeAll()
    groupOffsets.removeAll()
    impacts.removeAll()
    documentTags.removeAll()
    frequencyTags.removeAll()
    data.removeAll()
  }

  /// One posting. Returns whether it filled its block, so that the positions can end theirs.
  /// - Precondition: `document` rises and is below the segment's count, `frequency` is in 1..<2^31.
  @inline(__always)
  func add(document: UInt32, frequency: UInt32) -> Bool {
    documents[filled] = document
    frequencies[filled] = frequency
    filled &+= 1
    count &+= 1
    total &+= UInt64(frequency)
    guard filled == PostingsFormat.blockLength else { return false }
    // A list of exactly one block has no block data; whether it is the only one shows at the next posting or at the end.
    flushBlock()
    return true
  }

  /// The dictionary's information of the term, whose positions begin at `positionsOffset`.
  func endTerm(positionsOffset: UInt64) throws(IndexError) -> TermInfo {
    if count == 1 {
      return TermInfo(
        inlineDocument: documents[0], inlineFrequency: frequencies[0], positionsOffset: positionsOffset)
    }
    let info = TermInfo(
      documentFrequency: count, totalFrequency: total, postingsOffset: output.position,
      positionsOffset: positionsOffset)
    if filled > 0 { flushTail() }
    if blocks > 1 {
      try output.write(lastDocuments.bytes)
      try output.write(groupOffsets.bytes)
      try output.write(impacts.bytes)
      try output.write(documentTags.bytes)
      try output.write(frequencyTags.bytes)
    } else {
      try output.write(documentTags.bytes)
      try output.write(frequencyTags.bytes)
    }
    try output.write(data.bytes)
    return info
  }

  /// The lists of a writer in memory go behind those of this one. Returns what their offsets grow by.
  func append(_ other: PostingsWriter) throws(IndexError) -> UInt64 {
    let offset = output.position
    try output.write(other.output.bytes)
    return offset
  }

  /// Forgets the lists in memory.
  func removeAll() { output.removeAll() }

  func finish() throws(IndexError) -> FileEntry { try output.finish() }

  private func noteBlock() {
    let last = documents[filled - 1]
    lastDocuments.append(last)
    if blocks % PostingsFormat.groupLength == 0 { groupOffsets.append(UInt32(truncatingIfNeeded: data.count)) }
    for k in 0..<filled {
      let document = documents[k]
      accumulator.add(frequency: frequencies[k], length: lengths[Int(document)])
    }
    impacts.append(accumulator.finish().bits)
    blocks += 1
  }

  private func fillGaps() {
    var previous = base
    for k in 0..<filled {
      gaps[k] = documents[k] &- previous &- 1
      previous = documents[k]
      frequencies[k] &-= 1
    }
  }

  private func flushBlock() {
    noteBlock()
    fillGaps()
    let width = BitPacking.width(gaps, count: filled)
    let span = Int(documents[filled - 1] &- base)
    let words = (span + 63) / 64
    if words <= PostingsFormat.maximumBitSetWords, words * 8 < BitPacking.blockByteCount(width: width) {
      documentTags.append(PostingsFormat.bitSetFlag | UInt8(words))
      let start = data.reserve(words * 8)
      start.initializeMemory(as: UInt8.self, repeating: 0, count: words * 8)
      for k in 0..<filled {
        let bit = Int(documents[k] &- base &- 1)
        let byte = start.load(fromByteOffset: bit >> 3, as: UInt8.self)
        start.storeBytes(of: byte | 1 << UInt8(bit & 7), toByteOffset: bit >> 3, as: UInt8.self)
      }
      data.advance(by: words * 8)
    } else {
      documentTags.append(UInt8(width))
      let length = BitPacking.blockByteCount(width: width)
      BitPacking.packBlock(gaps, width: width, into: data.reserve(length))
      data.advance(by: length)
    }
    let header = PatchedPacking.header(frequencies, count: filled)
    frequencyTags.append(header)
    PatchedPacking.append(frequencies, count: filled, header: header, isBlock: true, to: &data)
    base = documents[filled - 1]
    filled = 0
  }

  private func flushTail() {
    noteBlock()
    fillGaps()
    let width = BitPacking.width(gaps, count: filled)
    documentTags.append(UInt8(width))
    let length = BitPacking.runByteCount(count: filled, width: width)
    BitPacking.packRun(gaps, count: filled, width: width, into: data.reserve(length))
    data.advance(by: length)
    let header = PatchedPacking.header(frequencies, count: filled)
    frequencyTags.append(header)
    PatchedPacking.append(frequencies, count: filled, header: header, isBlock: false, to: &data)
    filled = 0
  }
}
