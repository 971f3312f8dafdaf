// `date:`, `since:`, `until:`, `last:`, and dates that need no field.

extension QueryParser {
  /// The value of a date field, the position being on it (or on the comparison of `date>=2007`).
  mutating func parseDateField(_ name: QuerySyntax.Name) throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    let field = QueryCharacters.lowercasedASCII(name.text)
    if field == "date" {
      if let scalar = current, QueryCharacters.isOpenParenthesis(scalar) {
        guard let inner = try parseParenthesised() else {
          try repair(
            .emptyGroup, "empty parentheses left out", at: range(start, position), hint: "put a date in")
          return nil
        }
        return try dated(inner)
      }
      if let (lower, upper) = try readRange() { return try dateNode(lower, upper, from: start) }
    }
    guard let (value, place) = try readBound(inBrackets: false) else {
      throw Self.badDate(name.text, at: range(start, min(start + 1, scalars.count)))
    }
    if field == "last" { return try lastNode(value, at: place, from: start) }
    if value == "*" && field == "date" {
      let everything = try leaf(.everything, start, position)
      return QuerySyntax(.field(name, everything), range: everything.range)
    }
    if field == "date" { return try dateNode(value, at: place, from: start) }
    let date = try readDate(value, at: place)
    let span = field == "since" ? DateSpan(from: date, to: nil) : DateSpan(from: nil, to: date)
    return try leaf(.date(span), start, position)
  }

  /// `2007-03..2007-10` and `2007-Q3` without a field; nil for any other word.
  mutating func bareDate(_ word: String, from start: Int) throws(QuerySyntaxError) -> QuerySyntax? {
    let scalars = Array(word.unicodeScalars)
    if Self.isBareQuarter(scalars), let date = try? QueryDate.parse(word, today: today) {
      return try leaf(.date(DateSpan(from: date, to: date)), start, position)
    }
    guard scalars.count <= 40, scalars.first.map(QueryCharacters.isDigit) == true,
      let (lower, upper) = Self.dateEnds(word), let lower, let upper,
      let first = try? QueryDate.parse(lower, today: today), let last = try? QueryDate.parse(upper, today: today),
      // Backwards with a dash it is a number of something: `6675—2014`.
      word.contains("..") || first.firstDay <= last.lastDay
    else { return nil }
    return try dateNode(word, at: range(start, position), from: start)
  }

  /// The ends of `a..b` (or with a dash, `～` or 至 between); nil when it is one date.
  static func dateEnds(_ text: String) -> (String?, String?)? {
    let scalars = Array(text.unicodeScalars)
    for index in scalars.indices {
      var width = 0
      switch scalars[index] {
      case "." where index + 1 < scalars.count && scalars[index + 1] == ".": width = 2
      case "–", "—", "～", "~", "至", "到": width = 1
      default: continue
      }
      let lower = String(String.UnicodeScalarView(scalars[..<index]))
      let upper = String(String.UnicodeScalarView(scalars[(index + width)...]))
      return (lower.isEmpty ? nil : lower, upper.isEmpty ? nil : upper)
    }
    return nil
  }

  /// One date or a range of two, as text.
  private mutating func dateNode(
    _ value: String, at place: Range<Int>, from start: Int
  ) throws(QuerySyntaxError) -> QuerySyntax {
    guard let (lower, upper) = Self.dateEnds(value) else {
      let date = try readDate(value, at: place)
      return try leaf(.date(DateSpan(from: date, to: date)), start, position)
    }
    return try dateNode(
      lower.map { QuerySyntax.Bound($0, isInclusive: true, range: place) },
      upper.map { QuerySyntax.Bound($0, isInclusive: true, range: place) }, from: start)
  }

  /// A range of dates between bounds; an exclusive bound moves to the day beside it.
  private mutating func dateNode(
    _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?, from start: Int
  ) throws(QuerySyntaxError) -> QuerySyntax {
    var from: QueryDate?
    var to: QueryDate?
    if let lower { from = try readDate(lower.value, at: lower.range) }
    if let upper { to = try readDate(upper.value, at: upper.range) }
    let place = range(start, position)
    guard from != nil || to != nil else { throw Self.badDate(text(start, position), at: place) }
    if let first = from, let last = to, first.firstDay > last.lastDay {
      try repair(
        .reversedRange, "the dates run backwards; turned round", at: place, hint: "write date:\(last)..\(first)")
      (from, to) = (last, first)
    }
    if let date = from, lower?.isInclusive == false { from = try beside(date.lastDay.next, at: place) }
    if let date = to, upper?.isInclusive == false { to = try beside(date.firstDay.previous, at: place) }
    if let first = from, let last = to, first.firstDay > last.lastDay {
      throw QuerySyntaxError(
        code: .badDate, message: "no day lies between these dates", range: place,
        hint: "write [a TO b] to have the dates themselves inside")
    }
    return try leaf(.date(DateSpan(from: from, to: to)), start, position)
  }

  private func beside(_ day: QueryDate.Day?, at place: Range<Int>) throws(QuerySyntaxError) -> QueryDate {
    guard let day else {
      throw QuerySyntaxError(
        code: .badDate, message: "no day lies beyond this date", range: place, hint: QueryDate.forms)
    }
    return QueryDate(day)
  }

  /// `last:90d`: from that many days, weeks, months, quarters or years before today up to today.
  private mutating func lastNode(
    _ value: String, at place: Range<Int>, from start: Int
  ) throws(QuerySyntaxError) -> QuerySyntax {
    let failure = QuerySyntaxError(
      code: .badDuration, message: "\(value.prefix(20)) is not a length of time", range: place,
      hint: "write a number and d, w, m, q or y: last:90d, last:12m")
    guard let today else { throw failure }
    let digits = value.unicodeScalars.map(QueryCharacters.plain).prefix(while: QueryCharacters.isDigit)
    let unit = QueryCharacters.lowercasedASCII(String(value.unicodeScalars.dropFirst(digits.count)))
    guard digits.count <= 5, let count = digits.isEmpty ? 1 : Int(String(String.UnicodeScalarView(digits))), count > 0
    else { throw failure }
    let from: QueryDate.Day?
    switch unit {
    case "d", "day", "days", "天", "日": from = today.adding(days: -count)
    case "w", "week", "weeks", "周": from = today.adding(days: -7 * count)
    case "m", "mo", "month", "months", "月", "个月": from = today.adding(months: -count)
    case "q", "quarter", "quarters", "季度": from = today.adding(months: -3 * count)
    case "y", "year", "years", "年": from = today.adding(months: -12 * count)
    default: from = nil
    }
    guard let from else { throw failure }
    let span = DateSpan(from: QueryDate(from), to: QueryDate(today))
    let node = try leaf(.date(span), start, position)
    note(
      .relativeDate, "last:\(value) is \(from) to \(today)", at: place, hint: "saved searches keep these dates")
    return node
  }

  /// The words of `date:(2007 OR 2008-Q1)` as dates.
  private func dated(_ node: QuerySyntax) throws(QuerySyntaxError) -> QuerySyntax {
    var result = node
    switch node.kind {
    case .date: return node
    case .word(let text), .exact(let text), .phrase(let text):
      let date = try readDate(text, at: node.range)
      result.kind = .date(DateSpan(from: date, to: date))
    case .flat(let nodes): result.kind = .flat(try dated(nodes))
    case .and(let nodes): result.kind = .and(try dated(nodes))
    case .or(let nodes): result.kind = .or(try dated(nodes))
    case .not(let inner): result.kind = .not(try dated(inner))
    case .excluded(let inner): result.kind = .excluded(try dated(inner))
    case .required(let inner): result.kind = .required(try dated(inner))
    default: throw Self.badDate(node.description, at: node.range)
    }
    return result
  }

  private func dated(_ nodes: [QuerySyntax]) throws(QuerySyntaxError) -> [QuerySyntax] {
    var result: [QuerySyntax] = []
    for node in nodes { result.append(try dated(node)) }
    return result
  }

  private func readDate(_ text: String, at place: Range<Int>) throws(QuerySyntaxError) -> QueryDate {
    do {
      return try QueryDate.parse(text, today: today)
    } catch {
      throw QuerySyntaxError(code: error.code, message: error.message, range: place, hint: error.hint)
    }
  }

  private static func badDate(_ text: String, at place: Range<Int>) -> QuerySyntaxError {
    QuerySyntaxError(
      code: .badDate, message: "\(text.prefix(30)) is not a date", range: place, hint: QueryDate.forms)
  }
}
