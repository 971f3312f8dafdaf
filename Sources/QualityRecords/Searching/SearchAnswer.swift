import JSONText
import SearchEngine

/// The answer to a search; also that of `enterprises` and `passages`.
public struct SearchAnswer: Answer {
  public static var schemaName: String { "search" }

  /// The enterprise that a hit is of. An `id` of nil is a name that no enterprise, or more than one, has.
  public struct Enterprise: Hashable, Sendable {
    public var id: String?
    public var name: String?
  }

  public struct Hit: Sendable {
    public var id: String
    public var kind: String
    public var score: Double
    public var rung: String
    public var title: String
    /// As it is written in the record.
    public var date: String?
    /// `certain`: whichever day it is, it is among those asked for; `possible`: some of the days are.
    public var dateIs: String?
    public var enterprise: Enterprise?
    public var snippets: [Snippet]
    /// The members of the record that were asked for.
    public var fields: JSONObject?
    public var explanation: Explanation?
  }

  public struct Note: Hashable, Sendable {
    public var code: String
    public var message: String
    /// Byte range of the query's UTF-8.
    public var at: Range<Int>?
    public var hint: String
    /// What the query in the hint finds, where the message tells it; not part of the JSON.
    public var count: Int?
  }

  public var query: String
  /// Asks the same; the text that receipts and cursors hold for.
  public var canonical: String
  public var total: Int
  public var totalIsExact: Bool
  /// The commit that was asked; of several indexes, the sum of theirs: each new commit raises it.
  public var commit: UInt64
  public var hits: [Hit]
  public var facets: [SearchFacet]
  public var next: String?
  public var notes: [Note]
  public var isPartial: Bool
  public var receipt: String

  public var exitCode: QualityError.ExitCode { isPartial ? .partial : total == 0 ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("query", query)
    writer.member("canonical", canonical)
    writer.member("total", total)
    writer.member("totalIsExact", totalIsExact)
    writer.member("commit", commit)
    writer.name("hits")
    writer.beginArray()
    for hit in hits { Self.write(hit, to: &writer) }
    writer.endArray()
    writer.name("facets")
    writer.beginObject()
    for facet in facets {
      writer.name(facet.field)
      writer.beginArray()
      for value in facet.values {
        writer.beginObject()
        writer.member("value", value.value)
        writer.member("count", value.count)
        writer.endObject()
      }
      writer.endArray()
    }
    writer.endObject()
    writer.member("next", orNull: next)
    writer.name("notes")
    Self.write(notes, to: &writer)
    writer.member("partial", isPartial)
    writer.member("receipt", receipt)
    writer.endObject()
  }

  /// Notes as an array of objects.
  static func write(_ notes: [Note], to writer: inout JSONWriter) {
    writer.beginArray()
    for note in notes {
      writer.beginObject()
      writer.member("code", note.code)
      writer.member("message", note.message)
      writer.member("at", note.at)
      writer.member("hint", note.hint)
      writer.endObject()
    }
    writer.endArray()
  }

  /// One hit as a line of `--jsonl`, without its end.
  public func line(of hit: Hit) -> [UInt8] {
    var writer = JSONWriter()
    Self.write(hit, to: &writer)
    return writer.bytes
  }

  /// One hit as an object: an element of `hits`, and a line of `--jsonl`.
  public static func write(_ hit: Hit, to writer: inout JSONWriter) {
    writer.beginObject()
    writeMembers(of: hit, to: &writer)
    writer.endObject()
  }

  /// The members of a hit, for answers that add their own.
  static func writeMembers(of hit: Hit, to writer: inout JSONWriter) {
    writer.member("id", hit.id)
    writer.member("kind", hit.kind)
    writer.member("score", score: hit.score)
    writer.member("rung", hit.rung)
    writer.member("title", hit.title)
    writer.member("date", orNull: hit.date)
    writer.member("dateIs", orNull: hit.dateIs)
    writer.name("enterprise")
    if let enterprise = hit.enterprise {
      writer.beginObject()
      writer.member("id", orNull: enterprise.id)
      writer.member("name", orNull: enterprise.name)
      writer.endObject()
    } else {
      writer.null()
    }
    writer.name("snippets")
    writer.beginArray()
    for snippet in hit.snippets { write(snippet, to: &writer) }
    writer.endArray()
    if let fields = hit.fields { writer.member("fields", .object(fields)) }
    if let explanation = hit.explanation {
      writer.name("explanation")
      write(explanation, to: &writer)
    }
  }

  static func write(_ snippet: Snippet, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("field", snippet.field)
    writer.name("paragraph")
    if let paragraph = snippet.paragraph { writer.int(paragraph) } else { writer.null() }
    writer.member("text", snippet.text)
    writer.name("marks")
    writer.beginArray()
    for mark in snippet.marks {
      writer.beginArray()
      writer.int(mark.lowerBound)
      writer.int(mark.upperBound)
      writer.endArray()
    }
    writer.endArray()
    writer.endObject()
  }

  private static func write(_ explanation: Explanation, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("value", score: explanation.value)
    writer.member("label", explanation.label)
    writer.name("details")
    writer.beginObject()
    for detail in explanation.details { writer.member(detail.name, score: detail.value) }
    writer.endObject()
    writer.name("parts")
    writer.beginArray()
    for part in explanation.parts { write(part, to: &writer) }
    writer.endArray()
    writer.endObject()
  }
}
