import JSONText
import Records
import SearchEngine

/// What a paragraph cites, and who cites it.
public struct RefsAnswer: Answer, Hashable {
  /// Something that the paragraph names.
  public struct Cited: Hashable, Sendable {
    /// `passage`, `directive`, `title` (of no directive here), `standard`, `code` of something else.
    public var kind: String
    /// As written, and its bytes in the paragraph's text.
    public var text: String
    public var at: Range<Int>
    /// The paragraph or directive that it is; nil where there is none here.
    public var id: String?
  }

  public enum Way: String, Sendable {
    /// By the document and the number of the paragraph or article.
    case number
    /// By its words: eight or more in a row, twelve characters in Chinese.
    case wording
  }

  public struct Citing: Hashable, Sendable {
    public var id: String
    public var kind: String
    public var title: String
    public var date: String?
    public var way: Way
    /// What of the record cites it.
    public var text: String
    /// Words quoted in a row; 0 of a citation by number.
    public var words: Int
    /// Weight of the words quoted, to order by.
    var weight: Int
  }

  public var id: String
  public var title: String
  public var text: String
  public var cites: [Cited]
  /// By number first, then the longest quotation first.
  public var citedBy: [Citing]
  public var byNumber: Int
  public var byWording: Int
  /// Records that name the document without a paragraph.
  public var documentOnly: Int
  /// Whether more records might cite it than were looked at.
  public var isPartial: Bool
  var outcome: PassageLink.Outcome?
  public var commit: UInt64
  public var receipt: String

  public static var schemaName: String { "refs" }
  public var exitCode: QualityError.ExitCode {
    isPartial ? .partial : cites.isEmpty && byNumber + byWording == 0 ? .nothingFound : .done
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", id)
    writer.member("kind", Schema.passage.kind)
    writer.member("title", title)
    writer.member("text", text)
    writer.name("asked")
    if let outcome { outcome.write(to: &writer) } else { writer.null() }
    writer.name("cites")
    writer.beginArray()
    for cited in cites {
      writer.beginObject()
      writer.member("kind", cited.kind)
      writer.member("text", cited.text)
      writer.member("at", cited.at)
      writer.member("id", orNull: cited.id)
      writer.endObject()
    }
    writer.endArray()
    writer.name("citedBy")
    writer.beginArray()
    for citing in citedBy {
      writer.beginObject()
      writer.member("id", citing.id)
      writer.member("kind", citing.kind)
      writer.member("title", citing.title)
      writer.member("date", orNull: citing.date)
      writer.member("how", citing.way.rawValue)
      writer.member("text", citing.text)
      writer.member("words", citing.words)
      writer.endObject()
    }
    writer.endArray()
    writer.name("counts")
    writer.beginObject()
    writer.member("number", byNumber)
    writer.member("wording", byWording)
    writer.member("documentOnly", documentOnly)
    writer.endObject()
    writer.member("partial", isPartial)
    writer.member("commit", commit)
    writer.member("receipt", receipt)
    writer.endObject()
  }
}
