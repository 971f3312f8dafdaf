import Records

/// Dates as the page writes them: what is not known is said, never guessed.
enum PageDates {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// `14 May 2007`, `May 2007`, `2007`, third quarter of 2007, `20 February, year not stated`; `2007年5月14日` and so on in
  /// Chinese. What is no date is given as it is, nil as `undated`.
  static func text(_ date: String?, _ language: PageLanguage) -> String {
    guard let date, !date.isEmpty else { return Words(language)[.undated] }
    guard let parts = try? PartialDate(parsing: date) else { return date }
    return language == .chinese ? chinese(parts) : english(parts)
  }

  private static func english(_ date: PartialDate) -> String {
    var words: [String] = []
    if let day = date.day { words.append(String(day)) }
    if let month = date.month, months.indices.contains(month - 1) { words.append(months[month - 1]) }
    if let quarter = date.quarter { words.append("Q\(quarter)") }
    if let year = date.year { words.append(String(year)) }
    let text = words.joined(separator: " ")
    return date.year == nil ? text + ", year not stated" : text
  }

  private static func chinese(_ date: PartialDate) -> String {
    var text = date.year.map { "\($0)年" } ?? ""
    if let quarter = date.quarter { text += "第\(["一", "二", "三", "四"][(quarter - 1) & 3])季度" }
    if let month = date.month { text += "\(month)月" }
    if let day = date.day { text += "\(day)日" }
    return date.year == nil ? text + "，年份未注明" : text
  }
}
