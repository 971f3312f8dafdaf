import Testing

/// Screens as they are seen, on a terminal and in a pipe, in English and in Chinese.
@Suite struct ScreenTests {
  let workspace: Workspace

  init() throws { workspace = try Fixture.workspace() }

  @Test func at80Columns() throws {
    let run = try workspace.runOnTerminal(
      "search", "formaldehyde", "--kind", "inspection", "--facet", "result", width: 80,
      environment: ["NO_COLOR": "1"])
    #expect(
      Fixture.stable(run.output) == """
        1  I  Hongda Furniture Co.: wardrobe                                          N1
              2007-03-14 · Guangdong · ▲▲△ serious · fail
              The board of the wardrobe gave off formaldehyde above the limit: 4.9 mg/L,
              where 1.5 mg/L is allowed at most by the standard.
              violations.text: formaldehyde emission above the limit

        result
          fail           1

        1 record, TIME ms
        next: dossier show N1

        """)
  }

  @Test func chineseAt80Columns() throws {
    let run = try workspace.runOnTerminal("search", "甲醛", "家具", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      Fixture.stable(run.output) == """
        1  I  新华家具厂: 办公桌                                                      N2
              undated · 河北 · ▲▲▲ critical · fail
              软体家具抗引燃特性试验不合格，阴燃持续三十一分钟。抽取家具样品检验，甲醛释
              放量实测二点三毫克每升，判定不合格，停止销售该批产品，整改后复查。
              violations.text: 甲醛释放量超标

        1 record, TIME ms
        next: dossier show N2

        """)
  }

  @Test func at200Columns() throws {
    let run = try workspace.runOnTerminal("search", "甲醛", "家具", width: 200, environment: ["NO_COLOR": "1"])
    let facts = "undated · 河北 · ▲▲▲ critical · fail"
    let head = "1  I  新华家具厂: 办公桌".padding(to: 70) + facts
    #expect(
      Fixture.stable(run.output) == """
        \(head.padding(to: 198))N2
              软体家具抗引燃特性试验不合格，阴燃持续三十一分钟。抽取家具样品检验，甲醛释放量实测二点三毫克每升，判定不合格，停止销售该批产品，整改后复查。
              violations.text: 甲醛释放量超标

        1 record, TIME ms
        next: dossier show N2

        """)
  }

  @Test func asciiDrawing() throws {
    let run = try workspace.runOnTerminal(
      "search", "formaldehyde", "--kind", "inspection", "--ascii", width: 80, environment: ["NO_COLOR": "1"])
    #expect(run.output.contains("2007-03-14 | Guangdong | **- serious | fail"))
    #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func marksAreHighlighted() throws {
    let terminal = try workspace.runOnTerminal("search", "furniture", "--kind", "directive", width: 80)
    #expect(terminal.output.contains("\u{1B}[1;4mfurniture\u{1B}[0m"))
    let never = try workspace.runOnTerminal("search", "furniture", "--color", "never", width: 80)
    #expect(!never.output.contains("\u{1B}"))
    let pipe = try workspace.run("search", "furniture")
    #expect(!pipe.output.contains("\u{1B}"))
    let dumb = try workspace.runOnTerminal("search", "furniture", width: 80, environment: ["TERM": "dumb"])
    #expect(!dumb.output.contains("\u{1B}"))
  }

  @Test func linesFitTheScreen() throws {
    for width in [40, 61, 80, 119, 120, 200] {
      for query in ["furniture", "家具", "formaldehyde"] {
        let run = try workspace.runOnTerminal(
          "search", query, "--facet", "kind,province", width: width, environment: ["NO_COLOR": "1"])
        for line in run.output.split(separator: "\n") where !line.hasPrefix("more:") {
          #expect(String(line).columns <= width, "\(width): \(line)")
        }
      }
    }
  }

  @Test func pipe() throws {
    let run = try workspace.run("search", "甲醛", "--fields", "result", environment: ["COLUMNS": "40"])
    #expect(
      run.output
        == "inspection/N2\t-\texact\t新华家具厂: 办公桌\t抽取家具样品检验，甲醛释放量实测二点三毫克每升，判定不合格，停止销售该批产品，整改后复查。\tfail\n")
    #expect(run.errors.isEmpty)
  }

  @Test func record() throws {
    let run = try workspace.runOnTerminal("show", "N2", width: 60, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == """
        inspection/N2
          enterprise  E2
          province    河北
          product     办公桌
          text        软体家具抗引燃特性试验不合格，阴燃持续三十一分
                      钟。抽取家具样品检验，甲醛释放量实测二点三毫克
                      每升，判定不合格，停止销售该批产品，整改后复查。
          violations  V1 · 甲醛释放量超标 · ▲▲▲ critical
          result      fail

        """)
    let directive = try workspace.runOnTerminal("show", "D1", width: 60, environment: ["NO_COLOR": "1"])
    #expect(directive.output.contains("\n¶2  Formaldehyde is tested in every batch of furniture.\n"))
    let passage = try workspace.run("show", "D1#p2")
    #expect(passage.output.contains("text\tFormaldehyde is tested in every batch of furniture.\n"))
    let pipe = try workspace.run("show", "D1")
    #expect(pipe.output.contains("paragraphs.2.text\tFormaldehyde is tested in every batch of furniture.\n"))
  }

  @Test func tokens() throws {
    let run = try workspace.runOnTerminal("analyze", "toys", "甲醛", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == """
        position  from  to  kind       stem  token
               0     0   4  word       toy   toys
               1     5  11  cjkBigram        甲醛
               2     8  11  cjkLast          醛

        """)
    let json = try workspace.run("analyze", "toys", "--json")
    #expect(json.output.hasPrefix(#"{"tokens":[{"position":0,"term":"toys","kind":"word","#))
  }

  @Test func caretUnderARepair() throws {
    let run = try workspace.run("search", "甲醛 AND")
    #expect(run.code == 0)
    #expect(run.errors.contains("note: ") && run.errors.contains("\n  甲醛 AND\n       ^^^\n  hint: "), "\(run.errors)")
  }

  @Test func statistics() throws {
    let run = try workspace.run("stats")
    #expect(run.output.hasPrefix("records\t5\nenterprise\t2\ninspection\t2\ndirective\t1\n"))
    let json = try workspace.run("stats", "--json")
    #expect(json.output.hasPrefix(#"{"records":5,"#))
    let terminal = try workspace.runOnTerminal("stats", width: 80)
    #expect(terminal.output.contains("  inspection"))
  }
}

extension String {
  fileprivate var columns: Int {
    unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
  }

  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }
}
