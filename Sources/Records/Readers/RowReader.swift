import JSONText

/// One row or one document read from a file, before mapping.
public struct SourceRow: Sendable {
  public var members: JSONObject
  /// Where the row begins in the file, from 1.
  public var line: Int
  public var column: Int
  /// The row as it was written, where the format has one.
  public var raw: String?

  public init(members: JSONObject, line: Int, column: Int, raw: String? = nil) {
    self.members = members
    self.line = line
    self.column = column
    self.raw = raw
  }
}

public enum RowResult: Sendable {
  case row(SourceRow)
  case rejected(line: Int, column: Int, reason: String, raw: String?)
}

/// Pull reader over one file; `next` returns nil at the end. Memory is flat in the file's size, but for formats that
/// are one document a file.
public protocol RowReader {
  /// - Throws: `RecordError` when the source itself fails; a bad row is a result, not an error.
  mutating func next() throws(RecordError) -> RowResult?
}

public enum FileFormat: String, Sendable {
  case jsonLines, json, csv, tsv, markdown, text, html, xml, docx, xlsx
}

/// Bytes from a file or a stream, chunk by chunk.
public protocol ByteSource {
  /// Fills the beginning of the buffer and returns how many bytes it wrote; 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int
}
