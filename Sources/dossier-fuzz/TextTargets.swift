import JSONText
import QueryLanguage
import Records

extension FuzzTarget {
  /// What is typed: it ends soon, and the canonical text of a tree gives that tree again.
  static let query = FuzzTarget(
    "query",
    seeds: {
      [
        "formaldehyde furniture", #""quality files" =inspected +a -b"#, "(a OR b) AND NOT c^2", "a NEAR/5 b ONEAR/3 c",
        "SAME PARA (a b) violation(code:V1 severity:>=serious)", "lead* l?ad /re(c|t)i/ recti~1",
        "date:2007-Q3 since:2007-03 last:90d", "has(inspection: lead since:2007-03) by(enterprise: toys)",
        "province:(a OR b) n:[1 TO 5] GB 6675-2014", "“宏达” 家具（甲醛）",
      ].map { Array($0.utf8) }
    },
    tokens: [
      "(", ")", "\"", "“", "'", "AND", "OR", "NOT", "NEAR/5", "SAME PARA (", "has(", "by(", "violation(", "date:",
      "since:",
      "..", "[", " TO ", "]", ">=", "*", "?", "~", "^", "/", "\\", "2007-03", "GB", "玩具", "\u{3000}", "：", "（",
    ]
  ) { (bytes) throws(Broken) in
    let text = String(decoding: bytes, as: UTF8.self)
    let today = QueryDate.Day(year: 2026, month: 11, day: 22)
    guard let parsed = try? QueryParser.parse(text, today: today) else { return false }
    if case .empty = parsed.syntax.kind { return true }
    let canonical = parsed.canonical
    guard canonical.utf8.count <= QueryLimits.textBytes else { return true }
    guard let again = try? QueryParser.parse(canonical, strict: true) else {
      throw Broken("the canonical text '\(canonical)' is refused")
    }
    guard again.syntax == parsed.syntax, again.canonical == canonical else {
      throw Broken("the canonical text '\(canonical)' is another query: '\(again.canonical)'")
    }
    return true
  }

  /// JSON: what is read is written and read as the same value.
  static let json = FuzzTarget(
    "json",
    seeds: {
      [
        #"{"a":[1,2.5e3,-0,null,true,{"b":"\u4e2d\ud83d\ude00"}],"c":"\\\"\/\n"}"#, "[[[[]]]]", "\"\"",
        #"{"kind":"inspection","id":"N1","date":"2007-03-14","violations":[{"code":"V1","severity":"minor"}]}"#,
      ].map { Array($0.utf8) }
    },
    tokens: ["{", "}", "[", "]", ":", ",", "\"", "\\u", "\\ud83d", "1e", "-", ".", "null", "true", "\u{0}", " "]
  ) { (bytes) throws(Broken) in
    guard let value = try? JSONValue(parsing: bytes) else { return false }
    let text = value.text()
    guard let again = try? JSONValue(parsing: text), again == value else {
      throw Broken("what was written is read as another value: \(text)")
    }
    return true
  }

  /// JSON to a record: what is accepted is canonical, and making it so again changes nothing.
  static let canonical = FuzzTarget(
    "canonical",
    seeds: {
      [
        #"{"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-Q3","violations":[{"code":"V1","severity":"minor"}]}"#,
        #"{"kind":"enterprise","id":"E1","name":"宏达","products":[{"name":"toys","licence":"XK16-204-00123"}],"export":"yes"}"#,
        #"{"kind":"directive","id":"D1","title":"t","date":"--02-20","paragraphs":["a","b"],"speakers":["x"]}"#,
      ].map { Array($0.utf8) }
    },
    tokens: [
      "\"date\":", "\"2007-13\"", "\"--02-30\"", "\"kind\":", "\"directive\"", "null", "[", "{", "\"text\":", "\"id\":",
    ]
  ) { (bytes) throws(Broken) in
    let first = records(bytes, path: "f.jsonl", format: .jsonLines)
    guard !first.isEmpty else { return false }
    let written = first.map { JSONValue.object($0.json).text() }
    let again = records(Array(written.joined(separator: "\n").utf8), path: "f.jsonl", format: .jsonLines)
    guard again == first else { throw Broken("canonical records change when they are read again: \(written)") }
    return true
  }

  private static func records(_ bytes: [UInt8], path: String, format: FileFormat) -> [Record] {
    var source = RecordSource(
      inputs: [RecordInput(path: path, format: format)], openBytes: { _ in MemoryByteSource(bytes) })
    var found: [Record] = []
    while let result = source.next() {
      if case .record(let record, _) = result { found.append(record) }
    }
    return found
  }

  /// Files of every format, in every encoding: rows and rejects are bounded by the bytes, and come the same whether the
  /// bytes come at once or one by one.
  static let readers: [FuzzTarget] = [
    reader(
      "csv", .csv, ["id,name,note\n1,\"Hongda, Ltd\",\"two\nlines\"\n2,宏达,\"a \"\"b\"\"\"\n"],
      ["\"", ",", "\n", ";", "\t", "\r"]),
    reader(
      "json-lines", .jsonLines, ["{\"id\":1,\"a\":[1,{\"b\":null}]}\n{\"id\":2,\"t\":\"\\u4e2d\\ud83d\\ude00\"}\n"],
      ["{", "}", "\"", "\n", "[", ":"]),
    reader(
      "json-document", .json,
      ["{\"meta\":{},\"results\":[{\"id\":1},{\"id\":\"x\\\"y\"}],\"n\":2}", "[{\"id\":1},{\"id\":2}]"],
      ["{", "}", "\"", "[", "]", ":", ","]),
    reader(
      "xml", .xml,
      ["<?xml version='1.0'?><rs><r id='1'><a>b &amp; c</a><![CDATA[x]]></r><!-- c --><r id='2'><a/></r></rs>"],
      ["<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&#x", "&amp;", "'", "<!DOCTYPE", "<!ENTITY"]),
    reader(
      "html", .html,
      [
        "<!doctype html><title>T &amp; t</title><nav><a href='x'>n</a></nav><div class=\"main\"><h1>T</h1><p>2017-07-05"
          + "<p>Source<table><tr><td>a<td>b</table><pre>x\ny</pre><br>a &#x4e2d; b.</div>"
      ],
      ["<p>", "<td>", "<table>", "</", "<!--", "<script>", "&#", "&nbsp;", "<div>", "'", "<title>", "<br>"]),
    reader(
      "markdown", .markdown,
      ["---\na: b\nl: [x, 'y']\n---\n# T\n\na *b* [c](d) `e`\n\n| a | b |\n|---|---|\n\n- x\n"],
      ["#", "*", "_", "[", "](", "`", "---\n", "|", "\n\n", "- ", "<", "\\"]),
    reader(
      "text", .text,
      ["Slogan!\n\nTitle\n2017-07-05 11:10:01\nSource: X\n\nOn 5 March 2008, in Beijing. 2007年3月14日。\n二〇〇七年三月\n"],
      ["\n\n", "年", "月", "日", "第", "条", ":", "2007", "\t"]),
    // Nothing is given: format and encoding are told from the bytes.
    reader(
      "detected", nil, ["\u{FEFF}id,name\n1,a\n", "{\"id\":1}\n", "<html><p>x", "plain text.\n"],
      ["\u{FEFF}", "\n", "<", "{", ",", "\u{0}"],
      more: [
        [0xFF, 0xFE, 0x69, 0, 0x64, 0, 0x2C, 0, 0x0A, 0], [0xFE, 0xFF, 0, 0x69, 0, 0x2C, 0xD8, 0x00, 0, 0x0A],
        [0x69, 0x64, 0x0A, 0xD6, 0xD0, 0xB9, 0xFA, 0x81, 0x30, 0x81, 0x30, 0x0A],
      ]),
  ]

  private static func reader(
    _ name: String, _ format: FileFormat?, _ texts: [String], _ tokens: [String], more: [[UInt8]] = []
  ) -> FuzzTarget {
    FuzzTarget(name, seeds: { texts.map { Array($0.utf8) } + more }, tokens: tokens) { (bytes) throws(Broken) in
      let whole = rows(bytes, format, piece: .max)
      guard whole.count <= bytes.count + 2 else { throw Broken("\(whole.count) rows of \(bytes.count) bytes") }
      // Splitting is slow, so that one input in a few is read in pieces.
      if (bytes.first ?? 0) & 7 == 0 {
        let pieces = rows(bytes, format, piece: 1 + Int(bytes.last ?? 0) % 7)
        guard pieces == whole else { throw Broken("other rows when the bytes come in pieces") }
      }
      return !whole.isEmpty
    }
  }

  /// What a reader gives, as text.
  private static func rows(_ bytes: [UInt8], _ format: FileFormat?, piece: Int) -> [String] {
    var found: [String] = []
    do {
      var reader = try openRows(path: "file", source: PiecedSource(bytes, piece: piece), format: format, kind: nil)
      while let result = try reader.next() {
        switch result {
        case .row(let row): found.append(JSONValue.object(row.members).text())
        case .rejected(let line, let column, let reason, _): found.append("\(line):\(column) \(reason)")
        }
      }
    } catch { found.append("\(error)") }
    return found
  }
}

/// Bytes in pieces of a given size, as a pipe gives them.
private struct PiecedSource: ByteSource {
  private let bytes: [UInt8]
  private let piece: Int
  private var position = 0

  init(_ bytes: [UInt8], piece: Int) {
    self.bytes = bytes
    self.piece = max(1, piece)
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    let count = min(buffer.count, piece, bytes.count - position)
    for index in 0..<count { buffer[index] = bytes[position + index] }
    position += count
    return count
  }
}
