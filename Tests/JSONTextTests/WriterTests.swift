import JSONText
import Testing

@Suite struct WriterTests {
  @Test func streamingGivesTheSameBytesAsValues() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("query", "formaldehyde \"furniture\"")
    writer.member("total", 12)
    writer.member("totalIsExact", true)
    writer.member("score", 12.5)
    writer.member("whole", 3.0)
    writer.name("marks")
    writer.beginArray()
    writer.int(4)
    writer.beginArray()
    writer.endArray()
    writer.int(UInt8(9))
    writer.endArray()
    writer.name("empty")
    writer.beginObject()
    writer.endObject()
    writer.member("next", orNull: nil)
    writer.member("infinite", Double.infinity)
    writer.endObject()
    let expected: JSONValue = [
      "query": "formaldehyde \"furniture\"", "total": 12, "totalIsExact": true, "score": .number("12.5"), "whole": 3,
      "marks": [4, [], 9], "empty": [:], "next": nil, "infinite": nil,
    ]
    #expect(writer.text == expected.text())
    #expect(
      writer.text
        == #"{"query":"formaldehyde \"furniture\"","total":12,"totalIsExact":true,"score":12.5,"whole":3,"#
        + #""marks":[4,[],9],"empty":{},"next":null,"infinite":null}"#)
  }

  @Test func prettyForm() {
    let value: JSONValue = ["a": 1, "b": [1, ["c": []]], "d": [:]]
    let expected = """
      {
        "a": 1,
        "b": [
          1,
          {
            "c": []
          }
        ],
        "d": {}
      }
      """
    #expect(value.text(isPretty: true) == expected)
  }

  @Test func severalValuesInOneBuffer() {
    var writer = JSONWriter()
    writer.value(["a": 1])
    writer.bytes.append(0x0A)
    writer.value(["b": 2])
    #expect(writer.text == "{\"a\":1}\n{\"b\":2}")
  }

  @Test func escapesAreMinimal() {
    let all = String(String.UnicodeScalarView((0..<0x80).compactMap { Unicode.Scalar($0) }))
    let text = JSONValue.string(all + "é企\u{2028}😀").text()
    #expect(text.hasPrefix(#""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010"#))
    #expect(
      text.hasSuffix(
        ##"\u001f !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"##
          + "abcdefghijklmnopqrstuvwxyz{|}~\u{7F}é企\u{2028}😀\""))
  }

  @Test func whatIsNoNumberIsNotWrittenAsOne() {
    for text in ["", "abc", "1,2", "NaN", "01", " 1", "1 ", "-", "1e", "+1"] {
      #expect(JSONValue.number(text).text() == "\"\(text)\"")
    }
    for text in ["0", "-0", "12", "-7", "1e3", "123456789012345678901234567890", "0.10"] {
      #expect(JSONValue.number(text).text() == text)
    }
  }

  @Test func accessors() throws {
    let value = try JSONValue(parsing: #"{"a":{"b":[10,{"c":"x"}]},"n":1.5,"t":true,"z":null}"#)
    #expect(value.value(at: "a.b.1.c")?.stringValue == "x")
    #expect(value.value(at: "a.b.0")?.intValue == 10)
    #expect(value.value(at: "a.b.7") == nil)
    #expect(value.value(at: "a.b.-1") == nil)
    #expect(value.value(at: "a.x") == nil)
    #expect(value["n"]?.doubleValue == 1.5 && value["n"]?.intValue == nil)
    #expect(value["t"]?.boolValue == true && value["z"]?.isNull == true && value["a"]?["b"]?[0]?.intValue == 10)
    var object = value.objectValue ?? [:]
    object["n"] = nil
    object["t"] = 5
    object["new"] = "y"
    #expect(object.text() == #"{"a":{"b":[10,{"c":"x"}]},"t":5,"z":null,"new":"y"}"#)
    #expect((["é": 1] as JSONObject)["e\u{301}"] == nil)
  }
}
