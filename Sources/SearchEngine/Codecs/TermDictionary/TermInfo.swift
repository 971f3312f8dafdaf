/// What the dictionary of a segment holds of a term: its statistics, and where its postings and positions are.
struct TermInfo: Hashable, Sendable {
  /// Documents of the segment that hold the term, deleted ones included until a merge. At least 1.
  var documentFrequency: UInt32 = 0
  /// Sum of the term's weighted frequencies over those documents.
  var totalFrequency: UInt64 = 0
  /// Where the postings begin in the DATA section of the postings file. Unused (0) when `documentFrequency` is 1.
  var postingsOffset: UInt64 = 0
  /// Where the positions begin in the DATA section of the positions file.
  var positionsOffset: UInt64 = 0
  /// The document and the weighted frequency of a term of one document, which has no postings of its own.
  var inlineDocument: UInt32 = 0
  var inlineFrequency: UInt32 = 0
}
