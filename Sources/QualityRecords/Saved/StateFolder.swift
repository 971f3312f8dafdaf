import JSONText
import SearchEngine

/// What belongs to a user: saved searches, what they have seen, the receipts of past answers. One folder, never inside an
/// index.
///
/// Each document is a file `NAME.GENERATION.json` with a member `version`. A change writes the next generation whole and
/// then removes the one before, under the folder's lock: a reader sees one or the other, two writers take turns, a crash
/// leaves the last that was whole.
public final class StateFolder: Sendable {
  let folder: PlainFolder
  public var path: String { folder.path }

  static let version = 1
  /// Bytes of a document at most: a million hits with their hashes fit.
  static let longest = 256 << 20

  /// Opens the folder; `create` makes it where it is missing.
  /// - Throws: `no-state` where there is none, `input-output`.
  public init(path: String, create: Bool) throws(QualityError) {
    do throws(IndexError) { folder = try PlainFolder(path: path, create: create) } catch {
      throw Self.failed(error, path)
    }
  }

  public init(_ folder: PlainFolder) { self.folder = folder }

  static func failed(_ error: IndexError, _ path: String) -> QualityError {
    if case .missing = error {
      return QualityError(
        "no-state", "there is no state folder at \(path)",
        hint: "save a search first, or name another folder: --state DIR")
    }
    if error.remedy == .wait {
      return QualityError(
        "state-locked", "\(path): another process is changing the state", hint: "try again", exitCode: .inputOutput)
    }
    return QualityError("input-output", "\(error)", exitCode: .inputOutput)
  }

  func storing<Result>(_ body: () throws(IndexError) -> Result) throws(QualityError) -> Result {
    do throws(IndexError) { return try body() } catch { throw Self.failed(error, path) }
  }

  /// Runs a change alone.
  func changing<Result>(waits: Bool = true, _ body: () throws(QualityError) -> Result) throws(QualityError) -> Result {
    try folder.locked(waits: waits, failed: { Self.failed($0, path) }, body)
  }

  // MARK: Documents

  /// A file of the folder by the parts of its name.
  struct Entry: Hashable {
    var document: String
    var generation: Int
    var file: String

    init(_ document: String, _ generation: Int) {
      self.document = document
      self.generation = generation
      let digits = String(generation)
      file = "\(document).\(String(repeating: "0", count: max(0, 8 - digits.utf8.count)))\(digits).json"
    }

    /// Nil for files that are none of the folder's.
    init?(file: String) {
      guard file.hasSuffix(".json") else { return nil }
      let stem = file.dropLast(5)
      guard let dot = stem.lastIndex(of: "."), let generation = Int(stem[stem.index(after: dot)...]), generation > 0,
        dot > stem.startIndex
      else { return nil }
      self.init(String(stem[..<dot]), generation)
      guard self.file == file else { return nil }
    }
  }

  /// The newest generation of each document whose name begins so, in byte order of names.
  func entries(_ prefix: String) throws(QualityError) -> [Entry] {
    let names = try storing { () throws(IndexError) in try folder.names() }
    var newest: [String: Entry] = [:]
    for entry in names.compactMap({ Entry(file: $0) }) where entry.document.hasPrefix(prefix) {
      if entry.generation > newest[entry.document]?.generation ?? 0 { newest[entry.document] = entry }
    }
    return newest.values.sorted { $0.document.utf8.lexicographicallyPrecedes($1.document.utf8) }
  }

  /// The newest generation of one document; nil where there is none.
  func newest(_ name: String) throws(QualityError) -> Entry? {
    let found = try entries(name)
    return found.first { $0.document == name }
  }

  /// How often a reader looks anew when what it found was replaced before it was read.
  private static let attempts = 100

  /// The newest generation of a document; nil where there is none.
  /// - Throws: `state-damaged` with the file, `input-output`.
  func document(_ name: String) throws(QualityError) -> (value: JSONValue, entry: Entry)? {
    for _ in 0..<Self.attempts {
      guard let entry = try newest(name) else { return nil }
      if let value = try read(entry) { return (value, entry) }
    }
    throw QualityError(
      "state-locked", "\(path): '\(name)' changes faster than it is read", hint: "try again", exitCode: .inputOutput)
  }

  /// The document in a file; nil when it has been replaced meanwhile.
  func read(_ entry: Entry) throws(QualityError) -> JSONValue? {
    guard let bytes = try storing({ () throws(IndexError) in try folder.read(entry.file, limit: Self.longest) }) else {
      return nil
    }
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch { throw damaged(entry, "\(error)") }
    guard let version = value["version"]?.intValue else {
      throw damaged(entry, "expected a member version, found \(value["version"]?.typeName ?? "none")")
    }
    guard version <= Self.version else {
      throw QualityError(
        "state-too-new", "\(path)/\(entry.file) has version \(version), this program reads up to \(Self.version)",
        hint: "use the newer program", exitCode: .inputOutput)
    }
    return value
  }

  func damaged(_ entry: Entry, _ what: String) -> QualityError {
    QualityError(
      "state-damaged", "\(path)/\(entry.file) is damaged: \(what)",
      hint: "restore it, or remove it and save the search again", exitCode: .inputOutput)
  }

  /// Writes the next generation of a document in place of `old`. Under the lock alone.
  func write(_ name: String, _ object: JSONObject, over old: Entry?, generation: Int? = nil, isDurable: Bool = true)
    throws(QualityError)
  {
    var whole = JSONObject()
    whole.append("version", .number(String(Self.version)))
    whole.members += object.members
    let entry = Entry(name, generation ?? (old?.generation ?? 0) + 1)
    let bytes = Array(whole.text().utf8) + [0x0A]
    try storing { () throws(IndexError) in
      try folder.write(entry.file, bytes, isDurable: isDurable)
      if let old, old != entry { try folder.remove(old.file) }
    }
  }

  func remove(_ entry: Entry) throws(QualityError) {
    try storing { () throws(IndexError) in try folder.remove(entry.file) }
  }
}
