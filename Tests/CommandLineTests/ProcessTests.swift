import Foundation
import JSONText
import Testing

/// Exit codes, streams, signals: the process as other programs see it.
@Suite struct ProcessTests {
  @Test func exitCodes() throws {
    let workspace = try Fixture.workspace()
    #expect(try workspace.run("search", "formaldehyde").code == 0)
    #expect(try workspace.run("search", "xylophone").code == 1)
    #expect(try workspace.run("serch").code == 2)
    #expect(try workspace.run("search", "foo:bar").code == 2)
    #expect(try workspace.run("search", "--strict", "\"open").code == 2)
    #expect(try workspace.run("show", "nothing").code == 2)
    #expect(try workspace.run("search", "furniture", "--cursor", "XYZ").code == 2)
    #expect(try workspace.run("index", "nowhere.jsonl").code == 2)
    #expect(try workspace.run().code == 2)
    #expect(try workspace.run("stats", "--index", "nowhere").code == 4)
    #expect(try workspace.run("export", "--output", "no/such/folder").code == 5)
    #expect(try workspace.run("check", "--deep").code == 0)
    try workspace.write("mixed.jsonl", Fixture.records + "{broken\n")
    let mixed = try workspace.run("index", "mixed.jsonl", "--index", "other", "--rejects", "rejects.jsonl")
    #expect(mixed.code == 3)
    #expect(mixed.errors.contains("rejected mixed.jsonl:6:"))
    #expect(mixed.errors.hasSuffix("indexed 5, replaced 0, unchanged 0, rejected 1\n"))
    #expect(try workspace.read("rejects.jsonl").contains("mixed.jsonl"))
    try workspace.write("bad.jsonl", "{broken\n")
    #expect(try workspace.run("index", "bad.jsonl", "--index", "third").code == 3)
  }

  @Test func errorsInBothFaces() throws {
    let workspace = try Fixture.workspace()
    let run = try workspace.run("search", "foo:bar furniture", "--json")
    #expect(run.code == 2)
    let error = try JSONValue(parsing: run.output)["error"]
    #expect(error?["code"]?.stringValue == "unknown-field")
    #expect(error?["message"]?.stringValue?.isEmpty == false)
    #expect(run.errors.hasPrefix("dossier: "))
    #expect(run.errors.contains("\n  foo:bar furniture\n"))
    let usage = try workspace.run("search", "x", "--limt", "3", "--json")
    #expect(try JSONValue(parsing: usage.output)["error"]?["code"]?.stringValue == "usage")
  }

  @Test func answersInJSON() throws {
    let workspace = try Fixture.workspace()
    let run = try workspace.run("search", "formaldehyde", "--json", "--limit", "1")
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["total"]?.intValue == 2)
    #expect(answer["hits"]?.arrayValue?.count == 1)
    // Facts for people are not part of the answer.
    #expect(answer["hits"]?[0]?["fields"] == nil)
    let again = try workspace.run("search", "formaldehyde", "--json", "--limit", "1")
    #expect(run.output == again.output)
    let next = try #require(answer["next"]?.stringValue)
    let second = try JSONValue(
      parsing: try workspace.run("search", "formaldehyde", "--json", "--limit", "1", "--cursor", next).output)
    #expect(second["hits"]?[0]?["id"] != answer["hits"]?[0]?["id"])
    let lines = try workspace.run("search", "formaldehyde", "--jsonl").output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(try JSONValue(parsing: String(lines[0]))["id"] == answer["hits"]?[0]?["id"])
    #expect(try workspace.run("search", "formaldehyde", "--count").output == "2\n")
  }

  @Test func sampleIsIndexedOnce() throws {
    let workspace = try Workspace()
    try workspace.write("seeds/records.jsonl", Fixture.records)
    try workspace.write("index/README.md", "What is in here.")
    try workspace.write("index/.gitignore", "*")
    let first = try workspace.run("search", "formaldehyde furniture")
    #expect(first.code == 0)
    #expect(first.errors.hasPrefix("no index yet: building index/ from seeds/\n"))
    #expect(first.output.hasPrefix("directive/D1\t"))
    let second = try workspace.run("search", "formaldehyde furniture")
    #expect(!second.errors.contains("building"))
    #expect(second.output == first.output)
    // Named, nothing is built.
    #expect(try workspace.run("search", "x", "--index", "other").code == 4)
    #expect(try workspace.run("search", "x", environment: ["DOSSIER_INDEX": "third"]).code == 4)
    #expect(!workspace.exists("other") && !workspace.exists("third"))
  }

  @Test func indexFromTheEnvironmentAndSeveral() throws {
    let workspace = try Fixture.workspace()
    try workspace.write("more.jsonl", #"{"kind":"enterprise","id":"E9","name":"Second Furniture Works"}"# + "\n")
    #expect(try workspace.run("index", "more.jsonl", "--index", "second").code == 0)
    #expect(
      try workspace.run("search", "furniture", "--count", environment: ["DOSSIER_INDEX": "second"]).output == "1\n")
    let one = try workspace.run("search", "furniture", "--count").output
    let both = try workspace.run("search", "furniture", "--count", "--index", "index", "--index", "second").output
    #expect(Int(both.dropLast()) == Int(one.dropLast()).map { $0 + 1 })
    #expect(try workspace.run("delete", "E1", "--index", "index", "--index", "second").code == 2)
  }

  @Test func careOfAnIndex() throws {
    let workspace = try Fixture.workspace()
    #expect(try workspace.run("index", "records.jsonl").errors == "indexed 0, replaced 0, unchanged 5, rejected 0\n")
    #expect(try workspace.run("delete", "N1", "nothing").code == 2)
    #expect(try workspace.run("search", "kind:inspection", "--count").output == "2\n")
    #expect(try workspace.run("delete", "N1").errors.hasPrefix("deleted 1, commit "))
    #expect(try workspace.run("delete", "--query", "critical").code == 0)
    #expect(try workspace.run("delete").code == 2)
    #expect(try workspace.run("delete", "N2", "--query", "x").code == 2)
    #expect(try workspace.run("merge", "--full").code == 0)
    #expect(try workspace.run("check", "--deep").output.contains("good, commit "))
    let export = try workspace.run("export")
    try workspace.write("again.jsonl", export.output)
    #expect(try workspace.run("index", "again.jsonl", "--index", "again").code == 0)
    #expect(try workspace.run("export", "--index", "again").output == export.output)
    let saved = try workspace.run("export", "furniture", "--output", "some.jsonl")
    #expect(saved.output.isEmpty)
    #expect(try workspace.read("some.jsonl").contains("\"D1\""))
    #expect(try workspace.run("export", "xylophone").code == 1)
  }

  @Test func damageIsReported() throws {
    let workspace = try Fixture.workspace()
    let folder = workspace.folder.appendingPathComponent("index")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let sizes = try names.map { name -> (String, Int) in
      (name, try Data(contentsOf: folder.appendingPathComponent(name)).count)
    }
    let largest = try #require(sizes.max { $0.1 < $1.1 }).0
    var bytes = try Data(contentsOf: folder.appendingPathComponent(largest))
    bytes[bytes.count / 2] ^= 0xFF
    try bytes.write(to: folder.appendingPathComponent(largest))
    let run = try workspace.run("check")
    #expect(run.code == 4)
    #expect((run.output + run.errors).contains(largest))
  }

  @Test func mappingIsGuessed() throws {
    let workspace = try Workspace()
    try workspace.write(
      "notes.csv", "编号,企业名称,检查日期,产品名称,检查情况\nA1,新华家具厂,20070314,办公桌,甲醛超标\nA2,宏达家具厂,20070315,书柜,合格\n")
    let run = try workspace.run("init", "--from", "notes.csv", "--kind", "inspection", "--output", "notes.json")
    #expect(run.code == 0)
    #expect(run.errors.contains("sample 2: "))
    #expect(try JSONValue(parsing: try workspace.read("notes.json"))["kind"]?.stringValue == "inspection")
    #expect(try workspace.run("index", "notes.csv", "--mapping", "notes.json").code == 0)
    #expect(try workspace.run("search", "甲醛", "--count").output == "1\n")
    let printed = try workspace.run("init", "--from", "notes.csv", "--kind", "inspection")
    #expect(printed.output == (try workspace.read("notes.json")))
    #expect(try workspace.run("init").code == 2)
    #expect(try workspace.run("init", "--from", "nothing.csv").code == 5)
  }

  @Test func rankingIsMeasured() throws {
    let workspace = try Workspace()
    try workspace.write(
      "docs.jsonl",
      #"{"id":"1","title":"wings","text":"lift of wings"}"# + "\n"
        + #"{"id":"2","title":"heat","text":"heat in slabs"}"# + "\n")
    try workspace.write("queries.tsv", "a\tthe lift (of) a wing AND .\nb\theat?\n")
    try workspace.write("qrels.tsv", "a\t1\t1\nb\t2\t1\n")
    let run = try workspace.run(
      "eval", "--docs", "docs.jsonl", "--queries", "queries.tsv", "--qrels", "qrels.tsv", "--run", "run.txt", "--json")
    #expect(run.output == #"{"nDCG@10":1,"MAP":1,"MRR":1,"P@10":0.1,"Recall@100":1,"queries":2}"# + "\n")
    #expect(try workspace.read("run.txt").hasPrefix("a Q0 1 1 "))
  }

  @Test func closedOutputEndsQuietly() throws {
    let workspace = try Fixture.workspace()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "{ \"$0\" export; echo code $? >&2; } | true", Workspace.executable.path]
    process.currentDirectoryURL = workspace.folder
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let talk = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(talk == "code 0\n")
  }

  @Test func fullDeviceIsAnError() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let workspace = try Fixture.workspace()
    #expect(try workspace.run("export", "--output", "/dev/full").code == 5)
  }

  @Test func progressOnTerminalsOnly() throws {
    let workspace = try Workspace()
    try workspace.write("records.jsonl", Fixture.records)
    let pipe = try workspace.run("index", "records.jsonl")
    #expect(pipe.errors == "indexed 5, replaced 0, unchanged 0, rejected 0\n")
    let terminal = try workspace.runOnTerminal("index", "records.jsonl", "--index", "second", width: 80)
    #expect(terminal.output.hasSuffix("indexed 5, replaced 0, unchanged 0, rejected 0\n"))
  }

  /// Whenever the signal comes, the index is the last commit's or there is none, and the code says what happened.
  @Test func interruptLeavesAGoodIndex() throws {
    let workspace = try Fixture.workspace()
    var lines = ""
    for number in 0..<20_000 {
      lines += "{\"kind\":\"enterprise\",\"id\":\"X\(number)\",\"name\":\"Works number \(number)\","
      lines += "\"text\":\"Some words about furniture, toys and paint, number \(number).\"}\n"
    }
    try workspace.write("many.jsonl", lines)
    var interrupted = 0
    var records = 5
    for moment in 0..<5 {
      // The first at the moment from which interrupts are handled: it finds nothing done on any machine.
      let run = try workspace.runInterrupted(["index", "many.jsonl"], after: 0.15 * Double(moment))
      if run.code == 130 {
        interrupted += 1
        #expect(run.errors.contains("interrupted"))
        #expect(try workspace.run("stats").output.hasPrefix("records\t\(records)\n"))
      } else {
        #expect(run.code == 0, "\(run.errors)")
        records = 20_005
      }
      #expect(try workspace.run("check").code == 0)
    }
    #expect(interrupted > 0)
  }

  @Test func helpManAndCompletions() throws {
    let workspace = try Workspace()
    #expect(try workspace.run("help").output.hasPrefix("dossier - search"))
    #expect(try workspace.run("search", "--help").output == (try workspace.run("help", "search").output))
    #expect(try workspace.run("help", "serch").errors.contains("did you mean"))
    #expect(try workspace.run("--version").output.hasPrefix("dossier "))
    #expect(try workspace.run("man").output.hasPrefix(".TH DOSSIER 1"))
    let bash = try workspace.run("completions", "bash").output
    try workspace.write("completions.bash", bash)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
    process.arguments = [
      "-c",
      "source completions.bash; COMP_WORDS=(dossier search --li); COMP_CWORD=2; _dossier; echo ${COMPREPLY[@]}; "
        + "COMP_WORDS=(dossier sta); COMP_CWORD=1; COMPREPLY=(); _dossier; echo ${COMPREPLY[@]}; "
        + "COMP_WORDS=(dossier search --total e); COMP_CWORD=3; COMPREPLY=(); _dossier; echo ${COMPREPLY[@]}",
    ]
    process.currentDirectoryURL = workspace.folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "--limit\nstats\nexact\n")
  }
}
