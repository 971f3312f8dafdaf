import JSONText

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
    guard let quote = text.first, quote == "\"" || quote == "'", text.count >= 2, text.last == quote else {
      return text
    }
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
