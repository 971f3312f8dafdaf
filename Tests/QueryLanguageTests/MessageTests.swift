import QueryLanguage
import Testing

/// What people are shown: messages, and carets under the right columns.
@Suite struct MessageTests {
  func picture(_ text: String) throws -> [String] {
    let parsed = try QueryParser.parse(text)
    guard let repair = parsed.repairs.first else { return [] }
    return CaretPicture.lines(text, pointingAt: repair.range) + [repair.message]
  }

  @Test func anOpenQuote() throws {
    #expect(
      try picture("toys \"lead coating") == [
        "toys \"lead coating", "     ^", "quote opened here is not closed; searched as \"lead coating\"",
      ])
  }

  @Test func caretsStandUnderChineseCharacters() throws {
    #expect(try picture("毛绒玩具 AND") == ["毛绒玩具 AND", "         ^^^", "AND has nothing after it; left out"])
    #expect(try picture("玩具：“具”").prefix(2) == ["玩具：“具”", "    ^^"])
    #expect(CaretPicture.lines("a\u{3000}玩 b", pointingAt: 8..<9) == ["a\u{3000}玩 b", "      ^"])
    #expect(CaretPicture.lines("e\u{301}x y", pointingAt: 3..<4) == ["e\u{301}x y", " ^"])
  }

  @Test func aRangeAnywhereIsDrawn() {
    #expect(CaretPicture.lines("", pointingAt: 0..<0) == ["", "^"])
    #expect(CaretPicture.lines("ab", pointingAt: 2..<2) == ["ab", "  ^"])
    #expect(CaretPicture.lines("ab", pointingAt: 1..<1) == ["ab", " ^"])
    #expect(CaretPicture.lines("ab", pointingAt: 900..<1000) == ["ab", "  ^"])
    #expect(CaretPicture.lines("a\nb", pointingAt: 2..<3) == ["a b", "  ^"])
    #expect(CaretPicture.lines("玩", pointingAt: 1..<2) == ["玩", "^^"])
  }

  @Test func longTextsAreCutAroundThePlace() {
    let text = String(repeating: "word ", count: 200) + "AND"
    let lines = CaretPicture.lines(text, pointingAt: 1000..<1003, width: 40)
    #expect(lines[0].hasPrefix("…") && lines[0].hasSuffix(" AND"))
    #expect(lines[0].count <= 40)
    #expect(lines[1].count == lines[0].count && lines[1].hasSuffix(" ^^^"))
    let front = CaretPicture.lines(text, pointingAt: 0..<4, width: 40)
    #expect(front[0].hasSuffix("…") && front[1] == "^^^^" && front[0].count <= 40)
  }

  @Test func aMonthThatIsNone() throws {
    let text = "toys since:2007-13"
    do {
      _ = try QueryParser.parse(text)
      Issue.record("accepted")
    } catch {
      #expect(error.description == "month 13; a year has twelve; did you mean 2007-03 or 2007-12?")
      #expect(CaretPicture.lines(text, pointingAt: error.range) == [text, "           ^^^^^^^"])
    }
  }

  @Test func aKindIsPointedAt() throws {
    let text = "玩具 has(inspektion: x)"
    let parsed = try QueryParser.parse(text)
    guard case .flat(let nodes) = parsed.syntax.kind, case .has(let kind, _) = nodes[1].kind else {
      Issue.record("\(parsed.canonical)")
      return
    }
    #expect(CaretPicture.lines(text, pointingAt: kind.range) == [text, "         ^^^^^^^^^^"])
  }

  @Test func paragraphsAreOffered() throws {
    for (text, number) in [("第3段", 3), ("第十二段", 12), ("第二十段", 20), ("para 3", 3), ("¶7", 7), ("第３段 toys", 3)] {
      let parsed = try QueryParser.parse(text)
      #expect(parsed.notes.map(\.paragraph) == [number], "\(text)")
      #expect(parsed.repairs.isEmpty)
    }
    #expect(try QueryParser.parse("第3条 para x paragraph").notes.isEmpty)
  }
}
