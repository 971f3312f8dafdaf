import JSONText
import SearchEngine

/// What a quotation is, held against the closest passage.
public struct QuoteCheckAnswer: Answer, Hashable {
  public enum Verdict: String, Sendable {
    /// Character for character, white space and the marks at either end apart.
    case verbatim
    /// The same words; marks, case, width or accents differ.
    case sameWords = "same-words"
    case altered
    /// No passage is near.
    case none
  }

  public struct Difference: Hashable, Sendable {
    /// `replaced`, `added` (the quotation has it, the passage has not) or `removed`.
    public var kind: String
    public var quoted: String
    public var written: String
    /// Bytes of the quotation, and of the passage's text.
    public var quotedAt: Range<Int>
    public var writtenAt: Range<Int>
  }

  public struct Closest: Hashable, Sendable {
    public var id: String
    public var link: String
    public var title: String
    public var paragraph: Int
    public var of: Int
    public var path: [String]
    /// The whole paragraph, and the bytes of it that the quotation stands for.
    public var text: String
    public var stretch: Range<Int>
  }

  public var quotation: String
  public var verdict: Verdict
  public var words: Int
  public var wordsDiffer: Int
  public var closest: Closest?
  public var differences: [Difference]
  /// Other paragraphs that are as near.
  public var also: [String]
  public var commit: UInt64
  public var receipt: String

  public static var schemaName: String { "quote-check" }
  public var exitCode: QualityError.ExitCode {
    verdict == .verbatim || verdict == .sameWords ? .done : .nothingFound
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("quotation", quotation)
    writer.member("verdict", verdict.rawValue)
    writer.member("words", words)
    writer.member("wordsDiffer", wordsDiffer)
    writer.name("closest")
    if let closest {
      writer.beginObject()
      writer.member("id", closest.id)
      writer.member("link", closest.link)
      writer.member("title", closest.title)
      writer.member("paragraph", closest.paragraph)
      writer.member("of", closest.of)
      writer.member("path", closest.path)
      writer.member("text", closest.text)
      writer.member("at", closest.stretch)
      writer.endObject()
    } else {
      writer.null()
    }
    writer.name("differences")
    writer.beginArray()
    for difference in differences {
      writer.beginObject()
      writer.member("kind", difference.kind)
      writer.member("quoted", difference.quoted)
      writer.member("written", difference.written)
      writer.member("quotedAt", difference.quotedAt)
      writer.member("writtenAt", difference.writtenAt)
      writer.endObject()
    }
    writer.endArray()
    writer.member("also", also)
    writer.member("commit", commit)
    writer.member("receipt", receipt)
    writer.endObject()
  }
}
