// Fields and their values, units, joins.

extension QueryParser {
  /// Whether a colon or comparison here makes the token before it a field's name.
  func isFieldMark(after token: [TokenCharacter]) -> Bool {
    guard let mark = current.map(QueryCharacters.plain) else { return false }
    switch mark {
    case ":", "<", ">", "≤", "≥": break
    default: return false
    }
    guard token.allSatisfy({ !$0.isEscaped }) else { return false }
    let name = token.map(\.scalar)
    switch mark {
    case ":":
      let from = min(position + 1, scalars.count)
      return QueryCharacters.isFieldName(name, beforeColonAnd: scalars[from..<min(from + 2, scalars.count)])
    case "<", ">", "≤", "≥":
      guard QueryCharacters.isFieldName(name) else { return false }
      var index = position + 1
      if scalar(at: index).map(QueryCharacters.plain) == "=" { index += 1 }
      guard !isDelimiter(at: index), let after = scalar(at: index).map(QueryCharacters.plain) else { return false }
      return after != "<" && after != ">" && after != "="
    default: return false
    }
  }

  /// `name:value` or `name>=value`, the position being on the mark.
  mutating func parseField(_ name: QuerySyntax.Name, mark: Unicode.Scalar) throws(QuerySyntaxError) -> QuerySyntax? {
    try repairFullWidth(at: position)
    let isColon = QueryCharacters.plain(mark) == ":"
    if isColon {
      let colon = position
      position += 1
      if isDelimiter(at: position), !(current.map(QueryCharacters.isOpenParenthesis) ?? false) {
        guard try skipSpaceAfterColon(name, colon: colon) else {
          try repair(
            .missingValue, "\(name.text): has no value; searched as the word \(name.text)",
            at: name.range.lowerBound..<offsets[colon + 1], hint: "write \(name.text):value, or quote the word")
          return try nameAsWord(name)
        }
      }
    }
    let node: QuerySyntax?
    switch QueryCharacters.lowercasedASCII(name.text) {
    case "date", "since", "until", "last":
      node = try parseDateField(name)
    default:
      node = try parseValue(of: name)
    }
    guard let node else { return nil }
    return QuerySyntax(node.kind, range: name.range.lowerBound..<max(offsets[position], name.range.upperBound))
  }

  /// The name of a field without a value, as the word it then is.
  private mutating func nameAsWord(_ name: QuerySyntax.Name) throws(QuerySyntaxError) -> QuerySyntax {
    var node = try leaf(.word(name.text), position, position)
    node.range = name.range
    return node
  }

  /// Passes the space of `province: GD`; false when no value follows.
  private mutating func skipSpaceAfterColon(_ name: QuerySyntax.Name, colon: Int) throws(QuerySyntaxError) -> Bool {
    var next = position
    while let scalar = scalar(at: next), QueryCharacters.isSpace(scalar) { next += 1 }
    guard next > position, let scalar = scalar(at: next),
      !isDelimiter(at: next) || QueryCharacters.isOpenParenthesis(scalar), operatorAhead(from: next) == nil,
      !isNameAhead(from: next)
    else { return false }
    try repair(
      .spaceAfterColon, "space after \(name.text): left out", at: range(colon, next),
      hint: "write \(name.text):value, or leave the colon out")
    position = next
    return true
  }

  /// Whether `name:` comes next, so that the field before it has no value of its own.
  private func isNameAhead(from start: Int) -> Bool {
    guard let first = scalar(at: start), QueryCharacters.isNameStart(first) else { return false }
    var end = start
    while end - start < 64, let scalar = scalar(at: end), QueryCharacters.isNamePart(scalar) { end += 1 }
    return scalar(at: end).map(QueryCharacters.plain) == ":"
  }

  /// A value of a field whose type is not known here.
  private mutating func parseValue(of name: QuerySyntax.Name) throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    guard let first = current else { return nil }
    if QueryCharacters.isOpenParenthesis(first) {
      guard let inner = try parseParenthesised() else {
        try repair(
          .emptyGroup, "empty parentheses left out", at: range(start, position), hint: "put a value in")
        return nil
      }
      return QuerySyntax(.field(name, inner), range: range(start, position))
    }
    if let (lower, upper) = try readRange() { return try rangeNode(name, lower, upper, from: start) }
    let value: QuerySyntax?
    if isQuoteAhead {
      value = try parsePhrase()
    } else if QueryCharacters.plain(first) == "=", !isDelimiter(at: position + 1) {
      value = try parseExact()
    } else if first == "/", let end = regularExpressionEnd(from: position) {
      value = try parseRegularExpression(to: end)
    } else {
      let token = try readToken(isValue: true)
      guard !token.isEmpty else { return nil }
      if let (lower, upper) = dottedRange(token, from: start) { return try rangeNode(name, lower, upper, from: start) }
      let (kind, code) = classifyKind(token)
      let node = try leaf(kind, start, position)
      if let code {
        try repair(code, "read as \(node.description)", at: node.range, hint: "write \(node.description)")
      }
      value = node
    }
    guard let value else { return nil }
    return QuerySyntax(.field(name, value), range: range(start, position))
  }

  /// `a..b`, `a..`, `..b` in a token with no escape in it.
  func dottedRange(_ token: [TokenCharacter], from start: Int) -> (QuerySyntax.Bound?, QuerySyntax.Bound?)? {
    guard token.count > 2 else { return nil }
    for index in 0..<(token.count - 1) where token[index].isOperator(".") && token[index + 1].isOperator(".") {
      let place = range(start, position)
      let lower = Self.bound(Self.string(token[..<index]))
      let behind = Self.string(token[(index + 2)...])
      let upper = Self.bound(behind)
      guard !(lower.isEmpty && upper.isEmpty), !behind.hasPrefix(".") else { return nil }
      return (
        lower.isEmpty ? nil : QuerySyntax.Bound(lower, isInclusive: true, range: place),
        upper.isEmpty ? nil : QuerySyntax.Bound(upper, isInclusive: true, range: place)
      )
    }
    return nil
  }

  /// A range of values; numbers in the wrong order are turned round, no bound at all asks that the field be there.
  private mutating func rangeNode(
    _ name: QuerySyntax.Name, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?, from start: Int
  ) throws(QuerySyntaxError) -> QuerySyntax {
    let lower = lower?.value == "*" ? nil : lower
    let upper = upper?.value == "*" ? nil : upper
    guard lower != nil || upper != nil else {
      let value = try leaf(.everything, start, position)
      return QuerySyntax(.field(name, value), range: value.range)
    }
    if let lower, let upper, let from = Double(lower.value), let to = Double(upper.value), from > to {
      try repair(
        .reversedRange, "the range runs backwards; turned round", at: range(start, position),
        hint: "write \(name.text):[\(upper.value) TO \(lower.value)]")
      return try leaf(.range(name, lower: upper, upper: lower), start, position)
    }
    return try leaf(.range(name, lower: lower, upper: upper), start, position)
  }

  // MARK: Bounds

  /// Reads `[a TO b]`, `{a TO b}`, `>=a` and their kin at the position; nil when none starts here.
  mutating func readRange() throws(QuerySyntaxError) -> (QuerySyntax.Bound?, QuerySyntax.Bound?)? {
    guard let scalar = current else { return nil }
    switch QueryCharacters.plain(scalar) {
    case "[", "{": return try readBracketed()
    case ">", "<", "≥", "≤": return try readComparison()
    default: return nil
    }
  }

  private mutating func readComparison() throws(QuerySyntaxError) -> (QuerySyntax.Bound?, QuerySyntax.Bound?)? {
    let start = position
    guard let mark = current.map(QueryCharacters.plain) else { return nil }
    try repairFullWidth(at: position)
    position += 1
    var isInclusive = mark == "≥" || mark == "≤"
    if current.map(QueryCharacters.plain) == "=" {
      isInclusive = true
      position += 1
    }
    guard let (value, place) = try readBound(inBrackets: false) else {
      position = start
      return nil
    }
    let bound = QuerySyntax.Bound(value, isInclusive: isInclusive, range: place)
    return mark == ">" || mark == "≥" ? (bound, nil) : (nil, bound)
  }

  private mutating func readBracketed() throws(QuerySyntaxError) -> (QuerySyntax.Bound?, QuerySyntax.Bound?)? {
    let start = position
    guard let open = current else { return nil }
    try repairFullWidth(at: start)
    position += 1
    var values: [(text: String, range: Range<Int>)?] = [nil, nil]
    var isWhole = true
    var hasTo = false
    for index in 0..<2 {
      skipSpaces()
      if !hasTo, let end = tokenEnd(from: position, limit: 2), end - position == 2 {
        if QueryCharacters.lowercasedASCII(text(position, end)) == "to" {
          hasTo = true
          // Before the first bound it stands for a missing one.
          if index == 0 { isWhole = false; position = end; continue }
          position = end
          skipSpaces()
        }
      }
      if isBracketEnd { isWhole = false; continue }
      guard let value = try readBound(inBrackets: true) else { isWhole = false; continue }
      values[index] = value
    }
    skipSpaces()
    let close = current.map(QueryCharacters.plain)
    if isBracketEnd { position += 1 } else { isWhole = false }
    if values[0] == nil && values[1] == nil {
      position = start
      return nil
    }
    if !isWhole || !hasTo {
      try repair(
        .openRange, "the range is not complete; read as far as it goes", at: range(start, position),
        hint: "write [a TO b], with * for an open end")
    }
    // `[a]` asks for a alone.
    if values[1] == nil && !hasTo { values[1] = values[0] }
    let lower = values[0].flatMap { $0.text == "*" ? nil : $0 }
    let upper = values[1].flatMap { $0.text == "*" ? nil : $0 }
    return (
      lower.map { QuerySyntax.Bound($0.text, isInclusive: QueryCharacters.plain(open) != "{", range: $0.range) },
      upper.map { QuerySyntax.Bound($0.text, isInclusive: close != "}", range: $0.range) }
    )
  }

  mutating func skipSpaces() {
    while let scalar = current, QueryCharacters.isSpace(scalar) { position += 1 }
  }

  private var isBracketEnd: Bool {
    guard let scalar = current.map(QueryCharacters.plain) else { return false }
    return scalar == "]" || scalar == "}"
  }

  /// A bound, quoted or bare; in brackets it ends at a space or a bracket, else where a token ends.
  mutating func readBound(inBrackets: Bool) throws(QuerySyntaxError) -> (text: String, range: Range<Int>)? {
    let start = position
    if isQuoteAhead {
      guard let text = try readQuoted() else { return nil }
      return (text, range(start, position))
    }
    if inBrackets {
      while !isDelimiter(at: position), !isBracketEnd { position += 1 }
      return position > start ? (text(start, position), range(start, position)) : nil
    }
    let text = Self.bound(Self.string(try readToken(isValue: true)))
    return text.isEmpty ? nil : (text, range(start, position))
  }

  /// White space that was escaped into a bound is written as in quotes: single spaces between words.
  private static func bound(_ text: String) -> String {
    text.unicodeScalars.split(whereSeparator: QueryCharacters.isSpace).map { String($0) }.joined(separator: " ")
  }
}
