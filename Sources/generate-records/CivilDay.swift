/// A day of the Gregorian calendar as a count from 1970-01-01, so that deadlines are sums. The two conversions follow the
/// era method (H. Hinnant, "chrono-compatible low-level date algorithms"): exact for every year the records can hold.
struct CivilDay: Comparable {
  let number: Int

  init(_ number: Int) { self.number = number }

  init(year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  func adding(_ days: Int) -> CivilDay { CivilDay(number + days) }

  /// `2007-03-14`.
  var iso: String { text(separator: "-") }

  func text(separator: String) -> String {
    let (year, month, day) = parts
    return "\(year)\(separator)\(month < 10 ? "0" : "")\(month)\(separator)\(day < 10 ? "0" : "")\(day)"
  }

  static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }
}
