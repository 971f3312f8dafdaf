import JSONText
import Records
import Storage
import Testing
import TextAnalysis

@testable import SearchEngine

@Suite struct LargeRecordTests {
  /// Piece by piece a text has the tokens, positions and breaks that it has as a whole, where blank lines stand.
  @Test func piecesHaveTheTokensOfTheWhole() {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0 ... .max, using: &random)
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let words = ["lead", "GB 6675-2014", "甲醛含量", "U.S.", "3,000.", "toy's", "Was found.", "e\u{301}t\u{e9}!", "x"]
    var text = ""
    while text.utf8.count < 3 * TextPieces.longest {
      text += words[next(words.count)]
      text += next(40) == 0 ? "\n\n" : " "
    }
    let whole = TokenBuffer()
    let part = TokenBuffer()
    Analyzer().analyze(text, mode: .index, into: whole)
    var base: UInt32 = 0
    var terms: [String] = []
    var sentences: [UInt32] = []
    var paragraphs: [UInt32] = []
    var pieces = 0
    text.withUTF8 { bytes in
      var cut = TextPieces(bytes)
      while let piece = cut.next() {
        pieces += 1
        #expect(piece.bytes.count <= TextPieces.longest)
        Analyzer().analyze(piece.bytes, mode: .index, into: part)
        for index in 0..<part.count { terms.append(part.text(part.tokens[index])) }
        if base > 0, piece.beginsParagraph {
          sentences.append(base)
          paragraphs.append(base)
        }
        sentences += part.sentences.map { base + $0 }
        paragraphs += part.paragraphs.map { base + $0 }
        base += part.positionCount
      }
    }
    #expect(pieces > 3, "seed \(seed)")
    #expect(base == whole.positionCount, "seed \(seed)")
    #expect(terms == (0..<whole.count).map { whole.text(whole.tokens[$0]) }, "seed \(seed)")
    #expect(sentences == whole.sentences, "seed \(seed)")
    #expect(paragraphs == whole.paragraphs, "seed \(seed)")
  }

  /// A text without a single break is cut between characters, and every byte comes once.
  @Test(arguments: ["a", "é", "甲", "\u{1F600}"])
  func cutsFallBetweenCharacters(_ character: String) {
    var text = String(repeating: character, count: 400_000)
    text.withUTF8 { bytes in
      var cut = TextPieces(bytes)
      var all: [UInt8] = []
      while let piece = cut.next() {
        #expect(String(validating: piece.bytes, as: UTF8.self) != nil)
        #expect(piece.bytes.count <= TextPieces.longest && !piece.bytes.isEmpty)
        all += piece.bytes
      }
      #expect(all.elementsEqual(bytes))
    }
  }

  private func record(_ text: String) -> Record {
    Record(kind: "inspection", id: "1", body: JSONObject([JSONObject.Member(name: "text", value: .string(text))]))
  }

  @Test func recordsOfTooManyWordsAreRefused() {
    let many = record(String(repeating: "a ", count: LargeRecord.maximumWords + 1))
    #expect(LargeRecord.refusal(of: many, length: 1 << 22) != nil)
    let distinct = record((0...LargeRecord.maximumDistinctWords).map { "q\($0)" }.joined(separator: " "))
    #expect(LargeRecord.refusal(of: distinct, length: 1 << 21) != nil)
    let usual = record(String(repeating: "the quick brown fox. ", count: 100_000))
    #expect(LargeRecord.refusal(of: usual, length: 1 << 21) == nil)
  }

  /// A record that is refused changes nothing; one below the limit is found by its last word, and stored whole.
  @Test func aLongRecordIsFoundByItsLastWord() throws {
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: [Schema.inspection])
    let text = String(repeating: "the quick brown fox. ", count: 150_000) + "zebra"
    #expect(try writer.add(record(text)) == .added)
    if case .refused = try writer.add(record(String(repeating: "a ", count: LargeRecord.maximumWords + 1))) {
    } else {
      Issue.record("a record of too many words was taken")
    }
    _ = try writer.commit()
    let snapshot = try Snapshot.open(files)
    #expect(snapshot.recordCount() == 1)
    let stored = try snapshot.record(kind: "inspection", id: "1")
    #expect(stored.map { $0.count > text.utf8.count } == true)
    #expect(try snapshot.segments.first?.dictionary.find("zebra") != nil)
  }

  /// Fault 14: the units of the longest record stayed in memory beside all that came after it, and were held twice while a
  /// thread handed them over: 20 MB of a directive of 65,000 paragraphs.
  @Test func theRoomOfALargeRecordIsGivenBack() throws {
    let schema = Schema(kind: "file", fields: [FieldDefinition(name: "text", type: .text)])
    let part = InversionPart(schema: schema, budget: 64 << 20, options: SegmentOptions())
    let text = (0..<20_000).map { "Paragraph \($0)." }.joined(separator: "\n\n")
    try part.add(Record(kind: "file", id: "large", body: ["text": .string(text)]), document: 0)
    #expect(part.units.count > RecordInverter.keptUnits)
    let small = Record(kind: "file", id: "small", body: ["text": .string("one. two.")])
    try part.add(small, document: 1)
    let alone = InversionPart(schema: schema, budget: 64 << 20, options: SegmentOptions())
    try alone.add(small, document: 0)
    #expect(part.units == alone.units)
    #expect(part.units.capacity <= RecordInverter.keptUnits)
    #expect(part.takeUnits() == alone.units)
    #expect(part.units.isEmpty)
  }
}
