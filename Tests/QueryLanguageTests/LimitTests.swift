import QueryLanguage
import Testing

/// Each limit at one below, at, and one above.
@Suite struct LimitTests {
  func code(_ text: String) -> String? {
    do {
      _ = try QueryParser.parse(text)
      return nil
    } catch {
      return error.code.text
    }
  }

  func nested(_ open: String, _ count: Int, _ close: String) -> String {
    String(repeating: open, count: count) + "a" + String(repeating: close, count: count)
  }

  @Test func textLength() {
    let limit = QueryLimits.textBytes
    #expect(code(String(repeating: "a", count: limit - 1)) == nil)
    #expect(code(String(repeating: "a", count: limit)) == nil)
    #expect(code(String(repeating: "a", count: limit + 1)) == "text-too-long")
    #expect(code(String(repeating: "玩", count: limit / 3 + 1)) == "text-too-long")
  }

  @Test(arguments: [
    ("(", ")"), ("NOT ", ""), ("violation(", ")"), ("has(x: ", ")"), ("SAME PARA (", ")"), ("x:(", ")"),
  ])
  func nesting(_ open: String, _ close: String) {
    let limit = QueryLimits.nesting
    #expect(code(nested(open, limit - 1, close)) == nil)
    #expect(code(nested(open, limit, close)) == nil)
    #expect(code(nested(open, limit + 1, close)) == "nesting-too-deep")
    #expect(code(nested(open, 1000, "")) == "nesting-too-deep")
  }

  /// Operators that nest without parentheses being typed count as the parentheses of their canonical text.
  @Test func chainsNest() {
    func chain(_ count: Int) -> String {
      "a" + (1...count).map { " NEAR/\($0) b" }.joined()
    }
    #expect(code(chain(33)) == nil)
    #expect(code(chain(34)) == "nesting-too-deep")
    #expect(code(chain(1000)) == "nesting-too-deep")
  }

  @Test func clauses() {
    let limit = QueryLimits.clauses
    func words(_ count: Int, _ separator: String) -> String {
      Array(repeating: "a", count: count).joined(separator: separator)
    }
    for separator in [" ", " OR ", " AND ", " NEAR/5 ", " -"] {
      #expect(code(words(limit - 1, separator)) == nil)
      #expect(code(words(limit, separator)) == nil)
      #expect(code(words(limit + 1, separator)) == "too-many-clauses")
    }
  }

  @Test func patterns() {
    let limit = QueryLimits.patternCharacters
    func pattern(_ count: Int) -> String { "/" + String(repeating: "a", count: count) + "/" }
    #expect(code(pattern(limit - 1)) == nil)
    #expect(code(pattern(limit)) == nil)
    #expect(code(pattern(limit + 1)) == "pattern-too-long")
  }

  @Test func reportsAreBounded() throws {
    let parsed = try QueryParser.parse(String(repeating: ")", count: 10_000))
    #expect(parsed.repairs.count == 32)
    #expect(parsed.syntax.kind == .empty)
  }
}
