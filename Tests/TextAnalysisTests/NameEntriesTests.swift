import Testing

@testable import TextAnalysis

@Suite struct NameEntriesTests {
  @Test("A5: every run of words of a name, joined")
  func spans() {
    let entries = NameEntries(of: "Hong Da Toys Co., Ltd.")
    #expect(Set(entries.spans) == ["hong", "da", "toys", "hongda", "datoys", "hongdatoys"])
    #expect(entries.whole == "hongdatoys")
    #expect(entries.pinyin.isEmpty)
    for typed in [["hongda", "toys"], ["hong-da", "toys"], ["Hongdatoys"], ["HONG", "DA", "Toys"]] {
      #expect(NameEntries.queryCore(of: typed) == "hongdatoys", "\(typed)")
    }
    #expect(NameEntries.queryCore(of: ["Co.", "Ltd."]) == nil)
    #expect(NameEntries.queryCore(of: ["company"]) == nil)
    #expect(NameEntries.queryCore(of: ["有限公司"]) == nil)
  }

  @Test("A6: a Chinese name from each syllable on")
  func pinyin() {
    let entries = NameEntries(of: "宏達玩具股份有限公司")
    #expect(entries.pinyin == ["hong da wan ju ", "da wan ju ", "wan ju ", "ju "])
    #expect(entries.spans == ["宏达玩具"] && entries.whole == "宏达玩具")
    for typed in [["hongda"], ["hong", "da"], ["hóng", "dá"], ["hong2da2"], ["HongDa"], ["hong'da"]] {
      let prefixes = NameEntries.query(typed).pinyinPrefixes
      #expect(prefixes.contains { entries.pinyin[0].hasPrefix($0) }, "\(typed): \(prefixes)")
    }
    #expect(NameEntries.query(["宏达"]).pinyinCores == ["hongda"])
  }

  @Test("Entries of a long name are bounded")
  func bounded() {
    let entries = NameEntries(of: String(repeating: "玩", count: 5_000) + " " + String(repeating: "ab ", count: 5_000))
    #expect(entries.spans.count <= NameEntries.maximumWords * NameEntries.spanWords + 1)
    #expect(entries.spans.allSatisfy { $0.utf8.count <= NameEntries.maximumBytes })
    #expect(entries.pinyin.count <= NameEntries.maximumWords)
  }

  @Test(
    "A6: letters cut into syllables in every way",
    arguments: [
      ("xian", ["xian", "xi an"]), ("xi'an", ["xi an"]), ("hongdawanju", ["hong da wan ju"]),
      ("lǜ nǚ", ["lu nu"]), ("lv4nv3", ["lu nu"]), ("nu:er", ["nu er"]), ("toys", []), ("hong da toys", []), ("", []),
      ("123", []), ("fangan", ["fang an", "fan gan"]), ("Xi\u{2019}an", ["xi an"]),
    ])
  func segmentations(_ typed: String, _ expected: [String]) {
    #expect(Set(Pinyin.segmentations(of: typed).map { $0.joined(separator: " ") }) == Set(expected), "\(typed)")
  }

  @Test("Ambiguous letters end, and every way says the same letters")
  func ambiguous() {
    for letters in [
      "anganganganganganganganganganganganganganganganganganganganganang", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
      let ways = Pinyin.segmentations(of: letters)
      #expect(!ways.isEmpty && ways.count <= Pinyin.maximumSegmentations)
      #expect(ways.allSatisfy { $0.joined() == letters })
    }
  }
}
