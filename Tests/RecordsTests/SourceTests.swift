import Foundation
import JSONText
import Records
import Testing

/// Lines of JSON, read whole: a stand-in that is simple enough to be right.
struct PlainLines: RowReader {
  var lines: [(number: Int, text: String)]

  init(_ source: any ByteSource) throws(RecordError) {
    var source = source
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1_000)
    while true {
      let result = buffer.withUnsafeMutableBytes { space -> Result<Int, RecordError> in
        do throws(RecordError) { return .success(try source.read(into: space)) } catch { return .failure(error) }
      }
      let count = try result.get()
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated().map { ($0.offset + 1, String($0.element)) }.filter { !$0.1.isEmpty }.reversed()
  }

  mutating func next() throws(RecordError) -> RowResult? {
    guard let line = lines.popLast() else { return nil }
    do throws(JSONError) {
      let members = try JSONValue(parsing: line.text).objectValue ?? [:]
      return .row(SourceRow(members: members, line: line.number, column: 1, raw: line.text))
    } catch {
      return .rejected(line: line.number, column: error.column, reason: error.explanation, raw: line.text)
    }
  }
}

@Suite struct SourceTests {
  /// Everything that a source gives, over files in memory.
  func read(_ inputs: [RecordInput], _ files: [String: String], limit: Int? = nil) -> (
    records: [Record], rejects: [Reject]
  ) {
    var source = RecordSource(
      inputs: inputs, foldMemoryLimit: limit,
      openBytes: { (path) throws(RecordError) in
        guard let text = files[path] else { throw RecordError(.inputOutput, file: path, message: "cannot be opened") }
        return MemoryByteSource(text)
      },
      openRows: { (_, bytes, _, _) throws(RecordError) in try PlainLines(bytes) })
    var (records, rejects): ([Record], [Reject]) = ([], [])
    while let result = source.next() {
      switch result {
      case .record(let record, _): records.append(record)
      case .rejected(let reject): rejects.append(reject)
      }
    }
    return (records, rejects)
  }

  func lines(_ rejects: [Reject]) -> String {
    var text = ""
    var writer = RejectsWriter { text += String(decoding: $0, as: UTF8.self) }
    for reject in rejects { writer.write(reject) }
    writer.finish()
    return text
  }

  /// An open quote made four million lines of one mistake.
  @Test func rejectsOfOneCauseAreCountedFromSomeOnOn() throws {
    var text = ""
    var writer = RejectsWriter(mostOfOneCause: 3) { text += String(decoding: $0, as: UTF8.self) }
    for line in 1...10 {
      writer.write(
        Reject(file: "a.csv", line: line, column: 1, reason: "id: '\(line * 7)' is 2 words", raw: "r\(line)"))
      if line < 3 { writer.write(Reject(file: "a.csv", line: line, reason: "date: month 13", raw: "d")) }
      if line < 5 { writer.write(Reject(file: "b.csv", line: line, reason: "id: 'x' is 2 words", raw: "b")) }
    }
    writer.finish()
    #expect(writer.count == 16)
    #expect(writer.leftOut == 8)
    let rows = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    #expect(rows.count == 3 + 2 + 3 + 2)
    let last = rows.suffix(2).map { $0["reason"]?.stringValue ?? "" }
    #expect(
      last == [
        "7 more rows from here to line 10, as: id: '28' is 2 words",
        "1 more rows from here to line 4, as: id: 'x' is 2 words",
      ])
    #expect(rows.suffix(2).map { $0["line"]?.intValue } == [4, 4])
    // Read again it is a row to be mended, as any other.
    #expect(rows.allSatisfy { $0.objectValue.flatMap { Reject($0) } != nil })
  }

  /// However many causes there are, what is kept of them is bounded, and every row of a cause of its own is written.
  @Test func manyCausesAreAllWritten() throws {
    var text = ""
    var writer = RejectsWriter(mostOfOneCause: 3) { text += String(decoding: $0, as: UTF8.self) }
    for number in 0..<900 {
      let letters = String(number).map { String(UnicodeScalar(UInt8(0x61 + ($0.wholeNumberValue ?? 0)))) }.joined()
      writer.write(Reject(file: "a", line: number, reason: "cause \(letters)"))
    }
    writer.finish()
    #expect(writer.leftOut == 0)
    #expect(text.split(separator: "\n").count == 900)
  }

  @Test func foldingJoinsTwoFiles() throws {
    let mapping = try Mapping(parsing: MappingTests.inspections, file: "m.json")
    let files = [
      "d/inspections.jsonl": """
      {"business_id":"19","date":"20171211","type":"routine"}
      {"business_id":"19","date":"20160513","type":"x"}
      {"business_id":"24","date":"2016-05-13","type":"x"}
      """,
      "d/violations.jsonl": """
      {"business_id":"19","date":"20171211","description":"first"}
      {"business_id":"7","date":"20171211","description":"nobody's"}
      {"business_id":"19","date":"20171211","description":"second"}
      {"date":"20171211","description":"no key"}
      broken
      """,
    ]
    let (records, rejects) = read([RecordInput(path: "d/inspections.jsonl", mapping: mapping)], files)
    #expect(records.map(\.id) == ["19-20171211", "19-20160513"])
    #expect(records[0].body["violations"] == [["text": "first"], ["text": "second"]])
    #expect(records[1].body["violations"] == nil)
    #expect(rejects.map(\.line) == [4, 5, 3, 2])
    #expect(
      rejects.map(\.file) == ["d/violations.jsonl", "d/violations.jsonl", "d/inspections.jsonl", "d/violations.jsonl"])
    #expect(rejects[3].reason.contains("7-20171211"))
  }

  @Test func foldsBesideTheMapping() throws {
    let mapping = try Mapping(parsing: MappingTests.inspections, file: "m.json")
    let files = [
      "a/i.jsonl": #"{"business_id":"1","date":"20171211"}"#,
      "m/violations.jsonl": #"{"business_id":"1","date":"20171211","description":"x"}"#,
    ]
    let input = RecordInput(path: "a/i.jsonl", mapping: mapping, mappingFolder: "m")
    #expect(read([input], files).records.first?.body["violations"] == [["text": "x"]])
    let missing = read([RecordInput(path: "a/i.jsonl", mapping: mapping)], files)
    #expect(missing.records.isEmpty && missing.rejects.map(\.line) == [0])
    let tight = read([input], files, limit: 10)
    #expect(tight.records.isEmpty && tight.rejects.first?.reason.contains("folding") == true)
  }

  @Test func theRejectsFileCanBeFedAgain() throws {
    var text = ""
    for number in 1...1_000 {
      switch number {
      case 100, 300: text += "{\"id\":\"\(number)\",\"date\":\n"
      case _ where number.isMultiple(of: 66): text += "{\"id\":\"\(number)\",\"date\":\"2007-13-01\",\"note\":\"n\"}\n"
      default: text += "{\"id\":\"\(number)\",\"date\":\"2007-12-01\"}\n"
      }
    }
    let (records, rejects) = read([RecordInput(path: "a.jsonl", kind: "inspection")], ["a.jsonl": text])
    #expect(records.count == 983 && rejects.count == 17)
    #expect(rejects[0].line == 66)
    #expect(rejects[0].reason == "date: month 13 is not 01 to 12; did you mean 2007-01-13?")
    // As it is: the same seventeen, with the same places.
    let written = lines(rejects)
    let again = read([RecordInput(path: "rejects.jsonl")], ["rejects.jsonl": written])
    #expect(again.records.isEmpty && again.rejects.map(\.line) == rejects.map(\.line))
    #expect(again.rejects.allSatisfy { $0.file == "a.jsonl" })
    let third = read([RecordInput(path: "r")], ["r": lines(again.rejects)])
    #expect(third.rejects == again.rejects)
    // Mended.
    let mended = written.split(separator: "\n").map { line -> String in
      guard let object = (try? JSONValue(parsing: String(line)))?.objectValue, var reject = Reject(object)?.json else {
        return ""
      }
      var row = reject["row"]?.objectValue ?? ["kind": "inspection", "id": reject["line"] ?? 0]
      row["date"] = "2007-12-13"
      reject["row"] = .object(row)
      return reject.text()
    }
    let fixed = read([RecordInput(path: "r")], ["r": mended.joined(separator: "\n")])
    #expect(fixed.records.count == 17 && fixed.rejects.isEmpty)
    #expect(fixed.records[0].body.text() == #"{"date":"2007-12-13","note":"n"}"#)
  }

  @Test func filesThatFailDoNotStopTheOthers() {
    let (records, rejects) = read(
      [RecordInput(path: "gone"), RecordInput(path: "b.json", kind: "enterprise")],
      ["b.json": "{\"name\":\"x\"}\n{\"name\":\"y\"}"])
    #expect(records.map(\.id) == ["b"])
    #expect(rejects.map(\.file) == ["gone", "b.json"] && rejects[1].reason.hasPrefix("id: "))
  }

  @Test func rawIsBounded() {
    let reject = Reject(file: "f", line: 1, column: 1, reason: "r", raw: String(repeating: "é", count: 1 << 20))
    #expect(reject.raw?.utf8.count ?? 0 <= Reject.maximumRawLength)
    #expect(Reject(["file": "f", "line": 1, "column": 1, "reason": "r", "more": 1]) == nil)
  }
}

@Suite struct CollectionTests {
  /// A folder of its own for one test.
  func folder(_ files: [String: String]) throws -> String {
    let root = FileManager.default.temporaryDirectory.path + "/records-\(UUID().uuidString)"
    for (path, text) in files {
      let file = URL(fileURLWithPath: "\(root)/\(path)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return root
  }

  func remove(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func collectionNamesItsFiles() throws {
    let root = try folder([
      "collection.json": """
      {"name":"s","files":[{"path":"e.jsonl","kind":"enterprise"},{"path":"notes/*.csv","mapping":"maps/n.json"},
       {"path":"**/d-?.md","kind":"directive"},"x.jsonl"],"thesaurus":"t.txt","targets":"targets.json"}
      """,
      "e.jsonl": "", "notes/b.csv": "", "notes/a.csv": "", "notes/deep/c.csv": "", "d-1.md": "", "in/side/d-2.md": "",
      "d-10.md": "", "ignored.jsonl": "", "x.jsonl": "", "maps/n.json": #"{"kind":"inspection","fields":{"id":"a"}}"#,
    ])
    defer { remove(root) }
    let files = try RecordFiles(paths: [root])
    #expect(
      files.inputs.map { String($0.path.dropFirst(root.count + 1)) }
        == ["e.jsonl", "notes/a.csv", "notes/b.csv", "d-1.md", "in/side/d-2.md", "x.jsonl"])
    #expect(
      files.inputs.map { $0.mapping?.kind ?? $0.kind } == [
        "enterprise", "inspection", "inspection", "directive", "directive", nil,
      ])
    #expect(files.thesaurus == root + "/t.txt" && files.targets == root + "/targets.json")
    #expect(files.inputs[1].mappingFolder == root + "/maps")
  }

  @Test func foldersWithoutCollection() throws {
    let root = try folder([
      "b.jsonl": "", "a.CSV": "", "README.md": "", "readme.txt": "", "sub/README": "", "sub/c.html": "", "x.bin": "",
      ".hidden.json": "", "sub/.git/x.json": "",
    ])
    defer { remove(root) }
    let files = try RecordFiles(paths: [root, "-"], kind: "inspection")
    #expect(files.inputs.map { FilePathName.last($0.path) } == ["a.CSV", "b.jsonl", "c.html", "-"])
    #expect(files.inputs.allSatisfy { $0.kind == "inspection" })
  }

  @Test func missingFilesAreNamed() throws {
    let root = try folder(["collection.json": #"{"files":["gone.csv"]}"#])
    defer { remove(root) }
    let error = #expect(throws: RecordError.self) { try RecordFiles(paths: [root]) }
    #expect(error?.message.contains("gone.csv") == true)
  }

  @Test(arguments: [
    ("[]", "expected an object"), ("{}", "files"), (#"{"files":{}}"#, "files: expected a list"),
    (#"{"files":[7]}"#, "files[1]"), (#"{"files":[{"kind":"enterprise"}]}"#, "files[1].path"),
    (#"{"files":[{"path":"a","kind":"firm"}]}"#, "files[1].kind"), (#"{"files":["../a"]}"#, "below"),
    (#"{"files":["/etc/passwd"]}"#, "below"), (#"{"files":[{"path":"a","mapping":"x/../../m"}]}"#, "below"),
    (#"{"files":[{"path":"a","format":"pdf"}]}"#, "format"), (#"{"files":[],"targts":"x"}"#, "targts"),
    (#"{"files":[{"path":"a","knd":"x"}]}"#, "knd"), ("{\"files\":[\n}", "collection.json:2:1"),
  ])
  func refusals(text: String, place: String) {
    let error = #expect(throws: RecordError.self) { try RecordCollection(parsing: text) }
    #expect(error?.description.contains(place) == true, "\(String(describing: error))")
  }
}

enum FilePathName {
  static func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
