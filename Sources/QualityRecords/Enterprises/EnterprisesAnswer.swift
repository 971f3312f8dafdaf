import JSONText
import SearchEngine

/// Enterprises that answer a query, one row each: the shape of ``SearchAnswer``, and what is known of each enterprise.
public struct EnterprisesAnswer: Answer {
  public static var schemaName: String { "enterprises" }

  /// A piece of a record that matched.
  public struct Passage: Sendable {
    public var id: String
    public var kind: String
    public var date: String?
    public var rung: String
    public var snippet: Snippet
  }

  /// What stands beside a hit.
  public struct Row: Sendable {
    /// Records of the enterprise that match, its own file among them.
    public var records: Int
    /// Its notes, and the violations in them, whatever was searched for.
    public var notes: Int
    public var violations: Int
    public var worstSeverity: String?
    /// The date of the latest note, as exact as it is known.
    public var latest: String?
    public var province: String?
    public var licence: String?
    public var export: Bool?
    public var passages: [Passage]
  }

  public struct FacetValue: Sendable, Hashable {
    public var value: String
    /// Enterprises with a matching record of that value, each once.
    public var count: Int
    /// Added to the query, it leaves exactly those; nil where no clause does.
    public var clause: String?
  }

  public struct Facet: Sendable {
    public var field: String
    public var values: [FacetValue]
    /// Enterprises none of whose matching records has a value.
    public var without: Int
  }

  public struct TreeNode: Sendable, Hashable {
    public var name: String
    public var names: [String]
    /// 0 at the top of the product tree.
    public var depth: Int
    public var count: Int
    public var clause: String?
    public var isLeaf: Bool
  }

  /// Its hits are the enterprises: `id` is the enterprise's, score, rung and snippets are those of its best record.
  public var search: SearchAnswer
  /// Parallel to the hits.
  public var rows: [Row]
  /// Matching records of all enterprises.
  public var records: Int
  /// Matching records that belong to no enterprise.
  public var unassigned: Int
  public var facets: [Facet]
  /// Terms of the product tree with enterprises, from the top down.
  public var tree: [TreeNode]
  /// The field of ``facets`` that was asked for by itself.
  public var by: String?
  public var sort: String
  /// Products and categories that the query names.
  public var askedTerms: [String]

  public var exitCode: QualityError.ExitCode { search.exitCode }

  /// The query that asks for those of `query` that a facet's clause leaves.
  public static func narrowed(_ query: String, by clause: String) -> String {
    let isPlain = !query.contains(" OR ") && !query.contains(" NOT ") && !query.contains("|")
    return isPlain ? "\(query) \(clause)" : "(\(query)) \(clause)"
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("query", search.query)
    writer.member("canonical", search.canonical)
    writer.member("total", search.total)
    writer.member("totalIsExact", search.totalIsExact)
    writer.member("records", records)
    writer.member("unassigned", unassigned)
    writer.member("commit", search.commit)
    writer.member("sort", sort)
    writer.name("hits")
    writer.beginArray()
    for (hit, row) in zip(search.hits, rows) { Self.write(hit, row, to: &writer) }
    writer.endArray()
    writer.name("facets")
    writer.beginObject()
    for facet in facets {
      writer.name(facet.field)
      writer.beginArray()
      for value in facet.values { Self.write(value.value, value.count, value.clause, to: &writer) }
      writer.endArray()
    }
    writer.endObject()
    writer.name("tree")
    writer.beginArray()
    for node in tree {
      writer.beginObject()
      writer.member("name", node.name)
      writer.member("depth", node.depth)
      writer.member("count", node.count)
      writer.member("clause", orNull: node.clause)
      writer.endObject()
    }
    writer.endArray()
    writer.name("by")
    writeGroups(to: &writer)
    writer.member("next", orNull: search.next)
    writer.name("notes")
    writer.beginArray()
    for note in search.notes {
      writer.beginObject()
      writer.member("code", note.code)
      writer.member("message", note.message)
      writer.member("at", note.at)
      writer.member("hint", note.hint)
      writer.endObject()
    }
    writer.endArray()
    writer.member("partial", search.isPartial)
    writer.member("receipt", search.receipt)
    writer.endObject()
  }

  private func writeGroups(to writer: inout JSONWriter) {
    guard let by, let facet = facets.first(where: { $0.field == by }) else { return writer.null() }
    writer.beginObject()
    writer.member("field", by)
    writer.name("groups")
    writer.beginArray()
    for value in facet.values { Self.write(value.value, value.count, value.clause, to: &writer) }
    writer.endArray()
    writer.member("without", facet.without)
    writer.endObject()
  }

  private static func write(_ value: String, _ count: Int, _ clause: String?, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("value", value)
    writer.member("count", count)
    writer.member("clause", orNull: clause)
    writer.endObject()
  }

  /// One row as an object: an element of `hits`, and a line of `--jsonl`.
  public static func write(_ hit: SearchAnswer.Hit, _ row: Row, to writer: inout JSONWriter) {
    writer.beginObject()
    SearchAnswer.writeMembers(of: hit, to: &writer)
    writer.member("records", row.records)
    writer.member("notes", row.notes)
    writer.member("violations", row.violations)
    writer.member("worstSeverity", orNull: row.worstSeverity)
    writer.member("latest", orNull: row.latest)
    writer.name("passages")
    writer.beginArray()
    for passage in row.passages {
      writer.beginObject()
      writer.member("id", passage.id)
      writer.member("kind", passage.kind)
      writer.member("date", orNull: passage.date)
      writer.member("rung", passage.rung)
      writer.name("snippet")
      SearchAnswer.write(passage.snippet, to: &writer)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
