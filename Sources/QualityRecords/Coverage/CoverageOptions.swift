import QueryLanguage
import Records

/// What of coverage is asked for.
public struct CoverageOptions: Hashable, Sendable {
  /// Numbers of targets; empty: all.
  public var targets: [Int] = []
  /// A field by which each target is split.
  public var by: String?
  /// `2007-06-30`, `2007-06`, `2007-Q2`, `2007`: evidence dated up to its last day counts; nil: all evidence.
  public var asOf: String?
  /// Missing ids listed, for each target and each group; nil: all.
  public var missing: Int?

  public init() {}

  /// The day that counts last.
  func lastDay() throws(QualityError) -> QueryDate.Day? {
    guard let asOf else { return nil }
    do throws(QuerySyntaxError) {
      return try QueryDate.parse(asOf, today: .today).lastDay
    } catch {
      throw QualityError("bad-date", "--as-of: \(error.message)", hint: error.hint)
    }
  }

  /// One text for the same question.
  var canonical: String {
    let numbers = targets.sorted().map(String.init).joined(separator: ",")
    return "coverage targets=\(numbers) by=\(by ?? "") asOf=\(asOf ?? "") missing=\(missing.map(String.init) ?? "all")"
  }
}
