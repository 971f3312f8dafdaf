import Digests
import JSONText
import Records

/// Which files stand in an index as they are: kept in the properties of a commit, so that a file that has not changed
/// since needs no reading.
///
/// A file is known by path, size, time of change, and the same of everything that says how it is read. What is known holds
/// only while nothing of it was deleted or replaced: every delete and every run that replaces a record forgets all. That
/// is stricter than needed and never wrong; records are compared one by one then.
struct KnownSources {
  struct Source: Hashable, Sendable {
    var fingerprint: String
    var records: Int
  }

  private(set) var sources: [String: Source] = [:]

  /// Raised when the same file would be read as other records than before.
  static let readingRevision = 1
  static let member = "sources"

  init() {}

  /// From the properties of a commit; what is not understood is not known.
  init(_ properties: JSONObject) {
    for element in properties[Self.member]?.arrayValue ?? [] {
      guard let path = element["path"]?.stringValue, let fingerprint = element["fingerprint"]?.stringValue,
        let records = element["records"]?.intValue, records > 0
      else { continue }
      sources[path] = Source(fingerprint: fingerprint, records: records)
    }
  }

  subscript(path: String) -> Source? {
    get { sources[path] }
    set { sources[path] = newValue }
  }

  /// The properties with these sources in them.
  func properties(_ old: JSONObject) -> JSONObject {
    var properties = old
    let list = sources.sorted { $0.key < $1.key }.map { path, source in
      JSONValue.object([
        "path": .string(path), "fingerprint": .string(source.fingerprint), "records": .number("\(source.records)"),
      ])
    }
    properties[Self.member] = list.isEmpty ? nil : .array(list)
    return properties
  }

  /// What a file is known by; nil for standard input and for a file that is not there.
  static func fingerprint(_ input: RecordInput) -> String? {
    guard input.path != "-", let file = FileStatus(input.path) else { return nil }
    var text = "\(readingRevision)\n\(file)\n\(input.kind ?? "")\n\(input.format?.rawValue ?? "")\n"
    if let mapping = input.mapping {
      text += description(of: mapping)
      for fold in mapping.folds {
        text += "\(fold.path) \(status(of: fold, in: input).map { "\($0)" } ?? "")\n"
      }
    }
    return SHA256.digest(text.utf8).prefix(16).hexadecimal
  }

  /// The file that is folded in: beside the file that is mapped, else beside the mapping.
  static func status(of fold: Mapping.Fold, in input: RecordInput) -> FileStatus? {
    func joined(_ folder: String) -> String { fold.path.hasPrefix("/") ? fold.path : "\(folder)/\(fold.path)" }
    return FileStatus(joined(folder(of: input.path))) ?? input.mappingFolder.flatMap { FileStatus(joined($0)) }
  }

  /// All that a mapping says, in one order.
  private static func description(of mapping: Mapping) -> String {
    func text(_ field: Mapping.Field) -> String {
      switch field.source {
      case .constant(let value): return "\(field.name) = \(value.text())\n"
      case .source(let source):
        let values = source.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text())" }
        return "\(field.name) < \(source.paths) \(source.patterns) \(values) \(source.separator ?? "")\n"
      }
    }
    var all = "\(mapping.kind ?? "") \(mapping.id?.text ?? "") \(mapping.keepsRest)\n"
    for field in mapping.fields { all += text(field) }
    for fold in mapping.folds {
      all += "\(fold.path) \(fold.on.text) \(fold.into)\n"
      for field in fold.fields { all += text(field) }
    }
    return all
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
