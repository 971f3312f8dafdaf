import QualityRecords
import SearchEngine

/// A table of counts: as many columns as fit on a terminal, all of them with tabs in between in a pipe.
struct PivotScreen {
  let screen: Screen

  func text(_ answer: PivotAnswer) -> String {
    let names = answer.columns.values.map { Screen.shown(PivotAnswer.name($0, of: answer.columns.field)) }
    let rowNames = answer.rows.values.map { Screen.shown(PivotAnswer.name($0, of: answer.rows.field)) }
    guard screen.isTerminal else {
      var lines = [([Screen.shown(answer.rows.field)] + names).joined(separator: "\t")]
      for (name, counts) in zip(rowNames, answer.cells) {
        lines.append(([name] + counts.map(String.init)).joined(separator: "\t"))
      }
      return lines.joined(separator: "\n") + "\n"
    }
    let title = "\(answer.rows.field) \(screen.isASCII ? "\\" : "╲") \(answer.columns.field)"
    let longest = ([title] + rowNames).map { DisplayWidth.columns(of: $0) }.max() ?? 0
    let first = min(longest, max(12, screen.width / 3))
    let totals = ["total"] + answer.rows.values.map { Numbers.grouped($0.count) } + [Numbers.grouped(answer.total)]
    let last = totals.map(\.count).max() ?? 5
    var room = screen.width - first - last - 2
    var widths: [Int] = []
    for (index, name) in names.enumerated() {
      let numbers =
        answer.cells.map { Numbers.grouped($0[index]).count } + [
          Numbers.grouped(answer.columns.values[index].count).count
        ]
      let width = max(min(DisplayWidth.columns(of: name), 16), numbers.max() ?? 1)
      guard room >= width + 2 else { break }
      room -= width + 2
      widths.append(width)
    }
    func line(_ name: String, _ cells: [String], _ total: String) -> String {
      var text = MarkedText(name).cut(first, screen).drawn(screen).padded(first)
      for (cell, width) in zip(cells, widths) {
        text += "  " + MarkedText(cell).cut(width, screen).drawn(screen).leftPadded(width)
      }
      return text + "  " + total.leftPadded(last)
    }
    var lines = [screen.styled(line(title, names, "total"), .bold)]
    for (index, name) in rowNames.enumerated() {
      lines.append(line(name, answer.cells[index].map(Numbers.grouped), totals[index + 1]))
    }
    lines.append(
      screen.styled(
        line("total", answer.columns.values.map { Numbers.grouped($0.count) }, Numbers.grouped(answer.total)), .bold))
    let hidden = names.count - widths.count
    if hidden > 0 {
      lines.append(
        screen.styled(
          "\(screen.ellipsis) and \(hidden) more \(hidden == 1 ? "column" : "columns"): --csv has all", .faint))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
