import QueryLanguage
import Testing

/// What people type by habit, and what is made of it.
@Suite struct ForgivenessTests {
  @Test(
    "Q4: a space before the bracket of a join is left out, and said",
    arguments: [
      ("has (inspection: lead)", "has(inspection: lead)"), ("NOT has (inspection: lead)", "NOT has(inspection: lead)"),
      ("by (enterprise: name:x)", "by(enterprise: name:x)"), ("has　（inspection：lead）", "has(inspection: lead)"),
      ("toys has\u{A0}( inspection : lead )", "toys has(inspection: lead)"),
    ])
  func spacedJoin(_ typed: String, _ canonical: String) throws {
    let parsed = try QueryParser.parse(typed)
    #expect(parsed.canonical == canonical)
    #expect(parsed.repairs.contains { $0.code == .spaceBeforeParenthesis && !$0.range.isEmpty })
    #expect(throws: QuerySyntaxError.self) { try QueryParser.parse(typed, strict: true) }
  }

  @Test("Q4: has and by beside other groups stay words", arguments: ["by (lead OR tin)", "has (a b) c", "has"])
  func words(_ typed: String) throws {
    #expect(try QueryParser.parse(typed).repairs.isEmpty)
  }

  @Test("Q7: a word has beside a group of a kind's name is written so that it stays one")
  func joinWordsAreEscaped() throws {
    let group = QuerySyntax(.or([QuerySyntax(.field("inspection", QuerySyntax(.word("a")))), QuerySyntax(.word("b"))]))
    for word in [
      QuerySyntax(.word("has")), QuerySyntax(.required(QuerySyntax(.word("By")))),
      QuerySyntax(.not(QuerySyntax(.word("has")))),
    ] {
      let tree = QuerySyntax(.flat([word, group]))
      let parsed = try QueryParser.parse(tree.description, strict: true)
      #expect(parsed.syntax == tree, "\(tree)")
      #expect(parsed.canonical == tree.description)
    }
  }

  @Test("Q4: paragraphs are offered as a filter", arguments: ["第3段", "para 3", "¶3", "#p3"])
  func paragraphs(_ typed: String) throws {
    let note = try #require(try QueryParser.parse(typed).notes.first)
    #expect(note.paragraph == 3)
    #expect(note.message.contains("was searched as text"))
    #expect(note.hint.contains("paragraph(n:3"))
    #expect(try QueryParser.parse("paragraph(n:3 rectification)").canonical == "paragraph(n:3 rectification)")
  }

  @Test("Q4: white space of any kind inside a query changes nothing")
  func whiteSpace() throws {
    let plain = try QueryParser.parse("quality files furniture").canonical
    for space in ["\n", "\u{A0}", "\r\n", "\t", "\u{3000}", "\u{2028}", " \n "] {
      #expect(try QueryParser.parse("quality\(space)files\(space)furniture").canonical == plain)
    }
  }

  @Test("Q3: a month that is none is named, with what may be meant")
  func months() {
    let error = #expect(throws: QuerySyntaxError.self) { try QueryParser.parse("since:2007-13") }
    #expect(error?.message.contains("month 13") == true)
    #expect(error?.hint == "did you mean 2007-03 or 2007-12?")
    #expect(error?.range == 6..<13)
  }
}
