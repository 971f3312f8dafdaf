import Testing

/// Screens of the jobs around paragraphs, at 80 and 200 columns, in English and in Chinese.
@Suite struct PassageScreenTests {
  static let records = """
    {"kind":"directive","id":"D1","title":"Notice on furniture","issuer":"AQSIQ","date":"--02-20","pageDate":"2017-07-05","place":"Beijing","paragraphs":["Furniture makers keep a quality file.","Formaldehyde is tested in every batch. The limit is that of the standard. Newly licensed products are examined at least once. Nobody is warned ahead."]}
    {"kind":"directive","id":"D2","title":"产品质量条例","issuer":"质检总局","date":"2007-03-14","paragraphs":["第一章 总则","第一条 为了加强监督，制定本条例。","第二条 生产者应当建立质量档案。发现产品存在缺陷的，应当立即停止销售。召回的产品应当登记。逾期不报的，给予处罚。"]}
    {"kind":"inspection","id":"N1","date":"2007-03-14","text":"Under D1, ¶2, the boards were tested."}

    """

  let workspace: Workspace
  let plain = ["NO_COLOR": "1"]

  init() throws {
    workspace = try Workspace()
    try workspace.write("records.jsonl", Self.records)
    let run = try workspace.run("index", "records.jsonl")
    #expect(run.code == 0)
  }

  private func screen(_ arguments: [String], width: Int, environment: [String: String]? = nil) throws -> String {
    let run = try workspace.runOnTerminal(arguments, width: width, environment: environment ?? plain)
    return Fixture.stable(run.output)
  }

  @Test func passagesAt80Columns() throws {
    #expect(
      try screen(["passages", "licensed examined"], width: 80) == """
        1  ¶2 of 2 · Notice on furniture · AQSIQ · event Feb 20 (year not stated) · page
           stamp 2017-07-05
           The limit is that of the standard. Newly licensed products are examined at
           least once. Nobody is warned ahead.
           dossier show 'D1#p2'

        1 record, TIME ms
        next: dossier cite 'D1#p2'

        """)
  }

  @Test func passagesAt200Columns() throws {
    #expect(
      try screen(["passages", "licensed examined"], width: 200) == """
        1  ¶2 of 2 · Notice on furniture · AQSIQ · event Feb 20 (year not stated) · page stamp 2017-07-05
           The limit is that of the standard. Newly licensed products are examined at least once. Nobody is warned ahead.
           dossier show 'D1#p2'

        1 record, TIME ms
        next: dossier cite 'D1#p2'

        """)
  }

  @Test func chinesePassagesAt80Columns() throws {
    #expect(
      try screen(["passages", "第二条 缺陷"], width: 80) == """
        1  ¶3 of 3 · 产品质量条例 · 质检总局 · event 2007-03-14
           第一章 总则 > 第二条
           第二条 生产者应当建立质量档案。发现产品存在缺陷的，应当立即停止销售。召回的产
           品应当登记。
           dossier show 'D2#p3'

        note: '第二条' is taken as a place: article 2
          第二条 缺陷
          ^^^^^^
          hint: in quotes it is searched as text: "第二条"
        1 record, TIME ms
        next: dossier cite 'D2#p3'

        """)
  }

  @Test func marksAreHighlighted() throws {
    let text = try screen(["passages", "第二条 缺陷"], width: 80, environment: [:])
    #expect(text.contains("存在\u{1B}[1;4m缺陷\u{1B}[0m的"))
    let ascii = try screen(["passages", "licensed", "--ascii"], width: 80)
    #expect(ascii.hasPrefix("1  p2 of 2 | Notice on furniture"))
  }

  @Test func citations() throws {
    let text = try screen(["cite", "D1#p1", "--style", "text"], width: 80)
    #expect(
      text.hasPrefix(
        "“Furniture makers keep a quality file.” — AQSIQ, Notice on furniture, Feb 20 (year not stated), ¶1 of 2. D1#p1~"
      ))
    let chinese = try screen(["cite", "D2", "第一条", "--style", "chinese"], width: 80)
    #expect(chinese.hasPrefix("《产品质量条例》（质检总局，2007年3月14日）第一章 总则第一条第2段（共3段）：“第一条 为了加强监督，制定本条例。”。链接：D2#p2~"))
    let missing = try workspace.run("cite", "D1#p99")
    #expect(missing.code == 2 && missing.output.isEmpty)
    #expect(missing.errors.contains("D1 has 2 paragraphs"))
  }

  @Test func quotations() throws {
    let run = try workspace.run("quote-check", input: "newly licensed goods are examined at least twice\n")
    #expect(run.code == 1)
    #expect(
      run.output
        == "altered\tD1#p2\t2\tFormaldehyde is tested in every batch. The limit is that of the standard. Newly licensed [-products-] {+goods+} are examined at least [-once-] {+twice+}. Nobody is warned ahead.\n"
    )
    let text = try screen(["quote-check", "发现产品有缺陷的，应当立即停止销售"], width: 80)
    #expect(
      text == """
        altered: 2 of 16 words differ · ¶3 of 3 · 产品质量条例
        第一章 总则 > 第二条
          第二条 生产者应当建立质量档案。发现产品[-存在-]{+有+}缺陷的，应当立即停止销
          售。召回的产品应当登记。逾期不报的，给予处罚。
          replaced: written '存在', quoted '有'
        dossier cite 'D2#p3'

        """)
    let same = try workspace.run("quote-check", "Nobody is warned ahead")
    #expect(same.code == 0 && same.output.hasPrefix("verbatim\tD1#p2\t0\t"))
    #expect(try workspace.run("quote-check", input: "").code == 2)
    #expect(try workspace.run("quote-check", input: String(repeating: "long text ", count: 110_000)).code == 2)
  }

  @Test func references() throws {
    #expect(
      try screen(["refs", "D1#p2"], width: 80) == """
        D1#p2  Notice on furniture
        cited by number 1 · by wording 0 · the document alone 0

          inspection/N1 · by number · 2007-03-14 · N1
            “Under D1, ¶2, the boards were tested.”

        """)
    #expect(try workspace.run("refs", "D2#p2").code == 1)
    #expect(try workspace.run("refs", "D9#p2").code == 2)
  }

  @Test func whyNot() throws {
    #expect(
      try screen(["why-not", "N1", "boards", "testing", "paint"], width: 80) == """
        inspection/N1
          holds    1 of 3: boards
          holds    2 of 3: testing
          fails    3 of 3: paint
          clause   paint
          reason   no 'paint'

        """)
    let found = try workspace.run("why-not", "N1", "boards", "--json")
    #expect(found.code == 0 && found.output.contains("\"matches\":true,\"rank\":1"))
    #expect(try workspace.run("why-not", "N9", "boards").code == 2)
    #expect(try workspace.run("why-not", "D1#p2", "boards").code == 1)
  }
}
