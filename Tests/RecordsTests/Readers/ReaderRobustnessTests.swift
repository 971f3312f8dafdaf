import Foundation
import JSONText
import Records
import Testing

@Suite struct ReaderRobustnessTests {
  private static let samples: [(path: String, text: String)] = [
    ("s.csv", "id,name,note\n1,\"Hongda, Ltd\",\"two\nlines\"\n2,宏达,\"a \"\"b\"\"\"\n3,x,y\n"),
    ("s.tsv", "id\tname\n1\ta\n2\tb\n"),
    ("s.jsonl", "{\"id\":1,\"a\":[1,2,{\"b\":null}]}\n{\"id\":2,\"t\":\"\\u4e2d\\ud83d\\ude00\"}\n"),
    ("s.json", "{\"meta\":{},\"results\":[{\"id\":1},{\"id\":\"x\\\"y\"},{\"id\":[[]]}],\"n\":2}"),
    ("s.xml", "<?xml version='1.0'?><rs><r id='1'><a>b &amp; c</a><![CDATA[x]]></r><!-- c --><r id='2'><a/></r></rs>"),
    (
      "s.html",
      "<!doctype html><title>T &amp; t - S</title><nav><a href='x'>n</a></nav><div class=\"main\"><h1>T</h1>"
        + "<p>2017-07-05 11:10:01<p>Source from X<table><tr><td>a<td>b</table><pre>x\ny</pre><br>On Feb 20, a &#x4e2d; b.</div>"
    ),
    ("s.md", "---\na: b\nl: [x, 'y']\n---\n# T\n\na *b* [c](d) `e`\n\n| a | b |\n|---|---|\n\n- x\n"),
    (
      "s.txt",
      "Slogan!\n\nTitle\n2017-07-05 11:10:01\nSource: X\n\nOn 5 March 2008, it was in Beijing. 2007年3月14日。\n二〇〇七年三月\n"
    ),
  ]

  /// Rates of all formats, 2,500 changed files each: nothing traps, nothing hangs, places are real ones.
  @Test func changedFilesNeverTrap() throws {
    let seed: UInt64 = 20_261_122
    print("seed \(seed)")
    var random = SplitMix(seed: seed)
    let rounds = 2_500
    let marks: [UInt8] = Array("\"'<>&;,\n\r\t{}[]()/\\!-#*`|=:0a 年月日".utf8) + [0, 0xFF, 0x80, 0xFE, 0xE4, 0x81, 0x30]
    var results = 0
    let start = ContinuousClock.now
    for (path, text) in Self.samples {
      for _ in 0..<rounds {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          guard !bytes.isEmpty else { break }
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<6, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: place)
          case 2: bytes.insert(marks[Int.random(in: 0..<marks.count, using: &random)], at: place)
          case 3: bytes.removeLast(bytes.count - place)
          case 4:
            let end = min(bytes.count, place + Int.random(in: 1...30, using: &random))
            bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
          default: bytes[place] = marks[Int.random(in: 0..<marks.count, using: &random)]
          }
        }
        let formats: [FileFormat?] = [
          nil, FileFormat(rawValue: ["csv", "json", "html", "xml", "text"][Int.random(in: 0..<5, using: &random)]),
        ]
        let piece = [1, 3, 1 << 16][Int.random(in: 0..<3, using: &random)]
        let reading = try Reading(
          bytes, path: path, format: formats[Int.random(in: 0..<2, using: &random)], piece: piece)
        for reject in reading.rejects { #expect(reject.line >= 1 && reject.column >= 1) }
        results += reading.rows.count + reading.rejects.count
        #expect(reading.rows.count + reading.rejects.count <= bytes.count + 2)
      }
    }
    print("\(Self.samples.count * rounds) changed files, \(results) results, \(ContinuousClock.now - start)")
  }

  @Test func hopelessFiles() throws {
    for path in ["e.csv", "e.json", "e.jsonl", "e.xml", "e.html", "e.md", "e.txt", "e"] {
      let empty = try Reading([], path: path)
      #expect(empty.rows.isEmpty)
      let binary = try Reading([0x7F, 0x45, 0x4C, 0x46, 0, 0, 1, 2, 3], path: path)
      #expect(binary.rows.isEmpty)
      #expect(binary.rejects.count == 1)
      #expect(binary.rejects.first?.reason.contains("binary") == true)
    }
  }

  /// Things that make careless readers slow: time stays about linear.
  @Test func hostileRepetitions() throws {
    let pieces = [
      "<", "<a ", "<!--", "</", "&", "&#", "[", "](", "\"", "<div>", "<p class='", "<td>", "{\"a\":", "2017-", "*_",
      "<![CDATA[",
      "第", "(", "\n\n", "<br>", "a\n", "\"\n", ",",
    ]
    for piece in pieces {
      let text = String(repeating: piece, count: 4_000)
      for path in ["h.html", "h.md", "h.txt", "h.xml", "h.csv", "h.json"] {
        let format: FileFormat? = [
          "h.html": .html, "h.md": .markdown, "h.txt": .text, "h.xml": .xml, "h.csv": .csv, "h.json": .json,
        ][path]
        let start = ContinuousClock.now
        _ = try Reading(text, path: path, format: format)
        let time = ContinuousClock.now - start
        #expect(time < .seconds(20), "\(piece) as \(path): \(time)")
      }
    }
  }

  /// Fault 3: a header of many columns of one name took time by the square of their number, hours for a megabyte of them (now refused).
  @Test func manyColumnsOfOneNameTakeLinearTime() throws {
    let count = 16_000
    let text = "id,c_3" + String(repeating: ",c", count: count) + "\n1,x" + String(repeating: ",y", count: count) + "\n"
    let start = ContinuousClock.now
    let reading = try Reading(text, path: "t.csv", format: .csv)
    let time = ContinuousClock.now - start
    #expect(time < .seconds(20), "\(time)")
    let names = reading.rows.first?.members.members.map(\.name) ?? []
    #expect(names.count == count + 2 && Set(names).count == names.count)
    #expect(names.prefix(6) == ["id", "c_3", "c", "c_2", "c_4", "c_5"])
  }

  /// Rows that would take much memory are refused before they do, and the next row goes on.
  @Test(arguments: [FileFormat.jsonLines, .csv, .xml]) func rowsOfTooManyPartsAreRejected(_ format: FileFormat) throws {
    let text =
      switch format {
      case .jsonLines: "{\"id\":\"1\",\"k\":[" + String(repeating: "[[]],", count: 70_000) + "1]}\n{\"id\":\"2\"}\n"
      case .csv: "id,text\n" + String(repeating: ",", count: 20_000) + "\n2,b\n"
      default: "<r><row>" + String(repeating: "<a/>", count: 140_000) + "</row><row><id>2</id></row></r>"
      }
    let reading = try Reading(text, path: "t", format: format)
    #expect(reading.rejects.count == 1)
    #expect(reading.rows.map { $0.members["id"]?.stringValue ?? "" } == ["2"])
  }

  @Test(arguments: [FileFormat.text, .markdown, .html])
  func documentsOfTooManyPartsAreRejected(_ format: FileFormat) throws {
    let piece = format == .html ? "<p>a" : "a\n\n"
    let reading = try Reading(String(repeating: piece, count: 300_000), path: "t", format: format)
    #expect(reading.rows.isEmpty && reading.rejects.count == 1)
  }

  /// 500 random tables, written by Python's csv module and read by both.
  @Test func agreesWithPython() throws {
    let script = """
      import csv, io, json, random, sys
      random.seed(7)
      alphabet = ['a', 'B', '1', ' ', ',', ';', '\\t', '|', '"', "'", '\\n', '\\r\\n', '中', '🙂', 'é', '.', '']
      out = []
      for t in range(500):
          columns = random.randint(2, 6)
          sep = random.choice([',', ';', '\\t', '|'])
          end = random.choice(['\\n', '\\r\\n'])
          f = io.StringIO(newline='')
          w = csv.writer(f, delimiter=sep, lineterminator=end, quoting=random.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
          head = ['c%d' % i for i in range(columns)]
          rows = [[''.join(random.choice(alphabet) for _ in range(random.randint(0, 8))) for _ in head] for _ in range(random.randint(8, 30))]
          w.writerow(head); w.writerows(rows)
          text = f.getvalue()
          back = list(csv.reader(io.StringIO(text, newline=''), delimiter=sep))
          assert back[1:] == rows
          out.append({'text': text, 'rows': rows})
      sys.stdout.write(json.dumps(out))
      """
    guard let output = Python.run(script) else { return }
    let tables = try JSONValue(parsing: output).arrayValue ?? []
    #expect(tables.count == 500)
    var differing = 0
    for table in tables {
      guard let text = table["text"]?.stringValue, let rows = table["rows"]?.arrayValue else { continue }
      let reading = try Reading(text, path: "t.csv", format: .csv)
      let mine = reading.rows.map { row in JSONValue.array(row.members.members.map(\.value)) }
      if mine != rows {
        differing += 1
        if differing < 4 { print("differs: \(text.debugDescription)\n rejects \(reading.rejects)") }
      }
    }
    #expect(differing == 0)
  }

  /// Every character of GB 18030 that Python encodes comes back.
  @Test func gb18030AgreesWithPython() throws {
    let script = """
      import sys
      for start in range(0x80, 0x30000, 0x400):
          s = ''.join(chr(c) for c in range(start, start + 0x400) if not (0xD800 <= c < 0xE000 or c in (0x1E3F, 0xE7C7)))
          if s: sys.stdout.write('%x ' % start + ''.join('%02x' % b for b in s.encode('gb18030')) + '\\n')
      """
    guard let output = Python.run(script) else { return }
    var characters = 0
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let start = UInt32(parts[0], radix: 16) else { continue }
      let digits = Array(parts[1].utf8)
      let encoded = stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
        UInt8(String(decoding: digits[place...(place + 1)], as: UTF8.self), radix: 16)
      }
      let expected = (start..<(start + 0x400)).compactMap { value in
        value == 0x1E3F || value == 0xE7C7 ? nil : Unicode.Scalar(value)
      }
      var reader = try openRows(
        path: "t.csv", source: MemoryByteSource(Array("a,b\nx,\"".utf8) + encoded + Array("\"\n".utf8)), format: .csv,
        kind: nil, encoding: .gb18030)
      guard case .row(let row)? = try reader.next() else {
        Issue.record("no row for \(parts[0])")
        continue
      }
      #expect(row.members["b"]?.stringValue.map { Array($0.unicodeScalars) } == expected)
      characters += expected.count
    }
    print("\(characters) characters of GB 18030 agree")
  }
}

/// Python as an outside reader, where it is installed.
enum Python {
  static func run(_ script: String) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch {
      print("skipped: no python3 (\(error))")
      return nil
    }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("skipped: python3 ended with \(process.terminationStatus)")
      return nil
    }
    return [UInt8](data)
  }
}
