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

/// Inline marks of Markdown.
enum MarkdownInline {
  /// The text without its marks. Linear: a link's end is looked for within 2,000 characters.
  static func stripped(_ text: String) -> String {
    let source = Array(text.unicodeScalars)
    var output = String.UnicodeScalarView()
    var index = 0
    while index < source.count {
      let scalar = source[index]
      let next = index + 1 < source.count ? source[index + 1] : nil
      switch scalar {
      case "\\":
        if let next, next.isASCII, !DateText.isLetter(next), !DateText.isDigit(next), !TextLines.isSpace(next) {
          output.append(next)
          index += 2
          continue
        }
        output.append(scalar)
      case "`": break
      case "!":
        if next != "[" { output.append(scalar) }
      case "*":
        // Emphasis, unless it stands between spaces.
        let isFree = (index == 0 || TextLines.isSpace(source[index - 1])) && (next.map { TextLines.isSpace($0) } ?? true)
        if isFree { output.append(scalar) }
      case "_", "~":
        let previous = index > 0 ? source[index - 1] : nil
        let inWord = isWord(previous) && isWord(next)
        let doubled = next == scalar || previous == scalar
        if scalar == "_" ? inWord : !doubled { output.append(scalar) }
      case "]":
        if let end = linkEnd(source, index + 1) {
          index = end
          continue
        }
        output.append(scalar)
      case "[":
        if !opensLink(source, index) { output.append(scalar) }
      case "<":
        if let end = tagEnd(source, index) {
          let content = source[(index + 1)..<end]
          if content.contains(":") && !content.contains(" ") { output.append(contentsOf: content) }
          index = end + 1
          continue
        }
        output.append(scalar)
      default: output.append(scalar)
      }
      index += 1
    }
    return String(output)
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return DateText.isLetter(scalar) || DateText.isDigit(scalar)
  }

  /// Behind `(target)` or `[label]` that follows the `]` of a link.
  private static func linkEnd(_ source: [Unicode.Scalar], _ start: Int) -> Int? {
    guard start < source.count, source[start] == "(" || source[start] == "[" else { return nil }
    let closing: Unicode.Scalar = source[start] == "(" ? ")" : "]"
    let limit = min(source.count, start + 2_000)
    var depth = 0
    for index in start..<limit {
      if source[index] == source[start] { depth += 1 }
      if source[index] == closing {
        depth -= 1
        if depth == 0 {
          // `](` must be followed by something like a target: no spaces but before a title.
          let target = source[(start + 1)..<index]
          return closing == "]" || !target.prefix { $0 != "\"" && $0 != "'" }.contains("\n") ? index + 1 : nil
        }
      }
    }
    return nil
  }

  /// Whether the `[` at `start` opens a link: its `]` is followed by a target.
  private static func opensLink(_ source: [Unicode.Scalar], _ start: Int) -> Bool {
    var depth = 0
    for index in start..<min(source.count, start + 1_000) {
      if source[index] == "[" { depth += 1 }
      if source[index] == "]" {
        depth -= 1
        if depth == 0 { return linkEnd(source, index + 1) != nil }
      }
    }
    return false
  }

  /// The `>` of something that looks like a tag or an address in angle brackets.
  private static func tagEnd(_ source: [Unicode.Scalar], _ start: Int) -> Int? {
    guard start + 1 < source.count, DateText.isLetter(source[start + 1]) || source[start + 1] == "/" || source[start + 1] == "!"
    else { return nil }
    return source[start..<min(source.count, start + 500)].firstIndex(of: ">")
  }
}

/// The block between `---` lines at the top of a document: a subset of YAML with scalars, quoted strings and lists.
enum FrontMatter {
  /// - Returns: the lines behind the block, or nil when there is none (it must close within 200 lines).
  static func read(_ lines: ArraySlice<Substring>, into object: inout JSONObject) -> ArraySlice<Substring>? {
    guard let first = lines.first, TextLines.trimmed(first) == "---" else { return nil }
    let top = lines.dropFirst().prefix(200)
    guard let end = top.firstIndex(where: { ["---", "..."].contains(TextLines.trimmed($0)) }) else { return nil }
    var listName: String?
    var list: [JSONValue] = []
    func flush() {
      if let name = listName { object[name] = list.isEmpty ? nil : .array(list) }
      listName = nil
      list = []
    }
    for line in lines[(lines.startIndex + 1)..<end] {
      let content = TextLines.trimmed(line)
      if content.isEmpty || content.hasPrefix("#") { continue }
      if content.hasPrefix("- "), listName != nil {
        list.append(value(TextLines.trimmed(content.dropFirst(2))))
        continue
      }
      guard let colon = content.firstIndex(where: { $0 == ":" || $0 == "：" }) else { continue }
      flush()
      let name = unquoted(TextLines.trimmed(content[..<colon]))
      guard !name.isEmpty else { continue }
      let rest = TextLines.trimmed(content[content.index(after: colon)...])
      if rest.isEmpty {
        listName = name
      } else {
        object[name] = value(rest)
      }
    }
    flush()
    return lines[(end + 1)...]
  }

  private static func value(_ text: String) -> JSONValue {
    if text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 {
      return .array(items(text.dropFirst().dropLast()).map { scalar($0) })
    }
    return scalar(text)
  }

  /// Parts between commas outside quotes.
  private static func items(_ text: Substring) -> [String] {
    var parts: [String] = []
    var current = ""
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
        current.append(character)
      } else if character == "," {
        parts.append(current)
        current = ""
      } else {
        if character == "\"" || character == "'" { quote = character }
        current.append(character)
      }
    }
    parts.append(current)
    return parts.map { TextLines.trimmed($0) }.filter { !$0.isEmpty }
  }

  private static func scalar(_ text: String) -> JSONValue {
    if text.hasPrefix("\"") || text.hasPrefix("'") { return .string(unquoted(text)) }
    var plain = text
    if let comment = plain.range(ofComment: ()) { plain = TextLines.trimmed(plain[..<comment]) }
    switch plain {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null", "~", "": return .null
    default: return .string(plain)
    }
  }

  private static func unquoted(_ text: String) -> String {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count >= 2, text.last == quote else { return text }
    let inner = text.dropFirst().dropLast()
    var output = ""
    var escaped = false
    for character in inner {
      if escaped {
        output.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
        escaped = false
      } else if quote == "\"", character == "\\" {
        escaped = true
      } else {
        output.append(character)
      }
    }
    return output
  }
}

extension String {
  /// Where ` #` begins a comment.
  fileprivate func range(ofComment: Void) -> String.Index? {
    var previous: Character = "x"
    for index in indices {
      if self[index] == "#", previous == " " { return index }
      previous = self[index]
    }
    return nil
  }
}
