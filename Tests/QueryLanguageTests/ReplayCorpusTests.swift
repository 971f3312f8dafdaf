import QueryLanguage
import Testing

/// Texts kept from fuzzing and from bug reports of other tools: replayed in every run.
@Suite struct ReplayCorpusTests {
  static let corpus: [String] = [
    "", "\"", "\"\"", "'", "“", "”“", "「", "」「", "(", ")", "())(()", "+", "--", "!!", "=", "==", "^", "^^2", "~", "~~1",
    "*", "**", "?",
    "??", "%", "%%", "\\", "\\\\", "\\\"", "/", "//", "/\\/", "/a\\", "/ /", ":", "::", "a:", "a::", "a:b:c", "a:(",
    "a:[", "a:[ TO", "a:{*",
    "a:..", "a:....", "a>=", "a<>b", "x>=5<6", "AND", "AND OR NOT", "NOT NOT", "NEAR", "a NEAR", "a NEAR/0 b",
    "a NEAR/99999999999 b",
    "NEAR/5 NEAR/5", "a /s /p b", "SAME", "SAME PARA", "SAME PARA ()", "SAME PARA SAME PARA a", "has", "has(", "has()",
    "has(:", "has(a",
    "has (inspection", "has (inspection:", "by (enterprise:a", "has\u{A0}（inspection：a）", "violation(", "violation()",
    "paragraph(", "date:",
    "date:(", "date:[", "date:..", "date:0000", "date:2007-13-41", "since:", "last:", "last:0d", "last:99999999999d",
    "2007-Q5", "2007-Q3..",
    "2007..2006", "No.", "No. ", "No. 2", "№ 7", "第段", "第十十段", "¶", "#p", "para", "para 99999", "a^", "a^-1", "a^1e309",
    "a^0.0000001",
    "a~9", "a~99999999999999999999", "\u{0}", "\u{FEFF}", "\u{200B}\u{200D}", "e\u{301}\u{301}", "\u{202E}a", "🧸🧸", "𠮷",
    "\u{FFFF}", "\r\n\r\n",
    "a\u{2028}b", "（（（", "［a TO b］", "ｈａｓ(inspection)", "ＡＮＤ", "a，b。c", "AND)", "(AND", "-(", "-(-(", "+(a", "NOT(",
    "\\(", "a\\", "a\\ b",
    "http://a.b/c?d=e&f=g", "EN71-3:2013", "10:30", "C++", "A&B", "A && B || C", "|", "||", "a|b", "\"a\"~3", "\"a\"^2",
    "\"a\"b", "a\"b\"", "=\"a",
    "='a b'", "*:*", "a*b*c*d*", "[[[[", "]]]]", "{a", "}", "<", ">", "≥≤", "a;", "a;b", ";;;",
    // A pattern that begins like a NEAR of another tool.
    "aAR/7 b)/7)/ b)/7 b)", "a b)/7)/", "i)i)i r~15(/3(cEAt)i/", "a:V)醛）/3(n(code:V)i/ b", "a /s)b/", "a /p,b/",
    "a /7(b c)/",
    // White space at the ends of bounds.
    #"n:..\ toys"#, #"n:\ a\  ..\ \ b"#, #"n:\ ..\ "#, #"n:1..\ "#, #"n:\ ..1"#, #"n:<=" toys""#, #"n:..\ .b"#,
  ]

  @Test("Q1: every text of the corpus parses or is refused, and its canonical text is a fixed point")
  func replay() {
    for text in Self.corpus {
      ParserFuzzTests.check(text)
      ParserFuzzTests.check("x " + text)
      ParserFuzzTests.check(text + " x")
      ParserFuzzTests.check("(" + text + ")")
    }
  }
}
