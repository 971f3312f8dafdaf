import JSONText
import Records

@testable import SearchEngine

/// Random schemas and records of every field type, over a small vocabulary with all that is awkward in it.
struct RandomRecords {
  let schemas: [Schema]
  var random: SeededGenerator

  static let words = [
    "lead", "leads", "paint", "painted", "inspection", "inspected", "GB", "a", "U.S.", "1,000", "甲醛超标", "é", "Straße",
    "GB/T 18584-2001", "don't", "x\u{0}y", "…", "—", "家", "formaldehyde", "12.5%", "\u{1F600}", "ＡＢＣ", "I-9",
  ]

  init(seed: UInt64) {
    random = SeededGenerator(seed)
    var types: [FieldType] = [
      .text, .name, .keyword, .code, .date, .number, .boolean, .ordered(["low", "mid", "high"]),
    ]
    types.shuffle(using: &random)
    var fields: [FieldDefinition] = []
    for (number, type) in (types + [.text, .keyword, .date]).enumerated() {
      let group = number >= types.count ? "parts." : number % 3 == 2 ? "items." : ""
      fields.append(
        FieldDefinition(
          name: "\(group)f\(number)", type: type, weight: Int.random(in: 0...3, using: &random),
          isList: Int.random(in: 0..<3, using: &random) == 0))
    }
    schemas = [
      Schema(kind: "file", fields: fields, keepsUnknownFields: Bool.random(using: &random)),
      Schema(
        kind: "piece", fields: [FieldDefinition(name: "text", type: .text), FieldDefinition(name: "n", type: .number)],
        keepsUnknownFields: false),
    ]
  }

  mutating func text() -> String {
    if Int.random(in: 0..<60, using: &random) == 0 { return String(repeating: "超标甲", count: 400) }
    if Int.random(in: 0..<20, using: &random) == 0 {
      return ["—", "", " ", "…\n\n…"].randomElement(using: &random) ?? ""
    }
    let separators = [" ", " ", " ", ". ", "\n\n", ", "]
    return (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (Self.words.randomElement(using: &random) ?? "") + (separators.randomElement(using: &random) ?? " ")
    }.joined()
  }

  private mutating func value(_ type: FieldType) -> JSONValue {
    switch type {
    case .text, .name, .keyword: return .string(text())
    case .code: return .string(["GB/T 18584-2001", "SN 0123", "—", "A-1", "lead"].randomElement(using: &random) ?? "")
    case .date:
      return .string(["2007", "2007-Q3", "2007-03", "2007-03-14", "--02-20"].randomElement(using: &random) ?? "")
    case .number: return .number(["0", "-1.5", "3e9", "12"].randomElement(using: &random) ?? "0")
    case .boolean: return .bool(Bool.random(using: &random))
    case .ordered(let values): return .string(values.randomElement(using: &random) ?? "")
    }
  }

  private mutating func values(_ field: FieldDefinition) -> JSONValue {
    guard field.isList else { return value(field.type) }
    return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(field.type) })
  }

  mutating func record(_ id: String) -> Record {
    var body = JSONObject()
    for group in ["", "items.", "parts."] {
      let fields = schemas[0].fields.filter { field in
        group.isEmpty ? field.group == nil : field.name.hasPrefix(group)
      }
      if group.isEmpty {
        for field in fields where Int.random(in: 0..<4, using: &random) > 0 { body[field.name] = values(field) }
        continue
      }
      var items: [JSONValue] = []
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        var item = JSONObject()
        for field in fields where Int.random(in: 0..<3, using: &random) > 0 {
          item[String(field.name.dropFirst(group.count))] = values(field)
        }
        if Int.random(in: 0..<4, using: &random) == 0 { item["unknown"] = .string(text()) }
        items.append(.object(item))
      }
      if !items.isEmpty { body[String(group.dropLast())] = .array(items) }
    }
    if Int.random(in: 0..<4, using: &random) == 0 { body["other"] = .array([.string(text()), .null, .number("7")]) }
    return Record(kind: "file", id: id, body: body)
  }

  /// The records that are derived from one.
  mutating func pieces(_ id: String) -> [Record] {
    (0..<Int.random(in: 0...3, using: &random)).map { number in
      var body = JSONObject()
      body["text"] = .string(text())
      body["n"] = .number("\(number)")
      return Record(kind: "piece", id: "\(id)#p\(number)", body: body)
    }
  }
}

/// What an index should hold: the records in the order in which they were last written, each with what is derived from it.
struct IndexModel {
  private(set) var entries: [(record: Record, pieces: [Record])] = []

  var ids: [String] { entries.map(\.record.id) }

  mutating func put(_ record: Record, _ pieces: [Record]) -> IndexWriter.Outcome {
    guard let place = entries.firstIndex(where: { $0.record.id == record.id }) else {
      entries.append((record, pieces))
      return .added
    }
    if Self.bytes(entries[place].record) == Self.bytes(record) { return .unchanged }
    entries.remove(at: place)
    entries.append((record, pieces))
    return .replaced
  }

  mutating func delete(_ id: String) -> Bool {
    guard let place = entries.firstIndex(where: { $0.record.id == id }) else { return false }
    entries.remove(at: place)
    return true
  }

  static func bytes(_ record: Record) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(record.json)
    return writer.bytes
  }

  /// Stored records by kind, in order.
  var records: [String: [[UInt8]]] {
    var records: [String: [[UInt8]]] = [:]
    for entry in entries {
      records["file", default: []].append(Self.bytes(entry.record))
      for piece in entry.pieces { records["piece", default: []].append(Self.bytes(piece)) }
    }
    return records
  }
}
