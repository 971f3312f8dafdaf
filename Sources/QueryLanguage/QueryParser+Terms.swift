// Terms: groups, phrases, exact words, regular expressions, bare tokens and what a token can turn out to be.

extension QueryParser {
  /// One character of a token, and whether `\` took its meaning away.
  struct TokenCharacter {
    let scalar: Unicode.Scalar
    let isEscaped: Bool

    func isOperator(_ mark: Unicode.Scalar) -> Bool { !isEscaped && QueryCharacters.plain(scalar) == mark }
  }

  /// Reads one term with its boosts; nil when nothing is left of it (and at least one character was passed or
  /// repaired).
  mutating func parseTerm() throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    guard let first = current else { return nil }
    let node: QuerySyntax?
    if QueryCharacters.isOpenParenthesis(first) {
      node = try parseGroup()
    } else if isQuoteAhead {
      node = try parsePhrase()
    } else if QueryCharacters.isClosingBracketQuote(first) {
      try repairStrayQuote(at: position)
      position += 1
      return nil
    } else if QueryCharacters.plain(first) == "=", let scalar = scalar(at: position + 1),
      !isDelimiter(at: position + 1),
      scalar != "="
    {
      node = try parseExact()
    } else if first == "/", let end = regularExpressionEnd(from: position) {
      node = try parseRegularExpression(to: end)
    } else {
      node = try parseToken()
    }
    guard let node else { return nil }
    return try parseBoosts(of: node, from: start)
  }

  /// Reads `^2` after a term; of several the last counts.
  private mutating func parseBoosts(of node: QuerySyntax, from start: Int) throws(QuerySyntaxError) -> QuerySyntax {
    let boosts = position
    var count = 0
    var last: Double?
    while let (factor, end) = boostAhead(from: position) {
      if let factor {
        last = factor
        count += 1
      } else {
        try repairLoneOperator(from: position, to: end)
      }
      position = end
    }
    guard let last else { return node }
    let bounded = min(max(last, QueryLimits.boosts.lowerBound), QueryLimits.boosts.upperBound)
    let place = range(boosts, position)
    if count > 1 {
      try repair(.boost, "several boosts on one word; the last counts", at: place, hint: "write one: a^2")
    }
    if bounded != last {
      try repair(
        .boost, "boosts go from 0.01 to 100; taken as \(bounded)", at: place, hint: "write a factor from 0.01 to 100")
    }
    return QuerySyntax(.boost(node, factor: bounded), range: range(start, position))
  }

  /// A boost at an index: its factor (nil for a lone `^`) and its end; nil when the mark is part of a word.
  func boostAhead(from start: Int) -> (factor: Double?, end: Int)? {
    guard let mark = scalar(at: start), QueryCharacters.plain(mark) == "^" else { return nil }
    if isSeparator(at: start + 1) || isDelimiter(at: start + 1) { return (nil, start + 1) }
    var digits = ""
    var end = start + 1
    while end - start <= 24, let scalar = scalar(at: end) {
      let plain = QueryCharacters.plain(scalar)
      guard QueryCharacters.isDigit(plain) || plain == "." else { break }
      digits.unicodeScalars.append(plain)
      end += 1
    }
    guard isDelimiter(at: end) || isSeparator(at: end) || scalar(at: end).map(QueryCharacters.plain) == "^",
      let factor = Double(digits), factor.isFinite
    else { return nil }
    return (factor, end)
  }

  // MARK: Groups

  /// `( … )`: the inner node, with the parentheses in its range.
  private mutating func parseGroup() throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    guard let inner = try parseParenthesised() else {
      try repair(
        .emptyGroup, "empty parentheses left out", at: range(start, position),
        hint: "put something in, or leave them out")
      return nil
    }
    return QuerySyntax(inner.kind, range: range(start, position))
  }

  /// Reads from an opening parenthesis to the one that closes it, one level deeper; nil when there is nothing inside.
  mutating func parseParenthesised(
    _ prefix: (inout QueryParser) throws(QuerySyntaxError) -> Void = { _ in }
  ) throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    try enter(at: start)
    defer { depth -= 1 }
    try repairFullWidth(at: start)
    position += 1
    openParentheses += 1
    defer { openParentheses -= 1 }
    try prefix(&self)
    let inner = try parseAlternatives()
    if let scalar = current, QueryCharacters.isCloseParenthesis(scalar) {
      try repairFullWidth(at: position)
      position += 1
    } else {
      try repair(
        .unbalancedParenthesis, "this parenthesis is not closed; closed at the end", at: range(start, start + 1),
        hint: "add ) where it ends")
    }
    return inner
  }

  // MARK: Exact words and regular expressions

  /// `=fox-it`, `="a b"`: marks inside are literal.
  mutating func parseExact() throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    try repairFullWidth(at: start)
    position += 1
    if isQuoteAhead { return try parsePhrase() }
    let token = try readToken(isValue: true)
    guard !token.isEmpty else {
      if position == start + 1 { try repairLoneOperator(from: start, to: position) }
      return nil
    }
    return try leaf(.exact(Self.string(token)), start, position)
  }

  /// The index after the closing slash of `/re/`, when a regular expression starts here: it has no space that is not
  /// escaped, and a delimiter or boost follows.
  func regularExpressionEnd(from start: Int) -> Int? {
    var index = start + 1
    while let scalar = scalar(at: index) {
      if scalar == "\\" {
        index += 2
      } else if scalar == "/" {
        guard index > start + 1 else { return nil }
        return isDelimiter(at: index + 1) || isSeparator(at: index + 1) || boostAhead(from: index + 1) != nil
          ? index + 1 : nil
      } else if QueryCharacters.isSpace(scalar) {
        return nil
      } else {
        index += 1
      }
    }
    return nil
  }

  mutating func parseRegularExpression(to end: Int) throws(QuerySyntaxError) -> QuerySyntax {
    let start = position
    var pattern = String.UnicodeScalarView()
    var count = 0
    var index = start + 1
    while index < end - 1, let scalar = scalar(at: index) {
      if scalar == "\\", let next = self.scalar(at: index + 1) {
        // Only the slash and the space are escaped for the query's sake; other escapes belong to the pattern.
        if next != "/" && !QueryCharacters.isSpace(next) { pattern.append("\\") }
        pattern.append(next)
        index += 2
      } else {
        pattern.append(scalar)
        index += 1
      }
      count += 1
    }
    guard pattern.count <= QueryLimits.patternCharacters else {
      throw QuerySyntaxError(
        code: .patternTooLong,
        message: "the pattern has \(pattern.count) characters; at most \(QueryLimits.patternCharacters) are read",
        range: range(start, end), hint: "use a shorter pattern, or several joined by OR")
    }
    position = end
    return try leaf(.regularExpression(String(pattern)), start, end)
  }

  // MARK: Tokens

  /// Reads the characters of a token, up to a delimiter, a quote or a boost; a stray quote after it is passed.
  mutating func readToken(isValue: Bool) throws(QuerySyntaxError) -> [TokenCharacter] {
    var token: [TokenCharacter] = []
    var couldBeName = !isValue
    while let scalar = current {
      if scalar == "\\" {
        token.append(TokenCharacter(scalar: self.scalar(at: position + 1) ?? "\\", isEscaped: true))
        position = min(position + 2, scalars.count)
        couldBeName = false
        continue
      }
      if isDelimiter(at: position) || isSeparator(at: position) { break }
      if QueryCharacters.isDoubleQuote(scalar) {
        if !token.isEmpty && isDelimiter(at: position + 1) {
          try repairStrayQuote(at: position)
          position += 1
        }
        break
      }
      if QueryCharacters.closingBracketQuote(scalar) != nil || QueryCharacters.isClosingBracketQuote(scalar) { break }
      if !token.isEmpty && boostAhead(from: position) != nil { break }
      if couldBeName && !token.isEmpty && isFieldMark(after: token) { break }
      couldBeName =
        couldBeName && token.count < 64
        && (token.isEmpty ? QueryCharacters.isNameStart(scalar) : QueryCharacters.isNamePart(scalar))
      token.append(TokenCharacter(scalar: scalar, isEscaped: false))
      position += 1
    }
    return token
  }

  static func string(_ token: some Sequence<TokenCharacter>) -> String {
    var view = String.UnicodeScalarView()
    for character in token { view.append(character.scalar) }
    return String(view)
  }

  /// A bare token: an operator standing alone, a unit or join, a field, or a word in one of its forms.
  private mutating func parseToken() throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    if let end = loneOperatorEnd(from: position) {
      try repairLoneOperator(from: start, to: end)
      position = end
      return nil
    }
    let token = try readToken(isValue: false)
    guard !token.isEmpty else { return nil }
    if token.allSatisfy({ !$0.isEscaped }) {
      let name = Self.string(token)
      try joinSpacedParenthesis(name, from: start)
      if let scalar = current, QueryCharacters.isOpenParenthesis(scalar),
        let node = try parseUnitOrJoin(name, from: start)
      {
        return node
      }
      if name == "SAME" {
        let (isRead, node) = try parseSame(from: start)
        if isRead { return node }
      }
      if let scalar = current, isFieldMark(after: token) {
        return try parseField(QuerySyntax.Name(name, range: range(start, position)), mark: scalar)
      }
      if let node = try bareDate(name, from: start) { return node }
      if name == "*:*" {
        let node = try leaf(.everything, start, position)
        try repair(.otherTool, "*:* read as *", at: node.range, hint: "write *")
        return node
      }
    }
    return try classify(token, from: start)
  }

  /// The end of a token made of nothing but operator marks.
  private func loneOperatorEnd(from start: Int) -> Int? {
    var end = start
    while let scalar = scalar(at: end) {
      switch QueryCharacters.plain(scalar) {
      case "+", "-", "=", "^", "~", ":", "!", "<", ">", "≥", "≤": end += 1
      default: return end > start && (isDelimiter(at: end) || isSeparator(at: end)) ? end : nil
      }
    }
    return end > start ? end : nil
  }

  /// Decides what a token is: fuzzy, prefix, wildcard or word. Never empty.
  func classifyKind(_ token: [TokenCharacter]) -> (kind: QuerySyntax.Kind, repair: QueryRepair.Code?) {
    var token = token[...]
    var code: QueryRepair.Code?
    let isPattern = token.contains { $0.isOperator("*") || $0.isOperator("?") }
    if let tilde = token.lastIndex(where: { $0.isOperator("~") }), tilde > token.startIndex {
      let tail = token[(tilde + 1)...]
      let isDistance = tail.allSatisfy {
        !$0.isEscaped && (QueryCharacters.isDigit(QueryCharacters.plain($0.scalar)) || $0.isOperator("."))
      }
      if isDistance {
        let text = Self.string(token[..<tilde])
        if isPattern {
          token = token[..<tilde]
          code = .fuzzyDistance
        } else {
          let byLength = text.unicodeScalars.count <= 5 ? 1 : 2
          let digits = String(String.UnicodeScalarView(tail.map { QueryCharacters.plain($0.scalar) }))
          if digits.isEmpty { return (.fuzzy(text, distance: byLength), nil) }
          guard let distance = digits.count <= 3 ? Int(digits) : nil else {
            return (.fuzzy(text, distance: byLength), .fuzzyDistance)
          }
          if distance == 0 { return (.exact(text), .fuzzyDistance) }
          let bounded = min(distance, QueryLimits.fuzzyDistances.upperBound)
          return (.fuzzy(text, distance: bounded), bounded == distance ? nil : .fuzzyDistance)
        }
      }
    }
    if isPattern {
      if token.allSatisfy({ $0.isOperator("*") }) { return (.everything, code) }
      let stem = Array(token.prefix { !$0.isOperator("*") && !$0.isOperator("?") })
      if !stem.isEmpty, token.dropFirst(stem.count).allSatisfy({ $0.isOperator("*") }) {
        return (.prefix(Self.string(stem)), code)
      }
      return (.wildcard(Self.pattern(token)), code)
    }
    if let like = Self.likePattern(token) { return (like, .otherTool) }
    return (.word(Self.string(token)), code)
  }

  private mutating func classify(_ token: [TokenCharacter], from start: Int) throws(QuerySyntaxError) -> QuerySyntax? {
    let (kind, code) = classifyKind(token)
    let node = try leaf(kind, start, position)
    switch code {
    case .fuzzyDistance:
      try repair(
        .fuzzyDistance, "fuzzy distances are 1 and 2, on plain words; read as \(node.description)",
        at: node.range, hint: "write word~1 or word~2")
    case .otherTool:
      try repair(
        .otherTool, "% read as *: \(node.description)", at: node.range, hint: "write \(node.description)")
    default:
      for character in token where QueryCharacters.plain(character.scalar) != character.scalar && !character.isEscaped {
        let isMark = character.isOperator("*") || character.isOperator("?") || character.isOperator("~")
        if isMark {
          try repair(
            .fullWidth, "full-width \(character.scalar) read as \(QueryCharacters.plain(character.scalar))",
            at: node.range, hint: "type \(node.description)")
          break
        }
      }
    }
    return node
  }

  /// A pattern with `*` and `?` as operators and everything else protected where it must be.
  private static func pattern(_ token: some Sequence<TokenCharacter>) -> String {
    var view = String.UnicodeScalarView()
    var wasStar = false
    for character in token {
      let isStar = character.isOperator("*")
      if isStar || character.isOperator("?") {
        // Several stars in a row ask what one asks.
        if !(isStar && wasStar) { view.append(isStar ? "*" : "?") }
      } else {
        switch character.scalar {
        case "*", "?", "\\": view.append("\\")
        default: break
        }
        view.append(character.scalar)
      }
      wasStar = isStar
    }
    return String(view)
  }

  /// `lead%`, `%lead%` of SQL; not `100%`, where the mark belongs to the number.
  private static func likePattern(_ token: ArraySlice<TokenCharacter>) -> QuerySyntax.Kind? {
    func isPercent(_ character: TokenCharacter?) -> Bool {
      guard let character else { return false }
      return !character.isEscaped && character.scalar == "%"
    }
    var core = token
    let isLeading = isPercent(core.first)
    while isPercent(core.first) { core.removeFirst() }
    var isTrailing = false
    while isPercent(core.last) {
      core.removeLast()
      isTrailing = true
    }
    guard let last = core.last, isLeading || (isTrailing && !QueryCharacters.isDigit(last.scalar)) else { return nil }
    if !isLeading { return .prefix(string(core)) }
    let star = isTrailing ? "*" : ""
    return .wildcard("*" + pattern(core) + star)
  }
}
