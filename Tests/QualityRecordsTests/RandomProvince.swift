import Glibc
import JSONText

/// A small generator whose numbers are the same everywhere (SplitMix64).
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func isTrue(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ values: [Element]) -> Element { values[below(values.count)] }
}

/// Enterprises with products and notes, with holes and dates of every precision, from a generator of numbers.
enum RandomProvince {
  static let categories = [
    "toys", "玩具", "plush toy", "Wooden Toy", "furniture", "wardrobe", "衣柜", "clothes", "cotton shirt",
    "paint and coating",
    "artificial flowers", "tyre", "bicycle helmet",
  ]
  static let provinces = ["Guangdong", "浙江", "Hebei"]

  /// Lines of records; ids of a later round replace some of an earlier one.
  static func records(_ random: inout Random, round: Int) -> String {
    var lines = ""
    for _ in 0..<60 {
      var record = JSONObject()
      record.append("kind", "enterprise")
      record.append("id", .string("E\(random.below(90))"))
      if lines.contains("\"id\":\(record["id"]?.text() ?? "")") { continue }
      record.append("name", .string("Works \(random.below(1000))"))
      if random.isTrue(90) { record.append("province", .string(random.pick(provinces))) }
      if random.isTrue(80) { record.append("export", .bool(random.isTrue(60))) }
      let products = (0..<random.below(5)).map { _ in JSONValue.object(product(&random)) }
      if !products.isEmpty { record.append("products", .array(products)) }
      for field in ["qualityFile", "reexamined", "guaranteeSigned", "capacityRatified"] where random.isTrue(60) {
        record.append(field, .string(date(&random)))
      }
      lines += record.text() + "\n"
    }
    for number in 0..<60 where random.isTrue(80) {
      var record = JSONObject()
      record.append("kind", "inspection")
      record.append("id", .string("N\(number + 20 * round)"))
      record.append("enterprise", .string("E\(random.below(90))"))
      if random.isTrue(85) { record.append("date", .string(date(&random))) }
      record.append("type", .string(random.pick(["import", "import", "routine"])))
      record.append("result", .string(random.pick(["fail", "fail", "pass"])))
      if random.isTrue(90) {
        record.append("disposition", .string(random.pick(["return", "destroy", "seal", "none"])))
      }
      lines += record.text() + "\n"
    }
    return lines
  }

  private static func product(_ random: inout Random) -> JSONObject {
    var product = JSONObject()
    if random.isTrue(90) { product.append("id", .string("p\(random.below(9))")) }
    product.append("name", .string("article \(random.below(50))"))
    if random.isTrue(95) { product.append("category", .string(random.pick(categories))) }
    if random.isTrue(50) { product.append("licence", .string("XK16-204-00\(100 + random.below(900))")) }
    if random.isTrue(60) { product.append("licenceIssued", .string(date(&random))) }
    if random.isTrue(20) { product.append("ccc", .string("CCC 2006-0\(100 + random.below(900))")) }
    if random.isTrue(60) { product.append("legalInspection", .bool(random.isTrue(30))) }
    if random.isTrue(60) { product.append("evidenceCollected", .string(date(&random))) }
    if random.isTrue(60) { product.append("examined", .string(date(&random))) }
    return product
  }

  private static func date(_ random: inout Random) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let year = 2004 + random.below(6)
    let month = 1 + random.below(12)
    let day = 1 + random.below(28)
    switch random.below(12) {
    case 0: return "\(year)"
    case 1: return "\(year)-Q\(1 + random.below(4))"
    case 2: return "\(year)-\(two(month))"
    case 3: return "--\(two(month))-\(two(day))"
    default: return "\(year)-\(two(month))-\(two(day))"
    }
  }
}

/// A file's lines, for tables that tests read apart from the program.
enum TextLinesOfFile {
  static func read(_ path: String) throws -> [Substring] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = getc(file)
      if byte == EOF { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
  }
}
