import QualityRecords
import Testing

/// How a query was read, clause by clause, and directives with the marks of a query.
struct ReadingTests {
  @Test("each clause of a query says what it is and what is left without it")
  func clauses() throws {
    let clauses = try ParseAnswer(parsing: "lead \"small parts\" province:Guangdong since:2007 -toy").clauses
    #expect(clauses.map(\.text) == ["lead", "\"small parts\"", "province:Guangdong", "since:2007", "-toy"])
    #expect(clauses.map(\.isFilter) == [false, false, true, true, true])
    #expect(clauses[2].without == "lead \"small parts\" since:2007 -toy")
    #expect(try ParseAnswer(parsing: "lead").clauses.map(\.without) == [""])
    #expect(try ParseAnswer(parsing: "lead AND coating AND date:2007").clauses.last?.without == "lead AND coating")
    #expect(try ParseAnswer(parsing: "lead OR coating").clauses.count == 1)
    for clause in try ParseAnswer(parsing: "甲醛 家具 (a OR b) severity:>=serious").clauses {
      let rest = try ParseAnswer(parsing: clause.without)
      #expect(rest.notes.isEmpty && rest.clauses.count == 3, "\(clause.without)")
    }
  }

  @Test("a directive holds the marks of a query, and of its words alone where its filters are not those of paragraphs")
  func reading() throws {
    let directory = try TestDirectory()
    let file = try directory.write(
      "directives.jsonl",
      #"{"kind":"directive","id":"d1","title":"Notice","date":"2007","paragraphs":["Toys with lead are sealed.","Nothing here.","第十二条 玩具含铅的，予以封存。Lead again."]}"#
    )
    _ = try IndexJob.run(IndexRequest(paths: [file], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    func marked(_ query: String?) throws -> [[String]] {
      try index.reading("d1", query: query).paragraphs.map { paragraph in
        let bytes = Array(paragraph.text.utf8)
        return paragraph.marks.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
    }
    #expect(try marked(nil) == [[], [], []])
    #expect(try marked("lead") == [["lead"], [], ["Lead"]])
    #expect(try marked("lead province:Guangdong kind:directive") == [["lead"], [], ["Lead"]])
    #expect(try marked("zzzz") == [[], [], []])
    #expect(try index.reading("d1", query: "lead").matching == [1, 3])
    #expect(throws: QualityError.self) { try index.reading("d2") }
  }

  @Test("the clause of a category takes it alone, that of other fields their values")
  func facetClauses() throws {
    #expect(SearchAnswer.clause("province", "Guangdong") == "province:Guangdong")
    #expect(SearchAnswer.clause("province", "Inner Mongolia") == "province:\"Inner Mongolia\"")
    #expect(SearchAnswer.clause("category", "toys") == "category:[toys TO toys]")
    for value in ["a b", "\"", "x:y", "NOT", "a\\b", "中 文", "-x", "*"] {
      for field in ["province", "category"] {
        let parsed = try ParseAnswer(parsing: SearchAnswer.clause(field, value))
        #expect(parsed.notes.isEmpty && parsed.clauses.count == 1, "\(field) \(value)")
      }
    }
  }
}
