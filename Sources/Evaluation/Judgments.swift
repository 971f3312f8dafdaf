/// Which documents answer which topic, and how well: grades of 1 and more are relevant, 0 and less are judged and not.
public struct Judgments: Hashable, Sendable {
  public private(set) var grades: [String: [String: Int]] = [:]

  public init() {}

  public mutating func judge(topic: String, document: String, grade: Int) {
    grades[topic, default: [:]][document] = grade
  }

  /// Topics with at least one judgment, in the order of their text.
  public var topics: [String] { grades.keys.sorted() }

  public func grade(topic: String, document: String) -> Int { grades[topic]?[document] ?? 0 }

  /// Reads judgments: `topic document grade` a line, separated by tabs or spaces; TREC's four columns, whose second is
  /// without meaning, are read too, and SMART's four, which name relevant documents alone and end in zeros. A first line
  /// of column names is passed over. A pair judged twice keeps the last grade.
  /// - Throws: `EvaluationError` for a line of another form.
  public static func read(_ text: String) throws(EvaluationError) -> Judgments {
    var rows: [(columns: [Substring], grade: Int)] = []
    for (number, line) in lines(of: text) {
      let columns = columns(line)
      if columns.isEmpty { continue }
      guard columns.count == 3 || columns.count == 4, let last = columns.last, let grade = grade(last) else {
        if number == 1, columns.count == 3 || columns.count == 4, let last = columns.last,
          gradeNames.contains(last.lowercased())
        {
          continue
        }
        throw EvaluationError(
          line: number, expected: "topic, document, whole number", found: String(line.prefix(80)))
      }
      rows.append((columns, grade))
    }
    // In TREC's form the third column is a document, and not `0` in every line.
    let isSmart = rows.allSatisfy { $0.columns.count == 4 && $0.columns[2] == "0" && $0.grade == 0 }
    var judgments = Judgments()
    for (columns, grade) in rows {
      let document = columns[isSmart ? 1 : columns.count - 2]
      judgments.judge(topic: String(columns[0]), document: String(document), grade: isSmart ? 1 : grade)
    }
    return judgments
  }

  /// By white space, or by tabs alone where that makes too many.
  private static func columns(_ line: Substring) -> [Substring] {
    let columns = line.split { $0 == "\t" || $0 == " " }
    if columns.count <= 4 { return columns }
    let byTabs = line.split(separator: "\t")
    return byTabs.count == 3 || byTabs.count == 4 ? byTabs : columns
  }

  private static let gradeNames: Set<String> = [
    "score", "grade", "rel", "relevance", "relevancy", "label", "judgment", "judgement", "qrel",
  ]

  /// A whole number, also when it is written with a point.
  private static func grade(_ text: Substring) -> Int? { Int(text) ?? Double(text).flatMap { Int(exactly: $0) } }

  /// The same judgments with topics and documents called as in the collection where they differ by zeros in front alone:
  /// `01` for `1`.
  public func named(asIn topics: [String], documents: Set<String>) -> Judgments {
    let topicNames = Self.byNumber(topics)
    let areDocumentsUnknown = !grades.values.contains { $0.keys.contains { documents.contains($0) } }
    let documentNames = areDocumentsUnknown ? Self.byNumber(documents.sorted()) : [:]
    let known = Set(topics)
    var renamed = Judgments()
    for (topic, documents) in grades.sorted(by: { $0.key < $1.key }) {
      let name = known.contains(topic) ? topic : Self.number(topic).flatMap { topicNames[$0] } ?? topic
      for (document, grade) in documents.sorted(by: { $0.key < $1.key }) {
        renamed.judge(
          topic: name, document: Self.number(document).flatMap { documentNames[$0] } ?? document, grade: grade)
      }
    }
    return renamed
  }

  private static func byNumber(_ names: [String]) -> [Int: String] {
    var found: [Int: String] = [:]
    for name in names { if let number = number(name) { found[number] = name } }
    return found
  }

  private static func number(_ name: String) -> Int? {
    name.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ? Int(name) : nil
  }
}
