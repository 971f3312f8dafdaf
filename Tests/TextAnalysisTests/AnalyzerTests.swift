import Testing

@testable import TextAnalysis

@Suite struct AnalyzerTests {
  @Test(arguments: [
    ("Hello, World", "hello@0 world@1"),
    ("the firm's don't o'clock students'", "the@0 firm@1 dont@2 oclock@3 students@4"),
    ("the firm’s don’t", "the@0 firm@1 dont@2"), ("U.S. e.g. i.e U.S.A.", "us@0 eg@1 ie@2 usa@3"),
    ("1,000 and 1,234,567", "1000@0 and@1 1234567@2"), ("1,00 12", "1@0 00@1 12@2"), ("foo_bar", "foo@0 bar@1"),
    ("well-known and/or", "well@0 known@1 and@2 or@3"), ("100% 12.5%", "100@0 #100%@0 12@1 #12.5@1 #12.5%@1 5@2"),
    ("the 1990s and 21st", "the@0 1990s@1 and@2 21st@3"), ("1990's x", "1990@0 x@1"),
    ("paragraph 3 lead 90", "paragraph@0 3@1 lead@2 90@3"),
    ("March 2007", "march@0 2007@1"), ("3.14", "3@0 #3.14@0 14@1"), ("a1b", "a1b@0"), ("", ""), (" \n\t ", ""),
    ("MP3", "mp3@0 #mp3@0"),
    ("Rock'n'Roll", "rocknroll@0"), ("x'", "x@0"), ("'x'", "x@0"), ("No. 5", "no@0 5@1"), ("a.b.c", "abc@0"),
    ("www.aqsiq.gov", "www@0 aqsiq@1 gov@2"),
  ]) func englishWords(_ text: String, _ expected: String) {
    #expect(SeenText(text).short == expected)
  }

  @Test(arguments: [
    ("質量檔案", "质量@0 量档@1 档案@2 案@3"), ("质量档案", "质量@0 量档@1 档案@2 案@3"), ("具", "具@0"),
    ("GB标准", "gb@0 标准@1 准@2"), ("重跑gen-itgc后", "重跑@0 跑@1 gen@2 itgc@3 后@4"), ("玩具。童车", "玩具@0 具@1 童车@2 车@3"),
    ("第3段", "第@0 3@1 段@2"), ("ｶﾞｽ ガス", "ガス@0 ス@1 ガス@2 ス@3"), ("か\u{3099}", "が@0"), ("㈱", "株@0"),
    ("컴퓨터", "컴퓨@0 퓨터@1 터@2"),
    ("abc가나", "abc@0 가나@1 나@2"), ("𠮷野家", "𠮷野@0 野家@1 家@2"),
  ]) func runsWithoutSpaces(_ text: String, _ expected: String) {
    #expect(SeenText(text).short == expected)
  }

  @Test func queryModeGivesPairsAlone() {
    #expect(SeenText("毛绒玩具 toy 具", .query).short == "毛绒@0 绒玩@1 玩具@2 toy@4 具@5")
    #expect(SeenText("毛绒玩具 toy", .index).short == "毛绒@0 绒玩@1 玩具@2 具@3 toy@4")
    #expect(SeenText("GB 6675-2014", .query).short == "gb@0 #gb6675-2014@0 6675@1 2014@2")
    #expect(SeenText("玩具", .query).positions == 2)
  }

  @Test(arguments: [
    ("ＧＢ６６７５", "gb@0 #gb6675@0 6675@1"), ("é", "e@0"), ("e\u{301}", "e@0"), ("Straße", "strasse@0"), ("ﬁne", "fine@0"),
    ("Ÿ", "y@0"), ("ÅNGSTRÖM", "angstrom@0"), ("Ｈｅｌｌｏ", "hello@0"), ("İstanbul", "istanbul@0"), ("ΑΘΉΝΑ", "αθηνα@0"),
    ("Ёлка", "елка@0"), ("５０", "50@0"), ("٣٤", "34@0"), ("½", "1/2@0"), ("x²", "x@0 2@1"),
    ("co\u{AD}operate", "cooperate@0"),
    ("l·lustre col·legi", "llustre@0 collegi@1"), ("naïve façade", "naive@0 facade@1"), ("Ǆ", "dz@0"), ("ⅳ", "iv@0"),
  ]) func folding(_ text: String, _ expected: String) {
    #expect(SeenText(text).short == expected)
  }

  @Test func tokensPointAtOriginalCharacters() {
    let text = "Café «質量» ﬁrm’s ＧＢ６６７５"
    let bytes = Array(text.utf8)
    let seen = SeenText(text).tokens.map { String(decoding: bytes[$0.from..<$0.to], as: UTF8.self) }
    #expect(seen == ["Café", "質量", "量", "ﬁrm", "ＧＢ", "ＧＢ６６７５", "６６７５"])
  }

  @Test func plainMode() {
    let text = "Don't B-52 x_1 1,000 Café 玩具 U.S. é1-2"
    #expect(
      SeenText(text, .plain).short
        == "don@0 t@1 b@2 52@3 x@4 1@5 1@6 000@7 cafe@8 玩具@9 具@10 u@11 s@12 e1@13 2@14")
  }

  @Test func sentencesAndParagraphs() {
    let one = SeenText("One two. Three four! Five")
    #expect(one.sentences == [2, 4] && one.paragraphs == [])
    #expect(SeenText("Hongda Toys Co., Ltd. of Shenzhen passed. See No. 5 by Dr. Wu. It failed.").sentences == [7, 13])
    #expect(SeenText("Made by Hongda Co. Ltd. The toys failed. J. Smith agreed.").sentences == [5, 8])
    #expect(SeenText("产品不合格。责令整改！合格").sentences == [5, 9])
    let two = SeenText("Title\n\nFirst line goes\non here. Second.\n \nThird")
    #expect(two.sentences == [1, 6, 7] && two.paragraphs == [1, 7])
    #expect(SeenText("one\ntwo\nThree").sentences == [2])
    #expect(SeenText("3.5 is fine. e.g. this one").sentences == [])
    #expect(SeenText("It is 3.5. Then 4.").sentences == [4])
  }

  @Test func longWordsAreCutOnACharacterBorder() {
    let ascii = SeenText(String(repeating: "a", count: 300) + " b")
    #expect(ascii.tokens.map(\.kind) == [.longWord, .word])
    #expect(ascii.tokens[0].term.utf8.count == 255 && ascii.tokens[0].to == 300)
    let greek = SeenText(String(repeating: "λ", count: 200))
    #expect(greek.tokens[0].term == String(repeating: "λ", count: 127) && greek.tokens[0].kind == .longWord)
    for length in 235...258 {
      let seen = SeenText(String(repeating: "x", count: length))
      #expect(seen.tokens.count == 1 && seen.tokens[0].term.utf8.count == min(length, 255))
    }
  }

  @Test func hashIsThatOfTheTerm() {
    let buffer = TokenBuffer()
    let text = "GB 6675-2014 abcdefgh abcdefghijklmnop 质量 naïve a U.S. 100% I'm"
    for mode in [AnalysisMode.index, .query, .plain] {
      Analyzer().analyze(text, mode: mode, into: buffer)
      for k in 0..<buffer.count {
        let token = buffer.tokens[k]
        #expect(token.hash == Token.hash(UnsafeRawBufferPointer(buffer.term(token))), "\(buffer.text(token))")
      }
    }
    #expect(MemoryLayout<Token>.stride == 20)
  }

  /// The path for ASCII gives what the general path gives: random ASCII, weighted towards what words are made of.
  @Test func fastPathAgreesWithGeneralPath() {
    let seed: UInt64 = 6675
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let alphabets = [
      Array("abcXYZ '.-_,:/ 0123456789%\n".utf8), Array(UInt8(0)...127), Array("gbtGBTiso/ -.2014 's\"!?".utf8),
      Array("abcdefghijklmnopqrstuvwxyz ABC".utf8), Array("aé’ –b—c“” 1、。中".utf8),
    ]
    let buffers = (TokenBuffer(), TokenBuffer())
    for round in 0..<6000 {
      let alphabet = alphabets[round % alphabets.count]
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 32 }
      for mode in [AnalysisMode.index, .query, .plain] {
        let fast = SeenText(bytes, mode, Analyzer(), buffers.0)
        let general = SeenText(bytes, mode, Analyzer(usesFastPath: false), buffers.1)
        if fast != general {
          let differs = zip(fast.tokens, general.tokens).first { $0 != $1 }
          let text = String(decoding: bytes, as: UTF8.self).debugDescription
          Issue.record("\(text) \(String(describing: differs)) \(fast.tokens.count) \(general.tokens.count)")
          return
        }
      }
    }
  }

  /// Arbitrary bytes: offsets ascend and stay inside, terms are folded to themselves, nothing traps.
  @Test func arbitraryBytes() {
    let seed: UInt64 = 5296
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let buffer = TokenBuffer()
    for round in 0..<4000 {
      let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
        round % 2 == 0
          ? UInt8.random(in: 0...255, using: &random)
          : UInt8(
            [0x41, 0xE4, 0xB8, 0xAD, 0xEF, 0xBC, 0xA1, 0xCC, 0x81, 0x2D, 0x31].randomElement(using: &random) ?? 0)
      }
      for mode in [AnalysisMode.index, .query, .plain] {
        let seen = SeenText(bytes, mode, Analyzer(), buffer)
        var start = 0
        for token in seen.tokens {
          #expect(token.from >= start && token.from < token.to && token.to <= bytes.count && !token.term.isEmpty)
          start = token.kind == .code || token.kind == .cjkBigram ? token.from : start
        }
        #expect(seen.tokens.last.map { $0.position < Int(seen.positions) } ?? true)
      }
    }
  }

  /// Texts made to provoke looking ahead again and again: in square time each of these would take minutes.
  @Test(arguments: [
    "a_", "a.", "1-", "1,1", "1,111", "abc가", "é_", "GB ", "GB/T ", "a'", "a\u{301}", "\u{301}", ".(", ". ",
    "? \u{301}", "\n ", "'s", "x:",
    "1.", "ｶﾞ", "\u{200D}", "🇨🇳", "A-1-", "No. ", "%", "9", "z", "_", "ab/", "—", "1—",
  ]) func timeIsLinear(_ unit: String) {
    let bytes = Array(String(repeating: unit, count: 40_000 / unit.utf8.count).utf8)
    let buffer = TokenBuffer()
    for mode in [AnalysisMode.index, .query, .plain] {
      bytes.withUnsafeBufferPointer { Analyzer().analyze($0, mode: mode, into: buffer) }
      #expect(buffer.count <= bytes.count * 2)
    }
  }
}
