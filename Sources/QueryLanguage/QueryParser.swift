/// Turns typed text into a ``QuerySyntax`` tree, mending what is not well formed and saying so.
///
/// A recursive descent over the characters of the text, depth-counted, without backtracking over more than one token
/// of bounded length: linear time, and a stack bounded by ``QueryLimits/nesting``.
public struct QueryParser {
  /// Parses a query.
  ///
  /// - Parameters:
  ///   - text: what was typed; any Unicode text.
  ///   - today: the day that `last:90d`, `today` and `yesterday` count from; without it they are errors.
  ///   - strict: whether anything that needs repair is an error instead.
  /// - Returns: the tree, the repairs made and the notes worth showing.
  /// - Throws: ``QuerySyntaxError`` when a limit is passed, a date is none, or (strict) a repair is needed.
  public static func parse(
    _ text: String, today: QueryDate.Day? = nil, strict: Bool = false
  ) throws(QuerySyntaxError) -> ParsedQuery {
    let size = text.utf8.count
    guard size <= QueryLimits.textBytes else {
      throw QuerySyntaxError(
        code: .textTooLong, message: "the query has \(size) bytes; at most \(QueryLimits.textBytes) are read",
        range: QueryLimits.textBytes..<size, hint: "search for fewer words, or a phrase out of the text")
    }
    var parser = QueryParser(text, today: today, strict: strict)
    let syntax = try parser.parseRoot()
    return ParsedQuery(text: text, syntax: syntax, repairs: parser.repairs, notes: parser.notes)
  }

  /// Repairs and notes kept for one query: enough to mend it by, bounded for text that is all mistakes.
  static let longestReport = 32

  let scalars: [Unicode.Scalar]
  /// The byte offset of each scalar, and of the end.
  let offsets: [Int]
  let today: QueryDate.Day?
  let strict: Bool
  /// The next character.
  var position = 0
  var repairs: [QueryRepair] = []
  var notes: [QueryNote] = []
  /// Open groups, units, joins and negations around the position.
  var depth = 0
  /// Open parentheses around the position.
  var openParentheses = 0
  var leaves = 0
  /// From here on, no single quote closes: keeps the look-ahead linear.
  var noSingleQuoteClosesFrom = Int.max

  private init(_ text: String, today: QueryDate.Day?, strict: Bool) {
    var scalars: [Unicode.Scalar] = []
    var offsets: [Int] = []
    scalars.reserveCapacity(text.utf8.count)
    offsets.reserveCapacity(text.utf8.count + 1)
    var offset = 0
    for scalar in text.unicodeScalars {
      scalars.append(scalar)
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.scalars = scalars
    self.offsets = offsets
    self.today = today
    self.strict = strict
  }
}

// MARK: - Reading characters

extension QueryParser {
  /// The character at an index, or nil past the end.
  func scalar(at index: Int) -> Unicode.Scalar? {
    index >= 0 && index < scalars.count ? scalars[index] : nil
  }

  var current: Unicode.Scalar? { scalar(at: position) }

  /// The byte range of the characters from one index to another.
  func range(_ from: Int, _ to: Int) -> Range<Int> {
    let last = offsets.count - 1
    let lower = min(max(from, 0), last)
    return offsets[lower]..<offsets[min(max(to, lower), last)]
  }

  func text(_ from: Int, _ to: Int) -> String {
    var view = String.UnicodeScalarView()
    if from < to { view.append(contentsOf: scalars[max(from, 0)..<min(to, scalars.count)]) }
    return String(view)
  }

  /// Whether a word ends before this index: at the end, a space, a parenthesis or a Chinese separator.
  func isDelimiter(at index: Int) -> Bool {
    guard let scalar = scalar(at: index) else { return true }
    return QueryCharacters.isDelimiter(scalar)
  }

  /// Whether a comma or semicolon here ends a word rather than being part of it.
  func isSeparator(at index: Int) -> Bool {
    guard let scalar = scalar(at: index) else { return false }
    if QueryCharacters.isSpace(scalar) || QueryCharacters.isIdeographicSeparator(scalar) { return true }
    return (scalar == "," || scalar == ";") && isDelimiter(at: index + 1)
  }

  mutating func skipSeparators() {
    while isSeparator(at: position) { position += 1 }
  }

  /// The end of the token at an index when it has at most `limit` characters; tokens end at delimiters and quotes.
  func tokenEnd(from start: Int, limit: Int) -> Int? {
    var end = start
    while end - start <= limit {
      guard let scalar = scalar(at: end), !QueryCharacters.isDelimiter(scalar), !QueryCharacters.isDoubleQuote(scalar)
      else { return end }
      end += 1
    }
    return nil
  }

  /// The operator at an index, with the index after it. What begins `/re/` is none: `/7` of `/7)/` is no NEAR.
  func operatorAhead(from start: Int) -> (found: QueryOperator, spelling: QueryOperator.Spelling, end: Int)? {
    guard let end = tokenEnd(from: start, limit: QueryOperator.longest), end > start else { return nil }
    guard let (found, spelling) = QueryOperator.recognise(scalars[start..<end]) else { return nil }
    if scalars[start] == "/", regularExpressionEnd(from: start) != nil { return nil }
    return (found, spelling, end)
  }
}

// MARK: - Reporting and limits

extension QueryParser {
  /// Notes a repair, or throws it when strict.
  mutating func repair(
    _ code: QueryRepair.Code, _ message: String, at range: Range<Int>, hint: String
  ) throws(QuerySyntaxError) {
    if strict { throw QuerySyntaxError(code: .needsRepair(code), message: message, range: range, hint: hint) }
    guard repairs.count < Self.longestReport else { return }
    // One word on full-width marks is enough for one query.
    if code == .fullWidth, repairs.contains(where: { $0.code == .fullWidth }) { return }
    repairs.append(QueryRepair(code: code, message: message, range: range, hint: hint))
  }

  mutating func note(
    _ code: QueryNote.Code, _ message: String, at range: Range<Int>, hint: String, paragraph: Int? = nil
  ) {
    guard notes.count < Self.longestReport else { return }
    notes.append(QueryNote(code: code, message: message, range: range, hint: hint, paragraph: paragraph))
  }

  mutating func repairFullWidth(at index: Int) throws(QuerySyntaxError) {
    guard let scalar = scalar(at: index), QueryCharacters.plain(scalar) != scalar else { return }
    try repair(
      .fullWidth, "full-width \(scalar) read as \(QueryCharacters.plain(scalar))", at: range(index, index + 1),
      hint: "type \(QueryCharacters.plain(scalar))")
  }

  /// Goes one level deeper; every caller leaves with `depth -= 1`.
  mutating func enter(at index: Int) throws(QuerySyntaxError) {
    depth += 1
    try checkDepth(0, at: index)
  }

  /// Checks that the canonical text may have `more` levels here.
  func checkDepth(_ more: Int, at index: Int) throws(QuerySyntaxError) {
    guard depth + more > QueryLimits.nesting else { return }
    throw QuerySyntaxError(
      code: .nestingTooDeep, message: "parentheses and NOT nest deeper than \(QueryLimits.nesting)",
      range: range(index, index + 1), hint: "leave out parentheses that change nothing")
  }

  /// Counts a leaf and makes its node.
  mutating func leaf(_ kind: QuerySyntax.Kind, _ from: Int, _ to: Int) throws(QuerySyntaxError) -> QuerySyntax {
    leaves += 1
    guard leaves <= QueryLimits.clauses else {
      throw QuerySyntaxError(
        code: .tooManyClauses, message: "the query has more than \(QueryLimits.clauses) clauses",
        range: range(from, to), hint: "split it into several queries")
    }
    return QuerySyntax(kind, range: range(from, to))
  }
}
