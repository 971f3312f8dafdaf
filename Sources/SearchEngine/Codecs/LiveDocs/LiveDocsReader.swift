/// The live documents of a segment, as one commit left them. Immutable.
final class LiveDocs: @unchecked Sendable {
  let documentCount: UInt32
  let liveCount: UInt32
  /// Bit `d & 63` of word `d >> 6` is set while document `d` is live; bits from `documentCount` on are clear.
  ///
  /// SAFETY: points into `bits`, whose file lives as long as this; its `(documentCount + 63) / 64` words were verified
  /// and are aligned, little-endian as the machine is.
  let words: UnsafePointer<UInt64>
  private let bits: ByteSlice

  /// Reads and checks the whole: bit sets are small (2,000,000 documents take 250 KB and some 40 µs), and look-ups are
  /// then free of checks. Throws corruption when sizes, the count or the spare bits are wrong.
  init(file: IndexFile, documentCount: UInt32) throws(IndexError) {
    let meta = try file.section(LiveDocsFormat.meta)
    bits = try file.section(LiveDocsFormat.bits)
    var reader = try meta.reader()
    let documents = try reader.uint64()
    let live = try reader.uint64()
    guard documents == UInt64(documentCount), live <= documents, reader.isAtEnd else {
      throw meta.damaged(
        at: 0, expected: "\(documentCount) documents and at most so many live", found: "\(documents) and \(live)")
    }
    self.documentCount = documentCount
    liveCount = UInt32(truncatingIfNeeded: live)
    let wordCount = LiveDocsFormat.wordCount(documentCount)
    guard bits.count == wordCount * 8 else {
      throw bits.damaged(at: 0, expected: "\(wordCount * 8) bytes", found: "\(bits.count)")
    }
    try bits.verify(0, bits.count)
    guard UInt(bitPattern: bits.base) % 8 == 0 else {
      throw bits.damaged(at: 0, expected: "words on a multiple of 8", found: "another place")
    }
    words = bits.base.assumingMemoryBound(to: UInt64.self)
    var sum = 0
    for index in 0..<wordCount { sum &+= words[index].nonzeroBitCount }
    let rest = documentCount & 63
    let spare = rest == 0 || wordCount == 0 ? 0 : words[wordCount - 1] >> UInt64(rest)
    guard sum == Int(liveCount), spare == 0 else {
      throw bits.damaged(at: 0, expected: "\(live) bits set, none past the last document", found: "\(sum)")
    }
  }

  /// Whether the document is live; false from `documentCount` on.
  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    guard document < documentCount else { return false }
    return words[Int(truncatingIfNeeded: document &>> 6)] &>> UInt64(document & 63) & 1 == 1
  }

  /// Nothing is left to check that `init` has not checked.
  func verifyStructure() throws(IndexError) {}
}
