import JSONText
import Records

/// A manifest as JSON: readable with any tool, one object, members in a fixed order.
extension Manifest {
  var json: JSONObject {
    var object = JSONObject()
    object["format"] = .number("1")
    object["generation"] = .number("\(generation)")
    object["index"] = .string(String(index, radix: 16))
    object["analysis"] = .string(analysis)
    object["nextSegment"] = .number("\(nextSegment)")
    object["schemas"] = .array(schemas.map { .object(Self.json($0)) })
    object["segments"] = .array(segments.map { .object(Self.json($0)) })
    object["files"] = .object(Self.json(files))
    object["properties"] = .object(properties)
    return object
  }

  private static func json(_ segment: SegmentEntry) -> JSONObject {
    var object = JSONObject()
    object["id"] = .number("\(segment.id)")
    object["kind"] = .string(segment.kind)
    object["documents"] = .number("\(segment.documentCount)")
    object["live"] = .number("\(segment.liveCount)")
    object["length"] = .number("\(segment.totalLength)")
    object["files"] = .object(json(segment.files))
    return object
  }

  private static func json(_ files: [FileKind: FileEntry]) -> JSONObject {
    var object = JSONObject()
    for (kind, file) in files.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var entry = JSONObject()
      entry["name"] = .string(file.name)
      entry["length"] = .number("\(file.length)")
      entry["checksum"] = .number("\(file.checksum)")
      object[kind.suffix] = .object(entry)
    }
    return object
  }

  private static func json(_ schema: Schema) -> JSONObject {
    var object = JSONObject()
    object["kind"] = .string(schema.kind)
    object["keepsUnknownFields"] = .bool(schema.keepsUnknownFields)
    object["fields"] = .array(
      schema.fields.map { field in
        var entry = JSONObject()
        entry["name"] = .string(field.name)
        switch field.type {
        case .ordered(let values):
          entry["type"] = .string("ordered")
          entry["values"] = .array(values.map { .string($0) })
        default: entry["type"] = .string("\(field.type)")
        }
        entry["weight"] = .number("\(field.weight)")
        entry["isList"] = .bool(field.isList)
        return .object(entry)
      })
    return object
  }
}

/// Reads a manifest back, trusting nothing: a member that is missing or of another type is damage.
struct ManifestDecoder {
  let file: String

  func decode(_ value: JSONValue) throws(IndexError) -> Manifest {
    let object = try members(value, "an object")
    let format = try unsigned(object, "format")
    guard format == 1 else {
      throw .tooNew(file: file, version: UInt32(clamping: format), supported: 1)
    }
    guard let index = UInt64(try string(object, "index"), radix: 16) else { throw damage("a number in hex", "index") }
    var manifest = Manifest(index: index, analysis: try string(object, "analysis"))
    manifest.generation = try unsigned(object, "generation")
    manifest.nextSegment = try unsigned(object, "nextSegment")
    for schema in try array(object, "schemas") {
      manifest.schemas.append(try decodeSchema(try members(schema, "a schema")))
    }
    for segment in try array(object, "segments") {
      manifest.segments.append(try decodeSegment(try members(segment, "a segment")))
    }
    try checkTotals(manifest)
    manifest.files = try decodeFiles(object)
    manifest.properties = try members(object["properties"] ?? .null, "properties")
    return manifest
  }

  /// Sums over all segments stay inside 32 and 64 bits, and numbers can be counted up: readers and the writer add without
  /// looking.
  private func checkTotals(_ manifest: Manifest) throws(IndexError) {
    guard manifest.generation < 1 << 53, manifest.nextSegment < 1 << 53 else {
      throw damage("a commit and a segment number below 2^53", "\(manifest.generation), \(manifest.nextSegment)")
    }
    var documents: UInt64 = 0
    var length: UInt64 = 0
    var ids: Set<UInt64> = []
    for segment in manifest.segments {
      documents += UInt64(segment.documentCount)
      let (sum, overflow) = length.addingReportingOverflow(segment.totalLength)
      guard !overflow, documents < 1 << 32, segment.id < manifest.nextSegment, ids.insert(segment.id).inserted else {
        throw damage("segments of their own numbers, 2^32 documents at most", "segment \(segment.id)")
      }
      length = sum
    }
  }

  private func decodeSegment(_ object: JSONObject) throws(IndexError) -> SegmentEntry {
    guard let documents = UInt32(exactly: try unsigned(object, "documents")), documents < 1 << 31,
      let live = UInt32(exactly: try unsigned(object, "live")), live <= documents
    else { throw damage("documents and live ones", "\(object)") }
    return SegmentEntry(
      id: try unsigned(object, "id"), kind: try string(object, "kind"), documentCount: documents,
      totalLength: try unsigned(object, "length"), liveCount: live, files: try decodeFiles(object))
  }

  private func decodeFiles(_ object: JSONObject) throws(IndexError) -> [FileKind: FileEntry] {
    var files: [FileKind: FileEntry] = [:]
    for member in try members(object["files"] ?? .null, "files").members {
      guard let kind = FileKind.allCases.first(where: { $0.suffix == member.name }) else { continue }
      let entry = try members(member.value, "a file")
      guard let length = Int(exactly: try unsigned(entry, "length")),
        let checksum = UInt32(exactly: try unsigned(entry, "checksum"))
      else { throw damage("a length and a checksum", member.name) }
      files[kind] = FileEntry(name: try string(entry, "name"), length: length, checksum: checksum)
    }
    return files
  }

  private func decodeSchema(_ object: JSONObject) throws(IndexError) -> Schema {
    var fields: [FieldDefinition] = []
    for value in try array(object, "fields") {
      let entry = try members(value, "a field")
      let name = try string(entry, "name")
      guard let weight = Int(exactly: try unsigned(entry, "weight")), weight < 1 << 16 else {
        throw damage("a weight", name)
      }
      guard case .bool(let isList)? = entry["isList"] else { throw damage("isList", name) }
      let type: FieldType
      switch try string(entry, "type") {
      case "text": type = .text
      case "name": type = .name
      case "keyword": type = .keyword
      case "code": type = .code
      case "date": type = .date
      case "number": type = .number
      case "boolean": type = .boolean
      case "ordered":
        var values: [String] = []
        for value in try array(entry, "values") {
          guard case .string(let text) = value else { throw damage("texts", name) }
          values.append(text)
        }
        type = .ordered(values)
      case let other: throw damage("a field type", other)
      }
      fields.append(FieldDefinition(name: name, type: type, weight: weight, isList: isList))
    }
    guard fields.count <= 64 else { throw damage("at most 64 fields", "\(fields.count)") }
    guard case .bool(let keeps)? = object["keepsUnknownFields"] else { throw damage("keepsUnknownFields", "none") }
    return Schema(kind: try string(object, "kind"), fields: fields, keepsUnknownFields: keeps)
  }

  private func members(_ value: JSONValue, _ what: String) throws(IndexError) -> JSONObject {
    guard case .object(let object) = value else { throw damage(what, "another value") }
    return object
  }

  private func array(_ object: JSONObject, _ name: String) throws(IndexError) -> [JSONValue] {
    guard case .array(let values)? = object[name] else { throw damage("a list", name) }
    return values
  }

  private func string(_ object: JSONObject, _ name: String) throws(IndexError) -> String {
    guard case .string(let text)? = object[name] else { throw damage("a text", name) }
    return text
  }

  private func unsigned(_ object: JSONObject, _ name: String) throws(IndexError) -> UInt64 {
    guard case .number(let text)? = object[name], let number = UInt64(text) else { throw damage("a number", name) }
    return number
  }

  private func damage(_ expected: String, _ found: String) -> IndexError {
    .corruption(IndexCorruption(file: file, offset: 0, expected: expected, found: found))
  }
}
