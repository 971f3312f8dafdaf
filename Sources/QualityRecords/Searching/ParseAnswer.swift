import JSONText
import QueryLanguage
import SearchEngine

/// What was understood of a query: its canonical text, its tree, what was mended and what is worth saying.
public struct ParseAnswer: Answer {
  public var parsed: ParsedQuery

  /// Parses `query`; no index is asked. Throws what is wrong with it, and with `strict` what would be mended.
  public init(parsing query: String, today: QueryDate.Day? = nil, strict: Bool = false) throws(QualityError) {
    do throws(QuerySyntaxError) {
      parsed = try QueryParser.parse(query, today: today ?? .today, strict: strict)
    } catch { throw QualityError(error) }
  }

  public static var schemaName: String { "parse" }
  public var exitCode: QualityError.ExitCode { .done }

  /// Notes and repairs as answers have them, repairs first.
  public var notes: [SearchAnswer.Note] {
    parsed.repairs.map { SearchAnswer.Note(code: $0.code.rawValue, message: $0.message, at: $0.range, hint: $0.hint) }
      + parsed.notes.map { SearchAnswer.Note(code: $0.code.rawValue, message: $0.message, at: $0.range, hint: $0.hint) }
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("query", parsed.text)
    writer.member("canonical", parsed.canonical)
    writer.member("tree", parsed.syntax.json)
    writer.name("notes")
    SearchAnswer.write(notes, to: &writer)
    writer.endObject()
  }
}

/// A query given as a JSON tree.
public enum QueryTree {
  /// The canonical text of a tree, or of the `tree` of a ``ParseAnswer``. Throws `bad-query-tree` with the place.
  public static func text(ofJSON bytes: [UInt8]) throws(QualityError) -> String {
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch {
      throw QualityError("bad-query-tree", "the query is no JSON: \(error)")
    }
    do throws(QueryTreeError) {
      return try QuerySyntax(json: value["tree"] ?? value).description
    } catch {
      throw QualityError(
        "bad-query-tree", "\(error)", hint: "dossier parse --json QUERY shows the tree of a typed query")
    }
  }
}
