import JSONText
import Testing

/// Every rule of RFC 8259 by a text that keeps it and texts that break it; the cases are our own.
@Suite struct GrammarTests {
  static let accepted: [String] = [
    "null", "true", "false", "0", "-0", "1", "-1", "12345678901234567890", "0.5", "-0.5", "1.0", "1e5", "1E5", "1e+5",
    "1e-5", "1.25e10", "0e0", "0.0", "-0.0e-0", "1000000000000000000000000000000", "123.456e-789", "0E+1", "\"\"",
    "\"a\"", "\"\\\"\"", "\"\\\\\"", "\"\\/\"", "\"/\"", "\"\\b\\f\\n\\r\\t\"", "\"\\u0041\"", "\"\\u00e9\"",
    "\"\\u00E9\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\uD83D\\uDE00\"", "\"\\uFFFF\"", "\"\\uFDD0\"", "\"é\"",
    "\"企业\"", "\"😀\"", "\"\u{7F}\"", "\"\u{80}\"", "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", "\"\\u2028\"",
    "\"a\\u0062c\"", "\"\\\\u0041\"", "\"'\"", "\"[{,:]}\"", "\"12345678\\\"12345678\"", "\"1234567\\\\\"",
    "[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[],[]]", "[[[[1]]]]", "[null,true,false]", "[\"a\",1,{}]",
    "[1\n]", "[\t1\r\n]", "{}", "{ }", "{\"a\":1}", "{ \"a\" : 1 }", "{\"a\":1,\"b\":2}", "{\"\":0}", "{\"a\":{}}",
    "{\"a\":[]}", "{\"a\":{\"a\":1}}", "{\"a\\u0062\":1}", "{\"企业名称\":\"宏达\"}", "{\"a\":null}", " null ", "\t\n\r null",
    "null\n", "\u{FEFF}{}", "{\"a\":\"\\u0000\"}", "{\"e\u{301}\":1,\"\u{E9}\":2}", "[1,[2,[3]]]",
    "[\"\\ud800\\udc00\"]",
    "[\"\\udbff\\udfff\"]", "\"\\u001f\"", "{\"abcdefghijklmnopq\":1,\"abcdefghijklmnopr\":2}", "[-1,-2]", "[0,0]",
  ]

  static let refused: [(String, JSONError.Reason)] = [
    ("", .unexpectedEnd), (" ", .unexpectedEnd), ("\u{FEFF}", .unexpectedEnd), ("n", .unexpectedEnd),
    ("nul", .unexpectedEnd), ("nulL", .unexpectedCharacter), ("Null", .unexpectedCharacter),
    ("TRUE", .unexpectedCharacter), ("tru", .unexpectedEnd), ("truth", .unexpectedCharacter),
    ("falsy", .unexpectedCharacter), ("nullx", .trailingContent), ("null null", .trailingContent),
    ("1 2", .trailingContent), ("{}{}", .trailingContent), ("[]]", .trailingContent), ("{}}", .trailingContent),
    ("\"a\"x", .trailingContent), ("1,", .trailingContent), ("NaN", .unexpectedCharacter),
    ("Infinity", .unexpectedCharacter), ("-Infinity", .badNumber), ("-", .unexpectedEnd), ("--1", .badNumber),
    ("+1", .unexpectedCharacter), (".5", .unexpectedCharacter), ("5.", .unexpectedEnd), ("-.5", .badNumber),
    ("01", .badNumber), ("-01", .badNumber), ("00", .badNumber), ("1.e5", .badNumber), ("1e", .unexpectedEnd),
    ("1e+", .unexpectedEnd), ("1e-", .unexpectedEnd), ("1e5.5", .trailingContent), ("1ee5", .badNumber),
    ("0x10", .trailingContent), ("1_000", .trailingContent), ("1 000", .trailingContent), ("１", .unexpectedCharacter),
    ("\"", .unexpectedEnd), ("\"a", .unexpectedEnd), ("'a'", .unexpectedCharacter), ("a", .unexpectedCharacter),
    ("\"\n\"", .controlCharacter), ("\"\t\"", .controlCharacter), ("\"\0\"", .controlCharacter),
    ("\"\u{1F}\"", .controlCharacter), ("\"1234567\u{1F}\"", .controlCharacter), ("\"\\\"", .unexpectedEnd),
    ("\"\\", .unexpectedEnd), ("\"\\a\"", .badEscape), ("\"\\'\"", .badEscape), ("\"\\0\"", .badEscape),
    ("\"\\x41\"", .badEscape), ("\"\\U0041\"", .badEscape), ("\"\\u\"", .badEscape), ("\"\\u00\"", .badEscape),
    ("\"\\u004\"", .badEscape), ("\"\\u00G0\"", .badEscape), ("\"\\u-041\"", .badEscape), ("\"\\u 041\"", .badEscape),
    ("\"\\u004", .unexpectedEnd), ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate),
    ("\"\\ud800\\ud800\"", .loneSurrogate), ("\"\\ud800\\u0041\"", .loneSurrogate), ("\"\\ud800x\"", .loneSurrogate),
    ("\"\\udc00\\ud800\"", .loneSurrogate), ("\"\\ud800\\n\"", .loneSurrogate), ("\"\\ud800\\u\"", .loneSurrogate),
    ("\"\\é\"", .badEscape), ("[", .unexpectedEnd), ("]", .unexpectedCharacter), ("[1", .unexpectedEnd),
    ("[1,", .unexpectedEnd), ("[,", .unexpectedCharacter), ("[,1]", .unexpectedCharacter),
    ("[1,]", .unexpectedCharacter), ("[1,,2]", .unexpectedCharacter), ("[1 2]", .unexpectedCharacter),
    ("[1}", .unexpectedCharacter), ("[1:2]", .unexpectedCharacter), ("[\"a\":1]", .unexpectedCharacter),
    ("[1;2]", .unexpectedCharacter), ("[\u{C}1]", .unexpectedCharacter), ("[\u{A0}1]", .unexpectedCharacter),
    ("[\u{2003}1]", .unexpectedCharacter), ("[1\u{B}]", .unexpectedCharacter), ("{", .unexpectedEnd),
    ("}", .unexpectedCharacter), ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd), ("{\"a\":1", .unexpectedEnd),
    ("{\"a\":1,", .unexpectedEnd), ("{\"a\":1,}", .unexpectedCharacter), ("{,}", .unexpectedCharacter),
    ("{\"a\" 1}", .unexpectedCharacter), ("{\"a\",1}", .unexpectedCharacter), ("{\"a\"}", .unexpectedCharacter),
    ("{\"a\"::1}", .unexpectedCharacter), ("{a:1}", .unexpectedCharacter), ("{'a':1}", .unexpectedCharacter),
    ("{1:1}", .unexpectedCharacter), ("{null:1}", .unexpectedCharacter), ("{[]:1}", .unexpectedCharacter),
    ("{\"a\":1 \"b\":2}", .unexpectedCharacter), ("{\"a\":1;\"b\":2}", .unexpectedCharacter),
    ("{\"a\":1]", .unexpectedCharacter), ("{\"a\":}", .unexpectedCharacter), ("{:1}", .unexpectedCharacter),
    ("// x\n1", .unexpectedCharacter), ("/* x */1", .unexpectedCharacter), ("1 // x", .trailingContent),
    ("#\n1", .unexpectedCharacter), ("\u{FEFF}\u{FEFF}1", .unexpectedCharacter), ("1\u{FEFF}", .trailingContent),
    ("{\"a\":1,\"a\":2}", .duplicateName), ("{\"a\":1,\"\\u0061\":2}", .duplicateName),
    ("{\"\":1,\"\":2}", .duplicateName),
    ("[{\"x\":{\"b\":1,\"c\":2,\"b\":1}}]", .duplicateName), ("(1)", .unexpectedCharacter),
    ("undefined", .unexpectedCharacter),
    ("\0", .unexpectedCharacter), ("1\0", .trailingContent), ("\u{1A}", .unexpectedCharacter),
  ]

  static let malformed: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    [0xE4, 0xBC], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    [0xF0, 0x9F, 0x98], [0x41, 0xC3, 0x28],
  ]

  @Test(arguments: accepted) func takesWhatTheGrammarAllows(text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(try JSONValue(parsing: value.text()) == value)
    #expect(try JSONValue(parsing: value.text(isPretty: true)) == value)
  }

  @Test(arguments: refused) func refusesWhatItDoesNot(text: String, reason: JSONError.Reason) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error?.reason == reason, "\(text): \(String(describing: error))")
  }

  @Test(arguments: malformed) func refusesMalformedUTF8(bytes: [UInt8]) {
    for (prefix, suffix) in [("\"", "\""), ("\"\\n", "\""), ("{\"", "\":1}"), ("{\"abcdefghijklmnopqrstuvw", "\":1}")] {
      let error = #expect(throws: JSONError.self) {
        try JSONValue(parsing: Array(prefix.utf8) + bytes + Array(suffix.utf8))
      }
      #expect(error?.reason == .invalidUTF8)
      #expect(error?.offset == prefix.utf8.count + (bytes.first == 0x41 ? 1 : 0))
    }
  }

  @Test func otherEncodingsAreRefusedAtTheFirstByte() {
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31], [0x00, 0x31], [0xEF, 0xBB, 0x31]] {
      let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
      #expect(error?.offset == 0)
    }
  }

  @Test func errorsSayWhere() {
    let cases: [(String, Int, Int, Int)] = [
      ("{\n  \"a\": 1,\n  \"b\" 2\n}", 18, 3, 7), ("[1,\r\n2,\r\n x]", 10, 3, 2), ("[\r1\r,\r,]", 6, 4, 1),
      ("{\"企业\":\"名称\",}", 19, 1, 12), ("\u{FEFF}x", 3, 1, 1), ("", 0, 1, 1), ("{\"a\":1,\n\"a\":2}", 8, 2, 1),
      ("\"abc\\q\"", 5, 1, 6), ("[\"\\ud800\"]", 2, 1, 3),
    ]
    for (text, offset, line, column) in cases {
      let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
      #expect(error?.offset == offset && error?.line == line && error?.column == column, "\(String(describing: error))")
    }
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSONValue(parsing: nested(64))
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65)) }
    let hostile = String(repeating: "{\"a\":[", count: 500_000)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: hostile) }
    #expect(error?.reason == .tooDeep && error?.column == 193)
    var options = JSONReader.Options()
    options.maximumDepth = 2
    var reader = JSONReader(options: options)
    _ = try reader.read("[{}]")
    #expect(throws: JSONError.self) { try reader.read("[[[]]]") }
  }

  @Test func numbersAreBoundedAndKeepTheirSpelling() throws {
    let long = String(repeating: "9", count: 1_000)
    #expect(try JSONValue(parsing: long) == .number(long))
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: long + "9") }
    #expect(error?.reason == .numberTooLong)
    #expect(try JSONValue(parsing: "1e3") == .number("1e3"))
  }

  @Test func duplicateNamesByChoice() throws {
    for count in [2, 5, 40, 500] {
      let names = (0..<count).map { "\"name\($0)\":\($0)" }
      let text = "{" + (names + ["\"name0\":-1", "\"name1\":-2", "\"name0\":-3"]).joined(separator: ",") + "}"
      var options = JSONReader.Options()
      let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
      #expect(error?.reason == .duplicateName && error?.found == "\"name0\" for the second time")
      options.duplicateNames = .keepFirst
      var first = JSONReader(options: options)
      #expect(try first.read(text).objectValue?.members.map(\.value.intValue) == Array(0..<count))
      options.duplicateNames = .keepLast
      var last = JSONReader(options: options)
      #expect(try last.read(text).objectValue?.members.map(\.value.intValue) == [-3, -2] + Array(2..<count))
    }
  }

  @Test func manyMembersCostLittle() throws {
    let text = "{" + (0..<200_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try JSONValue(parsing: text) }
    #expect(time < .seconds(20))
  }

  @Test func loneSurrogatesByChoice() throws {
    var options = JSONReader.Options()
    options.replacesLoneSurrogates = true
    var reader = JSONReader(options: options)
    #expect(try reader.read("\"a\\ud800b\\udc00\\ud800\\u0041\"") == "a\u{FFFD}b\u{FFFD}\u{FFFD}A")
  }

  @Test func valuesInARow() throws {
    var reader = JSONReader()
    let bytes = Array("{\"a\":1}\n[2] 3".utf8)
    var offset = 0
    var values: [JSONValue] = []
    try bytes.withUnsafeBytes { buffer in
      while offset < buffer.count { values.append(try reader.readValue(in: buffer, at: &offset)) }
    }
    #expect(values == [["a": 1], [2], 3])
  }
}
