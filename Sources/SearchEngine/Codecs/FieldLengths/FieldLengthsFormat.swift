/// The exact weighted length of every document of a segment: what BM25 divides by.
///
/// ```
/// ┌──────────────────────────────────────────────┬─────────────────────────────┐
/// │ META: documents, width, reserved, total, max │ DATA: `width` B a document  │
/// └──────────────────────────────────────────────┴─────────────────────────────┘
/// ```
enum FieldLengthsFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  /// META: documents (4), width (4), total of the lengths (8), largest length (4), zero (4).
  static let metaLength = 24
  /// Documents that are verified at a time: the window of matching.
  static let windowLength = 4096

  /// Bytes a length takes: 1, 2 or 4, so that they can be loaded without shifting.
  static func width(maximum: UInt32) -> Int {
    if maximum <= UInt32(UInt8.max) { return 1 }
    return maximum <= UInt32(UInt16.max) ? 2 : 4
  }
}
