import BitPacking

/// Opens the postings and positions files of a segment and hands out cursors.
final class PostingsReader: Sendable {
  private let data: ByteSlice
  private let positions: ByteSlice
  private let documentCount: UInt32

  /// Constant cost: the sections are found, no list is touched.
  init(postings: IndexFile, positions: IndexFile, documentCount: UInt32) throws(IndexError) {
    data = try postings.section(PostingsFormat.data)
    self.positions = try positions.section(PositionsFormat.data)
    self.documentCount = documentCount
  }

  /// A number that no document of the list lies below: for lists of less than a block the first document itself. Cost: one
  /// number is unpacked, nothing is allocated.
  func firstDocument(_ info: TermInfo) throws(IndexError) -> UInt32 {
    if info.documentFrequency == 1 { return info.inlineDocument }
    guard info.documentFrequency < PostingsFormat.blockLength else { return 0 }
    guard let list = Int(exactly: info.postingsOffset), list <= data.count else {
      throw data.damaged(at: 0, expected: "a list inside the section", found: "offset \(info.postingsOffset)")
    }
    try data.verify(list, 2)
    let width = Int(data.base.load(fromByteOffset: list, as: UInt8.self))
    guard width <= BitPacking.maximumWidth else {
      throw data.damaged(at: list, expected: "the tag of a document block", found: "\(width)")
    }
    try data.verify(list &+ 2, BitPacking.runByteCount(count: 1, width: width))
    var first: UInt32 = 0
    // SAFETY: a run of one value was verified; gaps count from document -1, so the first is the document.
    BitPacking.unpackRun(data.base + (list &+ 2), count: 1, width: width, into: &first)
    return first
  }

  /// A cursor before the first posting of a term. Throws corruption when the list's head is not where the dictionary says.
  func cursor(_ info: TermInfo) throws(IndexError) -> PostingsCursor {
    try PostingsCursor(data: data, positions: positions, info: info, documentCount: documentCount)
  }
}
