import Testing

@testable import dossier

@Suite struct DisplayTests {
  private let screen = Screen(isTerminal: true, width: 80, hasColor: false, isASCII: false)

  @Test func widths() {
    #expect(DisplayWidth.columns(of: "abc") == 3)
    #expect(DisplayWidth.columns(of: "甲醛") == 4)
    #expect(DisplayWidth.columns(of: "ＡＢ１") == 6)
    #expect(DisplayWidth.columns(of: "ｱｲ") == 2)
    #expect(DisplayWidth.columns(of: "e\u{301}") == 1)
    #expect(DisplayWidth.columns(of: "각") == 2)
    #expect(DisplayWidth.columns(of: "\u{1100}\u{1161}\u{11A8}") == 2)
    #expect(DisplayWidth.columns(of: "▲△·…“”") == 6)
    #expect(DisplayWidth.columns(of: "，。「」") == 8)
    #expect(DisplayWidth.columns(of: "\u{20000}\u{3134F}") == 4)
    #expect(DisplayWidth.columns(of: "🙂") == 2)
    #expect(DisplayWidth.columns(of: "\u{200B}\u{200D}\u{FEFF}\u{AD}") == 0)
    #expect(DisplayWidth.columns(of: "か\u{3099}") == 2)
    #expect(DisplayWidth.columns(of: "\u{302A}") == 0)
    #expect(DisplayWidth.columns(of: "é ñ ß") == 5)
  }

  @Test func wrapping() {
    func lines(_ text: String, _ width: Int) -> [String] { MarkedText(text).wrapped(width).map { $0.drawn(screen) } }
    #expect(lines("one two three", 7) == ["one two", "three"])
    #expect(lines("one two three", 8) == ["one two", "three"])
    #expect(lines("incomprehensible", 5) == ["incom", "prehe", "nsibl", "e"])
    #expect(lines("甲醛释放量超标", 6) == ["甲醛释", "放量超", "标"])
    #expect(lines("甲醛释放量超标", 7) == ["甲醛释", "放量超", "标"])
    #expect(lines("甲醛释，放量", 6) == ["甲醛", "释，放", "量"])
    #expect(lines("限量1.5 mg/L以下", 8) == ["限量1.5", "mg/L以下"])
    #expect(lines("", 10) == [])
    #expect(lines("   ", 10) == [])
    #expect(lines("甲", 1) == ["甲"])
    #expect(lines("e\u{301}e\u{301}e\u{301}", 2) == ["e\u{301}e\u{301}", "e\u{301}"])
  }

  /// Lines are never too wide and nothing but spaces is lost.
  @Test func wrappingKeepsEverything() {
    var state: UInt64 = 20_260_101
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let alphabet = Array("ab c甲醛，。（）e\u{301}🙂-1 ".unicodeScalars)
    for round in 0..<2_000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<next(60) { scalars.append(alphabet[next(alphabet.count)]) }
      let text = String(scalars)
      let width = 2 + next(20)
      let lines = MarkedText(text).wrapped(width)
      #expect(lines.allSatisfy { $0.columns <= width }, "seed 20260101 round \(round)")
      let kept = lines.map { $0.drawn(screen) }.joined().unicodeScalars.filter { $0 != " " }
      #expect(kept == text.unicodeScalars.filter { $0 != " " }, "seed 20260101 round \(round)")
    }
  }

  @Test func cutting() {
    #expect(MarkedText("甲醛释放").cut(8, screen).drawn(screen) == "甲醛释放")
    #expect(MarkedText("甲醛释放").cut(7, screen).drawn(screen) == "甲醛释…")
    #expect(MarkedText("甲醛释放").cut(6, screen).drawn(screen) == "甲醛…")
    #expect(MarkedText("one two").cut(5, screen).drawn(screen) == "one…")
    var ascii = screen
    ascii.isASCII = true
    #expect(MarkedText("formaldehyde").cut(8, ascii).drawn(ascii) == "forma...")
  }

  @Test func marksAreBytesOfTheText() {
    var color = screen
    color.hasColor = true
    #expect(MarkedText("释甲醛x", marks: [3..<9]).drawn(color) == "释\u{1B}[1;4m甲醛\u{1B}[0mx")
    #expect(MarkedText("ab", marks: [0..<100]).drawn(color) == "\u{1B}[1;4mab\u{1B}[0m")
    #expect(MarkedText("ab", marks: [5..<7]).drawn(color) == "ab")
    #expect(MarkedText("ab", marks: [0..<1, 1..<2]).drawn(color) == "\u{1B}[1;4mab\u{1B}[0m")
    #expect(MarkedText("ab", marks: [0..<1]).drawn(screen) == "ab")
  }

  @Test func noControlReachesTheTerminal() {
    #expect(Screen.shown("a\u{1B}[31mb\u{7}\u{9B}c\nd\te\u{202E}f") == "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}c d e\u{FFFD}f")
    #expect(!MarkedText("\u{1B}]0;x\u{7}").drawn(screen).contains("\u{1B}"))
  }

  @Test func figures() {
    #expect(Numbers.grouped(0) == "0")
    #expect(Numbers.grouped(1_234_567) == "1,234,567")
    #expect(Numbers.grouped(-1_000) == "-1,000")
    #expect(Numbers.bytes(999) == "999 B")
    #expect(Numbers.bytes(1_000) == "1.0 kB")
    #expect(Numbers.bytes(999_960) == "1.0 MB")
    #expect(Numbers.bytes(123_456_789) == "123.5 MB")
    #expect(Numbers.decimal(1.005, 1) == "1.0")
    #expect(Numbers.decimal(-0.04, 1) == "0.0")
    #expect(Numbers.decimal(12.96, 1) == "13.0")
    #expect(Numbers.decimal(.nan, 1) == "nan")
    #expect(Numbers.clock(7.2) == "0:08")
    #expect(Numbers.clock(3_723) == "1:02:03")
    #expect(Numbers.clock(.infinity) == "99:59:59")
  }

  @Test func severities() {
    #expect(
      ["minor", "moderate", "serious", "critical"].map(screen.severity) == [
        "△△△ minor", "▲△△ moderate", "▲▲△ serious", "▲▲▲ critical",
      ])
    #expect(screen.severity("other") == "other")
  }
}
