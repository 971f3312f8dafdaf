/// A calendar date as people type it in a query: a year, a quarter, a month or a day of the Gregorian calendar.
///
/// It stands for the whole interval it names: from ``firstDay`` to ``lastDay``, both inside.
public struct QueryDate: Hashable, Sendable, CustomStringConvertible {
  /// How much of the date was given.
  public enum Precision: Sendable { case year, quarter, month, day }

  /// One day of the calendar.
  public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// A day, or nil when there is no such day or the year is outside 1...9999.
    public init?(year: Int, month: Int, day: Int) {
      guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= QueryDate.days(in: month, of: year)
      else { return nil }
      self.init(unchecked: year, month, day)
    }

    init(unchecked year: Int, _ month: Int, _ day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }

    public static func < (left: Day, right: Day) -> Bool {
      (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `2007-03-14`.
    public var description: String {
      QueryDate.padded(year, to: 4) + "-" + QueryDate.padded(month, to: 2) + "-" + QueryDate.padded(day, to: 2)
    }
  }

  public let precision: Precision
  /// The first day that the date covers.
  public let firstDay: Day

  init(precision: Precision, firstDay: Day) {
    self.precision = precision
    self.firstDay = firstDay
  }

  /// The date of one day.
  public init(_ day: Day) { self.init(precision: .day, firstDay: day) }

  /// The last day that the date covers.
  public var lastDay: Day {
    switch precision {
    case .year: return Day(unchecked: firstDay.year, 12, 31)
    case .quarter:
      let month = firstDay.month + 2
      return Day(unchecked: firstDay.year, month, Self.days(in: month, of: firstDay.year))
    case .month: return Day(unchecked: firstDay.year, firstDay.month, Self.days(in: firstDay.month, of: firstDay.year))
    case .day: return firstDay
    }
  }

  /// `2007`, `2007-Q3`, `2007-03`, `2007-03-14`.
  public var description: String {
    let year = Self.padded(firstDay.year, to: 4)
    switch precision {
    case .year: return year
    case .quarter: return year + "-Q" + String((firstDay.month - 1) / 3 + 1)
    case .month: return year + "-" + Self.padded(firstDay.month, to: 2)
    case .day: return firstDay.description
    }
  }

  /// The number of days in a month (1...12) of the Gregorian calendar.
  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// A span of dates: `from` and `to` are inside; a missing end is open. At least one end is given.
///
/// Equal ends mean one date typed once (`date:2007-Q3`).
public struct DateSpan: Hashable, Sendable {
  public var from: QueryDate?
  public var to: QueryDate?

  public init(from: QueryDate?, to: QueryDate?) {
    self.from = from
    self.to = to
  }

  /// The first day asked for; nil when open.
  public var firstDay: QueryDate.Day? { from?.firstDay }
  /// The last day asked for; nil when open.
  public var lastDay: QueryDate.Day? { to?.lastDay }
}
