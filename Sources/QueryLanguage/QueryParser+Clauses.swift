// How clauses are put together, loosest first: OR; AND and side by side; NOT + -; NEAR and SAME between two; a term.

extension QueryParser {
  mutating func parseRoot() throws(QuerySyntaxError) -> QuerySyntax {
    let syntax = try parseAlternatives()
    guard let syntax else {
      if repairs.isEmpty || strict {
        try repair(
          .emptyQuery, "nothing was asked", at: range(0, scalars.count), hint: "type a word, or * for every record")
      }
      return QuerySyntax(.empty, range: range(0, scalars.count))
    }
    let result = readingLastQuestionMark(syntax)
    depth = 0
    try checkDepth(QueryPrinter.nesting(of: result), at: 0)
    return result
  }

  /// `are toys safe?`: a question mark at the end of nothing but bare words is punctuation.
  private mutating func readingLastQuestionMark(_ syntax: QuerySyntax) -> QuerySyntax {
    guard case .flat(var nodes) = syntax.kind, let last = nodes.last, last.endsInSoleQuestionMark,
      case .wildcard(let pattern) = last.kind, nodes.dropLast().allSatisfy(\.isBareWord),
      let index = offsets.firstIndex(of: last.range.upperBound), let mark = scalar(at: index - 1),
      QueryCharacters.plain(mark) == "?"
    else { return syntax }
    let word = Self.unescaped(String(pattern.dropLast()))
    nodes.removeLast()
    if !word.isEmpty { nodes.append(QuerySyntax(.word(word), range: last.range)) }
    note(
      .questionMark, "the question mark at the end is read as punctuation", at: range(index - 1, index),
      hint: "write (\(pattern)) to let it stand for one letter")
    return nodes.count == 1 ? nodes[0] : QuerySyntax(.flat(nodes), range: syntax.range)
  }

  private static func unescaped(_ pattern: String) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if !isEscaped && scalar == "\\" { isEscaped = true; continue }
      isEscaped = false
      result.append(scalar)
    }
    return String(result)
  }

  /// `a OR b`: nil when nothing is left of it.
  mutating func parseAlternatives() throws(QuerySyntaxError) -> QuerySyntax? {
    var branches: [QuerySyntax] = []
    var isMixed = false
    var pending: Range<Int>?
    while true {
      let from = position
      let (branch, count) = try parseConjunction()
      if let branch {
        branches.append(branch)
        isMixed = isMixed || count > 1
        pending = nil
      }
      guard let ahead = operatorAhead(from: position), ahead.found == .or else { break }
      let place = range(position, ahead.end)
      try repairSpelling(ahead.found, ahead.spelling, from: position, to: ahead.end)
      position = ahead.end
      if branch == nil {
        try repairDangling("OR", at: pending ?? place, side: branches.isEmpty ? "before" : "after")
      }
      pending = branches.isEmpty ? nil : place
      if position <= from { break }
    }
    if let pending { try repairDangling("OR", at: pending, side: "after") }
    guard let first = branches.first, let last = branches.last else { return nil }
    guard branches.count > 1 else { return first }
    let syntax = QuerySyntax(.or(branches), range: first.range.lowerBound..<last.range.upperBound)
    if isMixed {
      note(
        .mixedOperators, "words side by side and AND bind before OR: read as \(Self.shortened(syntax.description))",
        at: syntax.range, hint: "say otherwise with parentheses")
    }
    return syntax
  }

  /// A canonical text short enough for a message.
  private static func shortened(_ text: String) -> String {
    text.count <= 80 ? text : text.prefix(79) + "…"
  }

  /// Clauses side by side or joined by AND, and how many there are.
  private mutating func parseConjunction() throws(QuerySyntaxError) -> (QuerySyntax?, Int) {
    var items: [QuerySyntax] = []
    var hasAnd = false
    var pending: Range<Int>?
    while true {
      skipSeparators()
      guard let scalar = current else { break }
      if QueryCharacters.isCloseParenthesis(scalar) {
        if openParentheses > 0 { break }
        try repair(
          .unbalancedParenthesis, "this parenthesis closes nothing; left out", at: range(position, position + 1),
          hint: "leave it out, or open one before it")
        position += 1
        continue
      }
      if let ahead = operatorAhead(from: position) {
        if ahead.found == .or { break }
        if ahead.found == .and {
          let place = range(position, ahead.end)
          try repairSpelling(ahead.found, ahead.spelling, from: position, to: ahead.end)
          if items.isEmpty || pending != nil {
            try repairDangling("AND", at: place, side: items.isEmpty ? "before" : "after")
          } else {
            pending = place
          }
          position = ahead.end
          continue
        }
      }
      if skipNumberMark() { continue }
      let before = position
      if let item = try parseClause() {
        hasAnd = hasAnd || pending != nil
        pending = nil
        noteParagraph(item, after: items.last)
        items.append(item)
      }
      // Whatever was met, go on: no character is read twice by this loop.
      if position == before { position += 1 }
    }
    if let pending { try repairDangling("AND", at: pending, side: "after") }
    guard let first = items.first, let last = items.last else { return (nil, 0) }
    guard items.count > 1 else { return (first, 1) }
    let range = first.range.lowerBound..<last.range.upperBound
    return (QuerySyntax(hasAnd ? .and(items) : .flat(items), range: range), items.count)
  }

  /// `NOT a`, `+a`, `-a`, or an unsigned clause; nil when nothing is left of it.
  private mutating func parseClause() throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    if let ahead = operatorAhead(from: position), ahead.found == .not {
      try repairSpelling(ahead.found, ahead.spelling, from: position, to: ahead.end)
      position = ahead.end
      skipSeparators()
      guard isClauseAhead else {
        try repairDangling("NOT", at: range(start, ahead.end), side: "after")
        return nil
      }
      try enter(at: start)
      defer { depth -= 1 }
      guard let inner = try parseClause() else {
        try repairDangling("NOT", at: range(start, ahead.end), side: "after")
        return nil
      }
      return QuerySyntax(.not(inner), range: range(start, start).lowerBound..<inner.range.upperBound)
    }
    guard let sign = try readSign() else { return try parseNear() }
    guard let inner = try parseNear() else { return nil }
    let whole = range(start, start).lowerBound..<inner.range.upperBound
    return QuerySyntax(sign == "+" ? .required(inner) : .excluded(inner), range: whole)
  }

  /// Whether something other than the end, a closing parenthesis, AND or OR comes next.
  private var isClauseAhead: Bool {
    guard let scalar = current, !QueryCharacters.isCloseParenthesis(scalar) else { return false }
    guard let ahead = operatorAhead(from: position) else { return true }
    return ahead.found != .and && ahead.found != .or
  }

  /// Reads `+`, `-` or `!` before a clause: the sign that counts, or nil when there is none.
  private mutating func readSign() throws(QuerySyntaxError) -> Unicode.Scalar? {
    let start = position
    var sign: Unicode.Scalar?
    while let scalar = current {
      let plain = QueryCharacters.plain(scalar)
      guard plain == "+" || plain == "-" || plain == "!" else { break }
      sign = plain
      position += 1
    }
    guard let sign else { return nil }
    if isDelimiter(at: position), !(current.map(QueryCharacters.isOpenParenthesis) ?? false) {
      try repairLoneOperator(from: start, to: position)
      return nil
    }
    if position - start > 1 {
      try repair(
        .repeatedSign, "several signs before one word; the last one counts", at: range(start, position),
        hint: "write one + or one -")
    } else if sign == "!" {
      try repair(
        .otherTool, "! read as -", at: range(start, position), hint: "write - or NOT to leave something out")
    } else {
      try repairFullWidth(at: start)
    }
    return sign
  }

  /// `a NEAR/5 b`, and the sentence and paragraph operators of other tools between two terms.
  private mutating func parseNear() throws(QuerySyntaxError) -> QuerySyntax? {
    if isDelimiter(at: position), !(current.map(QueryCharacters.isOpenParenthesis) ?? false) { return nil }
    if let ahead = operatorAhead(from: position), try skipLeadingOperator(ahead.found, to: ahead.end) { return nil }
    guard var left = try parseTerm() else { return nil }
    /// Levels that the canonical text adds around what has been read so far.
    var added = 0
    var isOpenChain = false
    while true {
      let before = position
      skipSeparators()
      guard let ahead = operatorAhead(from: position) else { position = before; break }
      let start = position
      guard ahead.found.isBetweenTerms else { position = before; break }
      var distance = 0
      var isOrdered = false
      var unit: QuerySyntax.TextUnit?
      if case .near(let given, let ordered) = ahead.found {
        distance = try nearDistance(given, from: start, to: ahead.end, ordered: ordered)
        isOrdered = ordered
      } else if case .same(let found) = ahead.found {
        unit = found
      }
      try repairSpelling(ahead.found, ahead.spelling, from: start, to: ahead.end)
      position = ahead.end
      skipSeparators()
      try skipSignInNear()
      if let next = operatorAhead(from: position), next.found.isBetweenTerms {
        try repairDangling(ahead.found.text, at: range(start, ahead.end), side: "after")
        continue
      }
      guard isClauseAhead, let right = try parseTerm() else {
        try repairDangling(ahead.found.text, at: range(start, ahead.end), side: "after")
        break
      }
      let whole = left.range.lowerBound..<right.range.upperBound
      if isOpenChain, let longer = Self.appending(right, to: left, unit, distance, isOrdered) {
        left = QuerySyntax(longer, range: whole)
      } else {
        if isOpenChain || Self.isNear(left) || Self.isNear(right) || unit != nil { added += 1 }
        try checkDepth(added, at: start)
        if let unit {
          left = QuerySyntax(.same(unit, QuerySyntax(.flat([left, right]), range: whole)), range: whole)
        } else {
          left = QuerySyntax(.near([left, right], distance: distance, ordered: isOrdered), range: whole)
        }
        isOpenChain = true
      }
    }
    return left
  }

  private static func isNear(_ node: QuerySyntax) -> Bool {
    if case .near = node.kind { return true }
    return false
  }

  /// The node with one more operand, when the same operator goes on: `a NEAR/5 b NEAR/5 c`.
  private static func appending(
    _ right: QuerySyntax, to left: QuerySyntax, _ unit: QuerySyntax.TextUnit?, _ distance: Int, _ isOrdered: Bool
  ) -> QuerySyntax.Kind? {
    switch left.kind {
    case .near(let nodes, distance, isOrdered) where unit == nil:
      return .near(nodes + [right], distance: distance, ordered: isOrdered)
    case .same(let found, let inner) where found == unit:
      guard case .flat(let nodes) = inner.kind else { return nil }
      let whole = inner.range.lowerBound..<right.range.upperBound
      return .same(found, QuerySyntax(.flat(nodes + [right]), range: whole))
    default: return nil
    }
  }
}
