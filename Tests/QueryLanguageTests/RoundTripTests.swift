import QueryLanguage
import Testing

/// Printing and parsing undo each other.
@Suite struct RoundTripTests {
  static let seed: UInt64 = 20_070_314

  @Test func randomTreesAreFixedPoints() throws {
    print("seed \(Self.seed)")
    var trees = RandomTrees(random: SeededGenerator(seed: Self.seed))
    var failures = 0
    for number in 0..<10_000 {
      let tree = trees.tree(number % 7)
      let text = tree.description
      do {
        let parsed = try QueryParser.parse(text, strict: true)
        if parsed.syntax != tree || parsed.canonical != text {
          failures += 1
          if failures <= 10 {
            Issue.record("tree \(number): \(text)\nread as \(parsed.canonical)\n\(tree.kind)\n\(parsed.syntax.kind)")
          }
        }
      } catch {
        failures += 1
        if failures <= 10 { Issue.record("tree \(number): \(text): \(error)") }
      }
    }
    #expect(failures == 0)
  }

  @Test func outlinesReadBack() throws {
    var trees = RandomTrees(random: SeededGenerator(seed: Self.seed &+ 1))
    for number in 0..<2_000 {
      let tree = trees.tree(number % 6)
      let back = QuerySyntax(tree.outline)
      #expect(back == tree, "\(tree)")
    }
  }

  @Test func outlinesThatCouldNotBeTypedAreRefused() {
    let word = QueryOutline("word", [("text", .text("a"))])
    #expect(QuerySyntax(QueryOutline("word")) == nil)
    #expect(QuerySyntax(QueryOutline("word", [("text", .text(""))])) == nil)
    #expect(QuerySyntax(QueryOutline("word", [("text", .text("a"))], [word])) == nil)
    #expect(QuerySyntax(QueryOutline("flat", [], [word])) == nil)
    #expect(QuerySyntax(QueryOutline("spell", [], [word])) == nil)
    #expect(QuerySyntax(QueryOutline("boost", [("factor", .number(.infinity))], [word])) == nil)
    #expect(QuerySyntax(QueryOutline("near", [("distance", .integer(0))], [word, word])) == nil)
    #expect(QuerySyntax(QueryOutline("unit", [("name", .text("has("))], [word])) == nil)
    #expect(QuerySyntax(QueryOutline("field", [("name", .text("since"))], [word])) == nil)
    #expect(QuerySyntax(QueryOutline("flat", [], [word, QueryOutline("empty")])) == nil)
    var deep = word
    for _ in 0..<10_000 { deep = QueryOutline("not", [], [deep]) }
    #expect(QuerySyntax(deep) == nil)
    #expect(QuerySyntax(QueryOutline("flat", [], Array(repeating: word, count: 1025))) == nil)
    #expect(QuerySyntax(QueryOutline("flat", [], Array(repeating: word, count: 1024))) != nil)
    #expect(QuerySyntax(QueryOutline("empty")) == QuerySyntax(.empty))
  }

  @Test func rangesPointAtWhatWasTyped() throws {
    let text = "toys OR +province:广东^2 \"a b\" has(inspektion: x)"
    let parsed = try QueryParser.parse(text)
    func slice(_ range: Range<Int>) -> String { String(decoding: Array(text.utf8)[range], as: UTF8.self) }
    guard case .or(let branches) = parsed.syntax.kind, case .flat(let nodes) = branches[1].kind else {
      Issue.record("\(parsed.canonical)")
      return
    }
    #expect(slice(branches[0].range) == "toys")
    #expect(nodes.map { slice($0.range) } == ["+province:广东^2", "\"a b\"", "has(inspektion: x)"])
    guard case .has(let kind, _) = nodes[2].kind else { Issue.record("\(nodes[2])"); return }
    #expect(slice(kind.range) == "inspektion")
  }

  @Test func onlyBareWordsOfAFlatQueryAreRelaxable() throws {
    func relaxable(_ text: String) throws -> [Bool] { try QueryParser.parse(text).syntax.relaxable }
    #expect(
      try relaxable("lead coating \"a b\" =c +d -e f:g h^2 i* (j k)") == [true, true]
        + Array(repeating: false, count: 8))
    #expect(try relaxable("lead") == [false])
    #expect(try relaxable("lead AND coating") == [false, false])
    #expect(try relaxable("lead OR coating") == [false])
    #expect(try relaxable("(lead coating)") == [true, true])
    #expect(try relaxable("") == [])
  }
}
