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
        let isFree =
          (index == 0 || TextLines.isSpace(source[index - 1])) && (next.map { TextLines.isSpace($0) } ?? true)
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
    guard start + 1 < source.count,
      DateText.isLetter(source[start + 1]) || source[start + 1] == "/" || source[start + 1] == "!"
    else { return nil }
    return source[start..<min(source.count, start + 500)].firstIndex(of: ">")
  }
}
