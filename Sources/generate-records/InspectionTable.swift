/// Inspection notes as a table (RFC 4180) with Chinese headers and values, as a bureau's own system would export them. The
/// mapping `inspections-2006.mapping.json` brings it back to the canonical form.
enum InspectionTable {
  static let header = "记录编号,企业档案号,检查日期,省份,承检机构,检查人员,检查类型,环节,产品名称,产品类别,批号,检查情况,检查结果,处理措施,整改期限,原记录编号\r\n"
  static let violationHeader = "记录编号,违规代码,违规内容,严重程度\r\n"

  static let types = [
    "routine": "例行检查", "re-examination": "复查", "selective": "监督抽查", "import": "进口检验", "complaint": "投诉举报",
  ]
  static let stages = [
    "design": "设计", "materials": "原料", "production": "生产", "sale": "销售", "export": "出口", "after-sale": "售后",
  ]
  static let results = ["pass": "合格", "fail": "不合格"]
  static let dispositions = [
    "none": "无", "rectify": "责令整改", "warn": "警告", "fine": "罚款", "seal": "封存", "return": "退运", "destroy": "销毁",
  ]
  static let severities = ["minor": "轻微", "moderate": "一般", "serious": "严重", "critical": "特别严重"]

  static func row(_ note: InspectionNote) -> String {
    let cells = [
      note.id, note.enterprise, note.date == nil ? "" : note.day.text(separator: "/"), note.chineseProvince,
      note.bureau,
      note.inspector, types[note.type] ?? note.type, stages[note.stage] ?? note.stage, note.product, note.category,
      note.batch, String(decoding: note.text, as: UTF8.self), results[note.result] ?? note.result,
      dispositions[note.disposition] ?? note.disposition, note.due?.text(separator: "/") ?? "", note.followUpOf ?? "",
    ]
    return cells.map(quoted).joined(separator: ",") + "\r\n"
  }

  static func violationRows(_ note: InspectionNote) -> String {
    note.violations.map { violation in
      [note.id, violation.code, violation.text, severities[violation.severity.name] ?? ""].map(quoted)
        .joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    if !needsQuotes { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
