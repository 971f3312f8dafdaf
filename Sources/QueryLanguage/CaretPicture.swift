/// Two lines that show where in a query something was found: the text, and carets under it.
///
///     licence AND
///             ^^^
///
/// Columns are display columns: a Chinese character takes two, so that the carets stand where they should.
public enum CaretPicture {
  /// Draws the picture.
  ///
  /// - Parameters:
  ///   - text: the query as typed; line breaks, tabs and controls are shown as spaces.
  ///   - range: the byte range of its UTF-8 to point at, brought into the text when outside; one caret at least.
  ///   - width: the columns there are; a longer text is cut around the place, with an ellipsis.
  /// - Returns: two lines without a final line break. Cost: linear in the text.
  public static func lines(_ text: String, pointingAt range: Range<Int>, width: Int = 100) -> [String] {
    let width = max(width, 20)
    var shown: [(scalar: Unicode.Scalar, columns: Int, isMarked: Bool)] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      let isMarked =
        range.contains(offset) || (offset < range.lowerBound && offset + UTF8.width(scalar) > range.lowerBound)
      let isPlain = QueryCharacters.isSpace(scalar)
      let drawn: Unicode.Scalar = isPlain ? " " : scalar
      // An ideographic space keeps the two columns it takes.
      let columns = scalar == "\u{3000}" ? 2 : DisplayWidth.columns(of: drawn)
      shown.append((scalar == "\u{3000}" ? scalar : drawn, columns, isMarked))
      offset += UTF8.width(scalar)
    }
    if !shown.contains(where: \.isMarked) {
      // An empty range, or one past the end: point at the character there, or behind the last.
      var place = 0
      var passed = 0
      for scalar in text.unicodeScalars {
        if passed >= range.lowerBound { break }
        passed += UTF8.width(scalar)
        place += 1
      }
      if place < shown.count { shown[place].isMarked = true } else { shown.append((" ", 1, true)) }
    }
    return draw(cut(shown, to: width), width)
  }

  /// The characters around the first marked one that fit, and whether something was left out on either side.
  private static func cut(
    _ shown: [(scalar: Unicode.Scalar, columns: Int, isMarked: Bool)], to width: Int
  ) -> [(scalar: Unicode.Scalar, columns: Int, isMarked: Bool)] {
    let total = shown.reduce(0) { $0 + $1.columns }
    guard total > width, let marked = shown.firstIndex(where: \.isMarked) else { return shown }
    var from = marked
    var before = 0
    // A third of the line before the place, the rest from there on; one column for each ellipsis.
    while from > 0, before + shown[from - 1].columns <= width / 3 {
      from -= 1
      before += shown[from].columns
    }
    var to = marked
    var after = 0
    while to < shown.count, before + after + shown[to].columns <= width - 2 {
      after += shown[to].columns
      to += 1
    }
    var result = Array(shown[from..<to])
    if from > 0 { result.insert(("…", 1, false), at: 0) }
    if to < shown.count { result.append(("…", 1, false)) }
    return result
  }

  private static func draw(_ shown: [(scalar: Unicode.Scalar, columns: Int, isMarked: Bool)], _ width: Int) -> [String]
  {
    var text = String.UnicodeScalarView()
    var carets = ""
    for (scalar, columns, isMarked) in shown {
      text.append(scalar)
      carets += String(repeating: isMarked ? "^" : " ", count: columns)
    }
    func trimmed(_ line: String) -> String { String(line.reversed().drop { $0 == " " }.reversed()) }
    let line = trimmed(String(text))
    let marks = trimmed(carets)
    return [line, marks.isEmpty ? "^" : marks]
  }
}
