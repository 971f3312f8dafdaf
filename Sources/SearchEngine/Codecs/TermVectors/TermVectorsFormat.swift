/// The words of each document of a segment, with their frequencies: what tells how alike two documents are.
///
/// ```
/// ┌───────────────────────────┬──────────────────────────┬────────────────────────┬──────────────────────────┐
/// │ DATA: a list a document   │ OFFS: where each begins  │ TERM: hash, documents  │ META: counts, total      │
/// └───────────────────────────┴──────────────────────────┴────────────────────────┴──────────────────────────┘
/// ```
/// A list: varint length of the document in words, varint entries, then for each entry, by rising ordinal, varint
/// `gap << 1 | more` and, where `more` is 1, varint frequency - 2. The first gap counts from -1, so that no gap is 0.
/// Ordinals number the stems of the segment by rising hash: lists of all segments then stand in one order, and a stem is
/// found in another segment by its hash. Two stems of one hash are one; that makes two documents of a million look a
/// little more alike than they are, and nothing else.
///
/// Function words are left out. A document of more than ``maximumTerms`` stems keeps the most frequent ones, ties by
/// hash: a rule that looks at nothing beside the document, so that lists are the same in whatever segment it stands, and
/// that keeps the same ones of two documents' rare stems.
enum TermVectorsFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  static let offsets = SectionTag("OFFS")
  static let terms = SectionTag("TERM")
  /// META: documents (4), terms (4), sum of the lengths (8).
  static let metaLength = 16
  /// TERM, an entry: hash (4), documents that hold the stem (4).
  static let termLength = 8
  /// OFFS: 8 bytes a document, and one more.
  static let offsetLength = 8
  /// Stems kept of a document. 64 of them are compared, chosen by statistics of the whole index: twice as many leave room
  /// for those that turn out too frequent there.
  static let maximumTerms = 128
  /// Largest frequency kept.
  static let maximumFrequency: UInt32 = 65_535
}

/// The words of one document.
struct TermVector: Sendable {
  /// Words of the document, every field counted once.
  var length: UInt32 = 0
  /// Rising.
  var ordinals: [UInt32] = []
  /// How often each stands there, every field counted once.
  var frequencies: [UInt32] = []
}
