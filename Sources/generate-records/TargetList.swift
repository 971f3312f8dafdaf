/// The eight targets of the campaign as pairs of queries.
enum TargetList {
  static func text(_ bank: Bank) -> String {
    let priority = bank.categories.prefix(5).map { $0.name.contains(" ") ? "\\\"\($0.name)\\\"" : $0.name }
    let first = "product:(\(priority.joined(separator: " OR ")))"
    func done(_ field: String) -> String { "\(field):[2005 TO 2008]" }
    let targets: [(String, String, String, String, String)] = [
      (
        "Producers of the five priority categories have a quality file", "五类重点产品生产企业建立质量档案", "enterprise",
        "kind:enterprise \(first)", done("qualityFile")
      ),
      (
        "Enterprises on record are re-examined", "建档企业复查", "enterprise",
        "kind:enterprise qualityFile:[2005 TO 2008]", done("reexamined")
      ),
      (
        "Licensed or certified products have their evidence collected", "获证产品证据收集", "product",
        "kind:enterprise product(licence:* OR ccc:*)", "product(evidenceCollected:[2005 TO 2008])"
      ),
      (
        "Newly licensed products are examined at least once", "新获证产品至少抽查一次", "product",
        "kind:enterprise product(licenceIssued:[2007-03 TO 2008])", "product(examined:[2005 TO 2008])"
      ),
      (
        "Exporters of the five priority categories signed the guarantee", "五类重点产品出口企业签订质量安全承诺书", "enterprise",
        "kind:enterprise export:true \(first)", done("guaranteeSigned")
      ),
      (
        "Exporters of goods on the list for legal inspection have a quality file", "法检目录内产品出口企业建立质量档案", "enterprise",
        "kind:enterprise export:true product(legalInspection:true)", done("qualityFile")
      ),
      (
        "Production capacity of toy exporters is checked and ratified", "出口玩具生产企业生产能力核定", "enterprise",
        "kind:enterprise export:true product:toys", done("capacityRatified")
      ),
      (
        "Imports that failed are returned or destroyed", "不合格进口产品退运或销毁", "inspection",
        "kind:inspection type:import result:fail", "disposition:(return OR destroy)"
      ),
    ]
    let rows = targets.enumerated().map { index, target in
      """
          {"number": \(index + 1),
           "name": {"en": "\(target.0)", "zh": "\(target.1)"},
           "grain": "\(target.2)",
           "population": "\(target.3)",
           "done": "\(target.4)"}
      """
    }
    return "{\n  \"targets\": [\n\(rows.joined(separator: ",\n"))\n  ]\n}\n"
  }
}
