import Testing

/// The analysts' screens as they are seen.
@Suite struct AnalystScreenTests {
  let workspace: Workspace

  static let records = """
    {"kind":"enterprise","id":"E1","name":"Hongda Toys Co., Ltd.","province":"Guangdong","bureau":"Guangdong Bureau","export":true,"licence":"XK16-204-00123","products":[{"id":"p1","name":"plush bear","category":"plush toy"}],"text":"Makes plush toys for export."}
    {"kind":"enterprise","id":"E2","name":"新华家具厂","province":"河北","export":false,"products":[{"id":"p1","name":"办公桌","category":"office desk"}],"text":"生产办公桌和书柜。"}
    {"kind":"enterprise","id":"E3","name":"Baihua Toys","province":"Guangdong","export":false,"products":[{"id":"p1","name":"blocks","category":"wooden toy"}],"text":"Wooden toys."}
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","province":"Guangdong","category":"toys","text":"The eyes of the plush bear came off under a pull of 40 newton.","violations":[{"code":"V1","text":"small parts come off","severity":"serious"},{"code":"V2","text":"label incomplete","severity":"minor"}],"result":"fail"}
    {"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-09","province":"Guangdong","category":"toys","text":"The bear was tested again and passed.","result":"pass"}
    {"kind":"inspection","id":"N3","enterprise":"E2","province":"河北","category":"furniture","text":"抽取家具样品检验，甲醛释放量超标，判定不合格。","violations":[{"code":"V1","text":"甲醛释放量超标","severity":"critical"}],"result":"fail"}

    """

  init() throws {
    workspace = try Workspace()
    try workspace.write("records.jsonl", Self.records)
    let run = try workspace.run("index", "records.jsonl")
    guard run.code == 0 else { throw Fixture.Failure(text: run.errors) }
  }

  private func screen(_ words: String..., width: Int) throws -> String {
    let plain = ["NO_COLOR": "1"]
    let run =
      switch words.count {
      case 2: try workspace.runOnTerminal(words[0], words[1], width: width, environment: plain)
      case 3: try workspace.runOnTerminal(words[0], words[1], words[2], width: width, environment: plain)
      case 4: try workspace.runOnTerminal(words[0], words[1], words[2], words[3], width: width, environment: plain)
      default:
        try workspace.runOnTerminal(
          words[0], words[1], words[2], words[3], words[4], width: width, environment: plain)
      }
    return Fixture.stable(run.output)
  }

  @Test("E1, E2: enterprises at 80 columns")
  func at80Columns() throws {
    #expect(
      try screen("enterprises", "product:toys", width: 80) == """
        2 enterprises (4 records) · product tree: toys > plush toy, wooden toy (2
        leaves)

        1  Hongda Toys Co., Ltd.                                                      E1
           Guangdong · licence XK16-204-00123 · export · 2 violations · ▲▲△ serious ·
           latest 2007-09 · 3 records match
           Makes plush toys for export.

        2  Baihua Toys                                                                E3
           Guangdong · no notes
           Wooden toys.

        province
          Guangdong  2   province:Guangdong

        bureau
          Guangdong Bureau  1   bureau:"Guangdong Bureau"

        category
          toys          2   category:toys
            plush toy   1   category:"plush toy"
            wooden toy  1   category:"wooden toy"

        licence
          none      1   kind:enterprise NOT licence:*
          licensed  1   licence:*

        export
          false  1   export:false
          true   1   export:true

        severity
          minor    1   severity:minor
          serious  1   severity:serious

        TIME ms
        narrow: dossier enterprises 'product:toys bureau:"Guangdong Bureau"'
        next: dossier show E1

        """)
  }

  @Test("E1, E2: enterprises at 200 columns, three passages each")
  func at200Columns() throws {
    #expect(
      try screen("enterprises", "product:toys", "--per", "3", width: 200) == """
        2 enterprises (4 records) · product tree: toys > plush toy, wooden toy (2 leaves)

        1  Hongda Toys Co., Ltd.\(String(repeating: " ", count: 174))E1
           Guangdong · licence XK16-204-00123 · export · 2 violations · ▲▲△ serious · latest 2007-09 · 3 records match
           Makes plush toys for export.
           2007-03-14 N1  The eyes of the plush bear came off under a pull of 40 newton.
           2007-09 N2  The bear was tested again and passed.

        2  Baihua Toys\(String(repeating: " ", count: 184))E3
           Guangdong · no notes
           Wooden toys.

        province
          Guangdong  2   province:Guangdong

        bureau
          Guangdong Bureau  1   bureau:"Guangdong Bureau"

        category
          toys          2   category:toys
            plush toy   1   category:"plush toy"
            wooden toy  1   category:"wooden toy"

        licence
          none      1   kind:enterprise NOT licence:*
          licensed  1   licence:*

        export
          false  1   export:false
          true   1   export:true

        severity
          minor    1   severity:minor
          serious  1   severity:serious

        TIME ms
        narrow: dossier enterprises 'product:toys bureau:"Guangdong Bureau"'
        next: dossier show E1

        """)
  }

  @Test("E1, E2: enterprises in Chinese at 80 columns")
  func chinese() throws {
    #expect(
      try screen("enterprises", "甲醛 家具", width: 80) == """
        1 enterprise (1 record) · product tree: products > furniture (1 leaf)

        1  新华家具厂                                                                 E2
           河北 · 1 violation · ▲▲▲ critical
           undated N3  抽取家具样品检验，甲醛释放量超标，判定不合格。

        province
          河北  1   province:河北

        category
          products     1   category:products
            furniture  1   category:furniture

        severity
          critical  1   severity:critical

        TIME ms
        next: dossier show E2

        """)
  }

  @Test func linesFitTheScreen() throws {
    for width in [40, 61, 80, 120, 200] {
      for query in ["product:toys", "甲醛", "*"] {
        let text = try screen("enterprises", query, "--per", "3", width: width)
        for line in text.split(separator: "\n") where !line.contains(":") || line.contains("newton") {
          #expect(String(line).columns <= width, "\(width): \(line)")
        }
      }
    }
  }

  @Test("E2: counts without rows, and the gap list")
  func counts() throws {
    let none = try workspace.run("enterprises", "product:toys", "--limit", "0")
    #expect(none.output.contains("province\tGuangdong\t2\tprovince:Guangdong\n"), "\(none.output)")
    #expect(none.output.contains("category\tplush toy\t1\tcategory:\"plush toy\"\n"))
    #expect(none.output.contains("licence\tnone\t1\tkind:enterprise NOT licence:*\n"))
    #expect(!none.output.contains("Hongda"))
    let gap = try workspace.run(
      "enterprises", "kind:enterprise product:toys NOT has(inspection: since:2007-03)", "--count", "--by", "province")
    #expect(gap.output == "Guangdong\t1\tprovince:Guangdong\n")
    #expect(try workspace.run("enterprises", "product:toys", "--count").output == "2\n")
    let nothing = try workspace.run("enterprises", "zyzzyvaxq")
    #expect(nothing.code == 1)
    let json = try workspace.run("enterprises", "product:toys", "--json")
    #expect(json.output.contains(#""total":2,"#) && json.output.contains(#""id":"E1","kind":"enterprise""#))
    let line = try workspace.run("enterprises", "bear")
    #expect(line.output.hasPrefix("E1\tHongda Toys Co., Ltd.\tGuangdong\t"), "\(line.output)")
  }

  @Test("E4: a pivot on a terminal, in a pipe and as CSV")
  func pivot() throws {
    #expect(
      try screen("pivot", "province", "date:year", width: 80) == """
        province ╲ date:year  2007  (undated)  total
        Guangdong                2          2      4
        河北                     0          2      2
        total                    2          4      6

        """)
    let pipe = try workspace.run("pivot", "province", "result", "--where", "kind:inspection")
    #expect(pipe.output == "province\tfail\tpass\nGuangdong\t1\t1\n河北\t1\t0\n", "\(pipe.output)")
    let csv = try workspace.run("pivot", "province", "result", "--where", "kind:inspection", "--csv")
    #expect(csv.output == "province,fail,pass\r\nGuangdong,1,1\r\n河北,1,0\r\n")
    let file = try workspace.run("pivot", "province", "result", "--csv", "-o", "p.csv")
    #expect(file.code == 0 && file.output.isEmpty)
    #expect(try workspace.read("p.csv").hasPrefix("province,"))
    #expect(try workspace.run("pivot", "date", "result").code == 2)
  }

  @Test("E5: a list is checked into a file, and nothing is written when its column is missing")
  func match() throws {
    try workspace.write("list.csv", "\u{FEFF}企业名称;地\n新华家具厂;河北\nHONGDA TOYS CO., LTD.;x\nnobody at all;y\n")
    let run = try workspace.run("match", "list.csv", "--name", "企业名称", "-o", "checked.csv")
    #expect(run.code == 0, "\(run.errors)")
    #expect(
      run.errors == """
        list.csv: UTF-8 with a byte order mark, semicolons, 2 columns: 企业名称, 地
          新华家具厂 | 河北
          HONGDA TOYS CO., LTD. | x
          nobody at all | y
        3 rows: 2 exact, 0 name-key, 0 pinyin or fuzzy (review), 1 none · checked.csv has 3 rows

        """)
    let lines = try workspace.read("checked.csv").split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("新华家具厂,河北,exact,E2,新华家具厂,"))
    let missing = try workspace.run("match", "list.csv", "--name", "name", "-o", "other.csv")
    #expect(missing.code == 2 && missing.errors.contains("its columns are: 企业名称, 地"))
    #expect(!workspace.exists("other.csv"))
    let json = try workspace.run("match", "list.csv", "--name", "企业名称", "--json")
    #expect(json.output.hasPrefix(#"{"rows":3,"malformed":0,"byRung":{"exact":2,"none":1}"#))
  }

  @Test("X1: export in every form, to a file or a pipe")
  func export() throws {
    let csv = try workspace.run("export", "kind:inspection", "--format", "csv", "--fields", "id,violations.severity")
    #expect(csv.output == "id,violations.severity\r\nN1,serious | minor\r\nN2,\r\nN3,critical\r\n")
    let page = try workspace.run("export", "bear", "--format", "html", "-o", "bear.html")
    #expect(page.code == 0 && page.errors == "exported 3 records\n", "\(page.errors)")
    #expect(try workspace.read("bear.html").hasSuffix("<p>3 records</p></body></html>\n"))
    let text = try workspace.run("export", "N3", "--format", "markdown")
    #expect(text.code == 0 || text.code == 1)
    #expect(try workspace.run("export", "zyzzyvaxq").code == 1)
    #expect(try workspace.run("export", "*", "--format", "csv", "-o", "/nowhere/x.csv").code == 5)
  }
}

extension String {
  fileprivate var columns: Int {
    unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
  }
}
