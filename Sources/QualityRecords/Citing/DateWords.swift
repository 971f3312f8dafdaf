import Records

/// A directive's date in words; what is not known is said, not guessed.
public enum DateWords {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `2007-03-14`, `Feb 20 (year not stated)`, `undated`.
  public static func english(_ date: String?) -> String {
    guard let date, !date.isEmpty else { return "undated" }
    guard let parts = try? PartialDate(parsing: date), parts.precision == .dayOfUnknownYear, let month = parts.month,
      let day = parts.day, months.indices.contains(month - 1)
    else { return date }
    return "\(months[month - 1]) \(day) (year not stated)"
  }

  /// `2007年3月14日`, `2月20日（年份未注明）`, `日期不详`.
  public static func chinese(_ date: String?) -> String {
    guard let date, !date.isEmpty else { return "日期不详" }
    guard let parts = try? PartialDate(parsing: date) else { return date }
    let year = parts.year.map { "\($0)年" } ?? ""
    let quarter = parts.quarter.map { "第\(ChineseNumber.text($0))季度" } ?? ""
    let month = parts.month.map { "\($0)月" } ?? ""
    let day = parts.day.map { "\($0)日" } ?? ""
    return year + quarter + month + day + (parts.precision == .dayOfUnknownYear ? "，年份未注明" : "")
  }
}
