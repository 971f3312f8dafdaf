import JSONText
import Records

/// How a list is checked against the enterprises.
public struct MatchOptions: Hashable, Sendable {
  /// The column with names.
  public var nameColumn: String
  /// The column with licence numbers, where there is one.
  public var licenceColumn: String?
  /// Nil: detected.
  public var encoding: TextEncoding?
  /// Cells as they are, though a spreadsheet may take them for formulas.
  public var isRaw = false

  public init(nameColumn: String) { self.nameColumn = nameColumn }
}

/// The columns that the check adds, and reads again when a reviewed list is given back.
enum MatchColumn: String, CaseIterable {
  case rung = "dossier_rung"
  case id = "dossier_id"
  case name = "dossier_name"
  /// 0 to 1, two decimals.
  case confidence = "dossier_confidence"
  /// Notes of the enterprise.
  case hits = "dossier_hits"
  case lastViolation = "dossier_last_violation"
  /// Ids of further candidates, the best first.
  case others = "dossier_others"
  case note = "dossier_note"
  /// `accept`, `reject` or empty: the reviewer's.
  case verdict = "dossier_verdict"
  /// Ids that a reviewer has turned down.
  case rejected = "dossier_rejected"
}

/// What the check of a list came to.
public struct MatchAnswer: Answer {
  public static var schemaName: String { "match" }

  /// Rows read, and written.
  public var rows = 0
  /// Rows that are no rows of the table: kept as they came, and not resolved.
  public var malformed = 0
  /// By rung, strongest first, `none` last.
  public var byRung: [(rung: String, count: Int)] = []
  public var accepted = 0
  public var rejected = 0
  public var encoding: String
  public var separator: String
  public var columns: [String]
  public var commit: UInt64

  public var exitCode: QualityError.ExitCode { malformed > 0 ? .partial : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("rows", rows)
    writer.member("malformed", malformed)
    writer.name("byRung")
    writer.beginObject()
    for entry in byRung { writer.member(entry.rung, entry.count) }
    writer.endObject()
    writer.member("accepted", accepted)
    writer.member("rejected", rejected)
    writer.member("encoding", encoding)
    writer.member("separator", separator)
    writer.member("columns", columns)
    writer.member("commit", commit)
    writer.endObject()
  }
}
