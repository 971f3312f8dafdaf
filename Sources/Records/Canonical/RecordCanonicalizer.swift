import JSONText

/// Why an object is no record: where in it, and what is wrong there.
public struct RecordProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The member, `violations[2].severity`; lists count from 1, as people do.
  public let path: String
  public let message: String

  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// Brings an object onto the form of its kind: types checked, dates, booleans and numbers in one spelling, members in
/// schema order, empty values left out, unknown members kept behind.
///
/// Canonical form is a fixed point: what comes out goes in again unchanged. Linear in the size of the object.
public struct RecordCanonicalizer: Sendable {
  /// Bytes of an id: longer ones are mistakes of mapping, and every id is kept in memory at times.
  public static let maximumIDLength = 512

  private let shapes: [String: [MemberShape]]

  public init() {
    shapes = Dictionary(uniqueKeysWithValues: Schema.recordKinds.map { ($0.kind, $0.memberShapes) })
  }

  /// The record that an object says.
  /// - Parameters:
  ///   - kind: the kind where the object does not say one itself.
  ///   - defaultID: the id where the object has none (the stem of a one-document file).
  /// - Throws: `RecordProblem`, the first one found.
  public func record(
    from object: JSONObject, kind: String?, defaultID: String? = nil
  ) throws(RecordProblem) -> Record {
    let kind = try self.kind(of: object, default: kind)
    guard let shapes = shapes[kind] else {
      let kinds = Schema.recordKinds.map(\.kind).joined(separator: ", ")
      throw RecordProblem(path: "kind", message: "expected one of \(kinds), found \"\(kind)\"")
    }
    let id = try self.id(of: object, default: defaultID)
    var source = object
    if kind == Schema.directive.kind { try splitText(of: &source) }
    var body = JSONObject()
    for shape in shapes {
      guard let value = source[shape.name] else { continue }
      let canonical =
        shape.isGroup ? try group(value, shape: shape) : try plain(value, field: shape.fields[0], path: shape.name)
      if let canonical { body.append(shape.name, canonical) }
    }
    let known = Set(shapes.map(\.name)).union(["kind", "id"])
    for member in source.members where !known.contains(member.name) {
      if !Self.isEmpty(member.value) { body.append(member.name, member.value) }
    }
    return Record(kind: kind, id: id, body: body)
  }

  /// Names of the record's members that its kind does not have.
  public func unknownMembers(of record: Record) -> [String] {
    guard let shapes = shapes[record.kind] else { return [] }
    return record.body.names.filter { name in !shapes.contains { $0.name == name } }
  }

  // MARK: Key

  private func kind(of object: JSONObject, default kind: String?) throws(RecordProblem) -> String {
    switch object["kind"] {
    case .string(let text) where !text.isEmpty: return text
    case nil, .null, .string: break
    case let other?: throw RecordProblem(path: "kind", message: "expected a string, found \(other.typeName)")
    }
    if let kind { return kind }
    throw RecordProblem(
      path: "kind", message: "not given: name it in the record, the mapping, the collection file or on the command line"
    )
  }

  private func id(of object: JSONObject, default defaultID: String?) throws(RecordProblem) -> String {
    var id = defaultID ?? ""
    switch object["id"] {
    case .string(let text) where !text.trimmed.isEmpty: id = text.trimmed
    case .number(let text): id = text
    case nil, .null, .string: break
    case let other?: throw RecordProblem(path: "id", message: "expected a string, found \(other.typeName)")
    }
    guard !id.isEmpty else { throw RecordProblem(path: "id", message: "missing or empty; every record needs one") }
    guard id.utf8.count <= Self.maximumIDLength else {
      throw RecordProblem(
        path: "id", message: "expected at most \(Self.maximumIDLength) bytes, found \(id.utf8.count)")
    }
    guard !id.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw RecordProblem(path: "id", message: "expected no control characters")
    }
    return id
  }

  // MARK: Values

  /// A plain member; nil when it is empty.
  private func plain(
    _ value: JSONValue, field: FieldDefinition, path: String
  ) throws(RecordProblem) -> JSONValue? {
    guard case .array(let elements) = value else {
      guard let canonical = try FieldValue.canonical(value, type: field.type, path: path) else { return nil }
      return field.isList ? .array([canonical]) : canonical
    }
    var values: [JSONValue] = []
    for (index, element) in elements.enumerated() {
      if let canonical = try FieldValue.canonical(element, type: field.type, path: "\(path)[\(index + 1)]") {
        values.append(canonical)
      }
    }
    if values.isEmpty { return nil }
    if field.isList { return .array(values) }
    if values.count == 1 { return values[0] }
    guard field.type == .text else {
      throw RecordProblem(path: path, message: "expected one value, found a list of \(values.count)")
    }
    return .string(values.compactMap(\.stringValue).joined(separator: "\n\n"))
  }

  /// A list of objects; nil when nothing is in it.
  private func group(_ value: JSONValue, shape: MemberShape) throws(RecordProblem) -> JSONValue? {
    let elements: [JSONValue]
    if case .array(let values) = value { elements = values } else { elements = [value] }
    guard elements.count <= RecordLimits.maximumParagraphs else {
      throw RecordProblem(
        path: shape.name,
        message: "expected at most \(RecordLimits.maximumParagraphs) elements, found \(elements.count)")
    }
    // A list of plain strings says the one thing that such an object is about: its text or its name.
    let mainField = shape.fields.first { $0.type == .text || $0.type == .name }
    var objects: [JSONObject] = []
    for (index, element) in elements.enumerated() {
      let path = "\(shape.name)[\(index + 1)]"
      let source: JSONObject
      switch element {
      case .object(let object): source = object
      case _ where Self.isEmpty(element): continue
      case .string:
        guard let name = mainField?.memberName else { continue }
        source = JSONObject([JSONObject.Member(name: name, value: element)])
      default:
        throw RecordProblem(path: path, message: "expected an object or a string, found \(element.typeName)")
      }
      var object = JSONObject()
      for field in shape.fields {
        guard let value = source[field.memberName] else { continue }
        if let canonical = try plain(value, field: field, path: "\(path).\(field.memberName)") {
          object.append(field.memberName, canonical)
        }
      }
      for member in source.members where !shape.fields.contains(where: { $0.memberName == member.name }) {
        if !Self.isEmpty(member.value) { object.append(member.name, member.value) }
      }
      if !object.isEmpty { objects.append(object) }
    }
    if objects.isEmpty { return nil }
    if shape.fields.contains(where: { $0.memberName == "id" }) { try number(&objects, "id", shape.name) }
    if shape.fields.contains(where: { $0.memberName == "n" }) { try number(&objects, "n", shape.name) }
    return .array(objects.map { .object($0) })
  }

  /// Gives the objects of a list that have no number the next free one, and refuses a number given twice.
  private func number(_ objects: inout [JSONObject], _ member: String, _ group: String) throws(RecordProblem) {
    func text(_ value: JSONValue?) -> String? {
      switch value {
      case .string(let text), .number(let text): text
      default: nil
      }
    }
    var taken: Set<String> = []
    for (index, object) in objects.enumerated() {
      guard let given = text(object[member]) else { continue }
      if member == "n", (Int(given) ?? 0) < 1 {
        throw RecordProblem(path: "\(group)[\(index + 1)].n", message: "expected 1, 2, 3 …, found \(given)")
      }
      guard taken.insert(given).inserted else {
        throw RecordProblem(path: "\(group)[\(index + 1)].\(member)", message: "\"\(given)\" for the second time")
      }
    }
    var next = 1
    for index in objects.indices where objects[index][member] == nil {
      while taken.contains(String(next)) { next += 1 }
      taken.insert(String(next))
      let value = member == "n" ? JSONValue.number(String(next)) : .string(String(next))
      objects[index].members.insert(JSONObject.Member(name: member, value: value), at: 0)
    }
  }

  /// The paragraphs of a directive that has only a text.
  private func splitText(of object: inout JSONObject) throws(RecordProblem) {
    guard object["paragraphs"].map(Self.isEmpty) ?? true, let value = object["text"] else { return }
    guard let field = Schema.directive.fields.first(where: { $0.name == "paragraphs.text" }),
      let text = try plain(value, field: field, path: "text")?.stringValue
    else { return }
    guard !Paragraphs.hasManyLines(text) else {
      throw RecordProblem(path: "text", message: "expected at most \(RecordLimits.maximumLines) lines")
    }
    object["text"] = nil
    object["paragraphs"] = .array(Paragraphs.split(text).map { .string($0) })
  }

  /// Null, an empty or blank string, an empty list or object: all say that there is nothing.
  static func isEmpty(_ value: JSONValue) -> Bool {
    switch value {
    case .null: true
    case .string(let text): text.trimmed.isEmpty
    case .array(let values): values.isEmpty
    case .object(let object): object.isEmpty
    case .bool, .number: false
    }
  }
}

extension FieldDefinition {
  /// `text` of `violations.text`; the name itself of a plain member.
  public var memberName: String {
    guard let dot = name.firstIndex(of: ".") else { return name }
    return String(name[name.index(after: dot)...])
  }
}
