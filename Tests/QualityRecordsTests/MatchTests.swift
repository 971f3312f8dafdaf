import JSONText
import QualityRecords
import Records
import Testing

/// Lists come back row for row, with who each line is.
struct MatchTests {
  private static let records = """
    {"kind":"enterprise","id":"E1","name":"Hongda Toys Co., Ltd.","aliases":["宏达玩具"],"licence":"XK16-204-00123","text":"x"}
    {"kind":"enterprise","id":"E2","name":"新华家具厂","text":"x"}
    {"kind":"enterprise","id":"E3","name":"新华家具厂","products":[{"id":"p1","licence":"XK16-205-00007"}],"text":"x"}
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","text":"x","violations":[{"code":"V1"}]}
    {"kind":"inspection","id":"N2","enterprise":"宏达玩具","date":"2007-09","text":"x","violations":[{"code":"V1"},{"code":"V2"}]}
    {"kind":"inspection","id":"N3","enterprise":"E1","date":"2008-01-01","text":"x"}

    """

  private func index() throws -> (TestDirectory, QualityIndex) {
    let directory = try TestDirectory()
    _ = try IndexJob.run(IndexRequest(paths: [try directory.write("r.jsonl", Self.records)], index: directory.index))
    return (directory, try QualityIndex(paths: [directory.index]))
  }

  /// The answer, and the table that was written: rows of cells by column.
  private func check(
    _ list: [UInt8], _ index: QualityIndex, _ change: (inout MatchOptions) -> Void = { _ in }
  ) throws -> (answer: MatchAnswer, rows: [[String: String]], bytes: [UInt8]) {
    var options = MatchOptions(nameColumn: "name")
    change(&options)
    var job = try MatchJob(options, path: "list.csv", source: MemoryByteSource(list), index: index)
    var bytes: [UInt8] = []
    let answer = try job.run { piece in
      bytes += piece
      return true
    }
    var table = try TableReader(path: "out.csv", source: MemoryByteSource(bytes))
    var rows: [[String: String]] = []
    while let row = try table.next() {
      guard case .fields(let fields, _) = row else {
        Issue.record("a row that is none: \(row)")
        continue
      }
      rows.append(Dictionary(uniqueKeysWithValues: zip(table.columns, fields)))
    }
    return (answer, rows, bytes)
  }

  @Test("E5: every row comes back in order, with rung, candidate, confidence, hits and last violation")
  func rows() throws {
    let (_, index) = try index()
    let list = """
      name,licence,city
      "HONGDA TOYS CO., LTD.",,Foshan
      新华家具厂,XK16-205-00007,
      新华家具厂,,
      Somebody Else,ＸＫ16—204—00123,
      Nobody,,
      ,,
      =cmd|' /C calc'!A0,,

      """
    let (answer, rows, _) = try check(Array(list.utf8), index) { $0.licenceColumn = "licence" }
    #expect(answer.rows == 7 && rows.count == 7)
    #expect(rows.map { $0["dossier_rung"] } == ["exact", "exact", "exact", "exact", "none", "none", "none"])
    #expect(rows.map { $0["dossier_id"] } == ["E1", "E3", "E2", "E1", "", "", ""])
    #expect(rows[0]["dossier_hits"] == "3")
    #expect(rows[0]["dossier_last_violation"] == "2007-09")
    #expect(rows[0]["dossier_name"] == "Hongda Toys Co., Ltd.")
    #expect(rows[1]["dossier_confidence"] == "1.00")
    #expect(rows[2]["dossier_others"] == "E3" && rows[2]["dossier_confidence"] == "0.50")
    #expect(rows[3]["dossier_note"] == "by licence; the name differs")
    #expect(rows[0]["city"] == "Foshan" && rows[6]["name"] == "'=cmd|' /C calc'!A0")
    #expect(answer.byRung.reduce(0) { $0 + $1.count } == 7)
  }

  @Test("E5: 5,000 rows in, 5,000 rows out, in order")
  func fiveThousand() throws {
    let (_, index) = try index()
    let names = ["Hongda Toys Co., Ltd.", "宏达玩具", "新华家具厂", "nobody"]
    let list = "name,number\n" + (0..<5_000).map { "\"\(names[$0 % 4])\",\($0)\n" }.joined()
    let (answer, rows, _) = try check(Array(list.utf8), index)
    #expect(answer.rows == 5_000)
    #expect(rows.map { $0["number"] } == (0..<5_000).map { String($0) })
    #expect(answer.byRung.first { $0.rung == "exact" }?.count == 3_750)
    #expect(answer.byRung.first { $0.rung == "none" }?.count == 1_250)
  }

  @Test("E5: verdicts of a reviewer are honoured when the list is given back")
  func verdicts() throws {
    let (_, index) = try index()
    let first = try check(Array("name\n新华家具厂\n宏达玩具\nnobody\n".utf8), index)
    #expect(first.rows.map { $0["dossier_verdict"] } == ["", "", ""])
    func reviewed(_ bytes: [UInt8], _ verdicts: [String]) throws -> [UInt8] {
      var table = try TableReader(path: "x.csv", source: MemoryByteSource(bytes))
      let place = try #require(table.columns.firstIndex(of: "dossier_verdict"))
      var csv = CSVWriter()
      csv.row(table.columns)
      for verdict in verdicts {
        guard case .fields(var fields, _)? = try table.next() else { break }
        fields[place] = verdict
        csv.row(fields)
      }
      return csv.bytes
    }
    let second = try check(try reviewed(first.bytes, ["reject", "accept", ""]), index)
    #expect(second.answer.columns.count == 11)
    #expect(second.rows.map { $0["dossier_id"] } == ["E3", "E1", ""])
    #expect(second.rows.map { $0["dossier_rejected"] } == ["E2", "", ""])
    #expect(second.rows.map { $0["dossier_verdict"] } == ["", "accept", ""])
    #expect(second.rows[1]["dossier_confidence"] == "1.00")
    #expect(second.answer.accepted == 1 && second.answer.rejected == 1)
    let third = try check(try reviewed(second.bytes, ["reject", "accept", ""]), index)
    #expect(third.rows[0]["dossier_rung"] == "none" && third.rows[0]["dossier_rejected"] == "E2 E3")
    #expect(third.rows[0]["dossier_verdict"] == "reject")
    let fourth = try check(third.bytes, index)
    #expect(fourth.bytes == third.bytes)
  }

  @Test("E5: GB 18030, semicolons and a byte order mark are detected")
  func encodings() throws {
    let (_, index) = try index()
    // 企业名称;地 / 新华家具厂;广东 / 宏达玩具;北京 in GB 18030.
    let gb: [UInt8] = [
      0xC6, 0xF3, 0xD2, 0xB5, 0xC3, 0xFB, 0xB3, 0xC6, 0x3B, 0xB5, 0xD8, 0x0A, 0xD0, 0xC2, 0xBB, 0xAA, 0xBC, 0xD2, 0xBE,
      0xDF, 0xB3, 0xA7, 0x3B, 0xB9, 0xE3, 0xB6, 0xAB, 0x0A, 0xBA, 0xEA, 0xB4, 0xEF, 0xCD, 0xE6, 0xBE, 0xDF, 0x3B, 0xB1,
      0xB1, 0xBE, 0xA9, 0x0A,
    ]
    let found = try check(gb, index) { $0.nameColumn = "企业名称" }
    #expect(found.answer.encoding == "GB18030" && found.answer.separator == ";")
    #expect(found.rows.map { $0["dossier_id"] } == ["E2", "E1"])
    let forced = try check(gb, index) {
      $0.nameColumn = "企业名称"
      $0.encoding = .gb18030
    }
    #expect(forced.bytes == found.bytes)
    let marked = try check([0xEF, 0xBB, 0xBF] + Array("name\n宏达玩具\n".utf8), index)
    #expect(marked.rows.map { $0["dossier_id"] } == ["E1"])
  }

  @Test func malformedRowsStay() throws {
    let (_, index) = try index()
    let (answer, rows, _) = try check(Array("name,b\n宏达玩具,1\nx,2,3\n新华家具厂,4\n".utf8), index)
    #expect(answer.rows == 3 && answer.malformed == 1 && answer.exitCode == .partial)
    #expect(rows[1]["name"] == "x,2,3" && rows[1]["dossier_note"]?.contains("line 3") == true)
  }

  @Test func missingColumn() throws {
    let (_, index) = try index()
    for (list, hint) in [("企业,证号\nx,y\n", "its columns are: 企业, 证号"), ("", "the file is empty")] {
      let error = #expect(throws: QualityError.self) { _ = try check(Array(list.utf8), index) }
      #expect(error?.code == "no-such-column" && error?.hint == hint && error?.exitCode == .usage)
    }
  }
}
