/// A light look at Swift text: enough for rules about names, not a parser.
enum SwiftText {
  /// The text with comments and the insides of string literals blanked; line breaks stay where they are. What is
  /// interpolated into a literal goes with it.
  static func withoutCommentsAndStrings(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var index = 0
    func at(_ offset: Int, _ what: String) -> Bool {
      offset + what.utf8.count <= bytes.count && bytes[offset..<offset + what.utf8.count].elementsEqual(what.utf8)
    }
    /// Drops bytes up to `end`, keeping the line breaks among them.
    func drop(to end: Int) {
      for byte in bytes[index..<min(end, bytes.count)] where byte == UInt8(ascii: "\n") { kept.append(byte) }
      index = min(end, bytes.count)
    }
    while index < bytes.count {
      if at(index, "//") {
        drop(to: bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
      } else if at(index, "/*") {
        var depth = 0
        var end = index
        repeat {
          if at(end, "/*") { depth += 1 }
          if at(end, "*/") { depth -= 1 }
          end += at(end, "/*") || at(end, "*/") ? 2 : 1
        } while depth > 0 && end < bytes.count
        drop(to: end)
      } else if let end = endOfLiteral(bytes, index) {
        kept += Array("\"\"".utf8)
        drop(to: end)
      } else {
        kept.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// The end of the string literal that begins at `start`; nil when none begins there.
  private static func endOfLiteral(_ bytes: [UInt8], _ start: Int) -> Int? {
    let quote = UInt8(ascii: "\"")
    var index = start
    while index < bytes.count, bytes[index] == UInt8(ascii: "#") { index += 1 }
    let hashes = index - start
    guard index < bytes.count, bytes[index] == quote else { return nil }
    let isLong = index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
    let quotes = isLong ? 3 : 1
    index += quotes
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        let marks = bytes[(index + 1)...].prefix(hashes)
        guard marks.count == hashes, marks.allSatisfy({ $0 == UInt8(ascii: "#") }) else {
          index += 1
          continue
        }
        index += hashes + 1
        // An interpolation ends where its parentheses do; literals inside are stepped over.
        if index < bytes.count, bytes[index] == UInt8(ascii: "(") {
          var depth = 0
          repeat {
            if let end = endOfLiteral(bytes, index) {
              index = end
              continue
            }
            if bytes[index] == UInt8(ascii: "(") { depth += 1 }
            if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
            index += 1
          } while depth > 0 && index < bytes.count
        } else {
          index += 1
        }
        continue
      }
      if bytes[index...].prefix(quotes).count == quotes, bytes[index...].prefix(quotes).allSatisfy({ $0 == quote }) {
        let marks = bytes[(index + quotes)...].prefix(hashes)
        if marks.count == hashes, marks.allSatisfy({ $0 == UInt8(ascii: "#") }) { return index + quotes + hashes }
      }
      if !isLong, bytes[index] == UInt8(ascii: "\n") { return nil }
      index += 1
    }
    return bytes.count
  }

  /// Modules that a file imports.
  static func imports(_ code: String) -> Set<String> {
    var modules: Set<String> = []
    for line in code.split(separator: "\n") {
      let words = line.split(separator: " ").drop { $0.hasPrefix("@") || accessLevels.contains(String($0)) }
      guard words.first == "import", let last = words.last else { continue }
      modules.insert(String(last.split(separator: ".")[0]))
    }
    return modules
  }

  /// Names of the types that a file declares outside any other declaration, those it hides apart.
  static func topLevelTypes(_ code: String) -> Set<String> {
    var names: Set<String> = []
    for line in code.split(separator: "\n") where line.first?.isWhitespace == false {
      let words = line.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") })
      guard let keyword = words.firstIndex(where: { typeKeywords.contains(String($0)) }), keyword + 1 < words.count,
        words[..<keyword].allSatisfy({ $0.hasPrefix("@") || modifiers.contains(String($0)) })
      else { continue }
      if words[..<keyword].contains(where: { $0 == "private" || $0 == "fileprivate" }) { continue }
      names.insert(String(words[keyword + 1]))
    }
    return names
  }

  /// Names of all types that a file declares, at any depth.
  static func allTypes(_ code: String) -> [String] {
    let words = code.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") })
    return words.indices.dropLast().filter { typeKeywords.contains(String(words[$0])) }.map { String(words[$0 + 1]) }
  }

  /// Words of the code that begin with a capital letter and do not follow a dot: the names of types as they are used.
  static func usedTypes(_ code: String) -> Set<String> {
    var names: Set<String> = []
    var word = ""
    var before: Character = " "
    var last: Character = " "
    for character in code + " " {
      if character.isLetter || character.isNumber || character == "_" {
        if word.isEmpty { before = last }
        word.append(character)
      } else {
        if let first = word.first, first.isUppercase, before != "." { names.insert(word) }
        word = ""
      }
      last = character
    }
    return names
  }

  /// Whether a line of code calls a function of that name that is no member of anything.
  static func calls(_ name: String, in line: Substring) -> Bool {
    var rest = line
    while let found = rest.firstRange(of: name + "(") {
      let before = rest[..<found.lowerBound].last
      if before.map({ !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }) ?? true { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }

  private static let typeKeywords: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
  private static let accessLevels: Set<String> = ["public", "package", "internal", "private", "fileprivate"]
  private static let modifiers: Set<String> = accessLevels.union([
    "final", "open", "indirect", "nonisolated", "unchecked",
  ])
}
