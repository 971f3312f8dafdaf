/// Layout of the positions file: for each term, block by block as its postings, where in each record it stands.
///
/// A block is the counts of its postings (one byte where they equal the frequencies), then the positions of all of them
/// one after another as gaps inside each record, packed 128 at a time with patches, the last run shorter. A list of
/// several blocks begins with the offset of each. A term of one record only has its gaps as varints, shifted left by one,
/// the last with the lowest bit set: most such terms take one byte or two. The page `FileFormat/Positions.md` draws it.
enum PositionsFormat {
  static let data = SectionTag("DATA")
  /// In place of the counts' header: each posting has as many positions as its frequency says (every field's weight is 1).
  static let countsAreFrequencies: UInt8 = 0xff
  /// Gaps packed together.
  static let chunkLength = 128
  /// Positions of one term in one record: the readers refuse records of more than 16 MB, so no writer makes more.
  static let maximumCount = 1 << 24
}
