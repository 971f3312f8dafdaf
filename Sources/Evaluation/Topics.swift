/// One question of a test collection.
public struct Topic: Hashable, Sendable {
  public let id: String
  public let query: String

  public init(id: String, query: String) {
    self.id = id
    self.query = query
  }
}

/// A line of a topics, judgments or run file that cannot be read.
public struct EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  public let line: Int
  public let expected: String
  public let found: String

  public var description: String { "line \(line): expected \(expected), found \"\(found)\"" }
}

extension Topic {
  /// Reads topics: one a line, `id`, a tab, the query; SMART's form (`.I`, `.W`); TREC's tagged form, of which the title
  /// is the query, or what stands in for it. Empty lines are passed over, and so is a first line of column names.
  /// - Throws: `EvaluationError` for a line without a tab, an empty id, or an id that was there before.
  public static func read(_ text: String) throws(EvaluationError) -> [Topic] {
    if SmartEntry.isForm(text) {
      return try distinct(
        SmartEntry.read(text).map { entry in
          let query = entry.text("W")
          return Topic(id: entry.id, query: query.isEmpty ? entry.text("TAB") : query)
        })
    }
    if TaggedEntry.isForm(text) { return try distinct(tagged(text)) }
    var topics: [Topic] = []
    for (number, line) in lines(of: text) {
      guard let tab = line.firstIndex(of: "\t"), tab > line.startIndex else {
        throw EvaluationError(line: number, expected: "id, tab, query", found: String(line))
      }
      let id = String(line[..<tab])
      let query = String(line[line.index(after: tab)...])
      if number == 1, idNames.contains(id.lowercased()), queryNames.contains(query.lowercased()) { continue }
      topics.append(Topic(id: id, query: query))
    }
    return try distinct(topics)
  }

  /// What columns and members that name a topic or a document are called.
  public static let idNames: Set<String> = [
    "id", "_id", "qid", "query_id", "query-id", "queryid", "topic", "topic_id", "number", "num", "docno", "docid",
    "doc_id", "document_id", "pid", "key",
  ]
  /// What columns and members that hold a query are called, the likeliest first.
  public static let queryNames = ["query", "text", "question", "title", "topic", "body", "desc", "description"]

  private static func tagged(_ text: String) throws(EvaluationError) -> [Topic] {
    var topics: [Topic] = []
    for (number, entry) in try TaggedEntry.read(text, names: ["top", "topic"]).enumerated() {
      // `<num> Number: 301`, `<title> Topic: …`, `<desc> Description: …`.
      let id = entry.first(["num", "number", "id", "docno", "qid"]).map { value($0, behind: "Number:") }
      guard let id, !id.isEmpty, let query = entry.first(["title", "query", "question", "desc"]) else {
        throw EvaluationError(line: 1, expected: "<num> and <title> in topic \(number + 1)", found: "none")
      }
      topics.append(Topic(id: id, query: value(value(query, behind: "Topic:"), behind: "Description:")))
    }
    return topics
  }

  private static func value(_ text: String, behind label: String) -> String {
    let rest = text.hasPrefix(label) ? text.dropFirst(label.count) : text[...]
    return String(rest.drop { $0.isWhitespace })
  }

  /// The topics, each of which must be there once.
  public static func distinct(_ topics: [Topic]) throws(EvaluationError) -> [Topic] {
    var seen: Set<String> = []
    for (number, topic) in topics.enumerated() where !seen.insert(topic.id).inserted {
      throw EvaluationError(line: number + 1, expected: "each topic once", found: topic.id)
    }
    return topics
  }
}

/// The lines that are not empty, with their numbers.
func lines(of text: String) -> [(number: Int, line: Substring)] {
  text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated()
    .map { ($0.offset + 1, $0.element) }
    .filter { !$0.1.isEmpty }
}
