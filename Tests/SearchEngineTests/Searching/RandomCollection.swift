import JSONText
import QueryLanguage
import Records

/// Random records and queries over a small vocabulary, so that everything meets. SplitMix64: the same for the same seed.
struct RandomCollection: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  static let schemas = [
    Schema(
      kind: "note",
      fields: [
        FieldDefinition(name: "title", type: .text, weight: 3),
        FieldDefinition(name: "text", type: .text),
        FieldDefinition(name: "status", type: .keyword),
        FieldDefinition(name: "tags", type: .keyword, weight: 0, isList: true),
        FieldDefinition(name: "amount", type: .number, weight: 0),
        FieldDefinition(name: "date", type: .date, weight: 0),
      ], keepsUnknownFields: false),
    Schema(
      kind: "firm",
      fields: [
        FieldDefinition(name: "text", type: .text, weight: 2),
        FieldDefinition(name: "status", type: .keyword, weight: 0),
      ], keepsUnknownFields: false),
  ]

  private static let roots = [
    "lead", "paint", "furnitur", "formald", "inspect", "batch", "crack", "label", "weld", "toxic", "seal", "glu",
  ]
  private static let endings = ["", "", "", "s", "ing", "ed"]
  private static let runs = ["甲醛超标", "甲醛", "家具质量", "质量不合格", "超标家具"]

  mutating func word() -> String {
    // Low roots are frequent: the smaller of two draws.
    let place = min(
      Int.random(in: 0..<Self.roots.count, using: &self), Int.random(in: 0..<Self.roots.count, using: &self))
    return Self.roots[place] + (Self.endings.randomElement(using: &self) ?? "")
  }

  mutating func text(_ most: Int) -> String {
    (0..<Int.random(in: 1...most, using: &self)).map { _ in
      Int.random(in: 0..<8, using: &self) == 0 ? Self.runs.randomElement(using: &self) ?? "" : word()
    }.joined(separator: " ")
  }

  mutating func record(_ id: String) -> Record {
    var body = JSONObject()
    if Int.random(in: 0..<3, using: &self) == 0 {
      body["text"] = .string(text(12))
      body["status"] = .string(["open", "closed"].randomElement(using: &self) ?? "open")
      return Record(kind: "firm", id: id, body: body)
    }
    if Bool.random(using: &self) { body["title"] = .string(text(4)) }
    body["text"] = .string(text(30))
    if Bool.random(using: &self) {
      body["status"] = .string(["open", "closed", "on hold"].randomElement(using: &self) ?? "open")
    }
    body["tags"] = .array((0..<Int.random(in: 0...2, using: &self)).map { _ in .string(word()) })
    if Bool.random(using: &self) { body["amount"] = .number("\(Int.random(in: -20...20, using: &self))") }
    if Bool.random(using: &self) {
      let month = Int.random(in: 1...9, using: &self)
      body["date"] = .string(
        ["2007", "2007-0\(month)", "2007-0\(month)-15", "2008"].randomElement(using: &self) ?? "2007")
    }
    return Record(kind: "note", id: id, body: body)
  }

  mutating func query(_ depth: Int = 2) -> QuerySyntax {
    let choice = Int.random(in: 0..<(depth > 0 ? 18 : 11), using: &self)
    switch choice {
    case 0, 1, 2, 3: return QuerySyntax(.word(word()))
    case 4: return QuerySyntax(.exact(word()))
    case 5: return QuerySyntax(.phrase(word() + " " + word()))
    case 6: return QuerySyntax(.prefix(String(word().prefix(Int.random(in: 2...4, using: &self)))))
    case 7: return QuerySyntax(.word(Self.runs.randomElement(using: &self) ?? "甲醛"))
    case 8: return QuerySyntax(.field("title", QuerySyntax(.word(word()))))
    case 9:
      return QuerySyntax(.field("status", QuerySyntax(.word(["open", "closed"].randomElement(using: &self) ?? ""))))
    case 10:
      let low = Int.random(in: -20...10, using: &self)
      return QuerySyntax(
        .range(
          "amount", lower: .init("\(low)", isInclusive: Bool.random(using: &self)),
          upper: Bool.random(using: &self) ? nil : .init("\(low + 8)", isInclusive: true)))
    case 11, 12: return QuerySyntax(.and([query(depth - 1), query(depth - 1)]))
    case 13, 14, 15: return QuerySyntax(.or([query(depth - 1), query(depth - 1), query(depth - 1)]))
    case 16: return QuerySyntax(.and([query(depth - 1), QuerySyntax(.not(query(depth - 1)))]))
    default: return QuerySyntax(.boost(query(depth - 1), factor: 2.5))
    }
  }
}
