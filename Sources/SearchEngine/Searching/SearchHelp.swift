public import QueryLanguage

/// What may help where a query finds nothing, or less than was hoped for. All counts are true counts of the snapshots.
public struct SearchHelp: Sendable {
  /// The query without one of its clauses.
  public struct WithoutClause: Sendable {
    /// The clause as typed, and where it stood.
    public let clause: String
    public let range: Range<Int>
    /// What is left, to be run as it is.
    public let query: QuerySyntax
    public let count: Int
  }

  /// A word of the index in place of one that stands in no record.
  public struct Suggestion: Sendable {
    public let replaced: String
    public let replacement: String
    public let range: Range<Int>
    /// Edits between the two.
    public let distance: Int
    /// Records that hold the replacement.
    public let holding: Int
    /// The whole query with it, and how many records that finds: never 0.
    public let query: QuerySyntax
    public let count: Int
  }

  /// A value near one that no record has, and the query with it.
  public struct Nearest: Sendable {
    /// As the index folds it.
    public let value: String
    public let query: QuerySyntax
    /// Records that the query finds: never 0.
    public let count: Int
  }

  /// A clause `field:value` whose value no record has.
  public struct UnknownValue: Sendable {
    public let field: String
    public let value: String
    /// Where the value stood.
    public let range: Range<Int>
    /// The nearest first.
    public var nearest: [Nearest] = []
    /// All values of the field, where they are few and none is near.
    public var values: [String] = []
  }

  /// A code that the index holds, and how many records hold it.
  public struct CountedCode: Hashable, Sendable {
    public let code: String
    public let count: Int
  }

  /// A code of the query, and others that begin alike.
  public struct CodeFamily: Sendable {
    /// As codes are written.
    public let code: String
    public let range: Range<Int>
    /// In byte order, each held by a record at least.
    public var codes: [CountedCode]
    /// The query with all that begin so in place of the code; nil where there are none.
    public var query: QuerySyntax?
    /// What ``codes`` begin with; of an unknown code, itself or the longest part of it that some code begins with.
    public var beginning: String
  }

  /// Codes of the query that no record of the kinds searched holds, in query order.
  public var unknownCodes: [CodeFamily] = []
  /// In query order.
  public var unknownValues: [UnknownValue] = []
  /// Words of the query that no record of the kinds searched holds in any form, in query order.
  public var unknownWords: [String] = []
  /// One a clause, in query order; none for a query of a single clause.
  public var withoutClause: [WithoutClause] = []
  /// The best first: fewest edits, then most records.
  public var suggestions: [Suggestion] = []
  /// The query with its bare words fuzzy, and how many records that finds; nil where no word can be.
  public var fuzzy: (query: QuerySyntax, count: Int)?
}
