import Testing

@testable import TextAnalysis

@Suite struct BoundaryTests {
  /// Parses `÷ 0041 × 0308 ÷ # …`; nil for comment lines.
  private func parse(_ line: Substring) -> (bytes: [UInt8], boundaries: [Int])? {
    guard let content = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first else {
      return nil
    }
    var bytes: [UInt8] = []
    var boundaries: [Int] = []
    for field in content.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      if field == "÷" {
        boundaries.append(bytes.count)
      } else if let code = UInt32(field, radix: 16), let scalar = Unicode.Scalar(code) {
        bytes += Array(String(Character(scalar)).utf8)
      }
    }
    return bytes.isEmpty ? nil : (bytes, boundaries)
  }

  private func check(_ file: String, _ boundaries: ([UInt8]) -> [Int]) -> Int {
    var lines = 0
    for line in OutsideData.lines("unicode-15.0.0/" + file) ?? [] {
      guard let (bytes, expected) = parse(line) else { continue }
      lines += 1
      #expect(boundaries(bytes) == expected, "\(line)")
    }
    return lines
  }

  private func words(_ bytes: [UInt8]) -> [Int] { bytes.withUnsafeBufferPointer { Array(WordBoundaries($0)) } }
  private func sentences(_ bytes: [UInt8]) -> [Int] { bytes.withUnsafeBufferPointer { Array(SentenceBoundaries($0)) } }

  @Test func everyOfficialWordBreakLine() {
    let lines = check("WordBreakTest.txt.gz", words)
    #expect(lines == 0 || lines == 1823)
  }

  @Test func everyOfficialSentenceBreakLine() {
    let lines = check("SentenceBreakTest.txt.gz", sentences)
    #expect(lines == 0 || lines == 502)
  }

  private func pieces(_ text: String, _ boundaries: ([UInt8]) -> [Int]) -> [String] {
    let bytes = Array(text.utf8)
    let ends = boundaries(bytes)
    return zip(ends, ends.dropFirst()).map { String(decoding: bytes[$0..<$1], as: UTF8.self) }
  }

  /// Our own cases, one or more a rule: the text's words with `|` between.
  @Test(arguments: [
    ("WB3", "a\r\nb", "a|\r\n|b"), ("WB3a", "\na", "\n|a"), ("WB3a", "\u{85}\u{308}a", "\u{85}|\u{308}|a"),
    ("WB3b", "a\n", "a|\n"), ("WB3b", "a\u{2028}\u{2029}", "a|\u{2028}|\u{2029}"),
    ("WB3c", "\u{1F469}\u{200D}\u{1F52C}!", "\u{1F469}\u{200D}\u{1F52C}|!"),
    ("WB3c", "a\u{200D}\u{24C2}b", "a\u{200D}\u{24C2}b"), ("WB3d", "a  b", "a|  |b"),
    ("WB3d", "a \u{308} b", "a| \u{308}| |b"), ("WB4", "e\u{301}t\u{AD}e", "e\u{301}t\u{AD}e"),
    ("WB4", "1\u{200D}2", "1\u{200D}2"), ("WB5", "caf\u{E9}x", "caf\u{E9}x"),
    ("WB5", "\u{410}\u{431}b", "\u{410}\u{431}b"),
    ("WB6", "can't", "can't"), ("WB6", "can' t", "can|'| |t"), ("WB6", "a.b.", "a.b|."),
    ("WB7", "a\u{2019}b", "a\u{2019}b"),
    ("WB7", "a:b", "a:b"), ("WB7", "a\u{B7}\u{308}b", "a\u{B7}\u{308}b"), ("WB6/7", "a''b", "a|'|'|b"),
    ("WB7a", "\u{5D0}'", "\u{5D0}'"), ("WB7a", "a'", "a|'"), ("WB7b", "\u{5D0}\"\u{5D1}", "\u{5D0}\"\u{5D1}"),
    ("WB7c", "\u{5D0}\"a", "\u{5D0}|\"|a"), ("WB7c", "a\"b", "a|\"|b"), ("WB8", "123", "123"), ("WB9", "a1", "a1"),
    ("WB10", "1a", "1a"), ("WB11", "1,234.5", "1,234.5"), ("WB11", "1;2", "1;2"), ("WB12", "1,a", "1|,|a"),
    ("WB12", "1'2", "1'2"), ("WB12", "1,", "1|,"), ("WB12", "1,,2", "1|,|,|2"),
    ("WB13", "\u{30AB}\u{30BF}", "\u{30AB}\u{30BF}"),
    ("WB13", "\u{30AB}a", "\u{30AB}|a"), ("WB13a", "a_1", "a_1"), ("WB13a", "\u{30AB}_", "\u{30AB}_"),
    ("WB13b", "_a_", "_a_"), ("WB13b", "__\u{30AB}", "__\u{30AB}"),
    ("WB15", "\u{1F1E8}\u{1F1F3}\u{1F1FA}\u{1F1F8}\u{1F1E8}", "\u{1F1E8}\u{1F1F3}|\u{1F1FA}\u{1F1F8}|\u{1F1E8}"),
    ("WB16", "a\u{1F1E8}\u{308}\u{1F1F3}b", "a|\u{1F1E8}\u{308}\u{1F1F3}|b"),
    ("WB999", "\u{8D28}\u{91CF}", "\u{8D28}|\u{91CF}"), ("WB999", "\u{3042}\u{3044}", "\u{3042}|\u{3044}"),
    ("WB999", "a-b", "a|-|b"), ("WB999", "\u{E01}\u{E02}", "\u{E01}|\u{E02}"), ("WB999", "5%", "5|%"),
    ("WB999", "$5", "$|5"), ("WB999", "\u{FEFF}a", "\u{FEFF}|a"),
  ]) func wordRule(_ rule: String, _ text: String, _ expected: String) {
    #expect(pieces(text, words).joined(separator: "|") == expected, "\(rule)")
  }

  @Test(arguments: [
    ("SB3", "a\r\nb", "a\r\n|b"), ("SB4", "a\nb\u{85}c", "a\n|b\u{85}|c"), ("SB5", "a.\u{308} B", "a.\u{308} |B"),
    ("SB6", "3.4 A", "3.4 A"), ("SB7", "U.S. A", "U.S. |A"), ("SB7", "A.B", "A.B"),
    ("SB8", "etc. and so", "etc. and so"),
    ("SB8", "a. (1) b", "a. (1) b"), ("SB8a", "a., B", "a., B"), ("SB8a", "What?! No", "What?! |No"),
    ("SB9", "He said \"no.\" Then", "He said \"no.\" |Then"), ("SB10", "a.  B", "a.  |B"),
    ("SB11", "One. Two! Three?", "One. |Two! |Three?"),
    ("SB11", "a.\nB", "a.\n|B"), ("SB11", "\u{662F}\u{3002}\u{5426}", "\u{662F}\u{3002}|\u{5426}"),
    ("SB998", "a, B; C", "a, B; C"),
  ]) func sentenceRule(_ rule: String, _ text: String, _ expected: String) {
    #expect(pieces(text, sentences).joined(separator: "|") == expected, "\(rule)")
  }

  @Test func arbitraryBytesEndAndCover() {
    let seed: UInt64 = 20_071
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 1...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      for ends in [words(bytes), sentences(bytes)] {
        #expect(ends.first == 0 && ends.last == bytes.count)
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }
}
