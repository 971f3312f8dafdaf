extension QueryDate {
  /// What the hints of bad dates say.
  static let forms = "write 2007, 2007-Q3, 2007-03 or 2007-03-14"

  /// Reads a date as people type it.
  ///
  /// - Parameters:
  ///   - text: `2007`, `2007-Q3`, `2007-03`, `2007-03-14`; also with `/` or `.`, without leading zeros, `20070314`,
  ///     `2007年3月14日`, `14 March 2007`, `14/03/2007` where only one reading is a date, full-width digits, and, when
  ///     `today` is given, `today` and `yesterday`.
  ///   - today: the day relative forms count from.
  /// - Throws: ``QuerySyntaxError`` `badDate`, its range the whole text, its message naming the part that is wrong.
  public static func parse(_ text: String, today: Day? = nil) throws(QuerySyntaxError) -> QueryDate {
    func failure(_ message: String, _ hint: String = forms) -> QuerySyntaxError {
      QuerySyntaxError(code: .badDate, message: message, range: 0..<text.utf8.count, hint: hint)
    }
    let shown = text.prefix(30)
    guard let parts = parts(of: text) else { throw failure("\(shown) is not a date") }
    if let today, parts.count == 1, case .word(let word) = parts[0] {
      if word == "today" { return QueryDate(today) }
      if word == "yesterday", let day = today.previous { return QueryDate(day) }
    }
    var numbers: [(value: Int, digits: Int)] = []
    var quarter: Int?
    var month: Int?
    for part in parts {
      switch part {
      case .number(let value, let digits): numbers.append((value, digits))
      case .word("q"): quarter = -1
      case .word(let name):
        guard month == nil, let found = monthNumber(name) else { throw failure("\(shown) is not a date") }
        month = found
      }
    }
    if quarter != nil {
      guard month == nil, numbers.count == 2, case .word("q") = parts[1], numbers[0].digits == 4 else {
        throw failure("\(shown) is not a quarter", "write 2007-Q3")
      }
      guard (1...4).contains(numbers[1].value) else {
        throw failure("quarter \(numbers[1].value); a year has four", "write 2007-Q1 to 2007-Q4")
      }
      return try make(numbers[0].value, numbers[1].value * 3 - 2, nil, .quarter, failure)
    }
    if let month { return try named(month, numbers, failure) }
    switch numbers.count {
    case 1 where numbers[0].digits == 8:
      return try make(
        numbers[0].value / 10_000, numbers[0].value / 100 % 100, numbers[0].value % 100, .day, failure)
    case 1 where numbers[0].digits == 4: return try make(numbers[0].value, nil, nil, .year, failure)
    case 2 where numbers[0].digits == 4: return try make(numbers[0].value, numbers[1].value, nil, .month, failure)
    case 2 where numbers[1].digits == 4: return try make(numbers[1].value, numbers[0].value, nil, .month, failure)
    case 3 where numbers[0].digits == 4:
      return try make(numbers[0].value, numbers[1].value, numbers[2].value, .day, failure)
    case 3 where numbers[2].digits == 4:
      let (first, second, year) = (numbers[0].value, numbers[1].value, numbers[2].value)
      if first > 12 || first == second { return try make(year, second, first, .day, failure) }
      if second > 12 { return try make(year, first, second, .day, failure) }
      throw failure(
        "\(shown) has two readings",
        "write \(padded(year, to: 4))-\(padded(second, to: 2))-\(padded(first, to: 2)) or "
          + "\(padded(year, to: 4))-\(padded(first, to: 2))-\(padded(second, to: 2))")
    case 1...3: throw failure("\(shown) has no year of four digits")
    default: throw failure("\(shown) is not a date")
    }
  }

  private enum Part: Equatable {
    case number(Int, digits: Int)
    case word(String)
  }

  /// Cuts a text into numbers and words; nil when anything else is in it.
  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var number: (value: Int, digits: Int)?
    var word = ""
    func flush() {
      if let found = number { parts.append(.number(found.value, digits: found.digits)) }
      if !word.isEmpty { parts.append(.word(QueryCharacters.lowercasedASCII(word))) }
      number = nil
      word = ""
    }
    guard text.utf8.count <= 64 else { return nil }
    var isAfterSeparator = true
    for scalar in text.unicodeScalars.map(QueryCharacters.plain) {
      if QueryCharacters.isDigit(scalar) {
        if number == nil { flush() }
        let found = number ?? (0, 0)
        guard found.digits < 8 else { return nil }
        number = (found.value * 10 + Int(scalar.value - 0x30), found.digits + 1)
        isAfterSeparator = false
      } else if scalar.isASCII && scalar.properties.isAlphabetic {
        if word.isEmpty { flush() }
        word.unicodeScalars.append(scalar)
        isAfterSeparator = false
      } else {
        switch scalar {
        case "-", "/", ".", ",", " ":
          if isAfterSeparator && scalar != " " { return nil }
          isAfterSeparator = scalar != " " && scalar != ","
        case "年", "月", "日", "号": isAfterSeparator = false
        default: return nil
        }
        flush()
      }
    }
    flush()
    return parts.isEmpty || parts.count > 3 || isAfterSeparator ? nil : parts
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  private static func monthNumber(_ name: String) -> Int? {
    guard name.count >= 3 else { return nil }
    return monthNames.firstIndex { $0.hasPrefix(name) || (name == "sept" && $0 == "september") }.map { $0 + 1 }
  }

  private static func named(
    _ month: Int, _ numbers: [(value: Int, digits: Int)], _ failure: (String, String) -> QuerySyntaxError
  ) throws(QuerySyntaxError) -> QueryDate {
    guard let year = numbers.first(where: { $0.digits == 4 }) else {
      throw failure("a month without a year of four digits", forms)
    }
    let rest = numbers.filter { $0.digits != 4 }
    guard rest.count == numbers.count - 1, rest.count <= 1 else { throw failure("not a date", forms) }
    return try make(year.value, month, rest.first?.value, rest.isEmpty ? .month : .day, failure)
  }

  private static func make(
    _ year: Int, _ month: Int?, _ day: Int?, _ precision: Precision, _ failure: (String, String) -> QuerySyntaxError
  ) throws(QuerySyntaxError) -> QueryDate {
    guard (1...9999).contains(year) else { throw failure("there is no year 0", forms) }
    let text = padded(year, to: 4)
    if let month, !(1...12).contains(month) {
      let guess = month % 10 == 0 ? "10" : padded(month % 10, to: 2)
      throw failure("month \(month); a year has twelve", "did you mean \(text)-\(guess) or \(text)-12?")
    }
    guard let found = Day(year: year, month: month ?? 1, day: day ?? 1) else {
      let last = days(in: month ?? 1, of: year)
      let name = padded(month ?? 1, to: 2)
      throw failure("day \(day ?? 0); \(text)-\(name) has \(last)", "did you mean \(text)-\(name)-\(last)?")
    }
    return QueryDate(precision: precision, firstDay: found)
  }
}

extension QueryDate.Day {
  /// The day after; nil after 9999-12-31.
  public var next: QueryDate.Day? { adding(days: 1) }
  /// The day before; nil before 0001-01-01.
  public var previous: QueryDate.Day? { adding(days: -1) }

  /// The day a number of months away, its day of the month brought back into the month; nil outside 1...9999.
  public func adding(months: Int) -> QueryDate.Day? {
    guard abs(months) <= 120_000 else { return nil }
    let total = year * 12 + month - 1 + months
    guard total >= 12, total < 120_000 else { return nil }
    let (year, month) = (total / 12, total % 12 + 1)
    return QueryDate.Day(year: year, month: month, day: min(day, QueryDate.days(in: month, of: year)))
  }

  /// The day a number of days away; nil outside 1...9999.
  public func adding(days: Int) -> QueryDate.Day? {
    guard abs(days) <= 4_000_000 else { return nil }
    return QueryDate.Day(number: number + days)
  }

  /// Days since 0000-03-01 of the proleptic Gregorian calendar. Source: counting from March makes the leap day the
  /// last of its year, so that months have fixed offsets (153 days in five months).
  var number: Int {
    let shifted = month > 2 ? year : year - 1
    let monthIndex = month > 2 ? month - 3 : month + 9
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * monthIndex + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  }

  init?(number: Int) {
    guard number >= 0, number < 4_000_000 else { return nil }
    let era = number / 146_097
    let dayOfEra = number - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    self.init(
      year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month, day: dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }
}
