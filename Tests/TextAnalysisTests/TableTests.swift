import Testing

@testable import TextAnalysis

@Suite struct TableTests {
  private func checksum(_ parts: StaticString...) -> UInt64 {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts {
      for k in 0..<part.utf8CodeUnitCount { sum = (sum ^ UInt64(part.utf8Start[k])) &* 0x100_0000_01b3 }
    }
    return sum
  }

  @Test func checksumsAreThoseOfTheBytes() {
    #expect(checksum(WordBreakTable.index, WordBreakTable.contents) == WordBreakTable.checksum)
    #expect(checksum(SentenceBreakTable.index, SentenceBreakTable.contents) == SentenceBreakTable.checksum)
    #expect(checksum(CharacterClassTable.index, CharacterClassTable.contents) == CharacterClassTable.checksum)
    #expect(checksum(FoldingTable.index, FoldingTable.contents, FoldingTable.pool) == FoldingTable.checksum)
    #expect(checksum(PinyinTable.index, PinyinTable.contents, PinyinTable.pool) == PinyinTable.checksum)
    #expect(Analyzer.version.utf8.count == 18 && Analyzer.version.hasPrefix("3-"))
  }

  /// Folding what is folded changes nothing, for every assigned character that folds.
  @Test func foldingIsIdempotent() {
    func fold(_ code: UInt32) -> [UInt8] {
      if let form = UnicodeTables.folded(code) { return Array(form) }
      return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) } ?? []
    }
    var wrong = 0
    for code in UInt32(0x80)...0x323AF where !(0xD800...0xDFFF).contains(code) {
      guard UnicodeTables.characterClass(code) != .other else { continue }
      let once = fold(code)
      guard once.count < 64 else { continue }
      let scalars = String(decoding: once, as: UTF8.self).unicodeScalars
      let twice = scalars.flatMap { $0.value < 0x80 ? Array(String(Character($0)).lowercased().utf8) : fold($0.value) }
      if once != twice { wrong += 1; print("U+\(String(code, radix: 16)) \(String(decoding: once, as: UTF8.self))") }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [
    ("the", QueryWordClass.function), ("documents", .request), ("furniture", .content), ("eg", .function),
    ("", .content),
    ("yourself", .content), ("particularly", .request), ("toys", .content),
  ]) func queryWords(_ word: String, _ expected: QueryWordClass) {
    #expect(QueryWordClass.of(word) == expected)
    let bytes = Array(word.utf8)
    #expect(bytes.withUnsafeBufferPointer { QueryWordClass.of($0) } == expected)
  }
}
