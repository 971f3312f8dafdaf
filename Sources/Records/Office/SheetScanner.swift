/// The rows of one sheet of a workbook, pulled one by one.
final class SheetScanner {
  struct Row {
    /// As the sheet counts, from 1.
    var number: Int
    /// From column A on; empty where a cell is.
    var values: [String]
  }

  /// Bytes of one row's texts.
  private static let largestRow = 16 << 20

  private let scanner: XMLScanner
  private let shared: SharedTexts
  private let styles: WorkbookStyles
  private let countsFrom1904: Bool
  private var number = 0

  init(_ scanner: XMLScanner, shared: SharedTexts, styles: WorkbookStyles, countsFrom1904: Bool) {
    self.scanner = scanner
    self.shared = shared
    self.styles = styles
    self.countsFrom1904 = countsFrom1904
  }

  /// The next row that the sheet writes; nil at the end.
  func next() throws(RecordError) -> Row? {
    while let event = try scanner.next() {
      switch event {
      case .start("row", let attributes, let isEmpty):
        number = attributes.first { $0.name == "r" }.flatMap { Int($0.value) } ?? number &+ 1
        return Row(number: number, values: isEmpty ? [] : try row())
      case .tooLong: throw OfficeFile.damage("a cell of more than 16 MB")
      default: break
      }
    }
    return nil
  }

  private func row() throws(RecordError) -> [String] {
    var values: [String] = []
    var column = 0
    var bytes = 0
    while let event = try scanner.next() {
      switch event {
      case .end("row"): return values
      case .tooLong: throw OfficeFile.damage("a cell of more than 16 MB")
      case .start("c", let attributes, let isEmpty):
        var type = "n"
        var style = 0
        for (name, value) in attributes {
          switch name {
          case "r": column = Self.column(value) ?? column
          case "t": type = value
          case "s": style = Int(value) ?? 0
          default: break
          }
        }
        guard column < WorkbookReader.mostColumns else { throw OfficeFile.damage("a cell beyond the last column") }
        if !isEmpty {
          let value = try cell(type, style)
          bytes += value.utf8.count
          guard bytes <= Self.largestRow else {
            throw RecordError(.tooLarge, line: number, message: "a row of more than \(Self.largestRow >> 20) MB")
          }
          if !value.isEmpty {
            while values.count < column { values.append("") }
            if values.count == column { values.append(value) } else { values[column] = value }
          }
        }
        column += 1
      default: break
      }
    }
    return values
  }

  /// What a cell shows, up to its end.
  private func cell(_ type: String, _ style: Int) throws(RecordError) -> String {
    var content: [UInt8] = []
    var isContent = false
    var isPhonetic = false
    reading: while let event = try scanner.next() {
      switch event {
      case .end("c"): break reading
      case .start("v", _, let isEmpty), .start("t", _, let isEmpty): isContent = !isEmpty
      case .end("v"), .end("t"): isContent = false
      case .start("rPh", _, let isEmpty): isPhonetic = !isEmpty
      case .end("rPh"): isPhonetic = false
      case .text(let bytes) where isContent && !isPhonetic: content += bytes
      case .tooLong: throw OfficeFile.damage("a cell of more than 16 MB")
      default: break
      }
      guard content.count <= Self.largestRow else { throw OfficeFile.damage("a cell of more than 16 MB") }
    }
    let text = String(decoding: content, as: UTF8.self)
    switch type {
    case "s": return Int(text).flatMap { shared[$0] } ?? ""
    case "b": return text == "1" ? "true" : text == "0" ? "false" : text
    case "e": return ""
    case "n": return Self.number(text, isDate: styles.isDate(style), countsFrom1904: countsFrom1904)
    // Dates as ISO 8601 writes them: the day is what records hold.
    case "d": return String(text.prefix { $0 != "T" })
    default: return text
    }
  }

  /// A number without the marks of binary fractions, or the day that it stands for.
  static func number(_ text: String, isDate: Bool, countsFrom1904: Bool) -> String {
    guard let value = Double(text), value.isFinite else { return text }
    if isDate, value >= 1, value < 2_958_466 {
      // Day 1 is 1 January 1900; 60 is the 29 February that 1900 did not have. Days are numbered from 1970-01-01.
      let serial = Int(value)
      let first = countsFrom1904 ? -24_107 : serial < 60 ? -25_568 : -25_569
      return CalendarDay.text(Int32(truncatingIfNeeded: first + serial)) ?? text
    }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    // 15 digits are what a spreadsheet shows: 0.1 is written 0.10000000000000001.
    return text.utf8.count > 17 ? "\(Self.rounded(value))" : text
  }

  /// The shortest number of those that agree in 15 digits.
  private static func rounded(_ value: Double) -> Double {
    var scale = 1.0
    var digits = 15
    var magnitude = abs(value)
    while magnitude >= 1, digits > 0 {
      magnitude /= 10
      digits -= 1
    }
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value * scale).rounded() / scale
    return scaled.isFinite ? scaled : value
  }

  /// The place of a reference such as `AB12`, from 0.
  static func column(_ reference: String) -> Int? {
    var column = 0
    var letters = 0
    for byte in reference.utf8 {
      let letter = byte | 0x20
      guard letter >= 0x61, letter <= 0x7A else { break }
      letters += 1
      guard letters <= 3 else { return nil }
      column = column * 26 + Int(letter - 0x60)
    }
    return letters == 0 ? nil : column - 1
  }
}
