import JSONText
import QualityRecords
import SearchEngine

/// The hits of a search: blocks on a terminal, lines with tabs in a pipe.
///
///     1  I  Hongda Furniture Co.: wardrobe                          INS-2007-0661
///           2007-03-14 · Guangdong · ▲▲△ serious · fail
///           the board of the wardrobe released formaldehyde above the limit
struct SearchScreen {
  let screen: Screen
  /// Fields that were asked for by name.
  let fields: [String]

  /// Fields of the records that the facts of a hit are made from.
  static let factFields = ["province", "city", "place", "issuer", "status", "result", "violations"]
  /// From here on the facts stand on the line of the title where they fit.
  private static let wide = 120
  /// Where the facts begin on such a line, so that the eye finds them.
  private static let factsColumn = 64
  /// Longer lines of text are hard to read.
  private static let longestLine = 160

  func text(_ answer: SearchAnswer) -> String {
    var text = ""
    if screen.isTerminal || answer.hits.contains(where: { $0.explanation != nil }) {
      let width = String(answer.hits.count).count
      for (index, hit) in answer.hits.enumerated() {
        text += block(hit, number: String(index + 1).leftPadded(width)) + "\n"
      }
    } else {
      for hit in answer.hits { text += line(hit) }
    }
    for facet in answer.facets { text += facetText(facet) }
    return text
  }

  // MARK: Pipe

  private func line(_ hit: SearchAnswer.Hit) -> String {
    // What only says the title again is passed over.
    let snippet = titled(hit).1.first ?? hit.snippets.first
    var values = ["\(hit.kind)/\(hit.id)", hit.date ?? "-", hit.rung, hit.title, snippet?.text ?? ""]
    for field in fields { values.append(hit.fields?[field].map(Self.plain) ?? "") }
    return values.map(Screen.shown).joined(separator: "\t") + "\n"
  }

  /// A value as one text.
  static func plain(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let values): values.map(plain).joined(separator: ", ")
    case .object(let object): object.members.map { "\($0.name) \(plain($0.value))" }.joined(separator: " ")
    default: value.text()
    }
  }

  // MARK: Terminal

  private func block(_ hit: SearchAnswer.Hit, number: String) -> String {
    let letter = hit.kind.prefix(1).uppercased()
    let head = "\(number)  \(letter)  "
    let indent = String(repeating: " ", count: head.count)
    let room = screen.width - head.count
    let id = Screen.shown(hit.id)
    let idColumns = DisplayWidth.columns(of: id)
    let facts = facts(hit)
    let factColumns = DisplayWidth.columns(of: facts)
    let (title, snippets) = titled(hit)
    var lines: [String] = []
    let isShort = idColumns + 12 <= room
    let titleRoom = isShort ? room - idColumns - 2 : room
    let factsAt = max(Self.factsColumn, title.columns + 2)
    if screen.width >= Self.wide, !facts.isEmpty, factsAt + factColumns <= titleRoom {
      let gap = String(repeating: " ", count: factsAt - title.columns)
      let rest = String(repeating: " ", count: titleRoom - factsAt - factColumns + 2)
      lines.append(head + title.drawn(screen, .bold) + gap + facts + rest + screen.styled(id, .faint))
    } else {
      let shown = title.cut(titleRoom, screen)
      let gap = String(repeating: " ", count: max(0, titleRoom - shown.columns) + 2)
      lines.append(head + shown.drawn(screen, .bold) + (isShort ? gap + screen.styled(id, .faint) : ""))
      if !isShort { lines.append(indent + screen.styled(id, .faint)) }
      if !facts.isEmpty {
        lines += MarkedText(facts).wrapped(room).map { indent + $0.drawn(screen) }
      }
    }
    let lineWidth = min(room, Self.longestLine)
    for snippet in snippets { lines += snippetLines(snippet, lineWidth).map { indent + $0 } }
    for field in fields {
      guard let value = hit.fields?[field] else { continue }
      lines += MarkedText("\(field): \(Self.plain(value))").wrapped(lineWidth).map { indent + $0.drawn(screen) }
    }
    if let explanation = hit.explanation { lines += explained(explanation, depth: 0).map { indent + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The title with the marks of those snippets that stand in it, and the other snippets.
  private func titled(_ hit: SearchAnswer.Hit) -> (MarkedText, [Snippet]) {
    var marks: [Range<Int>] = []
    var snippets: [Snippet] = []
    let title = Array(hit.title.utf8)
    for snippet in hit.snippets {
      let text = Array(snippet.text.utf8)
      let place = (0...max(0, title.count - text.count)).first { title.dropFirst($0).starts(with: text) }
      if snippet.field != "text", snippet.paragraph == nil, let place, !text.isEmpty {
        marks += snippet.marks.map { $0.lowerBound + place..<$0.upperBound + place }
      } else {
        snippets.append(snippet)
      }
    }
    return (MarkedText(hit.title, marks: marks), snippets)
  }

  private func snippetLines(_ snippet: Snippet, _ width: Int) -> [String] {
    var label = ""
    if let paragraph = snippet.paragraph {
      label = "\(screen.isASCII ? "p" : "¶")\(paragraph) "
    } else if snippet.field != "text" {
      label = "\(Screen.shown(snippet.field)): "
    }
    let labelColumns = DisplayWidth.columns(of: label)
    let hanging = min(labelColumns, width / 3)
    let space = String(repeating: " ", count: hanging)
    let body = MarkedText(snippet.text, marks: snippet.marks).wrapped(width - hanging)
    if labelColumns > hanging {
      return [screen.styled(label, .faint)] + body.map { space + $0.drawn(screen) }
    }
    return body.enumerated().map { index, line in
      (index == 0 ? screen.styled(label, .faint) : space) + line.drawn(screen)
    }
  }

  /// Date, place, enterprise, severity, result: what decides whether a hit is the one.
  func facts(_ hit: SearchAnswer.Hit) -> String {
    var parts: [String] = []
    func add(_ text: String?) {
      if let text, !text.isEmpty, !parts.contains(text) { parts.append(text) }
    }
    func field(_ name: String) -> String? { hit.fields?[name].map(Self.plain) }
    if hit.kind != "enterprise" {
      add(hit.date.map { date in (date.hasPrefix("--") ? "\(date.dropFirst(2)), year unknown" : date) } ?? "undated")
    }
    for name in ["province", "city", "place", "issuer", "status"] { add(field(name)) }
    if hit.kind != "enterprise", let name = hit.enterprise?.name, !hit.title.contains(name) { add(name) }
    if let severity = Self.worst(hit.fields?["violations"]) { add(screen.severity(severity)) }
    add(field("result"))
    if hit.rung != "exact", hit.rung != "stem" { add("by \(hit.rung)") }
    return parts.map(Screen.shown).joined(separator: screen.separator)
  }

  /// The worst severity of some violations.
  private static func worst(_ violations: JSONValue?) -> String? {
    let order = ["minor", "moderate", "serious", "critical"]
    let found = (violations?.arrayValue ?? []).compactMap { $0["severity"]?.stringValue }
    return found.max { (order.firstIndex(of: $0) ?? -1) < (order.firstIndex(of: $1) ?? -1) }
  }

  func explained(_ explanation: Explanation, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: min(depth, 8))
    var line = "\(indent)\(Numbers.decimal(explanation.value, 4))  \(Screen.shown(explanation.label))"
    if !explanation.details.isEmpty {
      let details = explanation.details.map { "\($0.name) \(Numbers.decimal($0.value, 4))" }
      line += " (\(details.joined(separator: ", ")))"
    }
    return [line] + explanation.parts.flatMap { explained($0, depth: depth + 1) }
  }

  private func facetText(_ facet: SearchFacet) -> String {
    guard screen.isTerminal else {
      return facet.values.map { "\(facet.field)\t\(Screen.shown($0.value))\t\($0.count)\n" }.joined()
    }
    var text = screen.styled(facet.field, .bold) + "\n"
    let width = min(
      facet.values.map { DisplayWidth.columns(of: Screen.shown($0.value)) }.max() ?? 0, screen.width - 16)
    for value in facet.values {
      let name = MarkedText(value.value).cut(width, screen).drawn(screen)
      text += "  \(name.padded(width))  \(Numbers.grouped(value.count).leftPadded(10))\n"
    }
    return text + "\n"
  }
}
