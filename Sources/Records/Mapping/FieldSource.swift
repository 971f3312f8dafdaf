import JSONText

/// Where a field of a record comes from, in a mapping.
public enum FieldSource: Hashable, Sendable {
  /// The same value for every record.
  case constant(JSONValue)
  /// Source fields, and what is done to their values on the way.
  case source(Source)

  public struct Source: Hashable, Sendable {
    /// Paths, in order; a list joins.
    public var paths: [String]
    /// Forms of a date, tried in order.
    public var patterns: [DatePattern] = []
    /// What source values mean; `*` is any other value. Without `*`, other values stay as they are.
    public var values: [String: JSONValue] = [:]
    /// What stands between the values in one text.
    public var separator: String?

    public init(paths: [String]) { self.paths = paths }
  }

  /// Reads `"path"`, `["path", …]`, `{"from","pattern","values","split"}` or `{"value"}`.
  /// - Throws: `RecordProblem` with its place below `path`.
  init(_ json: JSONValue, path: String) throws(RecordProblem) {
    switch json {
    case .string, .array: self = .source(Source(paths: try Self.paths(json, path: path)))
    case .object(let object):
      if let value = object["value"] {
        try object.allowOnly(["value"], path: path)
        self = .constant(value)
        return
      }
      try object.allowOnly(["from", "pattern", "values", "split"], path: path)
      guard let from = object["from"] else {
        throw RecordProblem(path: path, message: "expected \"from\" or \"value\"")
      }
      var source = Source(paths: try Self.paths(from, path: "\(path).from"))
      if let pattern = object["pattern"] {
        for text in try Self.paths(pattern, path: "\(path).pattern") {
          do throws(DateError) {
            source.patterns.append(try DatePattern(text))
          } catch {
            throw RecordProblem(path: "\(path).pattern", message: error.message)
          }
        }
      }
      if let values = object["values"] {
        guard case .object(let table) = values else {
          throw RecordProblem(path: "\(path).values", message: "expected an object, found \(values.typeName)")
        }
        for member in table.members { source.values[member.name] = member.value }
      }
      if let split = object["split"] {
        guard case .string(let text) = split, !text.isEmpty else {
          throw RecordProblem(path: "\(path).split", message: "expected the text between the values")
        }
        source.separator = text
      }
      self = .source(source)
    default:
      throw RecordProblem(path: path, message: "expected a path, a list of paths or an object, found \(json.typeName)")
    }
  }

  private static func paths(_ json: JSONValue, path: String) throws(RecordProblem) -> [String] {
    var paths: [String] = []
    for value in json.arrayValue ?? [json] {
      guard case .string(let text) = value, !text.isEmpty else {
        throw RecordProblem(path: path, message: "expected a string that is not empty, found \(value.typeName)")
      }
      paths.append(text)
    }
    guard !paths.isEmpty else { throw RecordProblem(path: path, message: "expected at least one") }
    return paths
  }

  /// The values that a row has for the field, before they are joined or kept as a list. A date that has none of the
  /// forms stays as it was written, and the problem is reported: the value is then seen in the rejected row.
  func values(from row: JSONObject, path: String, problem: inout RecordProblem?) -> [JSONValue] {
    guard case .source(let source) = self else {
      if case .constant(let value) = self { return [value] }
      return []
    }
    var values: [JSONValue] = []
    for sourcePath in source.paths {
      guard let value = SourcePath.value(at: sourcePath, in: row) else { continue }
      values += Self.flattened(value)
    }
    if let separator = source.separator {
      values = values.flatMap { value -> [JSONValue] in
        guard case .string(let text) = value else { return [value] }
        return text.split(separator: separator).map { .string($0.trimmed) }
      }
    }
    if !source.values.isEmpty {
      values = values.map { value in
        guard let key = Self.key(of: value) else { return value }
        return source.values[key] ?? source.values["*"] ?? value
      }
      if values.isEmpty, let missing = source.values[""] { values = [missing] }
    }
    if !source.patterns.isEmpty {
      for index in values.indices {
        guard let text = Self.key(of: values[index]), !text.isEmpty else { continue }
        values[index] = .string(Self.date(text, source.patterns, path: path, problem: &problem))
      }
    }
    return values.filter { !RecordCanonicalizer.isEmpty($0) }
  }

  private static func flattened(_ value: JSONValue) -> [JSONValue] {
    guard case .array(let elements) = value else { return [value] }
    return elements.flatMap(flattened)
  }

  private static func key(of value: JSONValue) -> String? {
    switch value {
    case .string(let text): text.trimmed
    case .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  private static func date(
    _ text: String, _ patterns: [DatePattern], path: String, problem: inout RecordProblem?
  ) -> String {
    var first: DateError?
    for pattern in patterns {
      do throws(DateError) {
        return try pattern.date(in: text).description
      } catch {
        first = first ?? error
      }
    }
    if problem == nil, let first { problem = RecordProblem(path: path, message: first.message) }
    return text
  }
}

extension JSONObject {
  /// Refuses members of other names: a misspelt one would be passed over in silence. `comment` is always allowed.
  func allowOnly(_ names: [String], path: String) throws(RecordProblem) {
    for member in members where !names.contains(member.name) && member.name != "comment" {
      throw RecordProblem(
        path: path, message: "no member is called \"\(member.name)\": expected \(names.joined(separator: ", "))")
    }
  }
}
