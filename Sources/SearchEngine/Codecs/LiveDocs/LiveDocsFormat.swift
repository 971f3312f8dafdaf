/// The live documents of a segment: one bit a document, set while it has not been deleted. A segment without deletes
/// has no such file; each commit that deletes writes a new one.
///
/// ```
/// ┌─────────────────────────┬────────────────────────────────────┐
/// │ META: documents, live   │ BITS: 8 B for every 64 documents   │
/// └─────────────────────────┴────────────────────────────────────┘
/// ```
enum LiveDocsFormat {
  static let meta = SectionTag("META")
  static let bits = SectionTag("BITS")
  /// META: number of documents (8), number of live ones (8).
  static let metaLength = 16

  /// 64-bit words that `documentCount` bits fill.
  static func wordCount(_ documentCount: UInt32) -> Int { (Int(documentCount) + 63) / 64 }
}
