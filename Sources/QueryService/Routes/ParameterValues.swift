import HTTPServer
import JSONText
import QualityRecords

/// The parameters of one request, read and checked by a route's table: a name that the route does not know is an error, as
/// is a value that is none of its kind.
struct ParameterValues: Sendable {
  private var values: [String: [String]] = [:]

  /// Values of a list at most: more than there are fields, kinds and targets.
  private static let longestList = 256

  /// Of a query string.
  /// - Throws: `unknown-parameter`, `usage`.
  init(_ items: [RequestTarget.Item], path: [String: String], _ parameters: [Parameter]) throws(QualityError) {
    for (name, value) in path { values[name] = [value] }
    for item in items {
      let parameter = try Self.find(item.name, parameters)
      try add(item.value, to: parameter)
    }
    try check(parameters)
  }

  /// Of the members of a JSON object: texts, numbers, true and false, and lists of texts; null is left out.
  /// - Throws: `bad-body` for what is no such object; as above.
  init(body: [UInt8], path: [String: String], _ parameters: [Parameter]) throws(QualityError) {
    for (name, value) in path { values[name] = [value] }
    let parsed: JSONValue
    do throws(JSONError) { parsed = try JSONValue(parsing: body) } catch {
      throw QualityError("bad-body", "the body is no JSON: \(error)", hint: #"{"q": "lead paint"}"#)
    }
    guard let members = parsed.objectValue else {
      throw QualityError("bad-body", "expected a JSON object, found \(parsed.typeName)", hint: #"{"q": "lead paint"}"#)
    }
    for member in members.members {
      let parameter = try Self.find(member.name, parameters)
      for text in try Self.texts(member.value, parameter) { try add(text, to: parameter) }
    }
    try check(parameters)
  }

  func has(_ name: String) -> Bool { values[name] != nil }
  func text(_ name: String) -> String? { values[name]?.last }
  func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
  func isTrue(_ name: String) -> Bool { text(name) == "true" }
  func list(_ name: String) -> [String] { values[name] ?? [] }

  /// All of it as one text, the same for the same request in whatever order it came.
  var canonical: String {
    values.sorted { $0.key < $1.key }.map { name, values in
      "\(name.utf8.count):\(name)" + values.map { "\($0.utf8.count):\($0)" }.joined()
    }.joined(separator: "&")
  }

  // MARK: Checking

  private static func find(_ name: String, _ parameters: [Parameter]) throws(QualityError) -> Parameter {
    if let found = parameters.first(where: { $0.name == name && $0.place == .query }) { return found }
    let names = parameters.filter { $0.place == .query }.map(\.name)
    throw QualityError(
      "unknown-parameter", "there is no parameter '\(name)' here",
      hint: names.isEmpty ? "this route takes none" : "parameters are: \(names.joined(separator: ", "))")
  }

  private static func texts(_ value: JSONValue, _ parameter: Parameter) throws(QualityError) -> [String] {
    switch (value, parameter.value) {
    case (.null, _): return []
    case (.string(let text), .text), (.string(let text), .choice), (.string(let text), .list): return [text]
    case (.number(let text), .integer): return [value.intValue.map { "\($0)" } ?? integral(text)]
    case (.bool(let isTrue), .boolean): return [isTrue ? "true" : "false"]
    case (.array(let values), .list):
      var texts: [String] = []
      for value in values {
        guard let text = value.stringValue else {
          throw QualityError("usage", "'\(parameter.name)' is a list of texts, found \(value.typeName)")
        }
        texts.append(text)
      }
      return texts
    default:
      throw QualityError(
        "usage", "'\(parameter.name)' is \(parameter.value.words), found \(value.typeName)")
    }
  }

  /// `708.0` is 708, as JSON Schema has it; anything else stays as it is, to be refused.
  private static func integral(_ text: String) -> String {
    guard let dot = text.firstIndex(of: "."), text[text.index(after: dot)...].allSatisfy({ $0 == "0" }) else {
      return text
    }
    return String(text[..<dot])
  }

  private mutating func add(_ value: String, to parameter: Parameter) throws(QualityError) {
    if case .list(let words) = parameter.value {
      for part in value.split(separator: ",") {
        let text = String(part.drop { $0 == " " })
        guard words.isEmpty || words.contains(text) else { throw Self.wrong(text, parameter) }
        guard values[parameter.name, default: []].count < Self.longestList else {
          throw QualityError("usage", "'\(parameter.name)' takes \(Self.longestList) values at most")
        }
        if !text.isEmpty { values[parameter.name, default: []].append(text) }
      }
      if values[parameter.name] == nil { values[parameter.name] = [] }
      return
    }
    guard values[parameter.name] == nil else {
      throw QualityError("usage", "the parameter '\(parameter.name)' is given twice", hint: "give it once")
    }
    values[parameter.name] = [try Self.checked(value, parameter)]
  }

  private static func checked(_ value: String, _ parameter: Parameter) throws(QualityError) -> String {
    switch parameter.value {
    case .text, .list: return value
    case .integer(let range):
      // One spelling of a number, so that equal requests are equal: no sign, no leading zeros.
      guard let number = Int(value), range.contains(number), value == "\(number)" else {
        throw wrong(value, parameter)
      }
      return value
    case .choice(let words):
      guard words.contains(value) else { throw wrong(value, parameter) }
      return value
    case .boolean:
      switch value {
      case "", "true", "1", "yes": return "true"
      case "false", "0", "no": return "false"
      default: throw wrong(value, parameter)
      }
    }
  }

  private static func wrong(_ value: String, _ parameter: Parameter) -> QualityError {
    QualityError("usage", "'\(parameter.name)' is \(parameter.value.words), not '\(value.prefix(200))'")
  }

  private func check(_ parameters: [Parameter]) throws(QualityError) {
    for parameter in parameters where parameter.isRequired && values[parameter.name] == nil {
      throw QualityError(
        "usage", "expected the parameter '\(parameter.name)': \(parameter.summary)", hint: "/openapi.json lists them")
    }
  }
}

extension Parameter.Value {
  /// What a value is, in words.
  fileprivate var words: String {
    switch self {
    case .text: "a text"
    case .boolean: "true or false"
    case .integer(let range):
      range.upperBound == .max
        ? "a whole number of \(range.lowerBound) or more"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .list(let words): words.isEmpty ? "a list of texts" : "some of \(words.joined(separator: ", "))"
    }
  }
}
