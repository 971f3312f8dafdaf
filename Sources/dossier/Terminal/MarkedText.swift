/// Text with marked characters, to be cut and wrapped by display columns.
///
/// A unit is a character as people see it: combining marks stay with the letter before them.
struct MarkedText: Hashable, Sendable {
  struct Unit: Hashable, Sendable {
    var text: String
    var columns: Int
    var isMarked: Bool
  }

  private(set) var units: [Unit]

  /// - Parameter marks: byte ranges of the UTF-8 of `text`.
  init(_ text: String, marks: [Range<Int>] = []) {
    units = []
    let marks = marks.sorted { $0.lowerBound < $1.lowerBound }
    var next = 0
    var offset = 0
    for scalar in text.unicodeScalars {
      while next < marks.count, marks[next].upperBound <= offset { next += 1 }
      let isMarked = next < marks.count && marks[next].contains(offset)
      offset += UTF8.width(scalar)
      let columns = DisplayWidth.columns(of: scalar)
      let shown = Screen.shown(String(scalar))
      if columns == 0, shown != " ", shown != "\u{FFFD}", !units.isEmpty {
        units[units.count - 1].text += shown
      } else {
        units.append(Unit(text: shown, columns: max(columns, 1), isMarked: isMarked))
      }
    }
  }

  private init(units: some Sequence<Unit>) { self.units = Array(units) }

  var columns: Int { units.reduce(0) { $0 + $1.columns } }

  /// The text with its marks highlighted, the rest in another look or none.
  func drawn(_ screen: Screen, _ look: Screen.Look? = nil) -> String {
    var result = ""
    var run = ""
    var isMarked = false
    func styledRun() -> String {
      if isMarked { return screen.styled(run, .mark) }
      return look.map { screen.styled(run, $0) } ?? run
    }
    for unit in units {
      if unit.isMarked != isMarked {
        result += styledRun()
        run = ""
        isMarked = unit.isMarked
      }
      run += unit.text
    }
    return result + styledRun()
  }

  /// Lines of at most `width` columns: broken at spaces, and between characters of scripts that are written without them
  /// (but not before a mark that ends a clause); a longer word is broken where it must be.
  func wrapped(_ width: Int) -> [MarkedText] {
    let width = max(width, 2)
    var lines: [MarkedText] = []
    var start = 0
    while start < units.count {
      while start < units.count, units[start].text == " ", !lines.isEmpty { start += 1 }
      var end = start
      var taken = 0
      var lastBreak: Int?
      while end < units.count, taken + units[end].columns <= width {
        taken += units[end].columns
        end += 1
        if end < units.count, Self.mayBreak(units[end - 1], units[end]) { lastBreak = end }
      }
      if end < units.count, let lastBreak { end = lastBreak }
      if end == start { end = min(start + 1, units.count) }
      var line = units[start..<end]
      while let last = line.last, last.text == " " { line.removeLast() }
      if !line.isEmpty { lines.append(MarkedText(units: line)) }
      start = end
    }
    return lines
  }

  /// The text, or as much of its beginning as leaves room for an ellipsis.
  func cut(_ width: Int, _ screen: Screen) -> MarkedText {
    guard columns > width else { return self }
    let ellipsis = screen.ellipsis.map { Unit(text: String($0), columns: 1, isMarked: false) }
    var taken = 0
    var kept = units.prefix { unit in
      taken += unit.columns
      return taken <= width - ellipsis.count
    }
    while let last = kept.last, last.text == " " { kept.removeLast() }
    return MarkedText(units: Array(kept) + ellipsis)
  }

  private static func mayBreak(_ left: Unit, _ right: Unit) -> Bool {
    if left.text == " " || right.text == " " { return true }
    if left.text == "-" || left.text == "/" { return false }
    guard left.columns == 2 || right.columns == 2 else { return false }
    // Marks that must not begin a line, and those that must not end one.
    if closing.contains(right.text) || opening.contains(left.text) { return false }
    return left.columns == 2 && right.columns == 2 || closing.contains(left.text) || left.columns != right.columns
  }

  private static let closing: Set<String> = [
    "，", "。", "、", "；", "：", "？", "！", "）", "」", "』", "》", "〉", "】", "”", "’", ")", "]", ",", ".", ";", ":", "?", "!",
    "%",
  ]
  private static let opening: Set<String> = ["（", "「", "『", "《", "〈", "【", "“", "‘", "(", "["]
}

extension String {
  /// With spaces behind it up to a number of columns.
  func padded(_ columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - DisplayWidth.columns(of: self)))
  }

  func leftPadded(_ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - DisplayWidth.columns(of: self))) + self
  }
}
