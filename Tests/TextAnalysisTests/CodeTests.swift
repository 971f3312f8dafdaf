import Testing

@testable import TextAnalysis

@Suite struct CodeTests {
  /// Every spelling of a code has the same first form.
  @Test(arguments: [
    (
      [
        "GB 6675-2014", "GB6675-2014", "gb 6675-2014", "ＧＢ ６６７５－２０１４", "ＧＢ６６７５－２０１４", "GB 6675—2014", "GB 6675–2014",
        "GB 6675‑2014",
        "GB 6675－2014", "GB 6675 2014", "GB 6675 - 2014", "GB-6675-2014", "GB  6675-2014", "GB\u{A0}6675-2014",
        "GB 6675−2014",
        "GB 6675——2014", "GB\u{3000}6675-2014", "Gb6675—2014", "GB 6675:2014",
      ], "gb6675-2014"
    ),
    (
      [
        "GB/T 5296.5-2006", "GB/T5296.5-2006", "GBT 5296.5-2006", "GB-T 5296.5-2006", "gb/t 5296.5—2006",
        "ＧＢ／Ｔ ５２９６．５－２００６", "GBT5296.5-2006",
        "gb/t5296.5 2006",
      ], "gb/t5296.5-2006"
    ),
    (
      [
        "XK16-204-00123", "XK 16-204-00123", "XK16－204－00123", "ＸＫ１６－２０４－００１２３", "xk16—204—00123", "XK-16-204-00123",
        "XK16 204 00123",
        "xk16-204 00123",
      ], "xk16-204-00123"
    ),
    (
      ["CCC 2007-0123", "CCC2007-0123", "ccc 2007—0123", "CCC-2007-0123", "ＣＣＣ２００７－０１２３", "CCC 2007 0123"],
      "ccc2007-0123"
    ),
    (
      ["ISO 9001:2015", "ISO9001:2015", "iso 9001-2015", "ISO 9001：2015", "ＩＳＯ９００１：２０１５", "ISO-9001-2015"],
      "iso9001-2015"
    ),
    (["EN 71-1", "en71-1", "EN71-1", "en 71-1", "EN-71-1"], "en71-1"), (["A-380", "A380", "a–380", "Ａ３８０"], "a380"),
    (["DB44/T 123-2008", "db44/t123-2008", "ＤＢ４４／Ｔ 123—2008"], "db44/t123-2008"),
    (["Q/HDW 001-2007", "q/hdw001-2007"], "q/hdw001-2007"),
    (["QB/T 1234.2", "qbt1234.2", "QB-T 1234.2"], "qb/t1234.2"),
  ]) func spellings(_ texts: [String], _ form: String) {
    for text in texts {
      #expect(CodeForm.normalForms(of: text).first == form, "\(text)")
      // A text that holds the spelling holds the form, and a query for it asks for the form.
      for mode in [AnalysisMode.index, .query] {
        let seen = SeenText("见 \(text)，ok", mode)
        #expect(seen.tokens.contains { $0.kind == .code && $0.term == "#" + form }, "\(text): \(seen.short)")
      }
    }
  }

  @Test func shorterForms() {
    #expect(CodeForm.normalForms(of: "GB 6675-2014") == ["gb6675-2014", "gb6675", "6675-2014"])
    #expect(CodeForm.normalForms(of: "GB 6675") == ["gb6675"])
    #expect(CodeForm.normalForms(of: "6675-2014") == ["6675-2014"])
    #expect(CodeForm.normalForms(of: "ISO 9001:2015") == ["iso9001-2015", "iso9001", "9001-2015"])
    #expect(CodeForm.normalForms(of: "CCC 2007-0123") == ["ccc2007-0123", "2007-0123"])
    #expect(CodeForm.normalForms(of: " 332315 ") == ["332315"])
    #expect(CodeForm.normalForms(of: "粤ICP备 12号") == ["粤icp备12号"])
    #expect(CodeForm.normalForms(of: "  ") == [])
  }

  @Test func differentCodesStayApart() {
    let codes = [
      "332315", "332305", "GB 6675", "GB/T 6675", "GB 6675-2014", "GB 6675-2003", "GB 66752014", "XK16-204-00123",
      "XK16-20-400123",
      "XK16-204-00124", "CCC 2007-0123", "CCC 20070123", "EN 71-1", "EN 71-11", "EN 711", "A-380", "A-38-0",
      "GB 5296.5", "GB 52965", "GB 5296-5",
    ]
    let forms = codes.compactMap { CodeForm.normalForms(of: $0).first }
    #expect(forms.count == codes.count && Set(forms).count == codes.count, "\(forms)")
  }

  /// Parts at their positions, the form at the first part's.
  @Test(arguments: [
    ("GB 6675-2014 applies", "gb@0 #gb6675-2014@0 #gb6675@0 #6675-2014@0 6675@1 2014@2 applies@3"),
    ("XK16-204-00123", "xk@0 #xk16-204-00123@0 #16-204-00123@0 16@1 204@2 00123@3"),
    ("GB/T 5296.5", "gb@0 #gb/t5296.5@0 #5296.5@0 t@1 5296@2 5@3"), ("F-16", "f@0 #f16@0 16@1"),
    ("F16", "f16@0 #f16@0"),
    ("No. 23-1732", "no@0 23@1 #23-1732@1 1732@2"),
    ("GB 6675-2014标准", "gb@0 #gb6675-2014@0 #gb6675@0 #6675-2014@0 6675@1 2014@2 标准@3 准@4"),
    (
      "GB/T 19001-2016/ISO 9001",
      "gb@0 #gb/t19001-2016@0 #gb/t19001@0 #19001-2016@0 t@1 19001@2 2016@3 iso@4 #iso9001@4 9001@5"
    ),
    ("EN 71 en 71", "en@0 #en71@0 71@1 en@2 71@3"),
  ]) func parts(_ text: String, _ expected: String) {
    #expect(SeenText(text).short == expected)
  }

  /// Nothing of this is a code.
  @Test(arguments: [
    "paragraph 3", "lead 90", "March 2007", "Article 12", "page-12", "mid-1990s", "pre-1900", "and/or", "well-known",
    "12-year", "in 2007",
    "second 15 days", "the 21st", "h2o", "no 5", "Section 8.", "km/h", "pages 3", "3-in-1", "AC/DC", "a 100", "gb",
    "GB standards",
    "September-2007", "2007年3月", "第12条", "part 2014", "as 2007", "is 90", "on 3 May",
  ]) func plainWordsAndNumbersAreNoCodes(_ text: String) {
    #expect(!SeenText(text).tokens.contains { $0.kind == .code || $0.kind == .codePart }, "\(SeenText(text).short)")
  }
}
