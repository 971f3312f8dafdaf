import JSONText
import QueryLanguage
import Storage
import Testing

@testable import SearchEngine

/// Queries as JSON trees and back.
@Suite struct QueryTreeTests {
  /// Queries of every form, by a small grammar: the same for the same seed.
  struct RandomQueries {
    var random: SeededGenerator

    mutating func pick(_ texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }

    mutating func atom() -> String {
      pick([
        "lead", "玩具", "毛绒玩具", "XK16-204-00123", "GB/T", "5296.5-2006", "\"quality files\"", "=fox-it", "lead*", "l?ad",
        "*ing", "/le?ad|x+/", "recti~1", "formaldehyde~2", "province:GD", "name:\"Hongda Toys\"", "licence:*",
        "severity:>=serious", "price:[5 TO 10}", "price:..7", "tag:{a TO *]", "date:2007-Q3", "since:2007-03",
        "date:2007-03..2007-10", "until:2006", "100%s", "a:b", "\\AND", "it's", "C++", "“a b”", "第3段", "*", "has", "by",
        "has(inspection)", "a\\ b", "text:(a OR b)", "x\"y", "\"\\\"\"", "ＧＢ６６７５",
      ])
    }

    mutating func query(_ depth: Int) -> String {
      if depth == 0 { return atom() }
      switch random.next() % 12 {
      case 0...2: return (0..<Int(1 + random.next() % 4)).map { _ in query(depth - 1) }.joined(separator: " ")
      case 3: return "(\(query(depth - 1)) OR \(query(depth - 1)))"
      case 4: return "(\(query(depth - 1)) AND \(query(depth - 1)))"
      case 5: return "NOT (\(query(depth - 1)))"
      case 6: return pick(["+", "-"]) + "(" + query(depth - 1) + ")"
      case 7: return "(\(query(depth - 1)))^" + pick(["2", "0.5", "33.333", "0.30000000000000004"])
      case 8: return "\(atom()) \(pick(["NEAR/5", "ONEAR/3", "/s", "w/7"])) \(atom())"
      case 9:
        return pick(["SAME PARA", "SAME SENTENCE", "violation", "product", "paragraph", "text:"])
          + "(\(query(depth - 1)))"
      case 10: return pick(["has(inspection: ", "by(enterprise: ", "has(inspektion: "]) + query(depth - 1) + ")"
      default: return atom()
      }
    }
  }

  @Test("Q7: parse, print, parse and tree, JSON, tree give the same for 10,000 random queries")
  func roundTrips() throws {
    let seed: UInt64 = 20_070_703
    print("seed \(seed)")
    var queries = RandomQueries(random: SeededGenerator(seed))
    var trees = 0
    for number in 0..<10_000 {
      let text = queries.query(number % 4)
      guard let parsed = try? QueryParser.parse(text) else { continue }
      trees += 1
      let again = try QueryParser.parse(parsed.canonical, strict: !parsed.canonical.isEmpty)
      if again.syntax != parsed.syntax { Issue.record("\(text) → \(parsed.canonical) → \(again.canonical)") }
      let json = parsed.syntax.json.text()
      let back = try QuerySyntax(json: JSONValue(parsing: json))
      if back != parsed.syntax || back.json.text() != json { Issue.record("\(text): \(json) → \(back.json.text())") }
    }
    #expect(trees > 9_500)
  }

  @Test(
    "Q7: what is no tree is refused with its place",
    arguments: [
      ("[]", "$"), ("{}", "$.type"), (#"{"type":"word","text":null}"#, "$.text"),
      (#"{"type":"and","children":[{"type":"word","text":"a"},7]}"#, "$.children[1]"),
      (#"{"type":"word"}"#, "$"), (#"{"type":"spell","text":"a"}"#, "$"),
      (#"{"type":"near","distance":1e99,"children":[]}"#, "$"), (#"{"type":"boost","factor":1e999}"#, "$.factor"),
    ])
  func refused(_ json: String, _ path: String) throws {
    let value = try JSONValue(parsing: json)
    let error = #expect(throws: QueryTreeError.self) { _ = try QuerySyntax(json: value) }
    #expect(error?.path == path)
  }

  @Test("Q7: nesting beyond all bounds is refused, not followed")
  func deep() throws {
    var value = QuerySyntax(.word("a")).json
    for _ in 0..<400 {
      value = .object(
        JSONObject([.init(name: "type", value: .string("not")), .init(name: "children", value: .array([value]))]))
    }
    #expect(throws: QueryTreeError.self) { _ = try QuerySyntax(json: value) }
  }
}
