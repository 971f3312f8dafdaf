/// Arithmetic of the proleptic Gregorian calendar, in days since 1970-01-01.
public enum CalendarDay {
  /// The years that records may speak of; four digits, as ISO 8601 writes them.
  public static let years = 1...9_999

  /// The day number of a date that exists.
  ///
  /// Counts years from March, so that the leap day is the last of its year, and 400-year eras of 146,097 days.
  /// Constant time. Source: the Gregorian rule; ISO 8601 for the proleptic calendar.
  public static func number(year: Int, month: Int, day: Int) -> Int32 {
    precondition(years.contains(year) && (1...12).contains(month) && (1...31).contains(day), "a date that exists")
    let marchYear = month > 2 ? year : year - 1
    let era = marchYear / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The date of a day number; nil outside the years 1 to 9999.
  public static func date(of number: Int32) -> (year: Int, month: Int, day: Int)? {
    let shifted = Int(number) + 719_468
    guard shifted >= 0 else { return nil }
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return years.contains(year) ? (year, month, day) : nil
  }

  public static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// How many days a month from 1 to 12 has.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day number as an ISO date; nil outside the years 1 to 9999.
  public static func text(_ number: Int32) -> String? {
    date(of: number).map { "\(padded($0.year, 4))-\(padded($0.month, 2))-\(padded($0.day, 2))" }
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// Days from first to last, both counted.
public struct DayInterval: Hashable, Sendable {
  /// Days since 1970-01-01.
  public let first: Int32
  public let last: Int32

  /// - Precondition: `first` is not after `last`.
  public init(first: Int32, last: Int32) {
    precondition(first <= last, "an interval begins before it ends")
    self.first = first
    self.last = last
  }

  public func contains(_ other: DayInterval) -> Bool { first <= other.first && other.last <= last }
  public func overlaps(_ other: DayInterval) -> Bool { first <= other.last && other.first <= last }
}
