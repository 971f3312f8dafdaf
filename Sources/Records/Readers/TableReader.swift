import JSONText

/// A table in a delimited file, row by row as its fields: for lists that are given back as they came, row for row.
///
/// Separator, quoting mark and encoding are detected as for records.
public struct TableReader {
  public enum Row: Hashable, Sendable {
    case fields([String], line: Int)
    /// A row that has no fields: another number than the header, an open quote, malformed characters.
    case malformed(raw: String?, reason: String, line: Int)
  }

  /// Names of the columns, in order; each is there once.
  public let columns: [String]
  /// `,`, `;`, a tab or `|`.
  public let separator: String
  /// Whether the file began with a byte order mark.
  public let hasMark: Bool
  private var reader: DelimitedReader

  /// The character encoding; UTF-8 while nothing but ASCII was read.
  public var encoding: TextEncoding { reader.detectedEncoding ?? .utf8 }

  /// Reads the header.
  /// - Parameter encoding: nil to detect it.
  /// - Throws: `RecordError` when the source fails, is no text, or has no header that can be read.
  public init(path: String, source: any ByteSource, encoding: TextEncoding? = nil) throws(RecordError) {
    var rows = try openRows(path: path, source: source, format: .csv, kind: nil, encoding: encoding)
    guard var reader = rows as? DelimitedReader else {
      guard case .rejected(_, _, let reason, _)? = try rows.next() else {
        throw RecordError(.unreadable, file: path, message: "no table")
      }
      throw RecordError(.unreadable, file: path, message: reason)
    }
    if case .rejected(let line, let column, let reason, _)? = try reader.readHeader() {
      throw RecordError(.unreadable, file: path, line: line, column: column, message: reason)
    }
    columns = reader.header
    separator = String(UnicodeScalar(reader.dialect.separator))
    hasMark = reader.hasMark
    self.reader = reader
  }

  /// The next row; nil at the end. Memory is that of one row.
  public mutating func next() throws(RecordError) -> Row? {
    switch try reader.next() {
    case nil: return nil
    case .row(let row)?: return .fields(row.members.members.map { $0.value.stringValue ?? "" }, line: row.line)
    case .rejected(let line, _, let reason, let raw)?: return .malformed(raw: raw, reason: reason, line: line)
    }
  }
}
