import JSONText
import QualityRecords
import SearchEngine

/// Enterprises, a block each on a terminal and a line each in a pipe, and what is counted over them.
///
///     412 enterprises (1,903 records) · product tree: toys > plush toy, wooden toy, … (7 leaves)
///
///     1  Hongda Furniture Co.                                       4403-0187
///        Guangdong · 12 violations · ▲▲△ serious · latest 2007-03-14
///        2007-03-14 INS-2007-0661  the paint of the doll held lead above the limit
struct EnterprisesScreen {
  let screen: Screen
  /// All values of a facet, not the first alone.
  let showsAllValues: Bool
  let showsCounts: Bool

  /// Values of a facet on a screen of which nobody asked for more.
  private static let firstValues = 8
  /// Terms named in the header.
  private static let namedTerms = 3
  /// Longer lines of text are hard to read.
  private static let longestLine = 160

  func text(_ answer: EnterprisesAnswer) -> String {
    var text = ""
    if screen.isTerminal {
      text += header(answer) + "\n\n"
      let width = String(answer.search.hits.count).count
      for (index, (hit, row)) in zip(answer.search.hits, answer.rows).enumerated() {
        text += block(hit, row, number: String(index + 1).leftPadded(width)) + "\n"
      }
    } else {
      for (hit, row) in zip(answer.search.hits, answer.rows) { text += line(hit, row) }
    }
    guard showsCounts else { return text }
    if let by = answer.by, let facet = answer.facets.first(where: { $0.field == by }) {
      text += group(facet)
    }
    for facet in answer.facets where facet.field != answer.by && answer.by == nil { text += facetText(facet, answer) }
    return text
  }

  // MARK: Header

  func header(_ answer: EnterprisesAnswer) -> String {
    let total = answer.search.total
    let bound = answer.search.totalIsExact ? "" : " or more"
    var text =
      "\(Numbers.grouped(total))\(bound) \(total == 1 ? "enterprise" : "enterprises") "
      + "(\(Numbers.grouped(answer.records)) \(answer.records == 1 ? "record" : "records"))"
    if let tree = treeLine(answer) { text += screen.separator + "product tree: " + tree }
    return MarkedText(text).wrapped(screen.width).map { $0.drawn(screen) }.joined(separator: "\n")
  }

  /// `toys > plush toy, wooden toy, … (7 leaves)`: of the term that was asked for, else of the top of the tree.
  private func treeLine(_ answer: EnterprisesAnswer) -> String? {
    let nodes = shownTree(answer)
    guard let top = nodes.first else { return nil }
    let under = nodes.filter { $0.depth == top.depth + 1 }.sorted { $0.count > $1.count }
    let leaves = nodes.count { $0.isLeaf }
    var names = under.prefix(Self.namedTerms).map(\.name)
    if under.count > Self.namedTerms { names.append(screen.ellipsis) }
    let path = names.isEmpty ? "" : " > " + names.map(Screen.shown).joined(separator: ", ")
    return "\(Screen.shown(top.name))\(path) (\(leaves) \(leaves == 1 ? "leaf" : "leaves"))"
  }

  /// The part of the tree that was asked for, else all of it.
  private func shownTree(_ answer: EnterprisesAnswer) -> [EnterprisesAnswer.TreeNode] {
    let asked = answer.askedTerms.map { $0.lowercased() }
    guard let start = answer.tree.firstIndex(where: { node in node.names.contains { asked.contains($0.lowercased()) } })
    else { return answer.tree }
    let rest = answer.tree[(start + 1)...]
    let end = rest.firstIndex { $0.depth <= answer.tree[start].depth } ?? answer.tree.endIndex
    return Array(answer.tree[start..<end])
  }

  // MARK: Rows

  private func line(_ hit: SearchAnswer.Hit, _ row: EnterprisesAnswer.Row) -> String {
    let values = [
      hit.id, hit.title, row.province ?? "-", String(row.records), String(row.violations), row.worstSeverity ?? "-",
      row.latest ?? "-", row.passages.first?.snippet.text ?? "",
    ]
    return values.map(Screen.shown).joined(separator: "\t") + "\n"
  }

  private func block(_ hit: SearchAnswer.Hit, _ row: EnterprisesAnswer.Row, number: String) -> String {
    let head = "\(number)  "
    let indent = String(repeating: " ", count: head.count)
    let room = screen.width - head.count
    let id = Screen.shown(hit.id)
    let idColumns = DisplayWidth.columns(of: id)
    let isShort = idColumns + 12 <= room
    let shown = MarkedText(hit.title).cut(isShort ? room - idColumns - 2 : room, screen)
    let gap = String(repeating: " ", count: max(2, room - idColumns - shown.columns))
    var lines = [
      head + screen.styled(shown.drawn(screen), .bold) + (isShort ? gap + screen.styled(id, .faint) : "")
    ]
    if !isShort { lines.append(indent + screen.styled(id, .faint)) }
    lines += MarkedText(facts(hit, row)).wrapped(room).map { indent + $0.drawn(screen) }
    for passage in row.passages { lines += passageLines(passage, min(room, Self.longestLine)).map { indent + $0 } }
    for member in hit.fields?.members ?? [] {
      lines += MarkedText("\(member.name): \(SearchScreen.plain(member.value))").wrapped(room).map {
        indent + $0.drawn(screen)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func facts(_ hit: SearchAnswer.Hit, _ row: EnterprisesAnswer.Row) -> String {
    var parts: [String] = []
    if let province = row.province { parts.append(province) }
    if let licence = row.licence { parts.append("licence \(licence)") }
    if row.export == true { parts.append("export") }
    if row.violations > 0 {
      parts.append("\(Numbers.grouped(row.violations)) \(row.violations == 1 ? "violation" : "violations")")
    } else {
      parts.append(row.notes > 0 ? "no violations" : "no notes")
    }
    if let worst = row.worstSeverity { parts.append(screen.severity(worst)) }
    if let latest = row.latest { parts.append("latest \(latest)") }
    if row.records > 1 { parts.append("\(Numbers.grouped(row.records)) records match") }
    if hit.rung != "exact", hit.rung != "stem" { parts.append("by \(hit.rung)") }
    return parts.map(Screen.shown).joined(separator: screen.separator)
  }

  private func passageLines(_ passage: EnterprisesAnswer.Passage, _ width: Int) -> [String] {
    var label = ""
    if passage.kind != "enterprise" {
      let date = passage.date.map { $0.hasPrefix("--") ? String($0.dropFirst(2)) : $0 } ?? "undated"
      label = Screen.shown("\(date) \(passage.id)  ")
    } else if passage.snippet.field != "text" {
      label = Screen.shown("\(passage.snippet.field): ")
    }
    let labelColumns = DisplayWidth.columns(of: label)
    let text = String(repeating: " ", count: labelColumns) + passage.snippet.text
    // The label stands where the first line begins.
    let marks = passage.snippet.marks.map { $0.lowerBound + labelColumns..<$0.upperBound + labelColumns }
    guard labelColumns < width / 2 else {
      return [screen.styled(label, .faint)]
        + MarkedText(passage.snippet.text, marks: passage.snippet.marks).wrapped(width).map { $0.drawn(screen) }
    }
    return MarkedText(text, marks: marks).wrapped(width).enumerated().map { index, line in
      let drawn = line.drawn(screen)
      return index == 0 ? screen.styled(label, .faint) + drawn.dropFirst(labelColumns) : drawn
    }
  }

  // MARK: Counts

  private struct CountLine {
    var name: String
    var count: Int
    var clause: String?
    var depth = 0
  }

  private func facetText(_ facet: EnterprisesAnswer.Facet, _ answer: EnterprisesAnswer) -> String {
    guard screen.isTerminal else {
      return facet.values.map {
        "\(facet.field)\t\(Screen.shown($0.value))\t\($0.count)\t\($0.clause ?? "-")\n"
      }.joined()
    }
    var lines: [CountLine]
    var hidden = 0
    if facet.field == "category", !answer.tree.isEmpty {
      (lines, hidden) = treeLines(facet, answer)
    } else {
      lines = facet.values.map { CountLine(name: $0.value, count: $0.count, clause: $0.clause) }
      if !showsAllValues, lines.count > Self.firstValues {
        hidden = lines.count - Self.firstValues
        lines.removeLast(hidden)
      }
    }
    if lines.isEmpty { return "" }
    return screen.styled(facet.field, .bold) + "\n" + drawn(lines, hidden, facet.field) + "\n"
  }

  private func treeLines(
    _ facet: EnterprisesAnswer.Facet, _ answer: EnterprisesAnswer
  ) -> ([CountLine], hidden: Int) {
    var nodes = shownTree(answer)
    let all = nodes.count
    if !showsAllValues, nodes.count > 2 * Self.firstValues, let top = nodes.first {
      nodes = nodes.filter { $0.depth <= top.depth + 1 }
    }
    let least = nodes.map(\.depth).min() ?? 0
    var lines = nodes.map {
      CountLine(name: $0.name, count: $0.count, clause: $0.clause, depth: $0.depth - least)
    }
    // Values that the tree does not know stand behind it.
    let known = Set(answer.tree.map(\.name))
    for value in facet.values where !known.contains(value.value) {
      lines.append(CountLine(name: value.value, count: value.count, clause: value.clause))
    }
    let most = 2 * Self.firstValues
    let hidden = all - nodes.count + (showsAllValues ? 0 : max(0, lines.count - most))
    return (showsAllValues ? lines : Array(lines.prefix(most)), hidden)
  }

  private func drawn(_ lines: [CountLine], _ hidden: Int, _ field: String) -> String {
    let names = lines.map { String(repeating: "  ", count: $0.depth + 1) + Screen.shown($0.name) }
    let counts = lines.map { Numbers.grouped($0.count) }
    let countWidth = counts.map(\.count).max() ?? 1
    let clauseWidth = lines.map { DisplayWidth.columns(of: Screen.shown($0.clause ?? "")) }.max() ?? 0
    let longest = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    let nameWidth = min(longest, max(16, screen.width - countWidth - clauseWidth - 5))
    var text = ""
    for (index, line) in lines.enumerated() {
      let name = MarkedText(names[index]).cut(nameWidth, screen).drawn(screen)
      let head = name.padded(nameWidth) + "  " + counts[index].leftPadded(countWidth)
      let clause = line.clause.map { "   " + Screen.shown($0) } ?? ""
      let isWide = DisplayWidth.columns(of: head) + DisplayWidth.columns(of: clause) > screen.width
      if isWide {
        // A clause is copied: it is never cut.
        text += head + "\n" + String(repeating: " ", count: 4) + clause.dropFirst(3) + "\n"
      } else {
        text += head + clause + "\n"
      }
    }
    if hidden > 0 {
      text += screen.styled("  \(screen.ellipsis) and \(hidden) more: --facet \(field)", .faint) + "\n"
    }
    return text
  }

  /// The groups of `--by`, those without a value last.
  private func group(_ facet: EnterprisesAnswer.Facet) -> String {
    var lines = facet.values.map { CountLine(name: $0.value, count: $0.count, clause: $0.clause) }
    if facet.without > 0 { lines.append(CountLine(name: "(none)", count: facet.without, clause: nil)) }
    guard screen.isTerminal else {
      return lines.map { "\(Screen.shown($0.name))\t\($0.count)\t\($0.clause ?? "-")\n" }.joined()
    }
    return screen.styled(facet.field, .bold) + "\n" + drawn(lines, 0, facet.field) + "\n"
  }
}
