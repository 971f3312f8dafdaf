import Storage

/// Writes the positions of one segment beside its postings. Use: `beginTerm`; for each posting `add` its gaps, then
/// `endPosting`; `endBlock` when the postings' block is full; `endTerm`.
final class PositionsWriter {
  private var output: ListOutput
  private var block = ByteBuffer(capacity: 4096)
  private var offsets = ByteBuffer()
  private let counts: UnsafeMutablePointer<UInt32>
  private var postings = 0
  private var countsDiffer = false
  private var countOfPosting: UInt32 = 0
  private let chunk: UnsafeMutablePointer<UInt32>
  private var filled = 0
  private var chunks = ByteBuffer(capacity: 4096)
  /// Gaps of the term's first posting, coded, kept until a second one comes: a term of one posting is written in another
  /// form.
  private var first = ByteBuffer()
  /// Where the last of them begins.
  private var lastOfFirst = 0
  private var isFirst = true

  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    let file = try IndexFileWriter(fileSystem, name: name, kind: .positions, identity: identity)
    try file.beginSection(PositionsFormat.data)
    output = ListOutput(file)
    counts = .allocate(capacity: PostingsFormat.blockLength)
    chunk = .allocate(capacity: PositionsFormat.chunkLength)
  }

  /// Keeps its lists in memory, for ``append(_:)`` of another writer of the same segment.
  init() {
    output = ListOutput(nil)
    counts = .allocate(capacity: PostingsFormat.blockLength)
    chunk = .allocate(capacity: PositionsFormat.chunkLength)
  }

  deinit {
    counts.deallocate()
    chunk.deallocate()
  }

  func beginTerm() {
    block.removeAll()
    offsets.removeAll()
    chunks.removeAll()
    postings = 0
    filled = 0
    countsDiffer = false
    countOfPosting = 0
    first.removeAll()
    isFirst = true
  }

  /// The distance from the posting's position before, or its first position. Below 2^31.
  @inline(__always)
  func add(gap: UInt32) {
    chunk[filled] = gap
    filled &+= 1
    countOfPosting &+= 1
    if isFirst {
      lastOfFirst = first.count
      first.appendVarint(UInt64(gap) &<< 1)
    }
    if filled == PositionsFormat.chunkLength { flushChunk() }
  }

  /// `frequency` is what the postings hold for it: equal counts are not written.
  @inline(__always)
  func endPosting(frequency: UInt32) {
    counts[postings] = countOfPosting
    if countOfPosting != frequency { countsDiffer = true }
    countOfPosting = 0
    postings &+= 1
    isFirst = false
  }

  /// Ends the block of postings that is open. Called when the postings' block is full.
  func endBlock() {
    guard postings > 0 else { return }
    offsets.append(UInt32(truncatingIfNeeded: block.count))
    if filled > 0 { flushChunk() }
    if countsDiffer {
      let header = PatchedPacking.header(counts, count: postings)
      block.append(header)
      PatchedPacking.append(
        counts, count: postings, header: header, isBlock: postings == PostingsFormat.blockLength, to: &block)
    } else {
      block.append(PositionsFormat.countsAreFrequencies)
    }
    block.append(chunks.bytes)
    chunks.removeAll()
    postings = 0
    countsDiffer = false
  }

  /// Ends the term and returns the offset of its positions.
  func endTerm() throws(IndexError) -> UInt64 {
    let offset = output.position
    if offsets.count == 0, postings == 1 {
      // The last gap bears a mark, in the lowest bit of its first byte.
      if first.count > 0 { first.mark(lastOfFirst) }
      try output.write(first.bytes)
      return offset
    }
    endBlock()
    if offsets.count > 4 { try output.write(offsets.bytes) }
    try output.write(block.bytes)
    return offset
  }

  /// The lists of a writer in memory go behind those of this one. Returns what their offsets grow by.
  func append(_ other: PositionsWriter) throws(IndexError) -> UInt64 {
    let offset = output.position
    try output.write(other.output.bytes)
    return offset
  }

  /// Forgets the lists in memory.
  func removeAll() { output.removeAll() }

  func finish() throws(IndexError) -> FileEntry { try output.finish() }

  private func flushChunk() {
    let header = PatchedPacking.header(chunk, count: filled)
    chunks.append(header)
    PatchedPacking.append(
      chunk, count: filled, header: header, isBlock: filled == PositionsFormat.chunkLength, to: &chunks)
    filled = 0
  }
}
