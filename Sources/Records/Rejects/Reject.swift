import JSONText

/// A row that did not become a record. One line of a rejects file:
///
///     {"file":"notes.csv","line":5,"column":1,"reason":"date: month 13 is not 01 to 12","row":{…},"raw":"…"}
///
/// `row` is the record as far as it was understood, under the names of its kind, its kind with it: mended, the file can
/// be given to `index` as it is, without a mapping. A row that could not be read at all has only `raw`, its text; to
/// mend it, write the record as an object under `row`.
public struct Reject: Hashable, Sendable {
  public let file: String
  /// From 1; 0 where the whole file is meant.
  public let line: Int
  public let column: Int
  public let reason: String
  public let row: JSONObject?
  public let raw: String?

  /// Bytes of `raw` that are kept: more helps nobody, and one broken quote can make a row of a whole file.
  public static let maximumRawLength = 64 << 10

  public init(
    file: String, line: Int = 0, column: Int = 0, reason: String, row: JSONObject? = nil, raw: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.row = row
    if let raw, raw.utf8.count > Self.maximumRawLength {
      self.raw = String(decoding: raw.utf8.prefix(Self.maximumRawLength - 8), as: UTF8.self) + "…"
    } else {
      self.raw = raw
    }
  }

  public var json: JSONObject {
    var object = JSONObject()
    object.append("file", .string(file))
    object.append("line", .number(String(line)))
    object.append("column", .number(String(column)))
    object.append("reason", .string(reason))
    if let row { object.append("row", .object(row)) }
    if let raw { object.append("raw", .string(raw)) }
    return object
  }

  /// The reject that a row of a rejects file is; nil for any other row. Recognised by `file`, `line`, `column` and
  /// `reason`, and by having no other members than these, `row` and `raw`.
  public init?(_ object: JSONObject) {
    let names = ["file", "line", "column", "reason", "row", "raw"]
    guard object.members.allSatisfy({ names.contains($0.name) }), let file = object["file"]?.stringValue,
      let line = object["line"]?.intValue, let column = object["column"]?.intValue,
      let reason = object["reason"]?.stringValue
    else { return nil }
    self.init(
      file: file, line: line, column: column, reason: reason, row: object["row"]?.objectValue,
      raw: object["raw"]?.stringValue)
  }
}

extension Reject: CustomStringConvertible {
  public var description: String { line > 0 ? "\(file):\(line):\(column): \(reason)" : "\(file): \(reason)" }
}
