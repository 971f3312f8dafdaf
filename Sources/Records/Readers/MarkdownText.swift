import JSONText

/// Markdown as text: front matter to members, headings and paragraphs to blocks, marks of emphasis, links and code taken
/// off. The common subset of CommonMark; what it does not know stays as it is written.
struct MarkdownText {
  var frontMatter = JSONObject()
  var blocks: [PageBlock] = []

  static func parse(_ text: String) -> MarkdownText {
    var result = MarkdownText()
    var lines = TextLines.lines(text)[...]
    if let body = FrontMatter.read(lines, into: &result.frontMatter) { lines = body }
    var paragraph = ""
    var fence: Character?
    func flush() {
      let stripped = TextLines.collapsed(MarkdownInline.stripped(joined(paragraph)))
      if !stripped.isEmpty { result.blocks.append(PageBlock(text: stripped)) }
      paragraph = ""
    }
    for line in lines {
      var content = TextLines.trimmed(line)
      if let open = fence {
        if content.hasPrefix(String(repeating: open, count: 3)) {
          fence = nil
        } else if !content.isEmpty {
          result.blocks.append(PageBlock(text: TextLines.collapsed(content)))
        }
        continue
      }
      if content.hasPrefix("```") || content.hasPrefix("~~~") {
        flush()
        fence = content.first
        continue
      }
      while content.hasPrefix(">") { content = TextLines.trimmed(content.dropFirst()) }
      if content.isEmpty || isRule(content) {
        // A row of `=` or `-` below a single line makes it a heading.
        let level = content.first == "=" ? 1 : content.first == "-" ? 2 : 0
        let underlined = !paragraph.isEmpty && level > 0 && !paragraph.contains("\n")
        let before = result.blocks.count
        flush()
        if underlined, result.blocks.count > before { result.blocks[before].level = level }
        continue
      }
      let hashes = content.prefix { $0 == "#" }.count
      if (1...6).contains(hashes), content.dropFirst(hashes).first.map({ $0 == " " || $0 == "\t" }) ?? false {
        flush()
        var heading = TextLines.trimmed(content.dropFirst(hashes))
        while heading.hasSuffix("#") { heading.removeLast() }
        let stripped = TextLines.collapsed(MarkdownInline.stripped(heading))
        if !stripped.isEmpty { result.blocks.append(PageBlock(text: stripped, level: hashes)) }
        continue
      }
      if content.hasPrefix("|") {
        flush()
        let cells = content.split(separator: "|").map { TextLines.trimmed($0) }.filter { !$0.isEmpty }
        if cells.allSatisfy({ $0.allSatisfy { $0 == "-" || $0 == ":" } }) { continue }
        paragraph = cells.joined(separator: " ")
        flush()
        continue
      }
      if let item = itemContent(content) {
        flush()
        paragraph = item
        continue
      }
      if paragraph.isEmpty {
        paragraph = content
      } else {
        paragraph += "\n"
        paragraph += content
      }
      // Two spaces or a backslash at the end break the line; text written one paragraph a line is kept so.
      if line.hasSuffix("  ") || line.hasSuffix("\\") || TextLines.weight(content) > 240 { flush() }
    }
    flush()
    return result
  }

  private static func joined(_ text: String) -> String {
    let lines = text.split(separator: "\n")
    guard var result = lines.first.map(String.init), lines.count > 1 else { return text }
    for line in lines.dropFirst() {
      result += PlainTextBlocks.joint(result, String(line))
      result += line
    }
    return result
  }

  /// `---`, `***`, `===`: a row of three or more of one mark.
  private static func isRule(_ line: String) -> Bool {
    guard let first = line.first, "-*_=".contains(first) else { return false }
    return line.allSatisfy { $0 == first || $0 == " " } && line.filter { $0 == first }.count >= (first == "=" ? 2 : 3)
  }

  /// What stands behind `- `, `* `, `+ ` or a check box. Numbers of items are text ("1. …" is how orders are cited).
  private static func itemContent(_ line: String) -> String? {
    guard let first = line.first, "-*+".contains(first), line.dropFirst().first == " " else { return nil }
    var rest = TextLines.trimmed(line.dropFirst(2))
    for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { rest.removeFirst(box.count) }
    return rest
  }
}
