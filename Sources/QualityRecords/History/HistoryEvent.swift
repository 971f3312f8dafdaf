import JSONText
import Records
import SearchEngine

/// One line of a history: an inspection note, or a date of the enterprise's own file.
public struct HistoryEvent: Hashable, Sendable {
  public struct Violation: Hashable, Sendable {
    public var code: String?
    public var text: String?
    /// A grade of the ladder, or `ungraded`.
    public var severity: String
  }

  /// `inspection` or `enterprise`.
  public var kind: String
  /// The record that tells it: what `show` takes.
  public var id: String
  /// Of an event of the enterprise's file, the field that holds the date (`products.p1.licenceIssued`).
  public var field: String?
  /// As it is written; nil where there is none.
  public var date: String?
  /// `certain`: whichever day it is, it is among those asked for; `possible`: some of its days are; `undated`: there is no
  /// date, or none with a year.
  public var dateIs: String
  /// The days that it may have been on; nil of what is undated.
  public var days: DayInterval?
  /// What happened, in parts, those that matter most first.
  public var what: [String]
  public var type: String?
  public var stage: String?
  public var product: String?
  public var category: String?
  public var batch: String?
  public var bureau: String?
  public var inspector: String?
  /// The worst of the violations; nil where there are none.
  public var severity: String?
  public var violations: [Violation] = []
  public var result: String?
  public var disposition: String?
  public var due: String?
  /// The note that this one follows up, and those that follow this one, in order of their dates.
  public var followUpOf: String?
  public var followedBy: [String] = []
  /// How the note calls the enterprise where it does not give its id.
  public var named: String?
  /// What the records tell of that day; nil of the enterprise's own events and of undated ones.
  public var state: StateOnDay?

  /// Whether the date is less exact than a day.
  public var isPartial: Bool { days.map { $0.first != $0.last } ?? true }

  init(kind: String, id: String, date: PartialDate?, what: [String]) {
    self.kind = kind
    self.id = id
    self.what = what
    self.date = date?.description
    days = date?.interval
    dateIs = days == nil ? "undated" : "certain"
  }

  /// An inspection note.
  init(note members: JSONObject, id: String, of enterprise: String) {
    func text(_ name: String) -> String? { members[name]?.stringValue }
    let date = text("date").flatMap { try? PartialDate(parsing: $0) }
    self.init(kind: Schema.inspection.kind, id: id, date: date, what: [])
    type = text("type")
    stage = text("stage")
    product = text("product")
    category = text("category")
    batch = text("batch")
    bureau = text("bureau")
    inspector = text("inspector")
    result = text("result")
    disposition = text("disposition")
    due = text("due")
    followUpOf = text("followUpOf")
    violations = (members["violations"]?.arrayValue ?? []).map { value in
      Violation(
        code: value["code"]?.stringValue, text: value["text"]?.stringValue,
        severity: SeverityLadder.grade(value["severity"]?.stringValue))
    }
    severity = SeverityLadder.worst(violations.map(\.severity))
    named = text("enterprise").flatMap { $0 == enterprise ? nil : $0 }
    let outcome = [result, disposition == "none" ? nil : disposition].compactMap { $0 }.joined(separator: ", ")
    what = [product ?? category, stage, outcome.isEmpty ? nil : outcome, type].compactMap { $0 }
  }

  /// The order of a history: by the first day that an event may have been on, then the last, the undated at the end.
  static func precedes(_ left: HistoryEvent, _ right: HistoryEvent) -> Bool {
    func key(_ event: HistoryEvent) -> (Int32, Int32) { event.days.map { ($0.first, $0.last) } ?? (.max, .max) }
    let (a, b) = (key(left), key(right))
    if a != b { return a < b }
    // A day of an unknown year stands before no date at all.
    if left.date != right.date { return (left.date ?? "\u{10FFFF}") < (right.date ?? "\u{10FFFF}") }
    if left.kind != right.kind { return left.kind < right.kind }
    return left.id < right.id
  }

  /// What the note is about, folded: its product and its category.
  var subjects: Set<String> { Set([product, category].compactMap { $0 }.map(TextTokens.folded)) }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("kind", kind)
    writer.member("id", id)
    if let field { writer.member("field", field) }
    writer.member("date", orNull: date)
    writer.member("dateIs", dateIs)
    writer.member("what", what.joined(separator: " · "))
    writer.member("severity", orNull: severity)
    if kind == Schema.inspection.kind { writeNote(to: &writer) }
    writer.endObject()
  }

  private func writeNote(to writer: inout JSONWriter) {
    let texts = [
      ("type", type), ("stage", stage), ("product", product), ("category", category), ("batch", batch),
      ("bureau", bureau), ("inspector", inspector),
    ]
    for (name, text) in texts { writer.member(name, orNull: text) }
    writer.name("violations")
    writer.beginArray()
    for violation in violations {
      writer.beginObject()
      writer.member("code", orNull: violation.code)
      writer.member("text", orNull: violation.text)
      writer.member("severity", violation.severity)
      writer.endObject()
    }
    writer.endArray()
    writer.member("result", orNull: result)
    writer.member("disposition", orNull: disposition)
    writer.member("due", orNull: due)
    writer.member("followUpOf", orNull: followUpOf)
    writer.member("followedBy", followedBy)
    writer.member("named", orNull: named)
    writer.name("state")
    if let state { state.write(to: &writer) } else { writer.null() }
  }
}

extension EnterpriseFile {
  /// The dates of the file as events, in schema order.
  var events: [HistoryEvent] {
    var found: [HistoryEvent] = []
    func add(_ field: String, _ date: PartialDate?, _ what: String...) {
      guard let date else { return }
      var event = HistoryEvent(kind: Schema.enterprise.kind, id: id, date: date, what: what)
      event.field = field
      found.append(event)
    }
    for former in formerNames { add("formerNames.until", former.until, "renamed", "formerly \(former.name)") }
    let meanings = [
      "registered": "registered", "qualityFile": "quality file set up", "reexamined": "re-examined",
      "guaranteeSigned": "guarantee of quality and safety signed", "capacityRatified": "production capacity ratified",
    ]
    for date in dates { add(date.field, date.date, meanings[date.field] ?? date.field) }
    func add(_ suspensions: [Suspension], _ field: String, _ code: String) {
      for suspension in suspensions {
        add(field + ".from", suspension.from, "\(code) suspended")
        add(field + ".until", suspension.until, "suspension of \(code) ended")
      }
    }
    add(licenceSuspended, "licenceSuspended", "licence" + (licence.map { " \($0)" } ?? ""))
    add(cccSuspended, "cccSuspended", "CCC certificate")
    for product in products {
      let field = "products.\(product.id)."
      let code = product.licence.map { " \($0)" } ?? ""
      add(field + "licenceIssued", product.licenceIssued, "licence\(code) issued", product.title)
      add(field + "evidenceCollected", product.evidenceCollected, "evidence collected", product.title)
      add(field + "examined", product.examined, "examined", product.title)
      add(product.licenceSuspended, field + "licenceSuspended", "licence\(code)")
      add(product.cccSuspended, field + "cccSuspended", product.ccc ?? "CCC certificate")
    }
    return found
  }
}
