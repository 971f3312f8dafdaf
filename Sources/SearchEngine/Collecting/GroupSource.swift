import Records

/// What records are grouped by.
enum GroupSource: Hashable, Sendable {
  /// The record's kind.
  case kind
  /// The values of a field as they are written. The full name of a field, or, where no kind searched has one of that
  /// name, all fields that the name finds in a query.
  case values(String)
  /// The values as a query compares them: spellings that differ in case or width alone are one group, under the first in
  /// byte order. All fields that the name finds in a query.
  case foldedValues(String)
  /// As ``foldedValues(_:)``, each value under its terms of the thesaurus and all wider ones; values that it does not know
  /// stand for themselves.
  case tree(String)
  /// `yes` where any of the fields has a value, else `no`; records of kinds without such a field are in no group.
  case presence(String)
  /// Spans of a date: the shortest of at least this length that it is sure to be in.
  case dates(String, DateGrain)
}

/// Lengths of the spans that dates are counted by.
public enum DateGrain: String, Hashable, Sendable, CaseIterable {
  case year, quarter, month, day

  /// The shortest span, not under this length, that holds all days of an interval: `2007`, `2007-Q1`, `2007-03`,
  /// `2007-03-14`; nil when they lie in several years or their year is unknown.
  func span(_ first: Int64, _ last: Int64) -> String? {
    guard let first = Int32(exactly: first), let last = Int32(exactly: last), let from = CalendarDay.date(of: first),
      let to = CalendarDay.date(of: last), from.year == to.year
    else { return nil }
    let year = Self.padded(from.year, 4)
    let quarter = (from.month + 2) / 3
    if self == .day, first == last { return "\(year)-\(Self.padded(from.month, 2))-\(Self.padded(from.day, 2))" }
    if self == .month || self == .day, from.month == to.month { return "\(year)-\(Self.padded(from.month, 2))" }
    if self != .year, quarter == (to.month + 2) / 3 { return "\(year)-Q\(quarter)" }
    return year
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
