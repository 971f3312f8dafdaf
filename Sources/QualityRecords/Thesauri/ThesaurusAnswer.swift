import JSONText
import SearchEngine

/// What the thesaurus says of a term, with the records that hold its names.
public struct ThesaurusAnswer: Answer {
  public static var schemaName: String { "thesaurus" }

  /// A name, and the records that hold it as it is written.
  public struct Name: Hashable, Sendable {
    public var name: String
    public var count: Int
    /// By kind; kinds without any left out.
    public var byKind: [(kind: String, count: Int)]

    public static func == (left: Name, right: Name) -> Bool { left.name == right.name && left.count == right.count }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  /// A term in its place of the tree.
  public struct Entry: Sendable {
    public var names: [Name]
    /// Wider terms, the nearest first.
    public var broader: [Name]
    public var narrower: [Entry]
    public var related: [Name]
    /// Records that hold any name of it or of what lies under it.
    public var total: Int
  }

  public var term: String
  /// One a place that the term has in the tree; empty where the thesaurus does not know it.
  public var entries: [Entry]
  /// Records that hold any name of the term, or of what lies under it, in any place: what its expansion finds.
  public var total: Int
  /// Names like a term that is unknown.
  public var nearest: [String]
  /// Which thesaurus: changes with its text.
  public var version: String
  public var commit: UInt64

  public var exitCode: QualityError.ExitCode { entries.isEmpty ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("term", term)
    writer.name("entries")
    writer.beginArray()
    for entry in entries { Self.write(entry, to: &writer) }
    writer.endArray()
    writer.member("total", total)
    writer.member("nearest", nearest)
    writer.member("version", version)
    writer.member("commit", commit)
    writer.endObject()
  }

  private static func write(_ entry: Entry, to writer: inout JSONWriter) {
    writer.beginObject()
    write("names", entry.names, to: &writer)
    write("broader", entry.broader, to: &writer)
    writer.name("narrower")
    writer.beginArray()
    for narrower in entry.narrower { write(narrower, to: &writer) }
    writer.endArray()
    write("related", entry.related, to: &writer)
    writer.member("total", entry.total)
    writer.endObject()
  }

  private static func write(_ member: String, _ names: [Name], to writer: inout JSONWriter) {
    writer.name(member)
    writer.beginArray()
    for name in names {
      writer.beginObject()
      writer.member("name", name.name)
      writer.member("count", name.count)
      writer.name("byKind")
      writer.beginObject()
      for (kind, count) in name.byKind { writer.member(kind, count) }
      writer.endObject()
      writer.endObject()
    }
    writer.endArray()
  }
}

extension AnswerSchemas {
  static let thesaurus = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "thesaurus", "type": "object",
     "required": ["term", "entries", "total", "nearest", "version", "commit"],
     "properties": {"term": {"type": "string"}, "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
      "total": {"type": "integer", "minimum": 0}, "nearest": {"type": "array", "items": {"type": "string"}},
      "version": {"type": "string"}, "commit": {"type": "integer", "minimum": 0}},
     "$defs": {
      "names": {"type": "array", "items": {"type": "object", "required": ["name", "count", "byKind"],
       "properties": {"name": {"type": "string"}, "count": {"type": "integer", "minimum": 0},
        "byKind": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}}}},
      "entry": {"type": "object", "required": ["names", "broader", "narrower", "related", "total"],
       "properties": {"names": {"$ref": "#/$defs/names"}, "broader": {"$ref": "#/$defs/names"},
        "narrower": {"type": "array", "items": {"$ref": "#/$defs/entry"}}, "related": {"$ref": "#/$defs/names"},
        "total": {"type": "integer", "minimum": 0}}}}}
    """#
}
