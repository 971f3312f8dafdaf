import JSONText

/// What the files of a folder are: the content of its `collection.json`. `Collections.md` describes the file.
public struct RecordCollection: Hashable, Sendable {
  public static let fileName = "collection.json"

  public struct Entry: Hashable, Sendable {
    /// A path below the folder, or a pattern of paths.
    public let pattern: String
    public let kind: String?
    /// The path of a mapping below the folder.
    public let mapping: String?
    public let format: FileFormat?
  }

  public let name: String?
  public let entries: [Entry]
  /// Paths below the folder.
  public let thesaurus: String?
  public let targets: String?

  /// Reads a collection file.
  /// - Throws: `RecordError` that says where.
  public init(parsing text: String, file: String = RecordCollection.fileName) throws(RecordError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text)
    } catch {
      throw RecordError(
        .configuration, file: file, line: error.line, column: error.column, message: error.explanation)
    }
    do throws(RecordProblem) {
      guard case .object(let object) = value else {
        throw RecordProblem(path: "", message: "expected an object with \"files\", found \(value.typeName)")
      }
      try object.allowOnly(["name", "files", "thesaurus", "targets"], path: "")
      name = try Self.text(object["name"], path: "name")
      thesaurus = try Self.path(object["thesaurus"], path: "thesaurus")
      targets = try Self.path(object["targets"], path: "targets")
      guard case .array(let files)? = object["files"] else {
        throw RecordProblem(
          path: "files", message: "expected a list of files, found \(object["files"]?.typeName ?? "nothing")")
      }
      var entries: [Entry] = []
      for (index, file) in files.enumerated() { entries.append(try Self.entry(file, path: "files[\(index + 1)]")) }
      self.entries = entries
    } catch {
      throw RecordError(.configuration, file: file, message: error.description)
    }
  }

  private static func entry(_ value: JSONValue, path: String) throws(RecordProblem) -> Entry {
    if case .string = value, let pattern = try self.path(value, path: path) {
      return Entry(pattern: pattern, kind: nil, mapping: nil, format: nil)
    }
    guard case .object(let object) = value else {
      throw RecordProblem(path: path, message: "expected a path or an object, found \(value.typeName)")
    }
    try object.allowOnly(["path", "kind", "mapping", "format"], path: path)
    guard let pattern = try self.path(object["path"], path: "\(path).path") else {
      throw RecordProblem(path: "\(path).path", message: "missing")
    }
    let kind = try text(object["kind"], path: "\(path).kind")
    if let kind, Schema.recordKind(kind) == nil {
      let kinds = Schema.recordKinds.map(\.kind).joined(separator: ", ")
      throw RecordProblem(path: "\(path).kind", message: "expected one of \(kinds), found \"\(kind)\"")
    }
    var format: FileFormat?
    if let name = try text(object["format"], path: "\(path).format") {
      format = FileFormat(rawValue: name)
      guard format != nil else {
        throw RecordProblem(
          path: "\(path).format",
          message: "expected jsonLines, json, csv, tsv, markdown, text, html, xml, docx or xlsx, found \"\(name)\"")
      }
    }
    return Entry(
      pattern: pattern, kind: kind, mapping: try self.path(object["mapping"], path: "\(path).mapping"),
      format: format)
  }

  private static func text(_ value: JSONValue?, path: String) throws(RecordProblem) -> String? {
    switch value {
    case nil, .null?: return nil
    case .string(let text)? where !text.isEmpty: return text
    case let other?:
      throw RecordProblem(path: path, message: "expected a string that is not empty, found \(other.typeName)")
    }
  }

  /// A collection speaks of what is below its folder: it may come from strangers, and must not reach beyond.
  private static func path(_ value: JSONValue?, path: String) throws(RecordProblem) -> String? {
    guard let text = try text(value, path: path) else { return nil }
    guard !text.hasPrefix("/"), !text.split(separator: "/").contains(".."), !text.unicodeScalars.contains("\0") else {
      throw RecordProblem(path: path, message: "expected a path below the collection's folder, found \"\(text)\"")
    }
    return text
  }
}
