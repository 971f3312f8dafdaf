/// One generated inspection note.
struct InspectionNote {
  struct Violation {
    var code: String
    var text: String
    var severity: Severity
  }

  var id: String
  /// An id, or a name where the inspector wrote one.
  var enterprise: String
  var enterpriseOrdinal: Int
  var day: CivilDay
  /// The date as written: mostly the day, sometimes less, sometimes nothing.
  var date: String?
  var province: String
  var chineseProvince: String
  var bureau: String
  var inspector: String
  var type: String
  var stage: String
  var product: String
  var category: String
  var batch: String
  var text: [UInt8]
  var violations: [Violation]
  var result: String
  var disposition: String
  var due: CivilDay?
  var followUpOf: String?
}

extension JSONLine {
  mutating func write(_ note: InspectionNote, withKind: Bool) {
    begin()
    if withKind { field("kind", "inspection") }
    field("id", note.id)
    field("enterprise", note.enterprise)
    field("date", note.date)
    field("province", note.province)
    field("bureau", note.bureau)
    field("inspector", note.inspector)
    field("type", note.type)
    field("stage", note.stage)
    field("product", note.product)
    field("category", note.category)
    field("batch", note.batch)
    field("text", text: note.text)
    if !note.violations.isEmpty {
      name("violations")
      open("[")
      for violation in note.violations {
        open("{")
        field("code", violation.code)
        field("text", violation.text)
        field("severity", violation.severity.name)
        close("}")
      }
      close("]")
    }
    field("result", note.result)
    field("disposition", note.disposition)
    field("due", note.due?.iso)
    field("followUpOf", note.followUpOf)
    end()
  }
}
