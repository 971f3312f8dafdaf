/// Lines of plain text gathered to paragraphs.
enum PlainTextBlocks {
  /// A text is hard-wrapped when its lines end where the column ends rather than where sentences do; its lines are then
  /// joined up to a blank line, a short line or an indented one. Else every line is a paragraph.
  static func blocks(_ text: String) -> [PageBlock] {
    let lines = TextLines.lines(text)
    let column = wrapColumn(lines)
    var blocks: [PageBlock] = []
    var current = ""
    var isOpen = false
    func flush() {
      let collapsed = TextLines.collapsed(current)
      if !collapsed.isEmpty { blocks.append(PageBlock(text: collapsed)) }
      current = ""
      isOpen = false
    }
    for line in lines {
      let content = TextLines.trimmed(line)
      if content.isEmpty {
        flush()
        continue
      }
      guard let column else {
        current = content
        flush()
        continue
      }
      if isOpen, isIndented(line) || isItem(content) { flush() }
      if isOpen {
        current += joint(current, content)
        current += content
      } else {
        current = content
      }
      // A line well short of the column ends its paragraph.
      isOpen = width(content) * 10 >= column * 7 && PageMetadata.parse(content) == nil
      if !isOpen { flush() }
    }
    flush()
    return blocks
  }

  /// Nothing between ideographs, a space between words.
  static func joint(_ before: String, _ after: String) -> String {
    guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return "" }
    return TextLines.isIdeographic(last) && TextLines.isIdeographic(first) ? "" : " "
  }

  private static func isIndented(_ line: Substring) -> Bool {
    var spaces = 0
    for scalar in line.unicodeScalars {
      if scalar == "\t" || scalar == "\u{3000}" { return true }
      guard scalar == " " || scalar == "\u{A0}" else { break }
      spaces += 1
    }
    return spaces >= 2
  }

  private static func isItem(_ line: String) -> Bool {
    line.hasPrefix("- ") || line.hasPrefix("* ") || line.hasPrefix("• ")
      || {
        let digits = line.unicodeScalars.prefix { DateText.isDigit($0) }.count
        guard digits > 0, digits < 4 else { return false }
        let rest = line.unicodeScalars.dropFirst(digits)
        return rest.first == "." || rest.first == ")" || rest.first == "、"
      }()
  }

  /// The column at which the text is wrapped, or nil when it is not.
  private static func wrapColumn(_ lines: [Substring]) -> Int? {
    var widths: [Int] = []
    var inner = 0
    var unfinished = 0
    var previous: (width: Int, ends: Bool)?
    for line in lines {
      let content = TextLines.trimmed(line)
      guard !content.isEmpty else {
        previous = nil
        continue
      }
      if let previous, previous.width >= 40 {
        inner += 1
        if !previous.ends { unfinished += 1 }
      }
      let width = width(content)
      widths.append(width)
      previous = (width, TextLines.endsSentence(content))
    }
    // Mail and terminals wrap at 60 to 100 columns; longer lines were not wrapped at all.
    guard let longest = widths.max(), longest <= 110, inner >= 2, unfinished * 2 > inner else { return nil }
    return longest
  }

  private static func width(_ text: String) -> Int {
    var width = 0
    for scalar in text.unicodeScalars { width += TextLines.isIdeographic(scalar) ? 2 : 1 }
    return width
  }
}
