import JSONText

/// A record for reading: its fields in a column on a terminal, `path`, tab, value in a pipe.
struct RecordScreen {
  let screen: Screen

  private static let longestName = 18
  private static let longestLine = 120

  /// - Parameter heading: what the record is called.
  func text(_ record: JSONObject, heading: String) -> String {
    guard screen.isTerminal else { return plain(.object(record), path: "") }
    var text = MarkedText(heading).wrapped(screen.width).map { screen.styled($0.drawn(screen), .bold) + "\n" }.joined()
    let shown = record.members.filter { !["kind", "id", "paragraphs"].contains($0.name) }
    let width = min(shown.map(\.name).map { DisplayWidth.columns(of: Screen.shown($0)) }.max() ?? 0, Self.longestName)
    for member in shown {
      text += field(member.name, member.value, width)
    }
    for paragraph in record["paragraphs"]?.arrayValue ?? [] {
      text += "\n" + self.paragraph(paragraph)
    }
    return text
  }

  /// A numbered paragraph, or any text below a record.
  private func paragraph(_ value: JSONValue) -> String {
    let mark = screen.isASCII ? "p" : "¶"
    let label = value["n"].map { "\(mark)\(SearchScreen.plain($0))" } ?? mark
    let body = value["text"]?.stringValue ?? SearchScreen.plain(value)
    return labelled(screen.styled(label.padded(4), .faint), 4, [body])
  }

  private func field(_ name: String, _ value: JSONValue, _ width: Int) -> String {
    let shown = MarkedText(name).cut(width, screen).drawn(screen).padded(width)
    let label = "  " + screen.styled(shown, .faint) + "  "
    switch value {
    case .array(let values) where values.contains(where: { $0.objectValue != nil }):
      return labelled(label, width + 4, values.map(row))
    case .object: return labelled(label, width + 4, [row(value)])
    default: return labelled(label, width + 4, [SearchScreen.plain(value)])
    }
  }

  /// An object as one line: its values, those that need it with their names.
  private func row(_ value: JSONValue) -> String {
    guard let object = value.objectValue else { return SearchScreen.plain(value) }
    let parts = object.members.map { member -> String in
      switch member.name {
      case "severity": screen.severity(SearchScreen.plain(member.value))
      case "code", "text", "name": SearchScreen.plain(member.value)
      default: "\(member.name) \(SearchScreen.plain(member.value))"
      }
    }
    return parts.joined(separator: screen.separator)
  }

  private func labelled(_ label: String, _ columns: Int, _ texts: [String]) -> String {
    let space = String(repeating: " ", count: columns)
    let width = max(20, min(screen.width, Self.longestLine) - columns)
    var lines: [String] = []
    for text in texts {
      // Line ends that a text has are kept: a note may be written in lines.
      for part in text.split(whereSeparator: \.isNewline) {
        lines += MarkedText(String(part)).wrapped(width).map { $0.drawn(screen) }
      }
    }
    if lines.isEmpty { lines = [""] }
    return lines.enumerated().map { ($0.offset == 0 ? label : space) + $0.element + "\n" }.joined()
  }

  private func plain(_ value: JSONValue, path: String) -> String {
    func joined(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch value {
    case .object(let object):
      return object.members.map { plain($0.value, path: joined(Screen.shown($0.name))) }.joined()
    case .array(let values):
      return values.enumerated().map { plain($0.element, path: joined(String($0.offset + 1))) }.joined()
    default: return "\(path)\t\(Screen.shown(SearchScreen.plain(value)))\n"
    }
  }
}
