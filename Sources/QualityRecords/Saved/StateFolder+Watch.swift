import JSONText
import SearchEngine

/// What a saved search finds that it had not found, or not so.
public struct WatchAnswer: Answer {
  public struct Event: Sendable {
    /// `new`: never reported; `changed`: reported with other content.
    public var reason: String
    /// What of the query matched, where, and how: `'formaldehyde' in violations.text, by stem`.
    public var clause: String
    public var hit: SearchAnswer.Hit
  }

  public var name: String
  public var query: String
  public var commit: UInt64
  /// All that match now.
  public var total: Int
  public var events: [Event]

  public static var schemaName: String { "watch" }
  public var exitCode: QualityError.ExitCode { events.isEmpty ? .nothingFound : .newHits }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", name)
    writer.member("query", query)
    writer.member("commit", commit)
    writer.member("total", total)
    writer.name("new")
    writer.beginArray()
    for event in events {
      writer.beginObject()
      writer.member("id", event.hit.id)
      writer.member("kind", event.hit.kind)
      writer.member("reason", event.reason)
      writer.member("clause", event.clause)
      writer.name("hit")
      SearchAnswer.write(event.hit, to: &writer)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}

/// What a saved search finds now against its last run.
public struct DiffAnswer: Answer, Hashable {
  public var name: String
  public var query: String
  /// Of the last run; nil where there was none.
  public var from: UInt64?
  public var to: UInt64
  /// `kind/id`, in byte order.
  public var added: [String]
  public var gone: [String]
  /// In both, with other content.
  public var changed: [String]

  public static var schemaName: String { "diff" }
  public var exitCode: QualityError.ExitCode { .done }
  public var isSame: Bool { added.isEmpty && gone.isEmpty && changed.isEmpty }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", name)
    writer.member("query", query)
    writer.name("from")
    if let from { writer.int(from) } else { writer.null() }
    writer.member("to", to)
    writer.member("added", added)
    writer.member("gone", gone)
    writer.member("changed", changed)
    writer.endObject()
  }
}

extension StateFolder {
  /// Runs a saved search as `search` does, and keeps what it found as its last run.
  ///
  /// - Parameter fields: members of the records that the answer carries beside those saved.
  public func run(
    _ name: String, _ index: QualityIndex, fields: [String] = []
  ) throws(QualityError) -> (SearchAnswer, SearchOptions) {
    let options = try saved(name).search.options
    var asked = options
    asked.fields += fields.filter { !options.fields.contains($0) }
    let answer = try index.search(asked)
    let matches = try index.matches(options)
    try change(name) { (search) throws(QualityError) in
      // Saved anew meanwhile: this run is of the question before.
      if search.options == options { search.note(matches, commit: index.commit) }
    }
    return (answer, options)
  }

  /// What matches now and was not reported as it is now. A record is reported once for each content that it has, whatever
  /// happens to it meanwhile; of two processes that watch, one reports it. What is returned counts as reported.
  ///
  /// - Cost: that of the whole answer, and its records read once.
  public func watch(_ name: String, _ index: QualityIndex) throws(QualityError) -> WatchAnswer {
    try change(name) { (search) throws(QualityError) in
      let seen = search.seen
      var events: [WatchAnswer.Event] = []
      var total = 0
      var fresh: [MatchedRecord] = []
      let options = search.options
      try index.forEachHit(options) { (record, hit) throws(QualityError) in
        total += 1
        let before = seen[record.key]
        guard before?.contains(record.content) != true else { return }
        let hit = try hit()
        events.append(
          WatchAnswer.Event(
            reason: before == nil ? "new" : "changed", clause: Self.clause(hit, query: options.query), hit: hit))
        fresh.append(record)
      }
      for record in fresh { search.seen[record.key, default: []].insert(record.content) }
      return WatchAnswer(
        name: name, query: options.query, commit: index.commit, total: total, events: events)
    }
  }

  /// The marked words of the best snippet and their field; the query where nothing is marked: a filter matched.
  private static func clause(_ hit: SearchAnswer.Hit, query: String) -> String {
    for snippet in hit.snippets where !snippet.marks.isEmpty {
      let bytes = Array(snippet.text.utf8)
      var words: [String] = []
      for mark in snippet.marks where mark.upperBound <= bytes.count {
        let word = "'\(String(decoding: bytes[mark], as: UTF8.self))'"
        if !words.contains(word) { words.append(word) }
      }
      return "\(words.joined(separator: ", ")) in \(snippet.field), by \(hit.rung)"
    }
    return "\(query), by \(hit.rung)"
  }

  /// What was added, what is gone and what changed since the last run. Keeps nothing.
  public func diff(_ name: String, _ index: QualityIndex) throws(QualityError) -> DiffAnswer {
    let search = try saved(name).search
    let before = search.lastRun?.records ?? [:]
    var now: [String: UInt64] = [:]
    for match in try index.matches(search.options) { now[match.key] = match.content }
    func sorted(_ keys: some Sequence<String>) -> [String] {
      keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return DiffAnswer(
      name: name, query: search.options.query, from: search.lastRun?.commit, to: index.commit,
      added: sorted(now.keys.filter { before[$0] == nil }), gone: sorted(before.keys.filter { now[$0] == nil }),
      changed: sorted(now.keys.filter { before[$0] != nil && before[$0] != now[$0] }))
  }
}
