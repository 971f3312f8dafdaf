import JSONText
import QualityRecords
import SearchEngine
import Testing

/// Counts by two fields equal counts by hand and the facets of a search.
struct PivotTests {
  @Test("E4: cells equal a count by hand; rows and columns sum to the facets", arguments: [4, 5] as [UInt64])
  func equalsACountByHand(seed: UInt64) throws {
    let random = try RandomEnterprises(seed: seed)
    let index = try QualityIndex(paths: random.indexes)
    var options = PivotOptions(rows: "province", columns: "date:year", query: "lead")
    options.search.kinds = ["inspection"]
    let answer = try index.pivot(options)
    var expected: [String: [String: Int]] = [:]
    var count = 0
    for note in random.notes where note.text.contains("lead") {
      count += 1
      let year = note.date.flatMap { $0.hasPrefix("-") ? nil : String($0.prefix(4)) }
      expected[note.province ?? "-", default: [:]][year ?? "-", default: 0] += 1
    }
    #expect(answer.total == count)
    for (row, cells) in zip(answer.rows.values, answer.cells) {
      #expect(cells.reduce(0, +) == row.count)
      for (column, cell) in zip(answer.columns.values, cells) {
        #expect(cell == expected[row.name ?? "-"]?[column.name ?? "-"] ?? 0, "seed \(seed) \(row) \(column)")
      }
    }
    for (place, column) in answer.columns.values.enumerated() {
      #expect(answer.cells.reduce(0) { $0 + $1[place] } == column.count)
    }
    var search = SearchOptions("lead")
    search.kinds = ["inspection"]
    search.facets = ["province"]
    let facet = try index.search(search).facets[0]
    #expect(
      Dictionary(uniqueKeysWithValues: facet.values.map { ($0.value, $0.count) })
        == Dictionary(
          uniqueKeysWithValues: answer.rows.values.compactMap { group in group.name.map { ($0, group.count) } }))
  }

  @Test("E4: of several values a record, the counts of rows and columns are of records")
  func severalValues() throws {
    let random = try RandomEnterprises(seed: 6)
    let index = try QualityIndex(paths: random.indexes)
    let answer = try index.pivot(PivotOptions(rows: "severity", columns: "kind"))
    var search = SearchOptions("*")
    search.facets = ["violations.severity", "kind"]
    let facets = try index.search(search).facets
    for group in answer.rows.values {
      let expected = facets[0].values.first { $0.value == group.name }?.count
      #expect(group.name == nil || group.count == expected)
    }
    #expect(answer.rows.values.map(\.name) == ["minor", "moderate", "serious", "critical", nil])
    #expect(answer.columns.values.map(\.count) == facets[1].values.map(\.count))
    #expect(answer.total == random.firms.count + random.notes.count)
    #expect(answer.rows.values.reduce(0) { $0 + $1.count } > answer.total)
  }

  @Test func datesBySpan() throws {
    let random = try RandomEnterprises(seed: 7)
    let index = try QualityIndex(paths: random.indexes)
    func names(_ span: String) throws -> [String?] {
      var options = PivotOptions(rows: "date:\(span)", columns: "kind")
      options.search.kinds = ["inspection"]
      return try index.pivot(options).rows.values.map(\.name)
    }
    #expect(try names("year") == ["2006", "2007", "2008", nil])
    #expect(try names("quarter") == ["2006", "2007-Q1", "2008-Q1", nil])
    #expect(try names("month") == ["2006", "2007-03", "2007-Q1", "2008-01", nil])
    #expect(try names("day") == ["2006", "2007-03", "2007-03-14", "2007-Q1", "2008-01-02", nil])
    for bad in ["date", "date:century", "text", "nosuch", "name:year"] {
      #expect(throws: QualityError.self) { _ = try index.pivot(PivotOptions(rows: bad, columns: "kind")) }
    }
  }

  @Test func table() throws {
    let directory = try TestDirectory()
    let records = """
      {"kind":"inspection","id":"a","province":"=cmd","result":"fail","text":"x"}
      {"kind":"inspection","id":"b","province":"广东","result":"pass","text":"x"}
      {"kind":"inspection","id":"c","result":"pass, twice","text":"x"}

      """
    _ = try IndexJob.run(IndexRequest(paths: [try directory.write("r.jsonl", records)], index: directory.index))
    let answer = try QualityIndex(paths: [directory.index]).pivot(PivotOptions(rows: "province", columns: "result"))
    #expect(
      String(decoding: answer.csv(), as: UTF8.self)
        == "province,fail,pass,\"pass, twice\"\r\n'=cmd,1,0,0\r\n广东,0,1,0\r\n(none),0,0,1\r\n")
    #expect(String(decoding: answer.csv(guardsFormulas: false), as: UTF8.self).contains("twice\"\r\n=cmd,1,0,0\r\n广东"))
  }
}
