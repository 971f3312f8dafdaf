import JSONText
import Records
import Testing

@testable import QualityRecords

/// The paragraphs of a directive as records: their places are found one by one.
@Suite struct DirectivePassagesTests {
  private static let openings = [
    "第二章 犯罪", "第三节 规则", "第十二条 缺陷产品", "第十三条规定的产品", "Article 4. Makers", "Chapter 2", "# Part", "## Under it",
    "前款所称", "Plain text of a paragraph",
  ]

  /// Against the outline of the whole, which is made at once.
  @Test(arguments: 0..<20) func placesAreThoseOfTheOutline(number: Int) throws {
    let seed = 8_100 + UInt64(number)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    let paragraphs = (1...Int.random(in: 1...60, using: &random)).map { n -> JSONValue in
      let opening = Self.openings.randomElement(using: &random) ?? ""
      return .object(["n": .number(String(n)), "text": .string("\(opening) \(n)")])
    }
    let record = Record(
      kind: "directive", id: "D", body: ["title": .string("第二章 犯罪 1"), "paragraphs": .array(paragraphs)])
    let outline = DirectiveOutline(id: "D", record.body)
    let passages = Array(DirectivePassages.of(record))
    #expect(passages.map(\.id) == outline.entries.map { "D#p\($0.number)" })
    for (passage, entry) in zip(passages, outline.entries) {
      #expect(passage.body["chapter"]?.intValue == entry.chapter)
      #expect(passage.body["section"]?.intValue == entry.section)
      #expect(passage.body["article"]?.intValue == entry.article)
      #expect((passage.body["path"]?.arrayValue ?? []).compactMap(\.stringValue) == entry.path)
    }
  }

  @Test func recordsOfOtherKindsHaveNone() {
    #expect(Array(DirectivePassages.of(Record(kind: "inspection", id: "N", body: ["text": .string("x")]))).isEmpty)
  }
}
