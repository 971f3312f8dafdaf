import Foundation
import JSONText
import Testing

/// Coverage, receipts, evidence and saved searches as processes: screens, streams and exit codes.
@Suite struct KeepingTests {
  private static let records = """
    {"kind":"enterprise","id":"E1","name":"Hongda Toys","province":"Guangdong","export":true,"products":[{"id":"p1","name":"bear","category":"plush toy","licence":"XK16-204-00123","evidenceCollected":"2007-05-01"},{"id":"p2","name":"car","category":"toys","ccc":"2006010101000001"}],"qualityFile":"2007-03-14","capacityRatified":"2007"}
    {"kind":"enterprise","id":"E2","name":"新华玩具厂","province":"河北","export":true,"products":[{"id":"p1","name":"熊","category":"毛绒玩具","licence":"XK16-204-00200","evidenceCollected":"--05-01"}]}
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","text":"lead in the coating","type":"import","result":"fail","disposition":"return"}

    """

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("records.jsonl", Self.records)
    let run = try workspace.run("index", "records.jsonl")
    guard run.code == 0 else { throw Fixture.Failure(text: run.errors) }
    return workspace
  }

  @Test("Coverage at 80 columns: bars, figures, the command that shows each missing one")
  func coverageAt80Columns() throws {
    let run = try workspace().runOnTerminal(
      "coverage", "--target", "1,3", width: 80, environment: ["NO_COLOR": "1"])
    #expect(run.code == 0)
    #expect(
      run.output == """
         1  Producers of the five priority categories have a quality file
            ████████████░░░░░░░░░░░░  1 of 2  50.0%  missing 1
            dossier show E2

         3  Licensed or certified products have their evidence collected
            ████████░░░░░░░░░░░░░░░░  1 of 3  33.3%  missing 2
            possibly done, by dates that are not exact: 1
            dossier show E1  (product 2)
            dossier show E2  (product 1)

        """)
  }

  @Test("Coverage in Chinese and at 200 columns, in groups; plain drawing with --ascii")
  func coverageInChinese() throws {
    let workspace = try workspace()
    let run = try workspace.runOnTerminal(
      "coverage", "--target", "7", "--by", "province", width: 80,
      environment: ["NO_COLOR": "1", "LC_ALL": "zh_CN.UTF-8"])
    #expect(
      run.output == """
         7  出口玩具生产企业生产能力核定
            ████████████░░░░░░░░░░░░  1 of 2  50.0%  missing 1
            Guangdong  ████████  1/1  100.0%
            河北       ░░░░░░░░  0/1    0.0%  missing 1: dossier show E2

        """)
    let wide = try workspace.runOnTerminal(
      "coverage", "--target", "7", "--by", "province", width: 200, environment: ["NO_COLOR": "1"])
    let half = String(repeating: "█", count: 30) + String(repeating: "░", count: 30)
    #expect(
      wide.output == """
         7  Production capacity of toy exporters is checked and ratified
            \(half)  1 of 2  50.0%  missing 1
            Guangdong  \(String(repeating: "█", count: 20))  1/1  100.0%
            河北       \(String(repeating: "░", count: 20))  0/1    0.0%  missing 1: dossier show E2

        """)
    let plain = try workspace.runOnTerminal(
      "coverage", "--target", "7", "--as-of", "2007-06", "--ascii", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      plain.output == """
        As of 2007-06-30

         7  Production capacity of toy exporters is checked and ratified
            ........................  0 of 2  0.0%  missing 2
            possibly done, by dates that are not exact: 1
            dossier show E1
            dossier show E2

        """)
  }

  @Test("Coverage as JSON, CSV and lines; a cell is never a formula")
  func coverageForPrograms() throws {
    let workspace = try workspace()
    let answer = try JSONValue(parsing: try workspace.run("coverage", "--json").output)
    let targets = try #require(answer["targets"]?.arrayValue)
    #expect(targets.compactMap { $0["population"]?.intValue } == [2, 1, 3, 0, 2, 0, 2, 1])
    #expect(targets.compactMap { $0["done"]?.intValue } == [1, 0, 1, 0, 0, 0, 1, 1])
    #expect(targets[2]["missing"]?.arrayValue?.compactMap(\.stringValue) == ["E1#product2", "E2#product1"])
    #expect(targets[3]["percent"]?.isNull == true)
    let csv = try workspace.run("coverage", "--csv", "--target", "3", "--by", "category").output
    #expect(
      csv.split(separator: "\r\n").map(String.init) == [
        "number,name,grain,category,date,population,done,percent,missing,possible",
        "3,Licensed or certified products have their evidence collected,product,,,3,1,33.3,2,1",
        "3,Licensed or certified products have their evidence collected,product,plush toy,,1,1,100.0,0,",
        "3,Licensed or certified products have their evidence collected,product,toys,,1,0,0.0,1,",
        "3,Licensed or certified products have their evidence collected,product,毛绒玩具,,1,0,0.0,1,",
      ])
    #expect(try workspace.run("coverage", "--target", "x").code == 2)
    #expect(try workspace.run("coverage", "--missing", "-1").code == 2)
    #expect(try workspace.run("coverage", "--by", "text").code == 2)
    #expect(try workspace.run("coverage", "--index", "nowhere").code == 4)
  }

  @Test("Receipts, evidence and watches: exit codes and the state folder")
  func exitCodes() throws {
    let workspace = try workspace()
    let state = ["DOSSIER_STATE": workspace.folder.appendingPathComponent("state").path]
    #expect(try workspace.run("save", "lead", "@last", environment: state).code == 2)
    let answer = try JSONValue(
      parsing: try workspace.run("search", "lead", "--kind", "inspection", "--json", environment: state).output)
    let receipt = try #require(answer["receipt"]?.stringValue)
    #expect(try workspace.run("verify", receipt, "lead", "--kind", "inspection").code == 0)
    #expect(try workspace.run("verify", receipt, environment: state).output.hasPrefix("same: \(receipt)"))
    #expect(try workspace.run("verify", receipt).code == 2)
    #expect(try workspace.run("verify", "R-123", "lead").code == 2)
    #expect(try workspace.run("verify", "nonsense").code == 2)
    let changed = try workspace.run("verify", receipt, "coating", environment: state)
    #expect(changed.code == 1 && changed.output.contains("query: then lead, now coating"))
    #expect(try workspace.run("save", "lead", "@last", environment: state).code == 0)
    #expect(try workspace.run("watch", "lead", "--new", environment: state).code == 1)
    try workspace.write(
      "more.jsonl", #"{"kind":"inspection","id":"N2","date":"2007-04-01","text":"lead again"}"# + "\n")
    #expect(try workspace.run("index", "more.jsonl").code == 0)
    let diff = try workspace.run("diff", "lead", environment: state)
    #expect(diff.code == 0 && diff.output == "added\tinspection/N2\n")
    let watch = try workspace.run("watch", "lead", "--new", environment: state)
    #expect(watch.code == 10)
    #expect(
      watch.output == "new\tinspection/N2\t2007-04-01\t'lead' in text, by exact\tinspection/N2\tlead again\n"
        || watch.output.hasPrefix("new\tinspection/N2\t2007-04-01\t'lead' in text, by exact\t"))
    let silent = try workspace.run("watch", "lead", "--new", environment: state)
    #expect(silent.code == 1 && silent.output.isEmpty && silent.errors.isEmpty)
    #expect(try workspace.run("run", "lead", environment: state).code == 0)
    #expect(try workspace.run("diff", "lead", environment: state).output.isEmpty)
    let later = try workspace.run("verify", receipt, environment: state)
    #expect(later.code == 1 && later.output.contains("commit: then 1, now 2"))
    #expect(later.output.contains("total: then 1, now 2") && later.output.contains("added: inspection/N2"))
    #expect(try workspace.run("export", "--pack", "pack", "@last", environment: state).code == 0)
    #expect(try workspace.run("verify", "pack").output.contains("the index gives the same answer"))
    #expect(try workspace.run("export", "--pack", "pack", "lead").code == 2)
    #expect(try workspace.run("export", "--pack", "other").code == 2)
    try workspace.write("pack/extra", "x")
    let broken = try workspace.run("verify", "pack")
    #expect(broken.code == 1 && broken.output.contains("added: extra"))
    #expect(try workspace.run("list", environment: state).output.hasPrefix("lead\t2\t2\tlead"))
    #expect(try workspace.run("list").code == 1)
    #expect(try workspace.run("watch", "lead").code == 2)
  }

  @Test("A state folder that cannot be written is never in the way of an answer")
  func unwritableState() throws {
    let workspace = try workspace()
    let run = try workspace.run("search", "lead", environment: ["DOSSIER_STATE": "/proc/nowhere"])
    #expect(run.code == 0 && run.errors.isEmpty)
    try workspace.write("file", "")
    #expect(try workspace.run("search", "lead", "--state", "file").code == 0)
    #expect(try workspace.run("save", "lead", "lead", "--state", "file").code == 5)
  }
}
