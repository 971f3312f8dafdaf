import JSONText

/// How large one record of a source file may be. What is larger is rejected with its place before memory is taken for it,
/// so that indexing keeps its budget whatever the files hold.
enum RecordLimits {
  /// Values of one record, lists and objects among them: a law of 30,000 paragraphs has some 100,000. A tree of so many
  /// takes 13 MB at the worst.
  static let maximumValues = 1 << 17
  /// Columns of a table: as many as a spreadsheet has.
  static let maximumColumns = 16_384

  /// Lines of a text that is one document: 16 MB hard-wrapped at 32 characters. Lines are kept as places, 16 bytes each.
  static let maximumLines = 1 << 19
  /// Paragraphs of a document, elements of a list of objects: twice those of the largest laws. A paragraph takes some 400
  /// bytes beside its text while its record is made.
  static let maximumParagraphs = 1 << 16

  /// For the rows of JSON files.
  static var jsonReader: JSONReader {
    var options = JSONReader.Options()
    options.maximumValues = maximumValues
    return JSONReader(options: options)
  }
}
