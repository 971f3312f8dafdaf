import JSONText
import Testing

@testable import QualityRecords

struct QuoteCheckTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  @Test("D5: a sentence with two changed words gives the right paragraph and marks just those two")
  func twoWords() throws {
    let index = try sample()
    let written =
      "Whoever finds the same fault a second time within twelve months reports it to the province within 8 days."
    let same = try index.quoteCheck(written)
    #expect(same.verdict == .verbatim && same.exitCode == .done && same.differences.isEmpty)
    let quoted = written.replacing("second", with: "third").replacing("province", with: "county")
    let answer = try index.quoteCheck(quoted)
    #expect(answer.verdict == .altered && answer.exitCode == .nothingFound)
    #expect(answer.wordsDiffer == 2)
    #expect(
      answer.differences.map { [$0.kind, $0.quoted, $0.written] } == [
        ["replaced", "third", "second"], ["replaced", "county", "province"],
      ])
    #expect(answer.closest?.id == same.closest?.id)
    let text = Array(try #require(answer.closest).text.utf8)
    let bytes = Array(quoted.utf8)
    for difference in answer.differences {
      #expect(String(decoding: bytes[difference.quotedAt], as: UTF8.self) == difference.quoted)
      #expect(String(decoding: text[difference.writtenAt], as: UTF8.self) == difference.written)
    }
  }

  @Test("D5: in Chinese by characters")
  func chinese() throws {
    let answer = try sample().quoteCheck("甲醛、铅等有害物质超标的，应当先行查封该批产品。")
    #expect(answer.closest?.text.contains("甲醛、铅等有害物质超标的，应先行封存该批产品。") == true)
    #expect(
      answer.differences.map { [$0.kind, $0.quoted, $0.written] } == [
        ["added", "当", ""], ["replaced", "查封", "封存"],
      ])
    #expect(answer.wordsDiffer == 3)
    #expect(try sample().quoteCheck("甲醛、铅等有害物质超标的，应先行封存该批产品").verdict == .verbatim)
    #expect(try sample().quoteCheck("甲醛铅等有害物質超標的應先行封存該批產品").verdict == .sameWords)
  }

  @Test func verdicts() throws {
    let index = try sample()
    func verdict(_ text: String) throws -> QuoteCheckAnswer.Verdict { try index.quoteCheck(text).verdict }
    #expect(try verdict("“Help comes before  punishment\nfor firms that report a fault themselves”…") == .verbatim)
    #expect(try verdict("HELP comes before punishment, for firms that report a fault themselves") == .sameWords)
    #expect(try verdict("Help comes … report a fault themselves") == .sameWords)
    #expect(try verdict("Help comes after punishment for firms that report a fault themselves") == .altered)
    #expect(try verdict("An entirely unrelated remark concerning quantum chromodynamics and jazz") == .none)
    #expect(try index.quoteCheck("zyzzyva xylophone").closest == nil)
    for text in ["", "   ", "…!?", String(repeating: "word ", count: 200_000)] {
      let error = #expect(throws: QualityError.self) { _ = try index.quoteCheck(text) }
      #expect(error?.exitCode == .usage)
    }
    // The longest that is taken: bounded, whatever it is.
    let long = String(repeating: "quality file ", count: 1_500)
    #expect(try index.quoteCheck(long).verdict == .none)
    #expect(try index.quoteCheck(String(repeating: "产品质量", count: 1_000)).words == 4_000)
    let error = #expect(throws: QualityError.self) {
      _ = try index.quoteCheck(String(repeating: "产品质量", count: 1_001))
    }
    #expect(error?.code == "limit")
  }

  @Test("D5: alignment costs what trying everything costs, on random words")
  func againstAllAlignments() {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    for _ in 0..<400 {
      let alphabet = Int32.random(in: 2...8, using: &random)
      let quoted = (0..<Int.random(in: 1...9, using: &random)).map { _ in Int32.random(in: 0..<alphabet, using: &random)
      }
      let written = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        Int32.random(in: 0..<alphabet, using: &random)
      }
      guard let fast = WordAlignment.align(quoted, written) else {
        Issue.record("no alignment")
        continue
      }
      var best = quoted.count
      for from in 0...written.count {
        for to in from...written.count { best = min(best, Self.edits(quoted, Array(written[from..<to]))) }
      }
      #expect(fast.cost == best, "\(quoted) in \(written)")
      // The runs are the whole quotation and the whole stretch, and cost what is said.
      var (row, column, cost) = (0, fast.stretch.lowerBound, 0)
      for run in fast.runs {
        #expect(run.quoted.lowerBound == row && run.written.lowerBound == column)
        (row, column) = (run.quoted.upperBound, run.written.upperBound)
        if run.kind == .same {
          #expect(quoted[run.quoted].elementsEqual(written[run.written]))
        } else {
          cost += max(run.quoted.count, run.written.count)
        }
      }
      #expect(row == quoted.count && column == fast.stretch.upperBound && cost == fast.cost)
    }
  }

  /// Edits between two lists, straight from the definition.
  private static func edits(_ left: [Int32], _ right: [Int32]) -> Int {
    var known: [[Int]: Int] = [:]
    func distance(_ row: Int, _ column: Int) -> Int {
      if row == 0 { return column }
      if column == 0 { return row }
      if let value = known[[row, column]] { return value }
      let value = min(
        distance(row - 1, column - 1) + (left[row - 1] == right[column - 1] ? 0 : 1), distance(row - 1, column) + 1,
        distance(row, column - 1) + 1)
      known[[row, column]] = value
      return value
    }
    return distance(left.count, right.count)
  }

  @Test("D5: random edits of random sentences lead back to their paragraph")
  func randomEdits() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    let fixture = try DirectiveFixture()
    func word() -> String { "w\(Int.random(in: 0..<400, using: &random))" }
    var records: [JSONObject] = []
    var texts: [(id: String, words: [String])] = []
    for number in 0..<60 {
      let paragraphs = (0..<5).map { _ in (0..<Int.random(in: 30...120, using: &random)).map { _ in word() } }
      for (place, words) in paragraphs.enumerated() { texts.append(("d\(number)#p\(place + 1)", words)) }
      records.append([
        "kind": "directive", "id": .string("d\(number)"), "title": "t",
        "paragraphs": .array(paragraphs.map { .string($0.joined(separator: " ")) }),
      ])
    }
    try fixture.add(records)
    let index = try fixture.index
    for _ in 0..<60 {
      let (id, words) = texts[Int.random(in: 0..<texts.count, using: &random)]
      let start = Int.random(in: 0...(words.count - 20), using: &random)
      var quote = Array(words[start..<start + 20])
      let changed = Set((0..<3).map { _ in Int.random(in: 1..<19, using: &random) })
      for place in changed { quote[place] = "changed\(place)" }
      let answer = try index.quoteCheck(quote.joined(separator: " "))
      #expect(answer.closest?.id == id)
      #expect(answer.wordsDiffer == changed.count)
      let marked = answer.differences.flatMap { $0.quoted.split(separator: " ") }
      #expect(marked.map(String.init) == changed.sorted().map { "changed\($0)" })
    }
  }
}
