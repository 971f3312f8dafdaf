/// One document or topic of a file in TREC's tagged form: `<DOC> <DOCNO> … </DOCNO> <TEXT> … </TEXT> </DOC>`,
/// `<top> <num> … <title> … </top>`.
public struct TaggedEntry: Hashable, Sendable {
  /// Text by the innermost element around it, in lower case, in the order of the file; of nested elements, each for itself.
  public fileprivate(set) var parts: [Part] = []

  public struct Part: Hashable, Sendable {
    public let name: String
    public fileprivate(set) var text: String
  }

  /// The text of the first element of one of these names that has any, white space trimmed.
  public func first(_ names: [String]) -> String? {
    for name in names {
      if let part = parts.first(where: { $0.name == name && !$0.text.isEmpty }) { return part.text }
    }
    return nil
  }

  /// Whether a text begins as such a file does.
  public static func isForm(_ text: some StringProtocol) -> Bool {
    text.utf8.first { $0 > 0x20 } == UInt8(ascii: "<")
  }

  /// Reads the elements called `names` (in lower case). Elements inside need no closing: one ends where the next begins.
  /// Attributes count as elements inside: `<topic number="7">`. Comments and declarations are passed over.
  /// - Throws: `EvaluationError` when there is none of them, or the last is not closed.
  public static func read(_ text: String, names: Set<String>) throws(EvaluationError) -> [TaggedEntry] {
    var scanner = Scanner(bytes: Array(text.utf8))
    var entries: [TaggedEntry] = []
    var open: (name: String, line: Int)?
    var entry = TaggedEntry()
    var element = ""
    while let token = scanner.next() {
      switch token {
      case .text(let range):
        if open != nil { entry.append(scanner.text(range), to: element) }
      case .opening(let name, let attributes):
        if open == nil, names.contains(name) {
          open = (name, scanner.line)
          entry = TaggedEntry()
          for attribute in attributes { entry.append(attribute.value, to: attribute.name) }
        }
        element = name
      case .closing(let name):
        if open?.name == name {
          entries.append(entry.trimmed)
          open = nil
        }
        element = open?.name ?? ""
      }
    }
    if let open {
      throw EvaluationError(line: open.line, expected: "</\(open.name)> behind <\(open.name)>", found: "the end")
    }
    guard !entries.isEmpty else {
      let wanted = names.sorted().map { "<\($0)>" }.joined(separator: " or ")
      throw EvaluationError(line: 1, expected: "elements \(wanted)", found: "none")
    }
    return entries
  }

  private mutating func append(_ text: String, to name: String) {
    // Elements called `p` and the like carry text of what is around them; their text stays in order all the same.
    if let last = parts.indices.last, parts[last].name == name {
      parts[last].text += " " + text
    } else {
      parts.append(Part(name: name, text: text))
    }
  }

  private var trimmed: TaggedEntry {
    var copy = self
    for index in copy.parts.indices {
      copy.parts[index].text = copy.parts[index].text.split { $0.isWhitespace }.joined(separator: " ")
    }
    copy.parts.removeAll { $0.text.isEmpty }
    return copy
  }
}

/// Tags and the text between them. Linear: no byte is looked at more than a few times.
private struct Scanner {
  enum Token {
    case text(Range<Int>)
    case opening(String, [(name: String, value: String)])
    case closing(String)
  }

  let bytes: [UInt8]
  var position = 0
  /// Of the tag read last, from 1.
  var line = 1

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token? {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "<"), let token = tag() { return token }
      if position >= bytes.count { return nil }
      if bytes[position] != UInt8(ascii: "<") || !beginsTag(position) {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") || !beginsTag(position) { position += 1 }
        return .text(start..<position)
      }
    }
    return nil
  }

  private func beginsTag(_ start: Int) -> Bool { tagEnd(start) != nil }

  /// The end of the tag, comment or declaration that begins at `start`; nil where none does: the `<` is text then.
  private func tagEnd(_ start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    let next = bytes[start + 1]
    let isName = next | 0x20 >= UInt8(ascii: "a") && next | 0x20 <= UInt8(ascii: "z")
    guard isName || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?") else {
      return nil
    }
    // Not beyond the next `<`: so that looking ahead is linear.
    let end = bytes[(start + 1)...].firstIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }
    return end.flatMap { bytes[$0] == UInt8(ascii: ">") ? $0 : nil }
  }

  /// The tag at the position; nil, and the position behind it, for a comment or declaration.
  private mutating func tag() -> Token? {
    guard let end = tagEnd(position) else { return nil }
    let inside = bytes[(position + 1)..<end]
    for index in position...end where bytes[index] == UInt8(ascii: "\n") { line += 1 }
    position = end + 1
    guard let first = inside.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "?") else { return nil }
    let isClosing = first == UInt8(ascii: "/")
    let words = inside.drop { $0 == UInt8(ascii: "/") }
    let name = String(decoding: words.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }, as: UTF8.self).lowercased()
    if isClosing { return .closing(name) }
    return .opening(name, attributes(words.drop { $0 > 0x20 }))
  }

  private func attributes(_ bytes: ArraySlice<UInt8>) -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    var rest = bytes.drop { $0 <= 0x20 }
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")), equals + 1 < rest.endIndex {
      let name = String(decoding: rest[..<equals].filter { $0 > 0x20 }, as: UTF8.self).lowercased()
      let quote = rest[equals + 1]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = rest[(equals + 2)...].firstIndex(of: quote)
      else { return found }
      found.append((name, String(decoding: rest[(equals + 2)..<end], as: UTF8.self)))
      rest = rest[(end + 1)...].drop { $0 <= 0x20 }
    }
    return found
  }

  mutating func text(_ range: Range<Int>) -> String {
    for index in range where bytes[index] == UInt8(ascii: "\n") { line += 1 }
    let text = String(decoding: bytes[range], as: UTF8.self)
    return text.utf8.contains(UInt8(ascii: "&")) ? Self.withoutEntities(text) : text
  }

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "hyph": "-", "blank": " ", "nbsp": " ",
  ]

  /// Replaces the entities of XML, numbers of characters, and TREC's own; unknown ones become a space.
  private static func withoutEntities(_ text: String) -> String {
    var found = ""
    var rest = Substring(text)
    while let ampersand = rest.utf8.firstIndex(of: UInt8(ascii: "&")) {
      found += rest[..<ampersand]
      let behind = rest[ampersand...].dropFirst()
      let name = behind.utf8.prefix(12).prefix {
        $0 == UInt8(ascii: "#") || ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
          || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
      }
      guard !name.isEmpty, name.endIndex < behind.utf8.endIndex, behind.utf8[name.endIndex] == UInt8(ascii: ";") else {
        found += "&"
        rest = behind
        continue
      }
      found += entity(String(Substring(name)))
      rest = behind[behind.utf8.index(after: name.endIndex)...]
    }
    return found + rest
  }

  private static func entity(_ name: String) -> String {
    guard name.first == "#" else { return entities[name] ?? " " }
    let digits = name.dropFirst()
    let code = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? " "
  }
}
