import JSONText
import QualityRecords
import Records
import SearchEngine
import Testing

/// The whole of an answer in every form.
struct ExportTests {
  private func export(_ index: QualityIndex, _ options: ExportOptions) throws -> (text: String, count: Int) {
    var bytes: [UInt8] = []
    let count = try index.export(options) { piece in
      bytes += piece
      return true
    }
    return (String(decoding: bytes, as: UTF8.self), count)
  }

  @Test("X1: as many records as the search counts, in every form", arguments: ExportFormat.allCases)
  func counts(format: ExportFormat) throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    for query in ["lead", "kind:inspection severity:critical", "玩具", "zyzzyvaxq", nil] {
      var options = ExportOptions(query: query)
      options.format = format
      let (text, count) = try export(index, options)
      let total = try query.map { try index.search(SearchOptions($0)).total } ?? index.stats().records
      #expect(count == total, "\(query ?? "all")")
      switch format {
      case .jsonl: #expect(text.split(separator: "\n").count == total)
      case .csv:
        var table = try TableReader(path: "x.csv", source: MemoryByteSource(text))
        var rows = 0
        while let row = try table.next() {
          guard case .fields(let fields, _) = row else {
            Issue.record("\(row)")
            continue
          }
          #expect(fields.count == table.columns.count)
          rows += 1
        }
        #expect(rows == total)
      case .markdown:
        #expect(text.split(separator: "\n").count { $0.hasPrefix("## ") } == total)
        #expect(text.hasSuffix("\n\(total) \(total == 1 ? "record" : "records")\n"))
      case .html:
        #expect(text.components(of: "<article>") == total)
        #expect(!text.contains("src=") && !text.contains("href=") && !text.contains("<script"))
      }
    }
  }

  @Test("X1: lines of JSON are indexed again to the same records")
  func roundTrip() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    let (text, count) = try export(index, ExportOptions())
    let directory = try TestDirectory()
    let answer = try IndexJob.run(
      IndexRequest(paths: [try directory.write("all.jsonl", text)], index: directory.index))
    #expect(answer.indexed == count)
    let again = try export(try QualityIndex(paths: [directory.index]), ExportOptions())
    #expect(again.text.split(separator: "\n").sorted() == text.split(separator: "\n").sorted())
  }

  @Test("X1: cells that a spreadsheet would take for formulas are guarded")
  func formulas() throws {
    let directory = try TestDirectory()
    let starts = ["=1+1", "+1", "-1", "@x", "＝1", "plain", "a,\\\"b\\\"\\nc"]
    let lines = starts.enumerated().map { #"{"kind":"inspection","id":"n\#($0)","text":"\#($1)"}"# }
    let path = try directory.write("r.jsonl", lines.joined(separator: "\n") + "\n")
    _ = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    var options = ExportOptions()
    options.format = .csv
    options.fields = ["id", "text"]
    func cells() throws -> [String] {
      var table = try TableReader(path: "x.csv", source: MemoryByteSource(try export(index, options).text))
      var cells: [String] = []
      while case .fields(let fields, _)? = try table.next() { cells.append(fields[1]) }
      return cells
    }
    let guarded = try cells()
    #expect(guarded.count == starts.count)
    #expect(guarded.dropLast(2).allSatisfy { $0.hasPrefix("'") }, "\(guarded)")
    #expect(guarded.suffix(2) == ["plain", "a,\"b\"\nc"])
    // Records have no white space at their ends; the rows of a list may.
    var csv = CSVWriter()
    csv.row(["\tx", "\rx", "\nx", "x\t", "’"])
    #expect(String(decoding: csv.bytes, as: UTF8.self) == "\"'\tx\",\"'\rx\",\"'\nx\",\"x\t\",’\r\n")
    options.isRaw = true
    #expect(try cells().first == "=1+1")
    options.writesMark = true
    var bytes: [UInt8] = []
    _ = try index.export(options) { piece in
      bytes += piece
      return true
    }
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
  }

  @Test func nothingOfARecordIsMarkup() throws {
    let directory = try TestDirectory()
    let path = try directory.write(
      "r.jsonl",
      #"{"kind":"inspection","id":"<b>","text":"<script>alert(1)</script> [x](javascript:1) & \"q\""}"# + "\n")
    _ = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    var options = ExportOptions(query: "*")
    options.format = .html
    let page = try export(index, options).text
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script>"))
    #expect(page.contains("<h2>inspection/&lt;b&gt;</h2>"))
    options.format = .markdown
    #expect(try export(index, options).text.contains("\\<script\\>alert\\(1\\)"))
  }

  @Test func fieldsAndOrder() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    var options = ExportOptions(query: "severity:critical", kinds: ["inspection"])
    options.format = .csv
    options.fields = ["id", "date", "violations.severity"]
    options.sort = "date:asc"
    let (text, count) = try export(index, options)
    var table = try TableReader(path: "x.csv", source: MemoryByteSource(text))
    #expect(table.columns == options.fields)
    var rows: [[String]] = []
    while case .fields(let fields, _)? = try table.next() { rows.append(fields) }
    #expect(rows.count == count && count > 10)
    #expect(rows.allSatisfy { $0[2].contains("critical") })
    let dates = rows.map { $0[1] }.filter { $0.count == 10 && !$0.hasPrefix("-") }
    #expect(dates == dates.sorted())
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
