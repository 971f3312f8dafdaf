import Foundation
import JSONText
import Testing

@testable import Records

/// Files that python-docx 1.2, openpyxl 3.1, XlsxWriter 3.2 and Python's gzip wrote: sample text of our own.
@Suite("Office documents and packed files")
struct OfficeTests {
  private static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try Array(Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)")))
  }

  private static func rows(
    _ bytes: [UInt8], path: String, kind: String? = nil
  ) throws(RecordError) -> [RowResult] {
    var reader: any RowReader = try openRows(path: path, source: MemoryByteSource(bytes), format: nil, kind: kind)
    var rows: [RowResult] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  private static func members(_ rows: [RowResult]) -> [JSONObject] {
    rows.compactMap { if case .row(let row) = $0 { row.members } else { nil } }
  }

  private static func reason(_ rows: [RowResult]) -> String? {
    if case .rejected(_, _, let reason, _)? = rows.first { reason } else { nil }
  }

  @Test("a .docx is a document: title, paragraphs, table rows, Chinese")
  func word() throws {
    let rows = Self.members(try Self.rows(Self.bytes("circular.docx"), path: "circular.docx", kind: "directive"))
    try #require(rows.count == 1)
    #expect(rows[0]["title"]?.stringValue == "Sample circular on toy safety")
    let paragraphs = (rows[0]["paragraphs"]?.arrayValue ?? []).compactMap(\.stringValue)
    #expect(paragraphs.contains { $0.hasPrefix("Small parts must not come off when pulled") })
    #expect(paragraphs.contains { $0.contains("GB 6675-2014 | 90 mg/kg") })
    #expect(paragraphs.contains { $0.hasPrefix("各省质量技术监督局") })
  }

  @Test("an .xlsx of openpyxl: dates, numbers, booleans, formulas not calculated, hidden sheet left out")
  func openpyxl() throws {
    let rows = try Self.rows(Self.bytes("openpyxl.xlsx"), path: "openpyxl.xlsx")
    let members = Self.members(rows)
    #expect(members.map { $0["id"]?.stringValue } == ["ENT-1", "ENT-2", "ENT-3", "ENT-4"])
    #expect(members[0]["registered"]?.stringValue == "2007-03-14")
    #expect(members[0]["export"]?.stringValue == "true")
    #expect(members[0]["capacity"]?.stringValue == "1200")
    #expect(members[1]["name"]?.stringValue == "样品玩具有限公司")
    #expect(members[1]["registered"]?.stringValue == "2006-11-08")
    #expect(members[1]["capacity"]?.stringValue == "0.1")
    #expect(members[2]["name"]?.stringValue == "")
    #expect(members[2]["column8"]?.stringValue == "beyond the header")
    #expect(members[3]["name"]?.stringValue == "Fourth Works")
    if case .row(let row)? = rows.dropFirst(2).first { #expect(row.line == 5) }
  }

  @Test("an .xlsx of XlsxWriter: days counted from 1904, percentages, rich texts, results of formulas, errors")
  func xlsxWriter() throws {
    let rows = Self.members(try Self.rows(Self.bytes("xlsxwriter.xlsx"), path: "xlsxwriter.xlsx"))
    try #require(rows.count == 3)
    #expect(rows[0]["date"]?.stringValue == "2007-06-21")
    #expect(rows[0]["share"]?.stringValue == "0.985")
    #expect(rows[0]["total"]?.stringValue == "2")
    #expect(rows[1]["id"]?.stringValue == "N-2")
    #expect(rows[1]["result"]?.stringValue == "<&> \"quoted\"")
    #expect(rows[2]["total"]?.stringValue == "")
  }

  @Test("a packed file is what is inside")
  func packed() throws {
    let rows = Self.members(try Self.rows(Self.bytes("two-members.jsonl.gz"), path: "two-members.jsonl.gz"))
    #expect(rows.map { $0["id"]?.stringValue } == ["gz-1", "gz-2"])
  }

  @Test("days of both calendars of spreadsheets")
  func serialDays() {
    func day(_ text: String, _ from1904: Bool = false) -> String {
      SheetScanner.number(text, isDate: true, countsFrom1904: from1904)
    }
    #expect(day("1") == "1900-01-01")
    #expect(day("59") == "1900-02-28")
    #expect(day("61") == "1900-03-01")
    #expect(day("39155.75") == "2007-03-14")
    #expect(day("37693", true) == "2007-03-14")
    #expect(day("-3") == "-3")
    #expect(SheetScanner.number("0.10000000000000001", isDate: false, countsFrom1904: false) == "0.1")
    #expect(SheetScanner.number("4403", isDate: false, countsFrom1904: false) == "4403")
    #expect(SheetScanner.number("1E+3", isDate: false, countsFrom1904: false) == "1000")
    #expect(["yyyy-mm-dd", "d/m/yy", "[$-804]yyyy\"年\"m\"月\""].allSatisfy(WorkbookStyles.isDate))
    #expect(!["0.00", "#,##0 \"days\"", "[Red]0", "h:mm:ss", "General"].contains(where: WorkbookStyles.isDate))
  }

  /// A small file whose rows each have a value in the last column took minutes: every one of 16,384 columns is a value.
  @Test("empty cells between others are counted over the workbook")
  func emptyCells() throws {
    let archive = try ZipArchive(Self.bytes("openpyxl.xlsx"))
    func rows(_ most: Int) throws(RecordError) -> Int {
      var reader = try WorkbookReader(archive: archive, mostEmptyCells: most)
      var rows = 0
      while try reader.next() != nil { rows += 1 }
      return rows
    }
    #expect(try rows(WorkbookReader.mostEmptyCells) == 4)
    let error = #expect(throws: RecordError.self) { try rows(0) }
    #expect(error?.kind == .tooLarge)
  }

  @Test("other archives and documents are rejected with what to do")
  func refused() throws {
    let pdf = try Self.rows(Array("%PDF-1.4 sample".utf8), path: "-")
    #expect(Self.reason(pdf)?.contains("PDF") == true)
    let text = try Self.rows(Array("plain words, no archive".utf8), path: "letter.docx")
    #expect(Self.reason(text) == nil, "text under another name is read as text")
    #expect(throws: RecordError.self) { try Self.rows([0x50, 0x4B, 0x03, 0x04, 1, 2, 3], path: "cut.xlsx") }
  }

  @Test("every cut and changed byte of a workbook and a document is refused or read, never a trap")
  func damage() throws {
    for (name, step) in [
      ("openpyxl.xlsx", 11), ("xlsxwriter.xlsx", 11), ("circular.docx", 211), ("two-members.jsonl.gz", 1),
    ] {
      let bytes = try Self.bytes(name)
      for place in stride(from: 0, to: bytes.count, by: step) {
        var changed = bytes
        changed[place] ^= UInt8(truncatingIfNeeded: 1 << (place % 8))
        _ = try? Self.rows(changed, path: name)
        if place % (step * 8) == 0 { _ = try? Self.rows(Array(bytes[..<place]), path: name) }
      }
    }
  }
}
