// Quotation marks of every kind.

extension QueryParser {
  /// Whether a quotation starts here: a double quote, a bracket quote, or a single quote around several words.
  var isQuoteAhead: Bool {
    mutating get {
      guard let scalar = current else { return false }
      if QueryCharacters.isDoubleQuote(scalar) || QueryCharacters.closingBracketQuote(scalar) != nil { return true }
      return QueryCharacters.isSingleQuote(scalar) && singleQuoteEnd(from: position) != nil
    }
  }

  /// The closing single quote, when one stands at the end of a word and several words lie between.
  private mutating func singleQuoteEnd(from start: Int) -> Int? {
    guard start < noSingleQuoteClosesFrom else { return nil }
    var index = start + 1
    var hasSpace = false
    while let scalar = scalar(at: index) {
      if QueryCharacters.isSpace(scalar) { hasSpace = true }
      if QueryCharacters.isSingleQuote(scalar), isDelimiter(at: index + 1) {
        let isAfterSpace = self.scalar(at: index - 1).map(QueryCharacters.isSpace) ?? true
        return hasSpace && !isAfterSpace ? index : nil
      }
      index += 1
    }
    noSingleQuoteClosesFrom = min(noSingleQuoteClosesFrom, start)
    return nil
  }

  mutating func repairStrayQuote(at index: Int) throws(QuerySyntaxError) {
    try repair(
      .strayQuote, "this quote closes nothing; left out", at: range(index, index + 1),
      hint: "quote both ends of a phrase")
  }

  /// A phrase, or (`"a b"~3`) the nearness other tools mean by it; nil when it is empty.
  mutating func parsePhrase() throws(QuerySyntaxError) -> QuerySyntax? {
    let start = position
    guard let phrase = try readQuoted() else { return nil }
    var end = position
    if let mark = scalar(at: end), QueryCharacters.plain(mark) == "~" {
      end += 1
      var distance = 0
      while let digit = scalar(at: end).map(QueryCharacters.plain), QueryCharacters.isDigit(digit) {
        distance = min(distance * 10 + Int(digit.value - 0x30), QueryLimits.nearDistance)
        end += 1
      }
      if isDelimiter(at: end) {
        position = end
        return try slop(phrase, max(distance, 1), from: start)
      }
    }
    // A star after a phrase means nothing here.
    var star = position
    while scalar(at: star).map(QueryCharacters.plain) == "*" { star += 1 }
    if star > position {
      try repairLoneOperator(from: position, to: star)
      position = star
    }
    return try leaf(.phrase(phrase), start, position)
  }

  private mutating func slop(_ phrase: String, _ distance: Int, from start: Int) throws(QuerySyntaxError) -> QuerySyntax
  {
    var words: [QuerySyntax] = []
    for word in phrase.split(separator: " ") { words.append(try leaf(.exact(String(word)), start, position)) }
    let near = QuerySyntax(.near(words, distance: distance, ordered: false), range: range(start, position))
    let node = words.count > 1 ? near : QuerySyntax(.phrase(phrase), range: range(start, position))
    try repair(
      .otherTool, "~ after a phrase read as \(node.description)", at: node.range, hint: "write \(node.description)")
    return node
  }

  /// Reads a quotation from its opening mark; its white space becomes single spaces. Nil, with a repair, when empty.
  mutating func readQuoted() throws(QuerySyntaxError) -> String? {
    let start = position
    guard let open = current else { return nil }
    let bracketEnd = QueryCharacters.closingBracketQuote(open)
    let singleEnd = bracketEnd == nil && !QueryCharacters.isDoubleQuote(open) ? singleQuoteEnd(from: start) : nil
    var view = String.UnicodeScalarView()
    var isSpacePending = false
    var isClosed = false
    var isSmart = open != "\""
    position += 1
    while let scalar = current {
      var taken = scalar
      let closes =
        singleEnd.map { position == $0 } ?? bracketEnd.map { scalar == $0 } ?? QueryCharacters.isDoubleQuote(scalar)
      if closes {
        isSmart = isSmart || scalar != "\""
        isClosed = true
        position += 1
        break
      }
      if scalar == "\\", let next = self.scalar(at: position + 1),
        next == "\\" || QueryCharacters.isDoubleQuote(next)
      {
        taken = next
        position += 1
      }
      position += 1
      if QueryCharacters.isSpace(taken) {
        isSpacePending = !view.isEmpty
      } else {
        if isSpacePending { view.append(" ") }
        isSpacePending = false
        view.append(taken)
      }
    }
    let text = String(view)
    guard !text.isEmpty else {
      if isClosed {
        try repair(.emptyGroup, "empty quotes left out", at: range(start, position), hint: "quote one word or more")
      } else {
        try repairStrayQuote(at: start)
      }
      return nil
    }
    if !isClosed {
      try repair(
        .openQuote, "quote opened here is not closed; searched as \(QueryEscaping.quoted(text))",
        at: range(start, start + 1), hint: "add a quote where the phrase ends")
    } else if isSmart {
      try repair(
        .smartQuote, "\(open)…\(scalar(at: position - 1) ?? "\"") read as \"…\"", at: range(start, position),
        hint: "type plain double quotes")
    }
    return text
  }
}
