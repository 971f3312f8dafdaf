/// Cells of the table in an evidence folder (RFC 4180).
enum EvidenceCell {
  /// The value as a cell. One that a spreadsheet would take for a formula begins with an apostrophe.
  static func text(_ value: String) -> String {
    var text = value
    if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) { text = "'" + text }
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  static func row(_ values: [String]) -> String { values.map(text).joined(separator: ",") + "\r\n" }
}
