import Records

/// The grades of violations, least first, as the schema of inspection notes orders them.
public enum SeverityLadder {
  /// What a violation without a grade, or with one that the schema does not have, is called. Never the least grade.
  public static let ungraded = "ungraded"

  /// `minor` … `critical`.
  public static let grades: [String] = {
    for field in Schema.inspection.fields where field.name == "violations.severity" {
      if case .ordered(let values) = field.type { return values }
    }
    return []
  }()

  /// The grade of what a record says; `ungraded` for anything that is no grade.
  public static func grade(_ text: String?) -> String { text.flatMap { grades.contains($0) ? $0 : nil } ?? ungraded }

  /// The place of a grade, 1 for the least; 0 for `ungraded`.
  public static func rank(_ grade: String) -> Int { (grades.firstIndex(of: grade) ?? -1) + 1 }

  /// The greatest of some grades; nil of none. `ungraded` only where nothing is graded.
  public static func worst(_ grades: some Sequence<String>) -> String? { grades.max { rank($0) < rank($1) } }
}
