import Glibc
import JSONText
import QualityRecords

/// Random enterprises and notes, spread over indexes and segments, and what a reader with a pencil would say of them.
struct RandomEnterprises {
  struct Firm {
    var index: Int
    var id: String
    var name: String
    var province: String?
    var licence: String?
    var productLicence: String?
    var exports: Bool?
    var categories: [String]
    var text: String
  }

  struct Note {
    var index: Int
    var id: String
    var enterprise: String?
    var province: String?
    var category: String?
    var date: String?
    var severities: [String]
    var text: String
  }

  var firms: [Firm] = []
  var notes: [Note] = []
  let directory: TestDirectory
  let indexes: [String]

  /// A product tree, names of terms in two languages.
  static let thesaurus = "goods\n  toys = 玩具\n    plush toy = 毛绒玩具\n    wooden toy\n  furniture = 家具\n    wooden bed\n"
  /// Names of each term and of the terms above it.
  static let above: [String: [String]] = [
    "goods": ["goods"], "toys": ["toys", "goods"], "玩具": ["toys", "goods"],
    "plush toy": ["plush toy", "toys", "goods"], "毛绒玩具": ["plush toy", "toys", "goods"],
    "wooden toy": ["wooden toy", "toys", "goods"], "furniture": ["furniture", "goods"],
    "wooden bed": ["wooden bed", "furniture", "goods"], "gadgets": ["gadgets"],
  ]
  static let words = ["lead", "paint", "crack", "label"]

  init(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    directory = try TestDirectory()
    func pick<Element>(_ values: [Element]) -> Element { values[Int.random(in: 0..<values.count, using: &random)] }
    let provinces: [String?] = ["Guangdong", "guangdong", "Zhejiang", "北京", "New Province", nil]
    let categories = Array(Self.above.keys).sorted()
    for number in 0..<60 {
      firms.append(
        Firm(
          index: number % 2, id: "e\(number)", name: "Firm N\(number % 44) Ltd", province: pick(provinces),
          licence: pick([nil, nil, "XK16-204-\(10_000 + number)"]),
          productLicence: pick([nil, "XK16-205-\(10_000 + number)"]), exports: pick([true, false, nil]),
          categories: (0..<Int.random(in: 0...2, using: &random)).map { _ in pick(categories) },
          text: "\(pick(Self.words)) \(pick(Self.words))"))
    }
    for number in 0..<260 {
      let firm = pick(firms)
      notes.append(
        Note(
          index: number % 2, id: "n\(number)", enterprise: pick([firm.id, firm.id, firm.name, "nobody", nil]),
          province: pick(provinces), category: pick([nil] + categories.map { Optional($0) }),
          date: pick(["2006", "2007-Q1", "2007-03", "2007-03-14", "2008-01-02", "--02-20", nil]),
          severities: (0..<Int.random(in: 0...3, using: &random)).map { _ in
            pick(["minor", "moderate", "serious", "critical"])
          }, text: "\(pick(Self.words)) \(pick(Self.words))"))
    }
    let paths = (0..<2).map { [directory] in "\(directory.path)/index\($0)" }
    indexes = paths
    // Three commits an index: several segments of each kind.
    for part in 0..<3 {
      for index in 0..<2 {
        let lines =
          firms.enumerated().filter { $1.index == index && $0 % 3 == part }.map { Self.json($1) }
          + notes.enumerated().filter { $1.index == index && $0 % 3 == part }.map { Self.json($1) }
        mkdir("\(directory.path)/\(index)-\(part)", 0o755)
        _ = try directory.write("\(index)-\(part)/records.jsonl", lines.joined(separator: "\n") + "\n")
        let folder = "\(directory.path)/\(index)-\(part)"
        _ = try directory.write("\(index)-\(part)/thesaurus.txt", Self.thesaurus)
        _ = try directory.write(
          "\(index)-\(part)/collection.json",
          #"{"files":[{"path":"records.jsonl"}],"thesaurus":"thesaurus.txt"}"#)
        _ = try IndexJob.run(IndexRequest(paths: [folder], index: paths[index]))
      }
    }
  }

  private static func json(_ firm: Firm) -> String {
    var object = JSONObject()
    object["kind"] = .string("enterprise")
    object["id"] = .string(firm.id)
    object["name"] = .string(firm.name)
    object["province"] = firm.province.map { .string($0) }
    object["licence"] = firm.licence.map { .string($0) }
    object["export"] = firm.exports.map { .bool($0) }
    object["products"] = .array(
      firm.categories.map { .object(["name": .string("thing"), "category": .string($0)]) }
        + (firm.productLicence.map { [.object(["licence": .string($0)])] } ?? []))
    object["text"] = .string(firm.text)
    return JSONValue.object(object).text()
  }

  private static func json(_ note: Note) -> String {
    var object = JSONObject()
    object["kind"] = .string("inspection")
    object["id"] = .string(note.id)
    object["enterprise"] = note.enterprise.map { .string($0) }
    object["province"] = note.province.map { .string($0) }
    object["category"] = note.category.map { .string($0) }
    object["date"] = note.date.map { .string($0) }
    object["text"] = .string(note.text)
    object["violations"] = .array(note.severities.map { .object(["code": "V", "severity": .string($0)]) })
    return JSONValue.object(object).text()
  }

  // MARK: With a pencil

  /// The enterprise that a note belongs to, within its index.
  func firm(of note: Note) -> Firm? {
    guard let value = note.enterprise else { return nil }
    let own = firms.filter { $0.index == note.index }
    if let byID = own.first(where: { $0.id == value }) { return byID }
    let named = own.filter { $0.name == value }
    return named.count == 1 ? named[0] : nil
  }

  /// Of the records with these keys: the enterprises, and what their records say of each field.
  func expected(_ keys: Set<String>) -> (firms: Set<String>, records: Int, values: [String: [String: Set<String>]]) {
    var found: Set<String> = []
    var values: [String: [String: Set<String>]] = [:]
    func add(_ field: String, _ value: String?, _ id: String) {
      if let value { values[field, default: [:]][value, default: []].insert(id) }
    }
    for firm in firms where keys.contains("enterprise/\(firm.id)") {
      found.insert(firm.id)
      add("province", firm.province.map { $0 == "guangdong" ? "Guangdong" : $0 }, firm.id)
      // Its own licence: those of single products are asked for by product(…).
      add("licence", firm.licence != nil ? "licensed" : "none", firm.id)
      add("export", firm.exports.map { $0 ? "true" : "false" }, firm.id)
      for category in firm.categories { for term in Self.above[category] ?? [] { add("category", term, firm.id) } }
    }
    for note in notes where keys.contains("inspection/\(note.id)") {
      guard let firm = firm(of: note) else { continue }
      found.insert(firm.id)
      add("province", note.province.map { $0 == "guangdong" ? "Guangdong" : $0 }, firm.id)
      for term in note.category.flatMap({ Self.above[$0] }) ?? [] { add("category", term, firm.id) }
      for severity in note.severities { add("severity", severity, firm.id) }
    }
    return (found, keys.count, values)
  }
}

/// Steele, Lea and Flood 2014: the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
