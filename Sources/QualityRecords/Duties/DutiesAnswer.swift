import JSONText
import Records

/// What a list of duties asks for.
public struct DutiesRequest: Hashable, Sendable {
  public enum Grouping: String, CaseIterable, Sendable { case bureau, province, inspector }

  public var by = Grouping.bureau
  /// The day as of whose end things are overdue: a year, a quarter, a month or a day; nil: today.
  public var asOf: String?
  /// Notes listed of each group and sort; totals are exact.
  public var limit = 20
  /// The group whose notes alone are listed; of the others there are counts. Nil: all groups.
  public var group: String?
  /// Groups, the most overdue ones, whose notes are listed; of the others there are counts. Nil: all.
  public var listedGroups: Int?

  public static let longestList = 10_000

  public init() {}
}

/// What is overdue on a day, and who answers for it.
public struct DutiesAnswer: Answer {
  public static var schemaName: String { "duties" }

  public struct Duty: Hashable, Sendable {
    public var id: String
    public var date: String?
    /// Of a rectification; nil of a seal.
    public var due: String?
    /// Days since the due date, or since the sealing.
    public var days: Int
    public var enterpriseID: String?
    public var enterprise: String?
    public var product: String?
    public var province: String?
    public var bureau: String?
    public var inspector: String?
    /// Notes that followed it up by then without settling it: they did not pass, or their date is not sure.
    public var followUps: [String]
  }

  public struct Group: Hashable, Sendable {
    /// The bureau, province or inspector; nil for notes that name none.
    public var value: String?
    public var overdueCount: Int
    public var openSealCount: Int
    /// Longest overdue first.
    public var overdue: [Duty]
    /// Sealed longest ago first.
    public var openSeals: [Duty]
  }

  /// A target that is not reached.
  public struct Target: Hashable, Sendable {
    public var number: Int
    public var name: String
    public var missing: Int
    /// Those that answer for what is missing, where the target can be told apart by them.
    public var groups: [Missing]
  }

  public struct Missing: Hashable, Sendable {
    public var value: String?
    public var missing: Int
    /// The first of them, as coverage names them.
    public var ids: [String]
  }

  public var by: DutiesRequest.Grouping
  public var asOf: String
  /// Rectifications whose due date is past and which no dated passing note has followed up.
  public var overdue: Int
  /// Sealings which no dated passing note has followed up.
  public var openSeals: Int
  /// Rectifications without a due date that are not settled: they are never overdue, and listed nowhere.
  public var withoutDue: Int
  /// Most overdue first.
  public var groups: [Group]
  /// Targets that were not reached by that day.
  public var targets: [Target]
  public var commit: UInt64
  public var notes: [SearchAnswer.Note]
  public var receipt: String

  public var exitCode: QualityError.ExitCode { groups.isEmpty && targets.isEmpty ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("by", by.rawValue)
    writer.member("asOf", asOf)
    writer.member("overdue", overdue)
    writer.member("openSeals", openSeals)
    writer.member("withoutDue", withoutDue)
    writer.name("groups")
    writer.beginArray()
    for group in groups {
      writer.beginObject()
      writer.member("value", orNull: group.value)
      writer.member("overdue", group.overdueCount)
      writer.member("openSeals", group.openSealCount)
      for (name, duties) in [("rectifications", group.overdue), ("seals", group.openSeals)] {
        writer.name(name)
        writer.beginArray()
        for duty in duties { Self.write(duty, to: &writer) }
        writer.endArray()
      }
      writer.endObject()
    }
    writer.endArray()
    writer.name("targets")
    writer.beginArray()
    for target in targets {
      writer.beginObject()
      writer.member("number", target.number)
      writer.member("name", target.name)
      writer.member("missing", target.missing)
      writer.name("groups")
      writer.beginArray()
      for group in target.groups {
        writer.beginObject()
        writer.member("value", orNull: group.value)
        writer.member("missing", group.missing)
        writer.member("ids", group.ids)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.member("commit", commit)
    writer.name("notes")
    SearchAnswer.Note.write(notes, to: &writer)
    writer.member("receipt", receipt)
    writer.endObject()
  }

  private static func write(_ duty: Duty, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", duty.id)
    writer.member("date", orNull: duty.date)
    writer.member("due", orNull: duty.due)
    writer.member(duty.due == nil ? "daysOpen" : "daysOverdue", duty.days)
    writer.name("enterprise")
    writer.beginObject()
    writer.member("id", orNull: duty.enterpriseID)
    writer.member("name", orNull: duty.enterprise)
    writer.endObject()
    for (name, text) in [
      ("product", duty.product), ("province", duty.province), ("bureau", duty.bureau), ("inspector", duty.inspector),
    ] { writer.member(name, orNull: text) }
    writer.member("followUps", duty.followUps)
    writer.endObject()
  }
}
