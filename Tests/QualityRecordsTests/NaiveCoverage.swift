import JSONText
import QualityRecords

/// Counts the eight targets record by record from JSON: no query, no index structure.
struct NaiveCoverage {
  struct Count {
    var population = 0
    var done = 0
    /// Not done for sure, perhaps by a date that is not exact.
    var possible = 0
    var missing: [String] = []
  }

  private var records: [JSONValue] = []

  init(index: QualityIndex) throws {
    var lines: [UInt8] = []
    _ = try index.export { bytes throws(QualityError) in
      lines += bytes
      return true
    }
    for line in lines.split(separator: 0x0A) { records.append(try JSONValue(parsing: Array(line))) }
  }

  /// First and last day that a date may be, as `yyyyMMdd`.
  private static func days(_ text: String?) -> (Int, Int)? {
    guard let text else { return nil }
    if text.hasPrefix("--") { return (0, 99_999_999) }
    let parts = text.split(separator: "-")
    guard let year = Int(parts[0]) else { return nil }
    func last(_ month: Int) -> Int { month == 2 ? (year % 4 == 0 ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31 }
    if parts.count == 1 { return (year * 10_000 + 101, year * 10_000 + 1231) }
    if parts[1].hasPrefix("Q"), let quarter = Int(parts[1].dropFirst()) {
      return (year * 10_000 + (3 * quarter - 2) * 100 + 1, year * 10_000 + 3 * quarter * 100 + last(3 * quarter))
    }
    guard let month = Int(parts[1]) else { return nil }
    if parts.count == 2 { return (year * 10_000 + month * 100 + 1, year * 10_000 + month * 100 + last(month)) }
    guard let day = Int(parts[2]) else { return nil }
    return (year * 10_000 + month * 100 + day, year * 10_000 + month * 100 + day)
  }

  private enum Answer { case yes, perhaps, no }

  private static func lies(_ date: String?, from: Int, to: Int) -> Answer {
    guard let (first, last) = days(date), from <= to else { return .no }
    if first >= from, last <= to { return .yes }
    return first <= to && last >= from ? .perhaps : .no
  }

  /// Categories under the five: the names of the built-in or sample tree that the test's records use.
  static let priority: Set<String> = PriorityCategories.names

  func counts(until day: String?) -> [Count] {
    var counts = [Count](repeating: Count(), count: 8)
    let cut = day.map { Int($0.filter { $0 != "-" }) ?? 0 }
    func add(_ target: Int, _ id: String, _ answer: Answer) {
      counts[target - 1].population += 1
      switch answer {
      case .yes: counts[target - 1].done += 1
      case .perhaps:
        counts[target - 1].possible += 1
        counts[target - 1].missing.append(id)
      case .no: counts[target - 1].missing.append(id)
      }
    }
    func done(_ value: JSONValue, _ field: String) -> Answer {
      Self.lies(value[field]?.stringValue, from: 2005_0101, to: min(cut ?? 2008_1231, 2008_1231))
    }
    for record in records {
      let id = record["id"]?.stringValue ?? ""
      switch record["kind"]?.stringValue {
      case "enterprise":
        let products = record["products"]?.arrayValue ?? []
        let exports = record["export"] == .bool(true)
        let isPriority = products.contains { Self.priority.contains($0["category"]?.stringValue?.lowercased() ?? "") }
        if isPriority { add(1, id, done(record, "qualityFile")) }
        if Self.lies(record["qualityFile"]?.stringValue, from: 2005_0101, to: 2008_1231) == .yes {
          add(2, id, done(record, "reexamined"))
        }
        for (place, product) in products.enumerated() {
          let name = "\(id)#product\(place + 1)"
          if product["licence"] != nil || product["ccc"] != nil { add(3, name, done(product, "evidenceCollected")) }
          if Self.lies(product["licenceIssued"]?.stringValue, from: 2007_0301, to: 2008_1231) == .yes {
            add(4, name, done(product, "examined"))
          }
        }
        guard exports else { continue }
        if isPriority { add(5, id, done(record, "guaranteeSigned")) }
        if products.contains(where: { $0["legalInspection"] == .bool(true) }) {
          add(6, id, done(record, "qualityFile"))
        }
        if products.contains(where: {
          PriorityCategories.toys.contains($0["category"]?.stringValue?.lowercased() ?? "")
        }) {
          add(7, id, done(record, "capacityRatified"))
        }
      case "inspection":
        guard record["type"]?.stringValue == "import", record["result"]?.stringValue == "fail" else { continue }
        let disposition = record["disposition"]?.stringValue
        guard disposition == "return" || disposition == "destroy" else {
          add(8, id, .no)
          continue
        }
        guard let cut else {
          add(8, id, .yes)
          continue
        }
        let date = record["date"]?.stringValue
        add(8, id, date == nil ? .perhaps : Self.lies(date, from: 1, to: cut))
      default: break
      }
    }
    return counts
  }
}

/// The categories under furniture, toys, clothes, paint and coating, and real-like decorations, read from the sample's tree.
enum PriorityCategories {
  static let toys = under(["toys"])
  static let names = under(["furniture", "toys", "clothes", "paint and coating", "real-like decorations"])

  private static func under(_ roots: Set<String>) -> Set<String> {
    var names: Set<String> = []
    var depth: Int?
    for line in (try? TextLinesOfFile.read("\(Seeds.path)/thesaurus.txt")) ?? [] {
      let indent = line.prefix { $0 == " " }.count
      let own = line.dropFirst(indent).split(separator: "=").map { name in
        String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).lowercased()
      }
      if let known = depth, indent <= known { depth = nil }
      if depth == nil, own.contains(where: roots.contains) { depth = indent }
      if depth != nil { names.formUnion(own) }
    }
    return names
  }
}
