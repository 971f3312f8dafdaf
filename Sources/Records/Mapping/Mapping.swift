import JSONText

/// How the rows of a source become records of a kind. `Mappings.md` describes the file.
public struct Mapping: Hashable, Sendable {
  /// Nil when the command line or the collection says it.
  public let kind: String?
  /// Nil when `id` is among the fields, or is a field of the source that keeps its name.
  public let id: FieldTemplate?
  public let fields: [Field]
  public let folds: [Fold]
  /// Whether source fields that the mapping does not use are kept under their own names.
  public let keepsRest: Bool

  public struct Field: Hashable, Sendable {
    public let name: String
    public let source: FieldSource
    let shape: Shape

    /// What the values of a field are made into.
    enum Shape: Hashable, Sendable {
      case list
      /// One value; several are joined by this text.
      case joined(String)
      /// One value stays one, several are a list: for fields that the kind does not have.
      case open
    }
  }

  /// Rows of another file, gathered into a list of the record.
  public struct Fold: Hashable, Sendable {
    /// Beside the file that is mapped, or beside the mapping.
    public let path: String
    /// The key, filled from rows of either file.
    public let on: FieldTemplate
    public let into: String
    public let fields: [Field]
  }

  /// Reads a mapping.
  /// - Parameter file: the name that messages carry.
  /// - Throws: `RecordError` that says where: line and column for what is no JSON, the path of the member otherwise.
  public init(parsing text: String, file: String, kind: String? = nil) throws(RecordError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text)
    } catch {
      throw RecordError(
        .configuration, file: file, line: error.line, column: error.column, message: error.explanation)
    }
    try self.init(value, file: file, kind: kind)
  }

  public init(_ value: JSONValue, file: String, kind: String? = nil) throws(RecordError) {
    do throws(RecordProblem) {
      guard case .object(let object) = value else {
        throw RecordProblem(path: "", message: "expected an object with \"fields\", found \(value.typeName)")
      }
      try self.init(checked: object, kind: kind)
    } catch {
      throw RecordError(.configuration, file: file, message: "mapping: \(error)")
    }
  }

  private init(checked object: JSONObject, kind givenKind: String?) throws(RecordProblem) {
    try object.allowOnly(["kind", "id", "fields", "fold", "rest"], path: "")
    var kind = givenKind
    if let value = object["kind"] {
      guard case .string(let name) = value, Schema.recordKind(name) != nil else {
        let kinds = Schema.recordKinds.map(\.kind).joined(separator: ", ")
        throw RecordProblem(path: "kind", message: "expected one of \(kinds), found \(value.text())")
      }
      kind = name
    }
    self.kind = kind
    id = try object["id"].map { (value) throws(RecordProblem) in try Self.template(value, path: "id") }
    guard case .object(let fields)? = object["fields"] else {
      throw RecordProblem(
        path: "fields", message: "expected an object of fields, found \(object["fields"]?.typeName ?? "nothing")")
    }
    self.fields = try Self.fields(fields, path: "fields", kind: kind, group: nil)
    var folds: [Fold] = []
    if let value = object["fold"] {
      for (index, element) in (value.arrayValue ?? [value]).enumerated() {
        let path = "fold[\(index + 1)]"
        guard case .object(let fold) = element else {
          throw RecordProblem(path: path, message: "expected an object, found \(element.typeName)")
        }
        folds.append(try Self.fold(fold, path: path, kind: kind))
      }
    }
    self.folds = folds
    switch object["rest"] {
    case nil, .bool(false)?: keepsRest = false
    case .bool(true)?: keepsRest = true
    case let other?: throw RecordProblem(path: "rest", message: "expected true or false, found \(other.typeName)")
    }
  }

  private static func template(_ value: JSONValue?, path: String) throws(RecordProblem) -> FieldTemplate {
    guard case .string(let text)? = value else {
      throw RecordProblem(
        path: path, message: "expected a template such as \"{id}\", found \(value?.typeName ?? "nothing")")
    }
    do throws(RecordProblem) {
      return try FieldTemplate(text)
    } catch {
      throw RecordProblem(path: path, message: error.message)
    }
  }

  private static func fields(
    _ object: JSONObject, path: String, kind: String?, group: String?
  ) throws(RecordProblem) -> [Field] {
    var fields: [Field] = []
    for member in object.members {
      let place = "\(path).\(member.name)"
      guard !member.name.isEmpty, member.name != "kind" else {
        throw RecordProblem(path: place, message: "no field can be called that; the kind stands beside \"fields\"")
      }
      fields.append(
        Field(
          name: member.name, source: try FieldSource(member.value, path: place),
          shape: shape(of: member.name, kind: kind, group: group)))
    }
    return fields
  }

  private static func fold(_ object: JSONObject, path: String, kind: String?) throws(RecordProblem) -> Fold {
    try object.allowOnly(["path", "on", "into", "fields"], path: path)
    guard case .string(let file)? = object["path"], !file.isEmpty else {
      throw RecordProblem(path: "\(path).path", message: "expected the name of a file")
    }
    guard case .string(let into)? = object["into"], !into.isEmpty else {
      throw RecordProblem(path: "\(path).into", message: "expected the name of a list of the record")
    }
    if let shape = kind.flatMap(Schema.recordKind)?.memberShapes.first(where: { $0.name == into }), !shape.isGroup {
      throw RecordProblem(path: "\(path).into", message: "\"\(into)\" is no list of objects")
    }
    guard case .object(let fields)? = object["fields"] else {
      throw RecordProblem(path: "\(path).fields", message: "expected an object of fields")
    }
    return Fold(
      path: file, on: try template(object["on"], path: "\(path).on"), into: into,
      fields: try self.fields(fields, path: "\(path).fields", kind: kind, group: into))
  }

  private static func shape(of name: String, kind: String?, group: String?) -> Field.Shape {
    if name == "id" { return .joined("-") }
    guard let schema = kind.flatMap(Schema.recordKind) else { return .open }
    // A directive's text is cut into paragraphs at blank lines.
    if schema.kind == Schema.directive.kind, group == nil, name == "text" { return .joined("\n\n") }
    if let group {
      guard let index = schema.index(of: "\(group).\(name)") else { return .open }
      return .joined(schema.fields[index].type == .text ? "\n" : ", ")
    }
    guard let member = schema.memberShapes.first(where: { $0.name == name }) else { return .open }
    if member.isGroup || member.fields[0].isList { return .list }
    return .joined(member.fields[0].type == .text ? "\n" : ", ")
  }
}
