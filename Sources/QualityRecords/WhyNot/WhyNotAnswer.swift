import JSONText

/// Why a record does not answer a query: the first clause that it fails, and the nearest form that it holds.
public struct WhyNotAnswer: Answer, Hashable {
  public struct Clause: Hashable, Sendable {
    public var clause: String
    /// Bytes of the query.
    public var at: Range<Int>
    /// Nil for a word that is never required.
    public var holds: Bool?
  }

  public var id: String
  public var kind: String
  public var query: String
  public var canonical: String
  public var matches: Bool
  /// The place among the hits, from 1, where it matches and stands among those that were looked at.
  public var rank: Int?
  public var total: Int?
  /// The first clause that fails, as typed, its number and its bytes; nil when the record matches.
  public var clause: String?
  public var clauseNumber: Int?
  public var at: Range<Int>?
  public var reason: String
  /// The nearest form that the record holds; nil where there is none.
  public var nearest: String?
  /// What the nearest form is to the one asked for: `inflection`, `sibling`, `distance`, …
  public var relation: String?
  /// What would have to be asked for it to match: a rung, a distance, a range.
  public var needed: String?
  public var clauses: [Clause]

  public static var schemaName: String { "why-not" }
  public var exitCode: QualityError.ExitCode { matches ? .done : .nothingFound }

  public func write(to writer: inout JSONWriter) {
    func number(_ name: String, _ value: Int?) {
      writer.name(name)
      if let value { writer.int(value) } else { writer.null() }
    }
    writer.beginObject()
    writer.member("id", id)
    writer.member("kind", kind)
    writer.member("query", query)
    writer.member("canonical", canonical)
    writer.member("matches", matches)
    number("rank", rank)
    number("total", total)
    writer.member("clause", orNull: clause)
    number("clauseNumber", clauseNumber)
    writer.member("at", at)
    writer.member("reason", reason)
    writer.member("nearest", orNull: nearest)
    writer.member("relation", orNull: relation)
    writer.member("needed", orNull: needed)
    writer.name("clauses")
    writer.beginArray()
    for clause in clauses {
      writer.beginObject()
      writer.member("clause", clause.clause)
      writer.member("at", clause.at)
      writer.name("holds")
      if let holds = clause.holds { writer.bool(holds) } else { writer.null() }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
