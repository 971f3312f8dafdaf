import QualityRecords

/// A term of the thesaurus as a tree with counts; in a pipe, one name a line.
struct ThesaurusScreen {
  let screen: Screen

  private typealias Row = (relation: String, depth: Int, name: ThesaurusAnswer.Name)

  func lines(_ answer: ThesaurusAnswer) -> [String] {
    guard screen.isTerminal else {
      return answer.entries.flatMap(rows).map { row in
        [row.relation, String(row.depth), Screen.shown(row.name.name), String(row.name.count)].joined(separator: "\t")
      }
    }
    guard !answer.entries.isEmpty else { return [] }
    var lines: [String] = []
    for entry in answer.entries {
      var table = TextTable([
        .init("term"), .init("records", isNumber: true), .init("enterprise", isNumber: true),
        .init("inspection", isNumber: true), .init("directive", isNumber: true),
      ])
      for row in rows(entry) {
        func count(_ kind: String) -> String {
          row.name.byKind.first { $0.kind == kind }.map { Numbers.grouped($0.count) } ?? ""
        }
        table.append([
          String(repeating: "  ", count: row.depth) + sign(row.relation) + row.name.name,
          Numbers.grouped(row.name.count), count("enterprise"), count("inspection"), count("directive"),
        ])
      }
      lines += table.lines(screen) + [""]
    }
    lines.append("\(Numbers.grouped(answer.total)) records hold one of its names or of those under it")
    return lines
  }

  private func sign(_ relation: String) -> String {
    switch relation {
    case "broader": screen.isASCII ? "^ " : "↑ "
    case "related": "~ "
    case "same": "= "
    default: ""
    }
  }

  /// Wider terms from the top, the term and its other names, what lies under it, what is related.
  private func rows(_ entry: ThesaurusAnswer.Entry) -> [Row] {
    var rows: [Row] = []
    for (depth, name) in entry.broader.reversed().enumerated() { rows.append(("broader", depth, name)) }
    let depth = entry.broader.count
    for (place, name) in entry.names.enumerated() { rows.append((place == 0 ? "term" : "same", depth, name)) }
    func under(_ entry: ThesaurusAnswer.Entry, _ depth: Int) {
      for narrower in entry.narrower {
        for (place, name) in narrower.names.enumerated() {
          rows.append((place == 0 ? "narrower" : "same", depth, name))
        }
        under(narrower, depth + 1)
      }
    }
    under(entry, depth + 1)
    for name in entry.related { rows.append(("related", depth, name)) }
    return rows
  }
}
