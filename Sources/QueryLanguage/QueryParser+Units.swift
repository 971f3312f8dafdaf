// `violation(…)`, `product(…)`, `has(kind: …)`, `by(kind: …)`, `SAME PARA (…)`.

extension QueryParser {
  /// Reads a unit or join whose name has been read, the position being on its parenthesis; nil for other names.
  mutating func parseUnitOrJoin(_ word: String, from start: Int) throws(QuerySyntaxError) -> QuerySyntax? {
    let name = QueryCharacters.lowercasedASCII(word)
    switch name {
    case "violation", "product", "paragraph":
      let place = range(start, position)
      let open = position
      guard let inner = try parseParenthesised() else {
        try repair(
          .emptyGroup, "\(name)() has nothing in it; searched as the word \(name)", at: range(open, position),
          hint: "write \(name)(…) with what to look for")
        var node = try leaf(.word(word), start, position)
        node.range = place
        return node
      }
      return QuerySyntax(.unit(.init(name, range: place), inner), range: range(start, position))
    case "has", "by":
      var kind: QuerySyntax.Name?
      let inner = try parseParenthesised { parser throws(QuerySyntaxError) in
        kind = try parser.readKind(of: name, from: start)
      }
      guard let kind else { return nil }
      let form: QuerySyntax.Kind = name == "has" ? .has(kind, inner) : .by(kind, inner)
      if inner == nil { return try leaf(form, start, position) }
      return QuerySyntax(form, range: range(start, position))
    default: return nil
    }
  }

  /// Kinds that `has (inspection: …)` may name: with a space before the parenthesis, only these tell a join from a word
  /// that stands beside a group.
  private static let spacedKinds = ["enterprise", "inspection", "directive", "passage"]

  /// Whether a canonical text is a group that begins with such a kind and a colon.
  static func beginsWithKind(_ text: String) -> Bool {
    guard text.hasPrefix("(") else { return false }
    let inside = QueryCharacters.lowercasedASCII(String(text.dropFirst().prefix(32)))
    return spacedKinds.contains { inside.hasPrefix($0 + ":") }
  }

  /// Passes the space of `has (inspection: …)`. A group that does not begin with a kind and a colon is left alone.
  mutating func joinSpacedParenthesis(_ word: String, from start: Int) throws(QuerySyntaxError) {
    let name = QueryCharacters.lowercasedASCII(word)
    guard name == "has" || name == "by", let space = current, QueryCharacters.isSpace(space) else { return }
    func afterSpaces(_ from: Int) -> Int {
      var next = from
      while let scalar = scalar(at: next), QueryCharacters.isSpace(scalar) { next += 1 }
      return next
    }
    let open = afterSpaces(position)
    guard let parenthesis = scalar(at: open), QueryCharacters.isOpenParenthesis(parenthesis) else { return }
    let first = afterSpaces(open + 1)
    var end = first
    while end - first < 64, let scalar = scalar(at: end), QueryCharacters.isNamePart(scalar) { end += 1 }
    let kind = QueryCharacters.lowercasedASCII(text(first, end))
    guard Self.spacedKinds.contains(kind), let colon = scalar(at: afterSpaces(end)),
      QueryCharacters.plain(colon) == ":"
    else { return }
    try repair(
      .spaceBeforeParenthesis, "\(name) (\(kind): …) read as \(name)(\(kind): …)", at: range(start, open + 1),
      hint: "write \(name)(\(kind): …), without the space")
    position = open
  }

  /// The kind of record a join names, with the colon after it.
  private mutating func readKind(of word: String, from start: Int) throws(QuerySyntaxError) -> QuerySyntax.Name {
    skipSpaces()
    let from = position
    while position - from < 64, let scalar = current,
      position == from ? QueryCharacters.isNameStart(scalar) : QueryCharacters.isNamePart(scalar)
    {
      position += 1
    }
    guard position > from else {
      throw QuerySyntaxError(
        code: .missingKind, message: "\(word)( needs the kind of record first", range: range(start, position + 1),
        hint: "write \(word)(inspection: …), \(word)(enterprise: …) or \(word)(directive: …)")
    }
    let name = QuerySyntax.Name(text(from, position), range: range(from, position))
    skipSpaces()
    guard let scalar = current, !QueryCharacters.isCloseParenthesis(scalar) else { return name }
    if QueryCharacters.plain(scalar) == ":" {
      try repairFullWidth(at: position)
      position += 1
    } else {
      try repair(
        .missingColon, "no colon after \(name.text); \(name.text) read as the kind of record", at: name.range,
        hint: "write \(word)(\(name.text): …)")
    }
    return name
  }

  /// Reads `SAME SENTENCE (…)` or `SAME PARA (…)`, the word SAME having been read.
  ///
  /// - Returns: false when no unit follows, so that SAME is a word; else true, with the node, or nil when nothing is
  ///   left of it.
  mutating func parseSame(from start: Int) throws(QuerySyntaxError) -> (isRead: Bool, node: QuerySyntax?) {
    guard let (unit, end) = unitAhead() else { return (false, nil) }
    position = end
    skipSpaces()
    var inner: QuerySyntax?
    if let scalar = current, QueryCharacters.isOpenParenthesis(scalar) {
      inner = try parseParenthesised()
    } else if !isDelimiter(at: position), operatorAhead(from: position) == nil {
      try enter(at: start)
      defer { depth -= 1 }
      inner = try parseTerm()
    }
    guard let inner else {
      try repairDangling("SAME " + unit.rawValue, at: range(start, end), side: "after")
      return (true, nil)
    }
    return (true, QuerySyntax(.same(unit, inner), range: range(start, position)))
  }

  /// The unit named after spaces at the position, and the index after it.
  private func unitAhead() -> (QuerySyntax.TextUnit, Int)? {
    var from = position
    while let scalar = scalar(at: from), QueryCharacters.isSpace(scalar) { from += 1 }
    guard from > position, let end = tokenEnd(from: from, limit: 9) else { return nil }
    switch text(from, end) {
    case "SENTENCE": return (.sentence, end)
    case "PARA", "PARAGRAPH": return (.paragraph, end)
    default: return nil
    }
  }
}
