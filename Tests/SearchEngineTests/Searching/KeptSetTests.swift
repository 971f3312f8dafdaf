import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Sets that are kept say what the matchers say, whichever time they are asked for.
@Suite struct KeptSetTests {
  private static let words = ["lead", "paint", "toys", "crack", "label", "铅", "玩具"]
  private static let queries = [
    "text:lead", "text:(lead OR paint)", "\"lead paint\"", "\"铅玩具\"", "lead NEAR/3 paint", "lead ONEAR/2 toys",
    "SAME SENTENCE (lead paint)", "violation(lead)", "violation(lead severity:serious)", "violation(\"lead paint\")",
    "violation(lead -paint)", "violation(lead) crack", "text:lead NOT \"paint toys\"", "product:toys",
    "product:\"lead paint\"", "product:(lead -paint)", "products.name:toys", "products.name:\"crack label\"",
    "products.name:铅 lead", "province:zhejiang lead", "licence:* crack",
    "(product:lead OR products.name:lead) NOT label",
    "has(inspection: violation(lead))", "NOT has(inspection: \"lead paint\" violation(crack))",
  ]

  private static func searcher(_ random: inout SeededGenerator) throws -> Searcher {
    func word() -> String { words.randomElement(using: &random) ?? "" }
    func text(_ count: Int) -> String { (0..<count).map { _ in word() }.joined(separator: " ") }
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: [.enterprise, .inspection, .directive], options: options)
    for number in 0..<600 {
      var body = JSONObject()
      body["enterprise"] = .string("e\(Int.random(in: 0..<40, using: &random))")
      body["text"] = .string("\(text(3)). \(text(Int.random(in: 0...4, using: &random)))")
      body["product"] = .string(text(Int.random(in: 1...2, using: &random)))
      body["province"] = .string(["Zhejiang", "Guangdong"].randomElement(using: &random) ?? "")
      body["violations"] = .array(
        (0..<Int.random(in: 0...2, using: &random)).map { _ in
          var violation = JSONObject()
          violation["text"] = .string(text(2))
          violation["severity"] = .string(["minor", "serious"].randomElement(using: &random) ?? "minor")
          return .object(violation)
        })
      _ = try writer.add(Record(kind: "inspection", id: "n\(number)", body: body))
      if number < 40 {
        var firm = JSONObject()
        firm["name"] = .string("Firm \(number)")
        firm["text"] = .string(text(2))
        firm["licence"] = number % 3 == 0 ? .string("XK16-204-0000\(number % 10)") : nil
        firm["products"] = .array(
          (0..<Int.random(in: 0...3, using: &random)).map { _ in
            var product = JSONObject()
            product["name"] = .string([word(), "crack label"].randomElement(using: &random) ?? "")
            return .object(product)
          })
        _ = try writer.add(Record(kind: "enterprise", id: "e\(number)", body: firm))
      }
      // Several segments, and deleted records in them.
      if number % 250 == 249 { _ = try writer.commit() }
    }
    for _ in 0..<30 { _ = try writer.delete(kind: "inspection", id: "n\(Int.random(in: 0..<600, using: &random))") }
    _ = try writer.commit()
    return Searcher(snapshots: [try Snapshot.open(files)])
  }

  private static func answer(
    _ searcher: Searcher, _ query: String, keepsSets: Bool
  ) throws -> [String] {
    var request = SearchRequest(try QueryParser.parse(query).syntax)
    request.limit = 10_000
    request.relaxes = false
    request.keepsSets = keepsSets
    let result = try searcher.search(request)
    return result.hits.map { "\($0.kind) \($0.address) \($0.score) \($0.rung)" }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func agreeWithTheMatchers(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let searcher = try Self.searcher(&random)
    for query in Self.queries {
      let expected = try Self.answer(searcher, query, keepsSets: false)
      for time in 1...3 {
        #expect(try Self.answer(searcher, query, keepsSets: true) == expected, "seed \(seed), \(query), time \(time)")
      }
    }
    #expect(try !Self.answer(searcher, "violation(lead)", keepsSets: true).isEmpty)
  }

  @Test("One document answers for those of equal values: all documents of a value are in one set; long values in none")
  func groupsDocumentsByTheirValues() throws {
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: [.enterprise, .inspection], options: options)
    for number in 0..<200 {
      var body = JSONObject()
      body["product"] = number % 10 == 0 ? nil : .string("toy \(number % 4)")
      body["text"] = .string("lead \(number)")
      body["bureau"] = .string(number == 7 ? String(repeating: "b", count: 1_021) : "B")
      body["inspector"] = .string("\(number)")
      _ = try writer.add(Record(kind: "inspection", id: "n\(number)", body: body))
    }
    _ = try writer.commit()
    let reader = try #require(try Snapshot.open(files).segments.first { $0.kind == "inspection" })
    func fields(_ names: String...) -> [Int] { names.compactMap { reader.schema.index(of: $0) } }
    let sets = try #require(try reader.valueSets(fields("product")))
    #expect(sets.samples.count == 4)
    for sample in sets.samples {
      var one = BitSet(bound: 200)
      one.insert(Int(sample))
      let found = sets.documents(ofSamples: one)
      for document in 0..<200 {
        #expect(found.contains(document) == (document % 10 != 0 && document % 4 == Int(sample) % 4))
      }
    }
    // Running text, a long value, values that hardly repeat.
    #expect(try reader.valueSets(fields("product", "text")) == nil)
    #expect(try reader.valueSets(fields("product", "bureau")) == nil)
    #expect(try reader.valueSets(fields("inspector")) == nil)
  }

  @Test func numbersPairsInTheOrderInWhichTheyAreMet() {
    var random = SeededGenerator(9)
    var table = NumberTable()
    var known: [UInt64: UInt32] = [:]
    for _ in 0..<50_000 {
      let key = UInt64.random(in: 0..<20_000, using: &random) &* 0x1_0000_0001
      let (number, isNew) = table.number(of: key)
      #expect(isNew == (known[key] == nil))
      if isNew { known[key] = UInt32(known.count) }
      #expect(number == known[key])
    }
    #expect(table.count == known.count)
  }
}
