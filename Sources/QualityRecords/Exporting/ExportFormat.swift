import JSONText
import Records

/// Forms in which records are exported.
public enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  case jsonl, csv, markdown, html
}

/// Turns records into one form, piece by piece.
struct ExportWriter {
  private let format: ExportFormat
  /// Full names, `violations.code` of the items of a list; empty: all members.
  private let fields: [String]
  private let writesMark: Bool
  private let title: String
  private var csv: CSVWriter
  private(set) var count = 0
  private(set) var bytes: [UInt8] = []

  init(
    _ format: ExportFormat, fields: [String], kinds: [String], guardsFormulas: Bool, writesMark: Bool, title: String
  ) {
    self.format = format
    self.fields = format == .csv && fields.isEmpty ? Self.columns(kinds) : fields
    self.writesMark = writesMark
    self.title = title
    csv = CSVWriter(guardsFormulas: guardsFormulas)
  }

  /// The columns of a table of these kinds: what each record has, then the fields of the schemas, each once.
  static func columns(_ kinds: [String]) -> [String] {
    var names = ["kind", "id"]
    for schema in Schema.recordKinds where kinds.isEmpty || kinds.contains(schema.kind) {
      for field in schema.fields where !names.contains(field.name) { names.append(field.name) }
    }
    return names
  }

  mutating func take() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  mutating func begin() {
    if writesMark, format != .jsonl { bytes += CSVWriter.byteOrderMark }
    switch format {
    case .jsonl: break
    case .csv:
      csv.row(fields)
      bytes += csv.take()
    case .markdown: bytes += "# \(Self.markdown(title))\n".utf8
    case .html: bytes += Self.htmlHead(title).utf8
    }
  }

  mutating func add(_ kind: String, _ record: [UInt8]) {
    count += 1
    if format == .jsonl, fields.isEmpty {
      bytes += record
      bytes.append(0x0A)
      return
    }
    let members = StoredRecord.members(record) ?? JSONObject()
    switch format {
    case .jsonl:
      var writer = JSONWriter()
      writer.beginObject()
      writer.member("kind", kind)
      writer.member("id", members["id"]?.stringValue ?? "")
      for field in fields where field != "kind" && field != "id" {
        if let value = Self.value(field, members) { writer.member(field, value) }
      }
      writer.endObject()
      bytes += writer.bytes
      bytes.append(0x0A)
    case .csv:
      csv.row(fields.map { field in field == "kind" ? kind : Self.text(Self.value(field, members)) })
      bytes += csv.take()
    case .markdown:
      let id = members["id"]?.stringValue ?? ""
      bytes += "\n## \(kind)/\(Self.markdown(id))\n\n".utf8
      for (name, value) in shown(members) { bytes += "- **\(Self.markdown(name))**: \(Self.markdown(value))\n".utf8 }
    case .html:
      let id = members["id"]?.stringValue ?? ""
      bytes += "<article><h2>\(Self.html("\(kind)/\(id)"))</h2><dl>\n".utf8
      for (name, value) in shown(members) {
        bytes += "<dt>\(Self.html(name))</dt><dd>\(Self.html(value))</dd>\n".utf8
      }
      bytes += "</dl></article>\n".utf8
    }
  }

  mutating func end() {
    let line = "\(count) \(count == 1 ? "record" : "records")"
    switch format {
    case .jsonl, .csv: break
    case .markdown: bytes += "\n\(line)\n".utf8
    case .html: bytes += "</main>\n<p>\(line)</p></body></html>\n".utf8
    }
  }

  // MARK: Values

  private func shown(_ members: JSONObject) -> [(String, String)] {
    let all = members.members.filter { $0.name != "kind" && $0.name != "id" }.map { ($0.name, Self.text($0.value)) }
    if fields.isEmpty { return all }
    return fields.filter { $0 != "kind" && $0 != "id" }.compactMap { field in
      Self.value(field, members).map { (field, Self.text($0)) }
    }
  }

  /// A member by its full name; of a member of the items of a list, the list of them, in step with the items.
  static func value(_ field: String, _ members: JSONObject) -> JSONValue? {
    if let value = members[field] { return value }
    guard let dot = field.firstIndex(of: ".") else { return nil }
    let name = String(field[field.index(after: dot)...])
    switch members[String(field[..<dot])] {
    case .array(let items)?: return .array(items.map { $0[name] ?? .null })
    case .object(let object)?: return Self.value(name, object)
    default: return nil
    }
  }

  /// A value as one text: those of a list parted by bars.
  static func text(_ value: JSONValue?) -> String {
    switch value {
    case nil, .null?: return ""
    case .string(let text)?: return text
    case .array(let values)?:
      let texts = values.map(text)
      return texts.allSatisfy(\.isEmpty) ? "" : texts.joined(separator: " | ")
    case .object(let object)?:
      return object.members.map { "\($0.name): \(text($0.value))" }.joined(separator: "; ")
    case let other?: return other.text()
    }
  }

  /// Text in which no character means anything to Markdown, on one line.
  static func markdown(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNewline {
        result += " "
        continue
      }
      if "\\`*_{}[]<>()#|!&~".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }

  /// Text in which no character means anything to HTML.
  static func html(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default:
        // Control characters are no characters of HTML.
        let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F...0x9F).contains(scalar.value)
        result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// One file: nothing is loaded from elsewhere, and the policy says so.
  private static func htmlHead(_ title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="und"><head><meta charset="utf-8"><title>\(html(title))</title>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
    dl{display:grid;grid-template-columns:12rem 1fr;gap:.2rem 1rem;margin:0}dt{color:#555}dd{margin:0;white-space:pre-wrap}</style>
    </head><body><h1>\(html(title))</h1><main>

    """
  }
}
