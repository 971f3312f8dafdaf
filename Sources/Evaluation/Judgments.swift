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
  /// without meaning, are read too. A pair judged twice keeps the last grade.
  /// - Throws: `EvaluationError` for a line of another form.
  public static func read(_ text: String) throws(EvaluationError) -> Judgments {
    var judgments = Judgments()
    for (number, line) in lines(of: text) {
      let columns = line.split { $0 == "\t" || $0 == " " }
      guard columns.count == 3 || columns.count == 4, let last = columns.last, let grade = Int(last) else {
        throw EvaluationError(line: number, expected: "topic, document, whole number", found: String(line))
      }
      judgments.judge(topic: String(columns[0]), document: String(columns[columns.count - 2]), grade: grade)
    }
    return judgments
  }
}
