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
  /// Reads topics: one a line, `id`, a tab, the query. Empty lines are passed over.
  /// - Throws: `EvaluationError` for a line without a tab, an empty id, or an id that was there before.
  public static func read(_ text: String) throws(EvaluationError) -> [Topic] {
    var topics: [Topic] = []
    var seen: Set<String> = []
    for (number, line) in lines(of: text) {
      guard let tab = line.firstIndex(of: "\t"), tab > line.startIndex else {
        throw EvaluationError(line: number, expected: "id, tab, query", found: String(line))
      }
      let id = String(line[..<tab])
      guard seen.insert(id).inserted else {
        throw EvaluationError(line: number, expected: "each topic once", found: id)
      }
      topics.append(Topic(id: id, query: String(line[line.index(after: tab)...])))
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
