import JSONText

/// What type-ahead offers for what is typed so far.
public struct SuggestAnswer: Answer, Hashable {
  /// What a suggestion is of.
  public enum Kind: String, Sendable, CaseIterable {
    case enterprise, product, code, directive, word
  }

  public struct Suggestion: Hashable, Sendable {
    public var kind: Kind
    /// As it is written.
    public var text: String
    /// Records behind it: those that ``query`` finds, 1 or more.
    public var count: Int
    /// Of an enterprise or a directive, where there is one alone.
    public var id: String?
    /// `exact`, or `pinyin` where the reading of a name goes on as typed.
    public var rung: String
    /// What to search for to have them.
    public var query: String
  }

  public var prefix: String
  /// The only kind asked for; nil: all.
  public var kind: Kind?
  /// By kind, in the order of ``Kind``; inside a kind by rung, then the most frequent first, then in byte order.
  public var suggestions: [Suggestion]
  public var commit: UInt64
  /// Whether more begins so than was looked at.
  public var isPartial: Bool

  public static var schemaName: String { "suggest" }
  public var exitCode: QualityError.ExitCode { suggestions.isEmpty ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("prefix", prefix)
    writer.member("kind", orNull: kind?.rawValue)
    writer.name("suggestions")
    writer.beginArray()
    for suggestion in suggestions {
      writer.beginObject()
      writer.member("kind", suggestion.kind.rawValue)
      writer.member("text", suggestion.text)
      writer.member("count", suggestion.count)
      writer.member("id", orNull: suggestion.id)
      writer.member("rung", suggestion.rung)
      writer.member("query", suggestion.query)
      writer.endObject()
    }
    writer.endArray()
    writer.member("commit", commit)
    writer.member("partial", isPartial)
    writer.endObject()
  }
}
