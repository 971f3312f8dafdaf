import JSONText
import Records

/// A named question, with what it found last and what was reported of it.
public struct SavedSearch: Sendable {
  /// What the last run found.
  public struct Run: Sendable {
    public var commit: UInt64
    public var total: Int
    /// By `kind/id`: the content's hash.
    var records: [String: UInt64]
  }

  public var name: String
  public var options: SearchOptions
  public var lastRun: Run?
  /// What a watch need not report again: by `kind/id`, the hashes of all contents that were reported.
  var seen: [String: Set<UInt64>]

  /// Letters, digits, hyphens, underscores and dots, no dot or hyphen first; bytes at most 100: a file's name is made of it.
  static let longestName = 100

  /// - Throws: `bad-name`.
  public static func check(_ name: String) throws(QualityError) {
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_" || $0 == "."
    }
    guard isPlain, !name.isEmpty, name.utf8.count <= longestName, name.first != ".", name.first != "-" else {
      throw QualityError(
        "bad-name", "'\(name)' cannot name a saved search",
        hint: "letters, digits, - _ and . inside, at most \(longestName) bytes")
    }
  }

  init(name: String, options: SearchOptions) {
    self.name = name
    self.options = options
    seen = [:]
  }

  var json: JSONObject {
    var object = JSONObject()
    object.append("name", .string(name))
    object.append("request", .object(options.json))
    if let lastRun {
      var run = JSONObject()
      run.append("commit", .number(String(lastRun.commit)))
      run.append("total", .number(String(lastRun.total)))
      run.append("records", Self.json(lastRun.records))
      object.append("lastRun", .object(run))
    }
    var reported = JSONObject()
    for (key, contents) in seen.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      reported.append(key, .array(contents.sorted().map { .string(String($0, radix: 16)) }))
    }
    object.append("seen", .object(reported))
    return object
  }

  /// Nil when the value is none.
  init?(_ value: JSONValue) {
    guard let name = value["name"]?.stringValue, let request = value["request"],
      let options = SearchOptions(json: request), let seen = value["seen"].flatMap(Self.reported)
    else { return nil }
    self.name = name
    self.options = options
    self.seen = seen
    guard let run = value["lastRun"] else { return }
    guard let commit = run["commit"]?.intValue, commit >= 0, let total = run["total"]?.intValue,
      let records = run["records"].flatMap(Self.records)
    else { return nil }
    lastRun = Run(commit: UInt64(commit), total: total, records: records)
  }

  /// In byte order of keys, so that the same state is the same bytes.
  private static func json(_ records: [String: UInt64]) -> JSONValue {
    var object = JSONObject()
    for (key, content) in records.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      object.append(key, .string(String(content, radix: 16)))
    }
    return .object(object)
  }

  private static func reported(_ value: JSONValue) -> [String: Set<UInt64>]? {
    guard let members = value.objectValue?.members else { return nil }
    var reported: [String: Set<UInt64>] = [:]
    for member in members {
      guard let texts = member.value.arrayValue else { return nil }
      let contents = texts.compactMap { $0.stringValue.flatMap { UInt64($0, radix: 16) } }
      guard contents.count == texts.count else { return nil }
      reported[member.name] = Set(contents)
    }
    return reported
  }

  private static func records(_ value: JSONValue) -> [String: UInt64]? {
    guard let members = value.objectValue?.members else { return nil }
    var records: [String: UInt64] = [:]
    for member in members {
      guard let text = member.value.stringValue, let content = UInt64(text, radix: 16) else { return nil }
      records[member.name] = content
    }
    return records
  }
}

extension StateFolder {
  private static let prefix = "saved."

  private static func damage(_ state: StateFolder, _ entry: Entry) -> QualityError {
    state.damaged(entry, "expected a saved search with name, request and seen")
  }

  func saved(_ name: String) throws(QualityError) -> (search: SavedSearch, entry: Entry) {
    try SavedSearch.check(name)
    guard let found = try document(Self.prefix + name) else {
      let entries = try entries(Self.prefix)
      let names = entries.map { String($0.document.dropFirst(Self.prefix.count)) }
      throw QualityError(
        "no-such-search", "no search is saved as '\(name)'",
        hint: names.isEmpty ? "dossier save \(name) QUERY" : "saved are: \(names.joined(separator: ", "))")
    }
    guard let search = SavedSearch(found.value) else { throw Self.damage(self, found.entry) }
    return (search, found.entry)
  }

  /// All saved searches, by name.
  public func savedSearches() throws(QualityError) -> [SavedSearch] {
    var found: [SavedSearch] = []
    for entry in try entries(Self.prefix) {
      var value = try read(entry)
      // Replaced meanwhile: the newer one.
      if value == nil { value = try document(entry.document)?.value }
      guard let value else { continue }
      guard let search = SavedSearch(value) else { throw Self.damage(self, entry) }
      found.append(search)
    }
    return found
  }

  /// Saves a question under a name, anew or in place of the one of that name. What it finds now counts as seen and as its
  /// last run; without an index, nothing does.
  ///
  /// - Returns: whether there was one of that name.
  public func save(_ name: String, _ options: SearchOptions, _ index: QualityIndex?) throws(QualityError) -> Bool {
    try SavedSearch.check(name)
    var search = SavedSearch(name: name, options: options)
    if let index {
      search.note(try index.matches(options), commit: index.commit)
      search.seen = (search.lastRun?.records ?? [:]).mapValues { [$0] }
    }
    let made = search
    return try changing { () throws(QualityError) in
      let old = try newest(Self.prefix + name)
      try write(Self.prefix + name, made.json, over: old)
      return old != nil
    }
  }

  /// Changes a saved search alone: what others changed meanwhile is read anew.
  func change<Result>(
    _ name: String, _ body: (inout SavedSearch) throws(QualityError) -> Result
  ) throws(QualityError) -> Result {
    try changing { () throws(QualityError) in
      var (search, entry) = try saved(name)
      let before = search.json
      let result = try body(&search)
      let after = search.json
      if after != before { try write(Self.prefix + name, after, over: entry) }
      return result
    }
  }
}

extension SavedSearch {
  /// Keeps what a run found.
  mutating func note(_ matches: [MatchedRecord], commit: UInt64) {
    var records: [String: UInt64] = [:]
    for match in matches { records[match.key] = match.content }
    lastRun = Run(commit: commit, total: matches.count, records: records)
  }
}
