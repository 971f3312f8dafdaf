/// Rows of comma-separated values (RFC 4180), in UTF-8, lines ended by CR LF.
///
/// Spreadsheets take cells that begin with certain characters for formulas, which may call programs (OWASP, CSV injection):
/// such cells get an apostrophe before them unless that is switched off.
public struct CSVWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  private let guardsFormulas: Bool

  /// The mark by which some spreadsheets know UTF-8.
  public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  public init(guardsFormulas: Bool = true) { self.guardsFormulas = guardsFormulas }

  public mutating func row(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      append(cell)
    }
    bytes += [0x0D, 0x0A]
  }

  /// Takes what was written so far.
  public mutating func take() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  /// Whether a spreadsheet would take the cell for a formula. The full-width signs count: versions for East Asia read them
  /// as their narrow ones.
  static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first else { return false }
    return ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"].contains(first)
  }

  private mutating func append(_ cell: String) {
    let text = guardsFormulas && Self.isFormula(cell) ? "'" + cell : cell
    let needsQuotes =
      text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 9 }
      || text.hasPrefix(" ") || text.hasSuffix(" ")
    guard needsQuotes else {
      bytes += text.utf8
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
