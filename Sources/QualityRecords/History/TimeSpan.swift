import Records

/// A length of time in the calendar: `12m`, `90d`, `6w`, `1y`.
public struct TimeSpan: Hashable, Sendable, CustomStringConvertible {
  public enum Unit: Character, Sendable { case days = "d", weeks = "w", months = "m", years = "y" }

  public let count: Int
  public let unit: Unit

  /// Longer spans than any collection's: 9,999 of the unit.
  private static let greatest = 9_999

  /// - Throws: `usage` for anything but a number from 1 to 9,999 and one of the letters d, w, m, y.
  public init(parsing text: String) throws(QualityError) {
    guard let letter = text.last, let unit = Unit(rawValue: letter), let count = Int(text.dropLast()),
      (1...Self.greatest).contains(count), text.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true
    else {
      throw QualityError(
        "usage", "expected a length of time such as 12m, 90d, 6w or 1y, found '\(text.prefix(40))'",
        hint: "m is months, d days, w weeks, y years")
    }
    self.count = count
    self.unit = unit
  }

  /// The last day that is within the span from `day`: of months and years the same day of the month, or the last one that
  /// the month has.
  public func end(from day: Int32) -> Int32 {
    switch unit {
    case .days: return day.addingReportingOverflow(Int32(count)).partialValue
    case .weeks: return day.addingReportingOverflow(Int32(count * 7)).partialValue
    case .months, .years:
      guard let date = CalendarDay.date(of: day) else { return day }
      let months = date.year * 12 + date.month - 1 + count * (unit == .years ? 12 : 1)
      let (year, month) = (months / 12, months % 12 + 1)
      guard CalendarDay.years.contains(year) else { return Int32.max }
      let length = CalendarDay.length(ofMonth: month, year: year)
      return CalendarDay.number(year: year, month: month, day: min(date.day, length))
    }
  }

  public var description: String { "\(count)\(unit.rawValue)" }
}

/// The days that a job was asked about, from `since`, `until` and `as-of`, each of which may be a year, a quarter, a month or
/// a day.
struct AskedSpan: Hashable, Sendable {
  /// First and last day; far away where nothing was asked.
  let interval: DayInterval
  /// The last day of `as-of`.
  let asOf: Int32?

  /// - Throws: `bad-date` when one is no date, `usage` when nothing lies between them.
  init(since: String?, until: String?, asOf: String?) throws(QualityError) {
    let first = try Self.days(since, "since")?.first ?? Int32.min
    let last = try Self.days(until, "until")?.last ?? Int32.max
    self.asOf = try Self.days(asOf, "as-of")?.last
    let end = min(last, self.asOf ?? Int32.max)
    guard first <= end else {
      throw QualityError(
        "usage", "nothing lies between since and the end", hint: "since must not be after until or as-of")
    }
    interval = DayInterval(first: first, last: end)
  }

  var isOpen: Bool { interval.first == Int32.min && interval.last == Int32.max }

  /// The days that a date stands for. Throws `bad-date`; a day of an unknown year is none that can be asked for.
  static func days(_ text: String?, _ name: String) throws(QualityError) -> DayInterval? {
    guard let text else { return nil }
    let date: PartialDate
    do throws(DateError) { date = try PartialDate(parsing: text) } catch {
      throw QualityError("bad-date", "\(name): \(error.message)")
    }
    guard let interval = date.interval else {
      throw QualityError(
        "bad-date", "\(name): '\(text)' has no year", hint: "write 2007, 2007-Q3, 2007-03 or 2007-03-14")
    }
    return interval
  }
}
