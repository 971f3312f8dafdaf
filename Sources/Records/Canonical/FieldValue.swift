import JSONText

/// One value of a field, brought to the one spelling of its type.
enum FieldValue {
  /// - Returns: nil when the value is empty.
  /// - Throws: `RecordProblem` when it is of another type.
  static func canonical(_ value: JSONValue, type: FieldType, path: String) throws(RecordProblem) -> JSONValue? {
    if RecordCanonicalizer.isEmpty(value) { return nil }
    let text: String
    switch value {
    case .string(let string): text = string.trimmed
    case .number(let spelling): text = spelling
    case .bool(let flag): text = flag ? "true" : "false"
    case .null, .array, .object:
      throw RecordProblem(path: path, message: "expected \(expectation(of: type)), found \(value.typeName)")
    }
    switch type {
    case .text, .name, .keyword, .code: return .string(text)
    case .ordered(let values):
      let lowered = text.lowercased()
      guard let match = values.first(where: { $0.lowercased() == lowered }) else {
        throw RecordProblem(
          path: path, message: "expected one of \(values.joined(separator: ", ")), found \"\(text.prefix(60))\"")
      }
      return .string(match)
    case .date:
      do throws(DateError) {
        return .string(try PartialDate(parsing: text).description)
      } catch {
        throw RecordProblem(path: path, message: error.message)
      }
    case .number: return .number(try number(text, path: path))
    case .boolean:
      if case .bool = value { return value }
      guard let flag = booleans[text.lowercased()] else {
        throw RecordProblem(path: path, message: "expected true or false, found \"\(text.prefix(60))\"")
      }
      return .bool(flag)
    }
  }

  private static let booleans: [String: Bool] = [
    "true": true, "yes": true, "y": true, "1": true, "是": true, "有": true,
    "false": false, "no": false, "n": false, "0": false, "否": false, "无": false, "無": false,
  ]

  /// A number as JSON spells it: a leading plus and leading zeros go.
  private static func number(_ text: String, path: String) throws(RecordProblem) -> String {
    var digits = Substring(text)
    if digits.first == "+" { digits.removeFirst() }
    let isNegative = digits.first == "-"
    if isNegative { digits.removeFirst() }
    while digits.utf8.count > 1, digits.first == "0", digits.dropFirst().first?.isWholeNumber == true {
      digits.removeFirst()
    }
    let spelling = (isNegative ? "-" : "") + digits
    var reader = JSONReader()
    if case .number? = try? reader.read(spelling), spelling.first?.isWhitespace == false { return spelling }
    throw RecordProblem(path: path, message: "expected a number, found \"\(text.prefix(60))\"")
  }

  private static func expectation(of type: FieldType) -> String {
    switch type {
    case .text, .name, .keyword, .code, .ordered: "a string"
    case .date: "a date"
    case .number: "a number"
    case .boolean: "true or false"
    }
  }
}

/// The paragraphs of a text.
public enum Paragraphs {
  /// Whether there are more line ends than a document may have lines.
  static func hasManyLines(_ text: String) -> Bool {
    var lines = 0
    for byte in text.utf8 where byte == 0x0A || byte == 0x0D { lines += 1 }
    return lines > RecordLimits.maximumLines
  }

  /// Pieces between blank lines, white space around them removed, empty ones left out. Linear.
  public static func split(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    func flush() {
      let paragraph = lines.joined(separator: "\n").trimmed
      if !paragraph.isEmpty { paragraphs.append(paragraph) }
      lines.removeAll(keepingCapacity: true)
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) { flush() } else { lines.append(line) }
    }
    flush()
    return paragraphs
  }
}

extension StringProtocol {
  /// Without the white space at both ends. Most texts have none: the test costs two characters.
  var trimmed: String {
    guard let first, let last else { return "" }
    if !first.isWhitespace && !last.isWhitespace { return String(self) }
    guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[start...end])
  }
}
