import JSONText
import SearchEngine

/// The tokens of a text, as they would be indexed.
public struct AnalyzeAnswer: Answer, Hashable {
  public var tokens: [TextToken]

  /// Linear in the text.
  public init(analyzing text: String) { tokens = TextTokens.of(text) }

  public static var schemaName: String { "analyze" }
  public var exitCode: QualityError.ExitCode { .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("tokens")
    writer.beginArray()
    for token in tokens {
      writer.beginObject()
      writer.member("position", token.position)
      writer.member("term", token.term)
      writer.member("kind", token.kind)
      writer.member("stem", orNull: token.stem)
      writer.member("from", token.range.lowerBound)
      writer.member("to", token.range.upperBound)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
