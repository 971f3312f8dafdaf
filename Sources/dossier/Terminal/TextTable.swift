/// Rows under headings: columns that line up on a terminal, tabs between the values in a pipe.
struct TextTable {
  struct Column {
    let title: String
    let isNumber: Bool

    init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func append(_ row: [String]) { rows.append(row.map(Screen.shown)) }

  /// The lines, headings first on a terminal. The last column is cut to the screen.
  func lines(_ screen: Screen) -> [String] {
    guard screen.isTerminal else { return rows.map { $0.joined(separator: "\t") } }
    let widths = columns.indices.map { index in
      max(
        DisplayWidth.columns(of: columns[index].title),
        rows.map { index < $0.count ? DisplayWidth.columns(of: $0[index]) : 0 }.max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      var result = ""
      for (index, cell) in cells.enumerated() where index < columns.count {
        if index > 0 { result += "  " }
        if columns[index].isNumber {
          result += cell.leftPadded(widths[index])
        } else if index == columns.count - 1 {
          result += cell
        } else {
          result += cell.padded(widths[index])
        }
      }
      return MarkedText(result).cut(screen.width, screen).drawn(screen)
    }
    return [screen.styled(line(columns.map(\.title)), .bold)] + rows.map(line)
  }
}
