public import Evaluation
import JSONText
import Records

/// Reads the files of test collections as they are handed on: JSON, JSON Lines, tab-separated, SMART's and TREC's forms.
/// Which one it is, the first character tells.
public enum EvaluationFile {
  /// The topics of a file. JSON: an object a line or a list of them, with an id and a text under the usual names
  /// (``Topic/idNames``, ``Topic/queryNames``), or one object of ids and texts; other forms: ``Topic/read(_:)``.
  /// Throws `bad-file` with the line, and what reading the file throws.
  public static func topics(_ path: String) throws(QualityError) -> [Topic] {
    let bytes = try bytes(path)
    guard isJSON(bytes) else { return try reading(path) { () throws(EvaluationError) in try Topic.read(text(bytes)) } }
    var topics: [Topic] = []
    for (number, object) in try objects(bytes, path) {
      guard let id = id(of: object), let query = query(of: object) else {
        throw bad(path, number, "{\"id\",\"query\"}", object)
      }
      topics.append(Topic(id: id, query: query))
    }
    return try reading(path) { () throws(EvaluationError) in try Topic.distinct(topics) }
  }

  /// The judgments of a file: ``Judgments/read(_:)``, or JSON objects a line with `query-id`, `corpus-id` and `score`.
  public static func judgments(_ path: String) throws(QualityError) -> Judgments {
    let bytes = try bytes(path)
    guard isJSON(bytes) else {
      return try reading(path) { () throws(EvaluationError) in try Judgments.read(text(bytes)) }
    }
    var judgments = Judgments()
    for (number, object) in try objects(bytes, path) {
      let topic = value(object, ["query-id", "query_id", "qid", "topic", "query"])
      let document = value(object, ["corpus-id", "doc_id", "docid", "docno", "document", "doc", "did", "pid"])
      let grade = value(object, ["score", "grade", "relevance", "rel", "label"]).flatMap { Double($0) }
      guard let topic, let document, let grade, let whole = Int(exactly: grade) else {
        throw bad(path, number, "{\"query-id\",\"corpus-id\",\"score\"}", object)
      }
      judgments.judge(topic: topic, document: document, grade: whole)
    }
    return judgments
  }

  // MARK: Bytes

  /// A file's bytes without a byte order mark. Throws what reading it throws; `bad-file` for one that is compressed.
  static func bytes(_ path: String) throws(QualityError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(RecordError) {
      var source = try RecordSource.openFile(path)
      var chunk = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        var count = 0
        var failure: RecordError?
        chunk.withUnsafeMutableBytes { buffer in
          do throws(RecordError) { count = try source.read(into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        if count == 0 { break }
        bytes += chunk[..<count]
      }
    } catch {
      throw QualityError(error)
    }
    if bytes.starts(with: [0x1F, 0x8B]) {
      throw QualityError("bad-file", "\(path) is compressed: expected plain text", hint: "gunzip it first")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return bytes
  }

  /// Old collections are not always UTF-8: what is not becomes U+FFFD.
  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  static func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { $0 > 0x20 }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  // MARK: JSON

  /// Members that make an object an entry without its id, not a list of entries by id.
  private static let textNames: Set<String> = ["text", "title", "contents", "content", "body", "abstract", "query"]

  /// The objects of a JSON file with their lines or places, from 1: one a line; a list; or one object over several lines,
  /// which holds a list of them, or them by their ids.
  static func objects(_ bytes: [UInt8], _ path: String) throws(QualityError) -> [(number: Int, object: JSONObject)] {
    if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") { return try members(json(bytes, path, line: nil), path) }
    var found: [(number: Int, object: JSONObject)] = []
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if line.allSatisfy({ $0 <= 0x20 }) { continue }
      let value: JSONValue
      do throws(JSONError) { value = try JSONValue(parsing: Array(line)) } catch {
        // The first line of a printed object is no object.
        if found.isEmpty, let whole = try? JSONValue(parsing: bytes) { return try members(whole, path) }
        throw QualityError("bad-file", "\(path), line \(number): expected a JSON object, found \(error)")
      }
      guard case .object(let object) = value else {
        throw QualityError("bad-file", "\(path), line \(number): expected a JSON object, found another value")
      }
      found.append((number, object))
    }
    // One line, whose members are the entries.
    if found.count == 1, let only = found.first, id(of: only.object) == nil,
      !only.object.members.contains(where: { textNames.contains($0.name.lowercased()) })
    {
      return try members(.object(only.object), path)
    }
    return found
  }

  private static func json(_ bytes: [UInt8], _ path: String, line: Int?) throws(QualityError) -> JSONValue {
    do throws(JSONError) { return try JSONValue(parsing: bytes) } catch {
      throw QualityError("bad-file", "\(path): expected JSON, found \(error)")
    }
  }

  private static func members(
    _ value: JSONValue, _ path: String
  ) throws(QualityError) -> [(number: Int, object: JSONObject)] {
    var found: [(number: Int, object: JSONObject)] = []
    switch value {
    case .array(let values):
      for (index, value) in values.enumerated() {
        guard case .object(let object) = value else {
          throw QualityError("bad-file", "\(path), entry \(index + 1): expected a JSON object, found another value")
        }
        found.append((index + 1, object))
      }
    case .object(let object):
      if object.members.count == 1, case .array? = object.members.first?.value, let list = object.members.first {
        return try members(list.value, path)
      }
      for (index, member) in object.members.enumerated() {
        switch member.value {
        case .string(let text):
          found.append(
            (
              index + 1,
              JSONObject([.init(name: "id", value: .string(member.name)), .init(name: "text", value: .string(text))])
            ))
        case .object(var entry):
          if id(of: entry) == nil { entry.members.insert(.init(name: "id", value: .string(member.name)), at: 0) }
          found.append((index + 1, entry))
        default:
          throw QualityError(
            "bad-file", "\(path), member '\(member.name)': expected text or a JSON object, found another value")
        }
      }
    default: throw QualityError("bad-file", "\(path): expected JSON objects, found another value")
    }
    return found
  }

  /// The name of the member that holds the id.
  static func idName(of object: JSONObject) -> String? {
    object.members.first { Topic.idNames.contains($0.name.lowercased()) && scalar($0.value) != nil }?.name
  }

  static func id(of object: JSONObject) -> String? {
    idName(of: object).flatMap { name in object[name].flatMap(scalar) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func query(of object: JSONObject) -> String? {
    for name in Topic.queryNames {
      let found = object.members.first { $0.name.lowercased() == name }?.value
      if case .string(let text)? = found { return text }
    }
    return nil
  }

  private static func value(_ object: JSONObject, _ names: [String]) -> String? {
    for name in names { if let found = object[name].flatMap(scalar) { return found } }
    return nil
  }

  private static func scalar(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .number(let text): text
    default: nil
    }
  }

  // MARK: Errors

  static func bad(_ path: String, _ number: Int, _ expected: String, _ object: JSONObject) -> QualityError {
    let names = object.members.prefix(8).map { "\"\($0.name)\"" }.joined(separator: ",")
    return QualityError("bad-file", "\(path), line \(number): expected \(expected), found {\(names)}")
  }

  static func reading<Value>(
    _ path: String, _ body: () throws(EvaluationError) -> Value
  ) throws(QualityError) -> Value {
    do throws(EvaluationError) { return try body() } catch { throw QualityError("bad-file", "\(path), \(error)") }
  }
}
