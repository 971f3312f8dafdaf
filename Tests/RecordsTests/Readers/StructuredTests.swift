import JSONText
import Records
import Testing

@Suite struct StructuredTests {
  @Test func jsonLines() throws {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    let text = "{\"a\":1}\n\n[1]\r\n{\"a\":}\n{\"a\":\(deep)}\n\"x\"\n{\"a\":2}"
    for piece in [1, 7, 1 << 16] {
      let lines = try Reading(text, path: "f.jsonl", piece: piece)
      #expect(lines.rows.map(\.line) == [1, 7])
      #expect(lines.rejects.map(\.line) == [3, 4, 5, 6])
      #expect(lines.rejects[1].column == 6)
    }
  }

  @Test func hugeLineIsPassedOver() throws {
    let huge = "{\"a\":\"" + String(repeating: "x", count: 17 << 20) + "\"}"
    let lines = try Reading("{\"a\":1}\n" + huge + "\n{\"a\":2}\n", path: "f.jsonl")
    #expect(lines.rows.map(\.line) == [1, 3])
    #expect(lines.rejects.map(\.line) == [2])
    let array = try Reading("[{\"a\":1},\n" + huge + ",\n{\"a\":2}]", path: "f.json")
    #expect(array.rows.map(\.line) == [1, 3])
    #expect(array.rejects.map(\.line) == [2])
  }

  @Test func jsonDocuments() throws {
    let cases: [(String, Int, Int)] = [
      ("{\"id\":1}", 1, 0), ("[{\"id\":1},{\"id\":2}]", 2, 0), (" [ ] ", 0, 0),
      ("{\"meta\":{\"n\":2},\"results\":[{\"id\":1},{\"id\":2}],\"next\":null}", 2, 0),
      ("{\"enterprises\":[{\"id\":1}]}", 1, 0), ("{\"id\":\"x\",\"violations\":[{\"code\":1},{\"code\":2}]}", 1, 0),
      ("{\"violations\":[{\"code\":1}],\"id\":\"x\"}", 1, 0), ("{\"id\":\"x\",\"notes\":[{\"a\":1}]}", 1, 0),
      ("{\n \"id\": 1\n}\n{\n \"id\": 2\n}", 2, 0), ("[{\"id\":1},5,{\"id\":2}]", 2, 1), ("[{\"id\":1},{\"id\":", 1, 2),
      ("[{\"id\":1,},{\"id\":2}]", 1, 1), ("{\"a\":[{\"x\":\"]}\\\"\"}]}", 1, 0), ("nonsense", 0, 1),
      ("{\"results\":[{\"id\":1}],\"x\":[[1,2],{\"y\":[]}]} {\"id\":3}", 2, 0),
    ]
    for (text, rows, rejects) in cases {
      for piece in [1, 5, 1 << 16] {
        let found = try Reading(text, path: "f.json", format: .json, piece: piece)
        #expect(found.rows.count == rows, "\(text)")
        #expect(found.rejects.count == rejects, "\(text): \(found.rejects)")
      }
    }
  }

  @Test func placesInArrays() throws {
    let found = try Reading("[\n  {\"id\":1},\n  {\"id\":x}\n]", path: "f.json")
    #expect(found.rows.first?.line == 2)
    #expect(found.rows.first?.column == 3)
    #expect(found.rejects.first?.line == 3)
    #expect(found.rejects.first?.column == 9)
  }

  @Test func xmlRows() throws {
    let text = """
      <?xml version="1.0"?><!DOCTYPE r [<!ENTITY b "&c;&c;">]>
      <records xmlns:x="u"><!-- n --><record id="1"><x:name>A &amp; B &#20013;</x:name><tag>u</tag><tag>v</tag></record>
      <record id="2"><name><![CDATA[<raw>]]></name><sub><a>1</a></sub>&b;</record></records>
      """
    for piece in [1, 11, 1 << 16] {
      let found = try Reading(text, path: "f.xml", piece: piece)
      #expect(found.rows.count == 2)
      #expect(found.value("id") == "1")
      #expect(found.value("name") == "A & B 中")
      #expect(found.list("tag") == ["u", "v"])
      #expect(found.value("name", row: 1) == "<raw>")
      #expect(found.rows[1].members["sub"]?["a"]?.stringValue == "1")
      #expect(found.value("text", row: 1) == "&b;")
      #expect(found.rows.map(\.line) == [2, 3])
    }
  }

  @Test func xmlOfOneRecordOrDocument() throws {
    let one = try Reading(
      "<inspection><id>7</id><violations><violation><code>a</code></violation><violation><code>b</code></violation></violations></inspection>",
      path: "f.xml")
    #expect(one.rows.count == 1)
    #expect(one.value("id") == "7")
    let document = try Reading(
      "<law><title>On toys</title><p>First <b>bold</b> words.</p><p>Second words.</p></law>", path: "f.xml")
    #expect(document.value("title") == "On toys")
    #expect(document.list("paragraphs").last == "Second words.")
    let feed = try Reading(
      "<rss><channel><title>T</title><item><title>a</title></item><item><title>b</title></item></channel></rss>",
      path: "f.rss")
    #expect(feed.rows.count == 2)
  }

  @Test func xmlDepthIsBounded() throws {
    let deep = String(repeating: "<a>", count: 10_000)
    let found = try Reading("<r><i n='1'><b/></i><i n='2'>\(deep)</i><i n='3'><b/></i></r>", path: "f.xml")
    #expect(found.rows.count == 1)
    #expect(found.rejects.count >= 1)
    let closed = deep + String(repeating: "</a>", count: 10_000)
    let good = try Reading("<r><i n='1'><b/></i><i n='2'>\(closed)</i><i n='3'><b/></i></r>", path: "f.xml")
    #expect(good.rows.count == 2)
    #expect(good.rejects.count == 1)
  }

  @Test func contentWinsOverAWrongName() throws {
    #expect(try Reading("{\"a\":1}\n{\"a\":2}\n", path: "f.csv").format == .jsonLines)
    #expect(try Reading("{\"a\":1}\n{\"a\":2}\n", path: "f.json").format == .jsonLines)
    #expect(try Reading("[{\"a\":1}]", path: "f.jsonl").format == .json)
    #expect(try Reading("<!DOCTYPE html><p>x", path: "f.txt").format == .html)
    #expect(try Reading("a,b\n1,2\n3,4\n", path: "f.json").format == .csv)
    #expect(try Reading("<?xml version='1.0'?><r/>", path: "f.csv").format == .xml)
    #expect(try Reading("name;town;size\na;b;1\nc;d;2\ne;f;3\n", path: "f").format == .csv)
    #expect(try Reading("Only words, no table.\nMore words.", path: "f.html").format == .text)
    #expect(try Reading("---\ntitle: x\n---\ntext", path: "f").format == .markdown)
    #expect(try Reading("Some words. And more, and more.\nThe end.", path: "f").format == .text)
  }
}
