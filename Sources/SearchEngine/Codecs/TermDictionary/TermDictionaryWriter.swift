import Storage

/// Writes a term dictionary, term after term. Memory: one block, and 12 bytes for each block written.
final class TermDictionaryWriter {
  private let file: IndexFileWriter
  private var index = TermBlockIndexWriter()
  private var termCount: UInt64 = 0

  // The block being gathered.
  private var count = 0
  private var firstTerm = ByteBuffer(capacity: 64)
  private var entries = ByteBuffer(capacity: 1024)
  private var infos = ByteBuffer(capacity: 1024)
  private var head = ByteBuffer(capacity: 128)
  private var previous = ByteBuffer(capacity: 64)
  /// Offsets of the last term written, and of the last one before the block.
  private var postingsOffset: UInt64 = 0
  private var positionsOffset: UInt64 = 0
  private var postingsBase: UInt64 = 0
  private var positionsBase: UInt64 = 0

  /// Makes the file `name`, which must not exist.
  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .termDictionary, identity: identity)
    try file.beginSection(TermDictionaryFormat.data)
  }

  /// Adds a term. Throws a limit when it is longer than ``TermDictionaryFormat/maximumTermLength``.
  /// - Precondition: terms rise strictly in byte order; offsets do not fall (a term without positions repeats the last
  ///   positions offset; the postings offset of a pulsed term is not looked at); a document frequency of 1 has its
  ///   document and a frequency of at least 1 inlined; the total frequency is at least the document frequency.
  func add(_ term: UnsafeRawBufferPointer, _ info: TermInfo) throws(IndexError) {
    guard term.count <= TermDictionaryFormat.maximumTermLength else {
      throw .limit(what: "bytes of a term", limit: TermDictionaryFormat.maximumTermLength)
    }
    precondition(
      termCount == 0 || FrontCoding.compare(previous.bytes, term) < 0, "terms are added in strictly rising byte order")
    if count == TermDictionaryFormat.blockLength { try flush() }
    if count == 0 {
      firstTerm.removeAll()
      firstTerm.append(term)
      postingsBase = postingsOffset
      positionsBase = positionsOffset
    } else {
      FrontCoding.append(term, after: previous.bytes, to: &entries)
    }
    append(info)
    previous.removeAll()
    previous.append(term)
    count += 1
    termCount += 1
  }

  private func append(_ info: TermInfo) {
    precondition(info.positionsOffset >= positionsOffset, "positions offsets do not fall from term to term")
    let step = info.positionsOffset - positionsOffset
    positionsOffset = info.positionsOffset
    if info.documentFrequency == 1 {
      precondition(info.inlineFrequency >= 1, "a term of one document has its frequency inlined")
      let rest = info.inlineFrequency - 1
      let stepCode = min(step, TermDictionaryFormat.stepEscape)
      let frequencyCode = min(rest, TermDictionaryFormat.frequencyEscape)
      infos.append(TermDictionaryFormat.pulsedFlag | UInt8(stepCode) << 1 | UInt8(frequencyCode) << 3)
      if stepCode == TermDictionaryFormat.stepEscape { infos.appendVarint(step - TermDictionaryFormat.stepEscape) }
      if frequencyCode == TermDictionaryFormat.frequencyEscape {
        infos.appendVarint(rest - TermDictionaryFormat.frequencyEscape)
      }
      infos.appendVarint(info.inlineDocument)
    } else {
      precondition(info.documentFrequency >= 2, "a term is in one document at least")
      precondition(info.totalFrequency >= UInt64(info.documentFrequency), "each document holds the term once at least")
      precondition(info.postingsOffset >= postingsOffset, "postings offsets do not fall from term to term")
      infos.appendVarint(UInt64(info.documentFrequency) << 1)
      infos.appendVarint(info.totalFrequency - UInt64(info.documentFrequency))
      infos.appendVarint(info.postingsOffset - postingsOffset)
      infos.appendVarint(step)
      postingsOffset = info.postingsOffset
    }
  }

  /// Writes the block gathered: first term, count, length of the entries, offsets before the block, entries, infos.
  private func flush() throws(IndexError) {
    guard count > 0 else { return }
    try index.add(firstTerm.bytes, offset: file.position)
    head.removeAll()
    head.appendVarint(firstTerm.count)
    head.append(firstTerm.bytes)
    head.append(UInt8(count))
    head.appendVarint(entries.count)
    head.appendVarint(postingsBase)
    head.appendVarint(positionsBase)
    try file.write(head.bytes)
    try file.write(entries.bytes)
    try file.write(infos.bytes)
    entries.removeAll()
    infos.removeAll()
    count = 0
  }

  /// Writes the last block and the index, and closes the file. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    try flush()
    file.endSection()
    try index.write(to: file)
    try file.beginSection(TermDictionaryFormat.meta)
    try file.write(uint64: termCount)
    try file.write(uint64: UInt64(index.blockCount))
    file.endSection()
    return try file.finish()
  }
}
