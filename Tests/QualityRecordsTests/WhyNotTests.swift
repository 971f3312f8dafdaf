import Glibc
import JSONText
import Testing

@testable import QualityRecords

struct WhyNotTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  private func fixture() throws -> DirectiveFixture {
    let fixture = try DirectiveFixture()
    var note = fixture.note(
      "N1", "The licence was suspended after the lead coating of the plush toy was tested twice in May.")
    note.append("province", "Guangdong")
    note.append("enterprise", "E1")
    note.append("batch", "XK16-204-00123")
    note.append("violations", .array([["code": "V1", "text": "paint peels", "severity": "minor"]]))
    var other = fixture.note("N2", "甲醛释放量超标，封存产品。")
    other.append("enterprise", "E1")
    try fixture.add([
      note, other, ["kind": "enterprise", "id": "E1", "name": "Hongda Toys", "text": "Makes dolls."],
      ["kind": "enterprise", "id": "E2", "name": "Other Works", "text": "Makes chairs."],
    ])
    try fixture.add("d", title: "Notice", ["Toys are tested.", "Capacity is ratified by the bureau."])
    return fixture
  }

  @Test("R5: the first clause that fails, the nearest form and what was needed")
  func reasons() throws {
    let index = try fixture().index
    func why(_ id: String, _ query: String) throws -> [String?] {
      let answer = try index.whyNot(id, query)
      #expect(!answer.matches && answer.exitCode == .nothingFound, "\(id) \(query)")
      return [answer.clause, answer.nearest, answer.relation, answer.needed]
    }
    #expect(try why("N1", "licence revoked") == ["revoked", nil, nil, nil])
    #expect(
      try why("N1", "licence suspendid") == [
        "suspendid", "suspended", "spelling at distance 1", "rung fuzzy: suspendid~1",
      ])
    #expect(
      try why("N1", "=tests") == ["=tests", "tested", "inflection", "rung stem: tests without = or quotes"])
    #expect(
      try why("N1", "lead NEAR/2 toy") == [
        "lead NEAR/2 toy", "lead coating of the plush toy", "distance 5", "NEAR/5",
      ])
    #expect(try why("N1", "\"lead toy\"")[1...2] == ["lead coating of the plush toy", "not adjacent"])
    #expect(try why("N1", "date:2006") == ["date:2006", "2007-05-01", "121 days too late", "date:2007-05-01"])
    #expect(try why("N1", "since:2007-06")[2] == "31 days too early")
    #expect(try why("N1", "batch:XK16-204-0012")[1] == "XK16-204-00123")
    #expect(try why("N1", "XK16-204-0012")[1...2] == ["XK16-204-00123", "code that begins so"])
    #expect(try why("N1", "province:Fujian")[1...2] == ["Guangdong", "other value"])
    #expect(try why("N1", "lead -twice") == ["-twice", "twice", "excluded", "without -twice"])
    #expect(try why("N1", "SAME SENTENCE (lead peels)")[2] == "in different places")
    #expect(try why("N1", "severity:>=serious")[1] == "minor")
    #expect(try why("N2", "甲醛释放量达标")[1...2] == ["甲醛释放量", "part of the run"])
    #expect(try why("d", "SAME PARA (toys ratified)")[2] == "in different places")
    #expect(try why("d#p2", "capacity toys")[0] == "toys")
    #expect(try why("d#p2", "¶1 capacity")[0] == "n:1")
    #expect(try why("E1", "has(inspection: chairs)")[1] == "N1")
    #expect(try why("E2", "has(inspection)")[2] == "none at all")
    #expect(try why("E1", "NOT has(inspection: lead)")[1...2] == ["N1", "the record that decides"])
    #expect(try why("N1", "by(enterprise: chairs)")[1] == "E1")
    #expect(try index.whyNot("N1", "licence the revoked").clauses.map(\.holds) == [true, nil, false])
    #expect(try index.whyNot("N1", "licence revoked").at == 8..<15)
  }

  @Test("R5: relations of the thesaurus that are not used are named")
  func thesaurus() throws {
    let fixture = try DirectiveFixture()
    try fixture.add([fixture.note("N1", "The wardrobe smelled."), fixture.note("N2", "All furniture smelled.")])
    let index = try fixture.index
    #expect(try index.whyNot("N1", "bookcase").relation == "thesaurus: sibling, not used")
    #expect(try index.whyNot("N2", "wardrobe").relation == "thesaurus: broader, not used")
  }

  @Test("R5: a record that matches is said to, with its place; unknown ids are errors")
  func matches() throws {
    let index = try sample()
    let search = try index.search(SearchOptions("formaldehyde furniture"))
    for (number, hit) in search.hits.enumerated() {
      let answer = try index.whyNot("\(hit.kind)/\(hit.id)", "formaldehyde furniture")
      #expect(answer.matches && answer.exitCode == .done && answer.clause == nil && answer.nearest == nil)
      #expect(answer.rank == number + 1 && answer.total == search.total)
    }
    for (id, query, code) in [
      ("nobody", "lead", "no-such-id"), ("dir-0001#p99", "lead", "no-such-id"),
      ("dir-0001", "date:2007-13", "bad-date"),
      ("dir-0001", "nofield:x", "unknown-field"),
    ] {
      let error = #expect(throws: QualityError.self) { _ = try index.whyNot(id, query) }
      #expect(error?.code == code && error?.exitCode == .usage)
    }
    #expect(try index.whyNot("dir-0001", "").matches == false)
  }

  @Test("R5: holds exactly what the search finds, on random queries and records")
  func againstSearch() throws {
    let seed = getenv("DOSSIER_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 0 ... .max)
    print("why-not: seed \(seed)")
    var random = SeededGenerator(seed)
    let index = try sample()
    let clauses = [
      "formaldehyde", "furniture", "lead", "玩具", "甲醛", "\"quality file\"", "since:2007", "result:fail", "toys",
      "severity:>=serious", "-seal", "paint NEAR/5 lead", "coat*", "SAME SENTENCE (lead paint)", "=tested",
      "violation(code:V1 severity:>=moderate)", "has(inspection: lead)", "NOT has(inspection: result:fail)",
      "product:toys",
    ]
    let ids = try ["lead", "甲醛", "quality", "Guangdong"].flatMap { query in
      var options = SearchOptions(query)
      options.limit = 60
      return try index.search(options).hits.map { "\($0.kind)/\($0.id)" }
    }
    for _ in 0..<25 {
      let query = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        clauses[Int.random(in: 0..<clauses.count, using: &random)]
      }
      .joined(separator: " ")
      var options = SearchOptions(query)
      options.limit = 10_000
      let answer: SearchAnswer
      do { answer = try index.search(options) } catch {
        Issue.record("seed \(seed), \(query): \(error)")
        continue
      }
      // A relaxed answer holds records that do not match as asked.
      let isRelaxed = answer.notes.contains { $0.code == "most-words" || $0.code == "character-pairs" }
      let found = isRelaxed ? [] : Set(answer.hits.map { "\($0.kind)/\($0.id)" })
      for _ in 0..<8 {
        let id = ids[Int.random(in: 0..<ids.count, using: &random)]
        let why = try index.whyNot(id, query)
        #expect(why.matches == found.contains(id), "\(id) \(query)")
        if !why.matches { #expect(why.clause != nil && !why.reason.isEmpty, "\(id) \(query)") }
      }
    }
  }
}
