/// A date as it stands in running text, English or Chinese.
struct DateText: Equatable {
  /// Nil where the text gives none.
  var year: Int?
  var month: Int
  /// Nil where only year and month are given.
  var day: Int?
  /// Whether a time of day follows.
  var hasClock: Bool
  /// Whether it is all figures (`2017-07-05`), as machines stamp.
  var isNumeric: Bool
  /// Where it stands, in scalars of the text.
  var range: Range<Int>

  /// In the form of the records: `2007-03-14`, `2007-03`, or `--02-20`.
  var canonical: String {
    let monthText = Self.padded(month, 2)
    let dayText = day.map { "-" + Self.padded($0, 2) } ?? ""
    guard let year else { return "--" + monthText + dayText }
    return Self.padded(year, 4) + "-" + monthText + dayText
  }

  /// The first date at or after `start`, before `end`. Linear in the length.
  static func first(in text: [Unicode.Scalar], from start: Int = 0, to end: Int? = nil) -> DateText? {
    var index = start
    let limit = min(end ?? text.count, text.count)
    while index < limit {
      let isBoundary = index == 0 || !(isLetter(text[index - 1]) || isDigit(text[index - 1]))
      if isBoundary || digitValue(text[index]) != nil && !isDigit(text[max(0, index - 1)]),
        let date = DateScanner(text: text, index: index).date()
      {
        return date
      }
      index += 1
    }
    return nil
  }

  /// The date that is all of the text, but for brackets, white space and a weekday.
  static func alone(_ text: String) -> DateText? {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= 60, let date = first(in: scalars) else { return nil }
    let rest = scalars[..<date.range.lowerBound] + scalars[date.range.upperBound...]
    let words = String(String.UnicodeScalarView(rest)).lowercased().split { character in
      character.unicodeScalars.allSatisfy { TextLines.isSpace($0) || "()[]【】（）,，|·-—".unicodeScalars.contains($0) }
    }
    return words.allSatisfy { fillers.contains($0) } ? date : nil
  }

  /// Words that stand beside a date and say nothing else.
  private static let fillers: Set<Substring> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri",
    "sat", "sun", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "gmt", "utc", "bjt", "am", "pm", "on",
  ]

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value | 0x20 >= 0x61 && scalar.value | 0x20 <= 0x7A)
      || (scalar.value >= 0xC0 && scalar.value < 0x2000 && scalar.properties.isAlphabetic)
  }

  /// The figure of a Chinese numeral sign, ten being 10.
  static func digitValue(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零", "○", "Ｏ": 0
    case "一", "元": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    case "十": 10
    default: nil
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Tries the forms of a date at one place of a text.
private struct DateScanner {
  let text: [Unicode.Scalar]
  var index: Int
  let start: Int

  init(text: [Unicode.Scalar], index: Int) {
    self.text = text
    self.index = index
    start = index
  }

  private var current: Unicode.Scalar? { index < text.count ? text[index] : nil }

  func date() -> DateText? {
    var scanner = self
    if let date = scanner.numeric() { return date }
    scanner = self
    if let date = scanner.chinese() { return date }
    scanner = self
    if let date = scanner.monthFirst() { return date }
    scanner = self
    return scanner.dayFirst()
  }

  /// `2017-07-05`, `2017/7/5`, `2017.07.05`.
  private mutating func numeric() -> DateText? {
    guard let year = number(digits: 4...4), let mark = current, mark == "-" || mark == "/" || mark == "." else {
      return nil
    }
    index += 1
    guard let month = number(digits: 1...2), current == mark else { return nil }
    index += 1
    guard let day = number(digits: 1...2) else { return nil }
    if let next = current, DateText.isDigit(next) || next == mark { return nil }
    return finish(year, month, day, isNumeric: true)
  }

  /// `2007年3月14日`, `二〇〇七年三月十四日`, `3月14日`, `2007年3月`.
  private mutating func chinese() -> DateText? {
    var year: Int?
    let mark = index
    if let found = number(digits: 4...4) ?? chineseYear(), take("年") {
      year = found
      skipSpaces()
    } else {
      index = mark
    }
    guard let month = number(digits: 1...2) ?? chineseNumber(), take("月") else { return nil }
    let afterMonth = index
    skipSpaces()
    if let day = number(digits: 1...2) ?? chineseNumber(), take("日") || take("号") {
      return finish(year, month, day, isNumeric: false)
    }
    index = afterMonth
    return year == nil ? nil : finish(year, month, nil, isNumeric: false)
  }

  /// `March 5, 2008`, `Mar. 5th 2008`, `Feb 20`, `March 5-7, 2008`, `March 2008`.
  private mutating func monthFirst() -> DateText? {
    guard let month = monthName() else { return nil }
    skipSpaces()
    let mark = index
    if let year = number(digits: 4...4) { return finish(year, month, nil, isNumeric: false) }
    index = mark
    guard let day = number(digits: 1...2) else { return nil }
    ordinal()
    let afterDay = index
    passRange()
    let year = trailingYear()
    if year == nil {
      index = afterDay
      // `Feb 20%`, `March 3.5`, `May 12 000` are no days.
      if let next = current, next == "%" || DateText.isLetter(next) { return nil }
    }
    return finish(year, month, day, isNumeric: false)
  }

  /// `5 March 2008`, `20th of February`, `14 Mar`.
  private mutating func dayFirst() -> DateText? {
    guard let day = number(digits: 1...2) else { return nil }
    ordinal()
    skipSpaces()
    if takeWord("of") { skipSpaces() }
    guard let month = monthName() else { return nil }
    let afterMonth = index
    let year = trailingYear()
    if year == nil { index = afterMonth }
    return finish(year, month, day, isNumeric: false)
  }

  private mutating func finish(_ year: Int?, _ month: Int, _ day: Int?, isNumeric: Bool) -> DateText? {
    if let year, year < 1800 || year > 2200 { return nil }
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard month >= 1, month <= 12 else { return nil }
    if let day {
      guard day >= 1, day <= lengths[month - 1] else { return nil }
      if month == 2, day == 29, let year, !(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) { return nil }
    }
    var end = index
    let hasClock = clock()
    if hasClock { end = index }
    return DateText(
      year: year, month: month, day: day, hasClock: hasClock, isNumeric: isNumeric, range: start..<end)
  }

  /// A time of day after a date: `11:10`, `T11:10:01Z`, `10:22 AM`.
  private mutating func clock() -> Bool {
    if current == "T" { index += 1 } else { skipSpaces() }
    if current == "," || current == "，" {
      index += 1
      skipSpaces()
    }
    guard let hour = number(digits: 1...2), hour < 25, take(":") || take("：") || take("时"),
      number(digits: 1...2) != nil
    else { return false }
    if take(":") || take("：") || take("分") { _ = number(digits: 1...2) }
    if current == "." {
      index += 1
      _ = number(digits: 1...9)
    }
    if current == "Z" { index += 1 }
    if current == "+" || current == "-" {
      index += 1
      _ = number(digits: 1...4)
      if take(":") { _ = number(digits: 1...2) }
    }
    let mark = index
    skipSpaces()
    if !(takeWord("am") || takeWord("pm") || takeWord("a.m.") || takeWord("p.m.")) { index = mark }
    return true
  }

  private mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while let scalar = current, DateText.isDigit(scalar), count < 10 {
      value = value * 10 + Int(scalar.value - 0x30)
      count += 1
      index += 1
    }
    return digits.contains(count) ? value : nil
  }

  private mutating func chineseYear() -> Int? {
    var value = 0
    var count = 0
    while let scalar = current, let digit = DateText.digitValue(scalar), digit < 10, count < 5 {
      value = value * 10 + digit
      count += 1
      index += 1
    }
    return count == 4 ? value : nil
  }

  /// One to thirty-one: `三`, `十`, `十四`, `二十`, `三十一`.
  private mutating func chineseNumber() -> Int? {
    var value = 0
    var count = 0
    while let scalar = current, let digit = DateText.digitValue(scalar), count < 3 {
      if digit == 10 { value = max(1, value) * 10 } else { value += digit }
      count += 1
      index += 1
    }
    return count > 0 && value > 0 && value < 32 ? value : nil
  }

  private mutating func monthName() -> Int? {
    guard let first = current, first.value >= 0x41, first.value <= 0x5A else { return nil }
    var word = ""
    while let scalar = current, scalar.value < 0x80, DateText.isLetter(scalar), word.unicodeScalars.count < 10 {
      word.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value | 0x20)))
      index += 1
    }
    if let next = current, DateText.isLetter(next) { return nil }
    guard word.count >= 3 else { return nil }
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    guard let month = names.firstIndex(where: { $0 == word || $0.prefix(3) == word }) ?? (word == "sept" ? 8 : nil)
    else { return nil }
    if current == "." { index += 1 }
    return month + 1
  }

  private mutating func ordinal() {
    for ending in ["st", "nd", "rd", "th"] where takeWord(ending) { return }
  }

  /// The rest of `5-7` or `5 to 7`.
  private mutating func passRange() {
    let mark = index
    skipSpaces()
    if take("-") || take("–") || take("~") || takeWord("to") || takeWord("and") {
      skipSpaces()
      if number(digits: 1...2) != nil { return ordinal() }
    }
    index = mark
  }

  private mutating func trailingYear() -> Int? {
    let mark = index
    if current == "," { index += 1 }
    skipSpaces()
    if let year = number(digits: 4...4), year >= 1800, year <= 2200 { return year }
    index = mark
    return nil
  }

  private mutating func skipSpaces() {
    while let scalar = current, TextLines.isSpace(scalar) { index += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  /// A word in any case, not followed by a letter.
  private mutating func takeWord(_ word: String) -> Bool {
    var place = index
    for scalar in word.unicodeScalars {
      guard place < text.count, text[place].value < 0x80,
        text[place] == scalar || (DateText.isLetter(text[place]) && text[place].value | 0x20 == scalar.value)
      else { return false }
      place += 1
    }
    if place < text.count, DateText.isLetter(text[place]) { return false }
    index = place
    return true
  }
}
