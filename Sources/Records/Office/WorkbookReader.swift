import JSONText

/// Rows of the visible sheets of an `.xlsx` workbook, one sheet after the other: the first row that is not empty names the
/// columns. Values are strings as the cells hold them: dates as `yyyy-MM-dd`, whole numbers without a point, results of
/// formulas as last calculated. Cells that an error fills, and cells under a merged one, are empty.
///
/// Sheets are unpacked as they are read; shared texts are held in memory.
struct WorkbookReader: DetectingReader {
  static let workbookPart = "xl/workbook.xml"
  private static let relationsPart = "xl/_rels/workbook.xml.rels"
  /// Columns of a sheet (ECMA-376: XFD).
  static let mostColumns = 16_384
  /// Sheets that are read.
  static let mostSheets = 1_000
  /// Empty cells that rows are filled up with, in all. A cell in the last column costs 45 bytes of the file and makes 16,383
  /// values; a million rows of 48 columns that are all empty are within.
  static let mostEmptyCells = 50_000_000

  private let archive: ZipArchive
  private let shared: SharedTexts
  private let styles: WorkbookStyles
  private let countsFrom1904: Bool
  private var sheets: [(name: String, part: String)]
  private var sheet: SheetScanner?
  private var header: [String] = []
  private var emptyCells = 0
  private let mostEmptyCells: Int

  init(archive: ZipArchive, mostEmptyCells: Int = Self.mostEmptyCells) throws(RecordError) {
    self.archive = archive
    self.mostEmptyCells = mostEmptyCells
    shared = try SharedTexts(archive)
    styles = try WorkbookStyles(archive)
    (sheets, countsFrom1904) = try Self.sheets(archive)
  }

  var detectedFormat: FileFormat { .xlsx }
  var detectedEncoding: TextEncoding? { .utf8 }

  mutating func next() throws(RecordError) -> RowResult? {
    while true {
      guard let sheet else {
        guard !sheets.isEmpty else { return nil }
        let (name, part) = sheets.removeFirst()
        header = []
        guard let scanner = try OfficeFile.scanner(archive, part) else {
          throw OfficeFile.damage("sheet \"\(name)\" is missing")
        }
        self.sheet = SheetScanner(scanner, shared: shared, styles: styles, countsFrom1904: countsFrom1904)
        continue
      }
      guard let row = try sheet.next() else {
        self.sheet = nil
        continue
      }
      if row.values.allSatisfy(\.isEmpty) { continue }
      if header.isEmpty {
        header = DelimitedReader.distinct(row.values)
        continue
      }
      let width = max(header.count, row.values.count)
      emptyCells += width - row.values.count { !$0.isEmpty }
      guard emptyCells <= mostEmptyCells else {
        throw RecordError(
          .tooLarge, line: row.number,
          message: "a workbook with more than \(mostEmptyCells) empty cells between others: export it as CSV")
      }
      var members: [JSONObject.Member] = []
      members.reserveCapacity(width)
      for (index, name) in header.enumerated() {
        members.append(.init(name: name, value: .string(index < row.values.count ? row.values[index] : "")))
      }
      for (index, value) in row.values.enumerated().dropFirst(header.count) where !value.isEmpty {
        members.append(.init(name: "column\(index + 1)", value: .string(value)))
      }
      return .row(SourceRow(members: JSONObject(members), line: row.number, column: 1))
    }
  }

  /// Names and parts of the visible sheets in order, and whether days are counted from 1904.
  private static func sheets(
    _ archive: ZipArchive
  ) throws(RecordError) -> (sheets: [(name: String, part: String)], countsFrom1904: Bool) {
    var targets: [String: String] = [:]
    if let scanner = try OfficeFile.scanner(archive, relationsPart) {
      while let event = try scanner.next() {
        guard case .start("Relationship", let attributes, _) = event else { continue }
        let values = Dictionary(attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let id = values["Id"], let target = values["Target"], targets.count < ZipArchive.mostMembers else {
          continue
        }
        targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
      }
    }
    var found: [(name: String, part: String)] = []
    var countsFrom1904 = false
    guard let scanner = try OfficeFile.scanner(archive, workbookPart) else { return ([], false) }
    while let event = try scanner.next() {
      guard case .start(let element, let attributes, _) = event else { continue }
      let values = Dictionary(attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
      if element == "workbookPr" { countsFrom1904 = ["1", "true"].contains(values["date1904"] ?? "") }
      guard element == "sheet", found.count < mostSheets, values["state"] ?? "visible" == "visible" else { continue }
      let part = values["id"].flatMap { targets[$0] } ?? "xl/worksheets/sheet\(found.count + 1).xml"
      found.append((values["name"] ?? "", part))
    }
    return (found, countsFrom1904)
  }
}

/// The texts that cells name by number.
final class SharedTexts {
  /// Bytes of all of them in memory, eight more for each: a million short names, or 300,000 addresses. More would take what
  /// a writer's budget leaves for reading (64 MB).
  static let largest = 48 << 20

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ archive: ZipArchive) throws(RecordError) {
    guard let scanner = try OfficeFile.scanner(archive, "xl/sharedStrings.xml") else { return }
    var isText = false
    // Readings in another script stand beside the text.
    var isPhonetic = false
    while let event = try scanner.next() {
      switch event {
      case .start("t", _, let isEmpty): isText = !isEmpty
      case .end("t"): isText = false
      case .start("rPh", _, let isEmpty): isPhonetic = !isEmpty
      case .end("rPh"): isPhonetic = false
      case .text(let text) where isText && !isPhonetic: bytes += text
      case .end("si"), .start("si", _, true): ends.append(bytes.count)
      case .tooLong: throw OfficeFile.damage("a text of more than 16 MB")
      default: break
      }
      guard bytes.count + ends.count * 8 <= Self.largest else {
        throw RecordError(
          .tooLarge, message: "a workbook with more than \(Self.largest >> 20) MB of texts: export it as CSV")
      }
    }
  }

  subscript(index: Int) -> String? {
    guard ends.indices.contains(index) else { return nil }
    return String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
  }
}

/// Which cell styles show a number as a date.
final class WorkbookStyles {
  private var dates: [Bool] = []
  /// Formats that are looked at: spreadsheets themselves stop at 65,490.
  private static let most = 65_536

  init(_ archive: ZipArchive) throws(RecordError) {
    guard let scanner = try OfficeFile.scanner(archive, "xl/styles.xml") else { return }
    var custom: [Int: Bool] = [:]
    var isInFormats = false
    while let event = try scanner.next() {
      switch event {
      case .start("cellXfs", _, let isEmpty): isInFormats = !isEmpty
      case .end("cellXfs"): isInFormats = false
      case .start("numFmt", let attributes, _):
        guard let number = attributes.first(where: { $0.name == "numFmtId" }).flatMap({ Int($0.value) }),
          custom.count < Self.most
        else { continue }
        custom[number] = Self.isDate(attributes.first { $0.name == "formatCode" }?.value ?? "")
      case .start("xf", let attributes, _) where isInFormats && dates.count < Self.most:
        let number = attributes.first { $0.name == "numFmtId" }.flatMap { Int($0.value) } ?? 0
        dates.append(custom[number] ?? Self.isBuiltInDate(number))
      default: break
      }
    }
  }

  func isDate(_ style: Int) -> Bool { dates.indices.contains(style) && dates[style] }

  /// ECMA-376, 18.8.30: dates of all languages; times of day alone are none.
  private static func isBuiltInDate(_ number: Int) -> Bool {
    (14...17).contains(number) || number == 22 || (27...31).contains(number) || number == 36
      || (50...54).contains(number) || number == 57 || number == 58
  }

  /// Whether a format writes a year or a day: letters outside quotes and brackets.
  static func isDate(_ format: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in format.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else {
        switch character {
        case "\\", "_", "*": isEscaped = true
        case "\"": isQuoted = true
        case "[": isBracketed = true
        case "y", "d", "年": return true
        case ";": return false
        default: break
        }
      }
    }
    return false
  }
}
