/// A date as exact as it is known: a year, a quarter, a month, a day, or a day of an unknown year.
public struct PartialDate: Hashable, Sendable {
  public enum Precision: Hashable, Sendable { case year, quarter, month, day, dayOfUnknownYear }

  public let precision: Precision
  /// 1 to 9999; nil when it is unknown.
  public let year: Int?
  /// 1 to 4, of a quarter alone.
  public let quarter: Int?
  /// 1 to 12; nil for a year and a quarter.
  public let month: Int?
  /// 1 to 31; nil for a year, a quarter and a month.
  public let day: Int?

  private init(_ precision: Precision, year: Int?, quarter: Int? = nil, month: Int? = nil, day: Int? = nil) {
    self.precision = precision
    self.year = year
    self.quarter = quarter
    self.month = month
    self.day = day
  }

  /// The date of these parts: year; year and month; all three; or month and day of an unknown year.
  /// - Throws: `DateError` when the parts name no date.
  public init(year: Int?, month: Int? = nil, day: Int? = nil) throws(DateError) {
    if let year, !CalendarDay.years.contains(year) {
      throw DateError("year \(year) is not 0001 to 9999")
    }
    guard let month else {
      guard let year, day == nil else { throw DateError("a day without its month") }
      self.init(.year, year: year)
      return
    }
    let yearText = year.map { CalendarDay.padded($0, 4) } ?? "-"
    guard (1...12).contains(month) else {
      var message = "month \(month) is not 01 to 12"
      if let day, (1...12).contains(day), (13...31).contains(month) {
        message += "; did you mean \(yearText)-\(CalendarDay.padded(day, 2))-\(CalendarDay.padded(month, 2))?"
      } else if year != nil {
        message += "; did you mean \(yearText)-01 to \(yearText)-12?"
      }
      throw DateError(message)
    }
    guard let day else {
      guard let year else { throw DateError("a month without year or day") }
      self.init(.month, year: year, month: month)
      return
    }
    // A leap day of an unknown year exists in some year.
    let length = CalendarDay.length(ofMonth: month, year: year ?? 2_000)
    guard (1...length).contains(day) else {
      let name = year == nil ? "month \(month)" : "\(yearText)-\(CalendarDay.padded(month, 2))"
      throw DateError(day == 0 ? "day 0; days begin at 01" : "day \(day): \(name) has \(length) days")
    }
    self.init(year == nil ? .dayOfUnknownYear : .day, year: year, month: month, day: day)
  }

  /// Quarter 1 to 4 of a year.
  public init(year: Int, quarter: Int) throws(DateError) {
    guard CalendarDay.years.contains(year) else { throw DateError("year \(year) is not 0001 to 9999") }
    guard (1...4).contains(quarter) else {
      throw DateError("quarter \(quarter) is not 1 to 4; did you mean \(CalendarDay.padded(year, 4))-Q4?")
    }
    self.init(.quarter, year: year, quarter: quarter)
  }

  /// Reads `2007`, `2007-Q3`, `2007-03`, `2007-03-14` or `--02-20`, and nothing else.
  /// - Throws: `DateError`, with what was probably meant where that can be said.
  public init(parsing text: String) throws(DateError) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[range] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }
    func dash(_ index: Int) -> Bool { index < bytes.count && bytes[index] == UInt8(ascii: "-") }
    switch bytes.count {
    case 4:
      if let year = number(0..<4) {
        self = try PartialDate(year: year)
        return
      }
    case 7:
      if let year = number(0..<4), dash(4) {
        if bytes[5] | 0x20 == UInt8(ascii: "q"), let quarter = number(6..<7) {
          self = try PartialDate(year: year, quarter: quarter)
          return
        }
        if let month = number(5..<7) {
          self = try PartialDate(year: year, month: month)
          return
        }
      }
      if dash(0), dash(1), let month = number(2..<4), dash(4), let day = number(5..<7) {
        self = try PartialDate(year: nil, month: month, day: day)
        return
      }
    case 10:
      if let year = number(0..<4), dash(4), let month = number(5..<7), dash(7), let day = number(8..<10) {
        self = try PartialDate(year: year, month: month, day: day)
        return
      }
    default: break
    }
    throw DateError(Self.complaint(about: text))
  }

  /// The days that the date may be; nil when the year is unknown.
  public var interval: DayInterval? {
    guard let year else { return nil }
    let firstMonth = quarter.map { 3 * $0 - 2 } ?? month ?? 1
    let lastMonth = quarter.map { 3 * $0 } ?? month ?? 12
    let lastDay = day ?? CalendarDay.length(ofMonth: lastMonth, year: year)
    return DayInterval(
      first: CalendarDay.number(year: year, month: firstMonth, day: day ?? 1),
      last: CalendarDay.number(year: year, month: lastMonth, day: lastDay))
  }

  /// Whether the date lies inside the interval, whichever of its days it is.
  public func isCertain(in asked: DayInterval) -> Bool { interval.map(asked.contains) ?? false }

  /// Whether the date may lie inside the interval. A day of an unknown year may when the interval holds that day of
  /// some year.
  public func isPossible(in asked: DayInterval) -> Bool {
    if let interval { return asked.overlaps(interval) }
    guard let month, let day, let from = CalendarDay.date(of: asked.first), let to = CalendarDay.date(of: asked.last)
    else { return true }
    // A leap day comes at least every eight years.
    for year in from.year...min(to.year, from.year + 8) where day <= CalendarDay.length(ofMonth: month, year: year) {
      let number = CalendarDay.number(year: year, month: month, day: day)
      if number >= asked.first && number <= asked.last { return true }
    }
    return false
  }

  /// What a text that is no date was probably meant to be.
  private static func complaint(about text: String) -> String {
    let shown = text.utf8.count > 40 ? String(text.prefix(40)) + "…" : text
    let expected =
      "\"\(shown)\" is no date: expected 2007, 2007-Q3, 2007-03, 2007-03-14, or --02-20 where the year is unknown"
    let parts = text.split { !$0.isASCII || !$0.isWholeNumber }.prefix(8).compactMap { Int($0) }
    var guess: PartialDate?
    if parts.count >= 3, text.first?.isNumber == true {
      guess =
        (try? PartialDate(year: parts[0], month: parts[1], day: parts[2])).flatMap { parts[0] > 31 ? $0 : nil }
        ?? (parts[2] > 31 && parts[0] > 12 ? try? PartialDate(year: parts[2], month: parts[1], day: parts[0]) : nil)
    } else if parts.count == 1, text.utf8.count == 8, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      guess = try? PartialDate(year: parts[0] / 10_000, month: parts[0] / 100 % 100, day: parts[0] % 100)
    } else if parts.count == 2, parts[0] > 999, text.utf8.count <= 8 {
      guess = try? PartialDate(year: parts[0], month: parts[1])
    }
    return guess.map { "\(expected); did you mean \($0)?" } ?? "\(expected); a mapping can give its pattern"
  }
}

extension PartialDate: CustomStringConvertible {
  /// The one spelling of the date; reading it gives the date back.
  public var description: String {
    guard let year else { return "--\(CalendarDay.padded(month ?? 1, 2))-\(CalendarDay.padded(day ?? 1, 2))" }
    var text = CalendarDay.padded(year, 4)
    if let quarter { text += "-Q\(quarter)" }
    if let month { text += "-\(CalendarDay.padded(month, 2))" }
    if let day { text += "-\(CalendarDay.padded(day, 2))" }
    return text
  }
}

/// Why a text is no date.
public struct DateError: Error, Hashable, Sendable, CustomStringConvertible {
  public let message: String

  init(_ message: String) { self.message = message }

  public var description: String { message }
}
