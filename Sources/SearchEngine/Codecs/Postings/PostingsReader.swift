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

  /// A cursor before the first posting of a term. Throws corruption when the list's head is not where the dictionary says.
  func cursor(_ info: TermInfo) throws(IndexError) -> PostingsCursor {
    try PostingsCursor(data: data, positions: positions, info: info, documentCount: documentCount)
  }
}
