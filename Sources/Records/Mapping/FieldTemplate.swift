import JSONText

/// A text with places for source fields: `{business_id}-{date}`. A brace that is meant is written twice.
public struct FieldTemplate: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case literal(String)
    case path(String)
  }

  public let text: String
  private let pieces: [Piece]

  /// - Throws: `RecordProblem` for a brace that is not closed, an empty place, or a template without any.
  public init(_ text: String) throws(RecordProblem) {
    self.text = text
    var pieces: [Piece] = []
    var literal = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if (character == "{" || character == "}") && rest.first == character {
        literal.append(character)
        rest.removeFirst()
      } else if character == "{" {
        guard let close = rest.firstIndex(of: "}") else {
          throw RecordProblem(path: "", message: "\"\(text)\": a { is not closed")
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        guard close > rest.startIndex else { throw RecordProblem(path: "", message: "\"\(text)\": {} names no field") }
        pieces.append(.path(String(rest[..<close])))
        rest = rest[rest.index(after: close)...]
      } else if character == "}" {
        throw RecordProblem(path: "", message: "\"\(text)\": a } without its {")
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    guard pieces.contains(where: { if case .path = $0 { true } else { false } }) else {
      throw RecordProblem(path: "", message: "\"\(text)\" names no field: expected a place such as {id}")
    }
    self.pieces = pieces
  }

  /// Source fields that the template names.
  var paths: [String] {
    pieces.compactMap { if case .path(let path) = $0 { path } else { nil } }
  }

  /// The template filled from a row.
  /// - Throws: `RecordProblem` when a field is missing, empty, or no single value.
  func filled(from row: JSONObject) throws(RecordProblem) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .literal(let text): result += text
      case .path(let path):
        switch SourcePath.value(at: path, in: row) {
        case .string(let text) where !text.trimmed.isEmpty: result += text.trimmed
        case .number(let text): result += text
        case .bool(let flag): result += flag ? "true" : "false"
        case .array, .object:
          throw RecordProblem(path: path, message: "expected one value for \"\(text)\", found several")
        default: throw RecordProblem(path: path, message: "empty or missing, and \"\(text)\" needs it")
        }
      }
    }
    return result
  }
}

/// Finds values in a source row.
enum SourcePath {
  /// The value at a path: the member of exactly that name, or, dots going down, that of the object inside; on the way
  /// through a list, the list of what its elements hold.
  static func value(at path: String, in row: JSONObject) -> JSONValue? {
    if let value = row[path] { return value }
    guard let dot = path.firstIndex(of: "."), let inner = row[String(path[..<dot])] else { return nil }
    return value(at: String(path[path.index(after: dot)...]), below: inner)
  }

  private static func value(at path: String, below value: JSONValue) -> JSONValue? {
    switch value {
    case .object(let object): return self.value(at: path, in: object)
    case .array(let elements):
      let found = elements.compactMap { self.value(at: path, below: $0) }
      return found.isEmpty ? nil : .array(found)
    default: return nil
    }
  }
}
