/// What kind of office document an archive holds (ECMA-376, Office Open XML), by the parts in it.
enum OfficeFile {
  /// The reader of an archive's bytes: a document, a workbook, or one rejection that says what it is.
  static func reader(_ bytes: [UInt8], kind: String?) throws(RecordError) -> any DetectingReader {
    let archive = try ZipArchive(bytes)
    let names = Set(archive.names)
    if names.contains(WordDocumentReader.documentPart) { return WordDocumentReader(archive: archive, kind: kind) }
    if names.contains(WorkbookReader.workbookPart) { return try WorkbookReader(archive: archive) }
    let what =
      names.contains("ppt/presentation.xml")
      ? "a presentation: export it as text first"
      : names.contains("content.xml")
        ? "an OpenDocument file: save it as .docx or .xlsx, or export it as text or CSV first"
        : "a ZIP archive of \(names.count) files: unpack it first"
    return RefusingReader(format: .text, reason: "binary data: \(what)")
  }

  /// The pieces of a part, or nil where the archive has none of that name.
  static func scanner(_ archive: ZipArchive, _ part: String) throws(RecordError) -> XMLScanner? {
    guard let source = try archive.open(part) else { return nil }
    return XMLScanner(input: TextInput(source: source))
  }

  static func damage(_ what: String) -> RecordError {
    RecordError(.unreadable, message: "the document is damaged: \(what)")
  }
}
