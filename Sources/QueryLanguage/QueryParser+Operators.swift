// What is said when an operator stands where it cannot, or is spelled as elsewhere.

extension QueryParser {
  mutating func repairSpelling(
    _ found: QueryOperator, _ spelling: QueryOperator.Spelling, from: Int, to: Int
  ) throws(QuerySyntaxError) {
    switch spelling {
    case .own: return
    case .fullWidth:
      try repair(
        .fullWidth, "full-width \(text(from, to)) read as \(found.text)", at: range(from, to),
        hint: "type \(found.text)")
    case .otherTool:
      if case .same = found {
        try repair(
          .otherTool, "\(text(from, to)) read as \(found.text) (…)", at: range(from, to),
          hint: "write \(found.text) (a b)")
      } else {
        try repair(
          .otherTool, "\(text(from, to)) read as \(found.text)", at: range(from, to), hint: "write \(found.text)")
      }
    }
  }

  mutating func repairDangling(_ word: String, at place: Range<Int>, side: String) throws(QuerySyntaxError) {
    try repair(
      .danglingOperator, "\(word) has nothing \(side) it; left out", at: place,
      hint: "put something on both sides, or quote it: \"\(QueryCharacters.lowercasedASCII(word))\"")
  }

  mutating func repairLoneOperator(from: Int, to: Int) throws(QuerySyntaxError) {
    try repair(
      .loneOperator, "\(text(from, min(to, from + 20))) stands alone; left out", at: range(from, to),
      hint: "join it to a word, or leave it out")
  }

  /// Skips a NEAR or `/s` that has nothing before it; other operators are left.
  mutating func skipLeadingOperator(_ found: QueryOperator, to end: Int) throws(QuerySyntaxError) -> Bool {
    switch found {
    case .and, .or, .not: return false
    case .near where text(position, end).first?.isUppercase != true: return false
    case .same where scalar(at: position) != "/": return false
    case .near, .same: break
    }
    try repairDangling(text(position, end), at: range(position, end), side: "before")
    position = end
    return true
  }

  /// Leaves out `NOT`, `+` and `-` before an operand of NEAR: nearness to something absent says nothing.
  mutating func skipSignInNear() throws(QuerySyntaxError) {
    let start = position
    while let scalar = current {
      let plain = QueryCharacters.plain(scalar)
      if plain == "+" || plain == "-" || plain == "!" {
        position += 1
      } else if let ahead = operatorAhead(from: position), ahead.found == .not {
        position = ahead.end
        skipSeparators()
      } else {
        break
      }
    }
    guard position > start else { return }
    try repair(
      .signInNear, "\(text(start, position)) inside NEAR left out", at: range(start, position),
      hint: "leave words out of the whole query: a NEAR/5 b -c")
  }

  mutating func nearDistance(
    _ given: Int?, from: Int, to: Int, ordered: Bool
  ) throws(QuerySyntaxError) -> Int {
    let word = ordered ? "ONEAR" : "NEAR"
    let hasDigits = scalars[from..<to].contains(where: QueryCharacters.isDigit)
    guard let given, (1...QueryLimits.nearDistance).contains(given) else {
      let distance =
        !hasDigits ? QueryLimits.defaultNearDistance : given == 0 ? 1 : QueryLimits.nearDistance
      try repair(
        .nearDistance,
        hasDigits
          ? "the distance of \(word) is 1 to \(QueryLimits.nearDistance); taken as \(distance)"
          : "\(word) without a distance; taken as \(word)/\(distance)",
        at: range(from, to), hint: "write \(word)/\(distance)")
      return distance
    }
    return given
  }
}

// MARK: - Marks that only earn a note

extension QueryParser {
  /// Whether a word is the mark that people put before a number: `No.`, `Nos.`, `Nr.`, `№`.
  static func isNumberMark(_ text: String) -> Bool {
    switch text {
    case "No.", "no.", "NO.", "Nos.", "nos.", "Nr.", "nr.", "№": return true
    default: return false
    }
  }

  /// Skips `No.` before a number, which the records may or may not have.
  mutating func skipNumberMark() -> Bool {
    guard let end = tokenEnd(from: position, limit: 4), Self.isNumberMark(text(position, end)) else { return false }
    var next = end
    while let scalar = scalar(at: next), QueryCharacters.isSpace(scalar) { next += 1 }
    guard next > end, let digit = scalar(at: next), QueryCharacters.isDigit(digit) else { return false }
    note(
      .numberMark, "\(text(position, end)) before a number is not searched, the number is",
      at: range(position, end), hint: "quote it to search for both: \"\(text(position, end)) …\"")
    position = end
    return true
  }

  /// `第3段`, `¶3`, `#p3`, `para 3`: searched as text, and the filter on the paragraph is offered.
  mutating func noteParagraph(_ item: QuerySyntax, after previous: QuerySyntax?) {
    guard case .word(let text) = item.kind else { return }
    var place = item.range
    var number: Int?
    if let before = previous, case .word(let word) = before.kind, let value = Self.smallNumber(text) {
      switch QueryCharacters.lowercasedASCII(word) {
      case "para", "para.", "paragraph", "¶":
        number = value
        place = before.range.lowerBound..<item.range.upperBound
      default: break
      }
    } else if text.hasPrefix("第"), text.hasSuffix("段"), text.count <= 8 {
      number = Self.smallNumber(String(text.dropFirst().dropLast()))
    } else if text.hasPrefix("¶") {
      number = Self.smallNumber(String(text.dropFirst()))
    } else if text.hasPrefix("#p") {
      number = Self.smallNumber(String(text.dropFirst(2)))
    }
    guard let number else { return }
    note(
      .paragraphReference, "this may mean paragraph \(number); it was searched as text", at: place,
      hint: "paragraph(n:\(number) …) searches paragraph \(number) alone; ID#p\(number) shows it", paragraph: number)
  }

  /// A number below 10,000 in plain, full-width or (below 100) Chinese digits.
  static func smallNumber(_ text: String) -> Int? {
    let chinese: [Unicode.Scalar: Int] = [
      "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2,
    ]
    let scalars = text.unicodeScalars.map(QueryCharacters.plain)
    guard (1...4).contains(scalars.count) else { return nil }
    if scalars.allSatisfy(QueryCharacters.isDigit) { return Int(String(String.UnicodeScalarView(scalars))) }
    guard let ten = scalars.firstIndex(of: "十") else { return scalars.count == 1 ? chinese[scalars[0]] : nil }
    guard scalars.count <= 3 else { return nil }
    let tens = ten == 0 ? 1 : chinese[scalars[0]]
    let ones = ten == scalars.count - 1 ? 0 : chinese[scalars[scalars.count - 1]]
    guard let tens, let ones, ten <= 1, scalars.count - ten <= 2 else { return nil }
    return tens * 10 + ones
  }

  /// `2007-Q3` as a bare word: a date, since nothing else is written so.
  static func isBareQuarter(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.count == 7 && scalars.prefix(4).allSatisfy(QueryCharacters.isDigit) && scalars[4] == "-"
      && (scalars[5] == "Q" || scalars[5] == "q") && ("1"..."4").contains(scalars[6])
  }
}
