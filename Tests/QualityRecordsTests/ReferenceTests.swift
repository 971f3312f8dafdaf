import JSONText
import Testing

@testable import QualityRecords

struct ReferenceTests {
  private static let title = "Notice on the special rectification of toys"
  private static let target =
    "Production capacity of exporters is checked against floor space, machines and workers, and ratified by two inspectors."

  @Test("D6: planted citations in many spellings are all linked, and nothing else; precision printed")
  func planted() throws {
    let fixture = try DirectiveFixture()
    try fixture.add(
      "dir-9001", title: Self.title,
      [
        "First of all.", "Second, lists are made.", Self.target, "As ¶3 says, two inspectors sign.",
        "Paragraph 2 of this notice remains.",
      ])
    let citing = [
      "See dir-9001#p3 for this.", "Under dir-9001, ¶3, capacity was checked.", "Paragraph 3 of dir-9001 was read out.",
      "按《\(Self.title)》第三段执行。", "Paras 2-4 of the Notice on the special rectification of toys apply.",
      "The \(Self.title), para. 3, was handed over.", "依据dir-9001第二、三段检查。", "dir-9001 (2007), paragraphs 1 and 3",
    ]
    let echoing = [
      "It was said that capacity of exporters is checked against floor space, machines and workers here.",
      "PRODUCTION CAPACITY OF EXPORTERS IS CHECKED AGAINST FLOOR SPACE: done",
    ]
    let neither = [
      "Paragraph 2 of dir-9001 was read out.", "dir-9001 was read out.", "See dir-90011#p3.", "dir-9002, ¶3",
      "Capacity is checked against machines and by two workers on the floor.", "Paragraph 3 of the contract.",
      "¶3 alone", "《Another notice》第三段", "dir-9001#p33", "The floor space was 3 paragraphs of machines.",
    ]
    var records: [JSONObject] = []
    for (number, text) in citing.enumerated() { records.append(fixture.note("C\(number)", text)) }
    for (number, text) in echoing.enumerated() { records.append(fixture.note("E\(number)", text)) }
    for (number, text) in neither.enumerated() { records.append(fixture.note("N\(number)", text)) }
    try fixture.add(records)
    let answer = try fixture.index.refs("dir-9001#p3")
    let byNumber = Set(answer.citedBy.filter { $0.way == .number }.map(\.id))
    let byWording = Set(answer.citedBy.filter { $0.way == .wording }.map(\.id))
    let wanted = Set(citing.indices.map { "C\($0)" } + ["dir-9001#p4"])
    let right = byNumber.intersection(wanted).count
    print("by number: precision \(right)/\(byNumber.count), recall \(right)/\(wanted.count)")
    #expect(byNumber == wanted)
    #expect(byWording == ["E0", "E1"])
    #expect(answer.byNumber == wanted.count && answer.byWording == 2 && !answer.isPartial)
    #expect(answer.documentOnly == 1)
    #expect(answer.citedBy.first { $0.id == "E0" }?.text.hasPrefix("capacity of exporters") == true)
    #expect(answer.citedBy.first { $0.id == "E0" }?.words == 11)
    #expect(try fixture.index.refs("dir-9001#p3", limit: 2).citedBy.count == 2)
    #expect(try fixture.index.refs("dir-9001#p2").citedBy.map(\.id).contains("dir-9001#p5"))
  }

  @Test("D6: what a paragraph cites: titles, numbers, standards, its own articles")
  func outgoing() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("law", title: "中华人民共和国产品质量法", ["第一条 目的。", "第二条 范围。", "第三条 依照第一条和GB 6675-2014执行。"])
    try fixture.add("old", title: "Old notice on boards of wood", ["One.", "Two."])
    try fixture.add(
      "new", title: "New notice",
      [
        "This notice replaces old, which said nothing. According to 《产品质量法》第二条 and 《消防法》第五条, boards obey GB 18580-2001. "
          + "Paragraph 2 of the “Old notice on boards of wood” remains; see law#p1."
      ])
    let cited = try fixture.index.refs("new#p1").cites.map { "\($0.kind) \($0.id ?? "-")" }
    #expect(cited == ["passage law#p2", "title -", "standard -", "passage old#p2", "passage law#p1"])
    #expect(try fixture.index.refs("law#p3").cites.map { $0.id ?? $0.text } == ["law#p1", "GB 6675-2014"])
    let back = try fixture.index.refs("law#p2").citedBy
    #expect(back.map(\.id) == ["new#p1"])
    #expect(try fixture.index.refs("law 第一条").citedBy.map(\.id) == ["law#p3", "new#p1"])
  }

  @Test("D6: every shared run of eight words is found, against comparing all")
  func allRuns() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    let fixture = try DirectiveFixture()
    let paragraph = (0..<150).map { _ in "w\(Int.random(in: 0..<60, using: &random))" }
    try fixture.add("d", title: "t", [paragraph.joined(separator: " ")])
    var records: [JSONObject] = []
    var wanted: Set<String> = []
    for number in 0..<80 {
      let length = Int.random(in: 5...12, using: &random)
      let start = Int.random(in: 0...(150 - length), using: &random)
      let around = (0..<6).map { _ in "x\(Int.random(in: 0..<60, using: &random))" }
      let words = around + paragraph[start..<start + length] + around
      records.append(fixture.note("N\(number)", words.joined(separator: " ")))
      if length >= 8 { wanted.insert("N\(number)") }
    }
    try fixture.add(records)
    let answer = try fixture.index.refs("d#p1", limit: 200)
    #expect(Set(answer.citedBy.map(\.id)) == wanted)
  }
}
