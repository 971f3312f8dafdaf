import Testing

@testable import TextAnalysis

@Suite struct ThesaurusTests {
  private static let text = """
    # Goods.
    goods = 产品
      toys = 玩具 = playthings
        plush toy = 毛绒玩具
        doll
      furniture = 家具
        bed = 木床

    hazards
      lead = 铅
      doll
    """

  @Test func climbsDownAndNotUp() throws {
    let tree = try Thesaurus(parsing: Self.text)
    #expect(tree.namesUnder("toys") == ["toys", "玩具", "playthings", "plush toy", "毛绒玩具", "doll"])
    #expect(tree.namesUnder("玩具") == tree.namesUnder("PLAYTHINGS"))
    #expect(tree.namesUnder("bed") == ["bed", "木床"])
    #expect(tree.namesUnder("toy").isEmpty)
    #expect(tree.namesUnder("goods").count == 12)
    #expect(tree.places(of: "doll").count == 2)
    #expect(tree.namesUnder("doll") == ["doll"])
    #expect(tree.terms[tree.places(of: "lead")[0]].broader.map { tree.terms[$0].names } == ["hazards"])
  }

  @Test(arguments: [
    ("a\n    b", 2), (" a", 1), ("a\n\tb", 2), ("a\n\n= b", 3), ("a = ", 1), ("a = = b", 1),
    ((0...16).map { String(repeating: "  ", count: $0) + "a" }.joined(separator: "\n"), 17),
  ])
  func saysWhichLineIsWrong(_ text: String, _ line: Int) {
    let error = #expect(throws: ThesaurusError.self) { try Thesaurus(parsing: text) }
    #expect(error?.line == line)
  }

  @Test("A7: related terms are related to one another, and never under one another")
  func related() throws {
    let tree = try Thesaurus(parsing: "toys = 玩具 ~ games ~ baby goods\n  doll ~ toys\ngames\n  chess ~ doll\n")
    func related(_ name: String) -> [String] { tree.places(of: name).flatMap { tree.related(to: $0) } }
    #expect(related("toys") == ["games", "baby goods", "doll"])
    #expect(related("GAMES") == ["toys"])
    #expect(related("doll") == ["toys", "chess"])
    #expect(tree.namesUnder("toys") == ["toys", "玩具", "doll"])
    for (text, line) in [("a ~", 1), ("a\n~ b", 2), ("a ~ b = c", 1), ("a = ~ b", 1)] {
      let error = #expect(throws: ThesaurusError.self) { try Thesaurus(parsing: text) }
      #expect(error?.line == line, "\(text)")
    }
  }

  @Test func takesNothing() throws { #expect(try Thesaurus(parsing: "\n# none\r\n").terms.isEmpty) }
}
