import JSONText

/// One parameter of a route, as data: the reader of requests and the description of the service are made from it.
struct Parameter: Sendable {
  enum Value: Sendable {
    case text
    case integer(ClosedRange<Int>)
    /// `true` or `false`; there without a value means true.
    case boolean
    case choice([String])
    /// Values separated by commas or given several times; of these words alone, or of any where there are none.
    case list(of: [String])
  }

  enum Place: Sendable { case path, query }

  let name: String
  let value: Value
  let place: Place
  let isRequired: Bool
  /// One line, without a full stop.
  let summary: String
  /// A value that the sample collection has an answer to.
  let example: String?

  init(
    _ name: String, _ value: Value, in place: Place = .query, isRequired: Bool = false, _ summary: String,
    example: String? = nil
  ) {
    self.name = name
    self.value = value
    self.place = place
    self.isRequired = isRequired || place == .path
    self.summary = summary
    self.example = example
  }
}

extension Parameter.Value {
  /// The JSON Schema of a value.
  var schema: JSONObject {
    switch self {
    case .text: return ["type": "string"]
    case .boolean: return ["type": "boolean"]
    case .integer(let range):
      var schema: JSONObject = ["type": "integer", "minimum": .number("\(range.lowerBound)")]
      if range.upperBound < .max { schema.append("maximum", .number("\(range.upperBound)")) }
      return schema
    case .choice(let words): return ["type": "string", "enum": .array(words.map { .string($0) })]
    case .list(let words): return Self.list(words)
    }
  }

  private static func list(_ words: [String]) -> JSONObject {
    var items: JSONObject = ["type": "string"]
    if !words.isEmpty { items.append("enum", .array(words.map { .string($0) })) }
    return ["type": "array", "items": .object(items)]
  }

  /// What a value is in a query string, where a flag may stand bare, and a list, as forms send it, may hold nothing.
  var querySchema: JSONObject {
    switch self {
    case .boolean: return ["anyOf": [["type": "boolean"], ["enum": ["", "1", "yes", "0", "no"]]]]
    case .list([]):
      // A text alone is a list of one.
      return ["type": ["array", "string", "null"], "items": ["type": "string"]]
    case .list(let words):
      return ["anyOf": [.object(Self.list(words + [""])), ["type": "null"], ["const": ""]]]
    case .text, .integer, .choice: return schema
    }
  }
}
