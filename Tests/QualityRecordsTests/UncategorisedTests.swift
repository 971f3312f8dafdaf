import JSONText
import QualityRecords
import Testing

/// A product without a category is what its name says; one with a category is what that says.
@Suite struct UncategorisedTests {
  private static let thesaurus = "goods\n  toys\n    plush toy\n    doll\n  furniture\n    bookcase\n"
  private static let toys = ["toys", "plush toy", "doll"]
  private static let names = ["plush toy", "doll", "bookcase", "red doll", "doll house paint", "paint"]

  private struct Product {
    var name: String
    var category: String?

    var isToy: Bool {
      category.map { toys.contains($0) } ?? toys.contains { " \(name) ".contains(" \($0) ") }
    }
  }

  @Test(
    "Firms found by a group of products are those of a reader, however often they are asked for", arguments: [1, 2])
  func likeAReader(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
    let directory = try TestDirectory()
    var expected: Set<String> = []
    var lines = ""
    for number in 0..<200 {
      let products = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Product(
          name: pick(Self.names), category: pick([nil, nil, "toys", "plush toy", "bookcase", "furniture", "paints"]))
      }
      if products.contains(where: \.isToy) { expected.insert("e\(number)") }
      var firm: JSONObject = ["kind": "enterprise", "id": .string("e\(number)"), "name": .string("Firm \(number)")]
      firm["products"] = .array(
        products.map { product in
          var value: JSONObject = ["name": .string(product.name)]
          value["category"] = product.category.map { .string($0) }
          return .object(value)
        })
      lines += JSONValue.object(firm).text() + "\n"
    }
    let path = try directory.write("firms.jsonl", lines)
    _ = try directory.write("thesaurus.txt", Self.thesaurus)
    _ = try directory.write(
      "collection.json", #"{"files":[{"path":"firms.jsonl"}],"thesaurus":"thesaurus.txt"}"#)
    #expect(path.hasSuffix("firms.jsonl"))
    _ = try IndexJob.run(IndexRequest(paths: [directory.path], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    #expect(expected.count > 50 && expected.count < 190)
    for query in ["product:toys", "product:toys", "product:toys firm", "product:toys", "product:toys"] {
      var options = EnterpriseOptions(query)
      options.search.limit = 1_000
      #expect(Set(try index.enterprises(options).search.hits.map(\.id)) == expected, "seed \(seed)")
    }
  }
}
