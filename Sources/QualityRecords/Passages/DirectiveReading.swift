import JSONText
import QueryLanguage
import Records
import SearchEngine

/// A directive to be read: all its paragraphs, with the marks of what a query matches in them.
public struct DirectiveReading: Sendable {
  public struct Paragraph: Sendable {
    public var number: Int
    public var text: String
    /// Byte ranges of the text's UTF-8, rising.
    public var marks: [Range<Int>] = []
    /// Headings above it and its article: `第二章 犯罪`, `第十三条`.
    public var path: [String]
    public var isHeading: Bool
  }

  public var id: String
  /// The members of the record.
  public var record: JSONObject
  public var paragraphs: [Paragraph]

  /// Numbers of the paragraphs in which something is marked.
  public var matching: [Int] { paragraphs.compactMap { $0.marks.isEmpty ? nil : $0.number } }
}

extension QualityIndex {
  /// Paragraphs with marks of one directive at most; those behind are shown without.
  private static let markedParagraphs = 1_000

  /// A directive by its id or title, with the marks of a query. Clauses that narrow by other fields than those of paragraphs
  /// are left out when nothing matches with them: the reader is in the document already.
  ///
  /// - Throws: `no-such-id`; the query's errors; what reading the index throws. Cost: reading the directive, one search.
  public func reading(_ text: String, query: String? = nil) throws(QualityError) -> DirectiveReading {
    guard let (id, members) = try directive(called: text) else {
      throw QualityError("no-such-id", "no directive has the id '\(text)'", hint: "dossier passages \(text)")
    }
    let outline = DirectiveOutline(id: id, members)
    var reading = DirectiveReading(
      id: id, record: members,
      paragraphs: outline.entries.map {
        DirectiveReading.Paragraph(number: $0.number, text: $0.text, path: $0.path, isHeading: $0.isHeading)
      })
    guard let query, query.contains(where: { !$0.isWhitespace }) else { return reading }
    if try !mark(&reading, query) {
      let words = try ParseAnswer(parsing: query).clauses.filter { !$0.isFilter }.map(\.text)
      if !words.isEmpty { _ = try mark(&reading, words.joined(separator: " OR ")) }
    }
    return reading
  }

  /// Marks what a query matches; false where that is nothing, or where it asks what paragraphs have not.
  private func mark(_ reading: inout DirectiveReading, _ query: String) throws(QualityError) -> Bool {
    var options = SearchOptions(query)
    options.kinds = [Schema.passage.kind]
    options.limit = Self.markedParagraphs
    options.isPassageView = true
    do throws(QualityError) {
      var parsed = try parse(options)
      _ = PassageQuery.takePlaces(&parsed)
      let own = QuerySyntax(.field(QuerySyntax.Name("directive"), QuerySyntax(.phrase(reading.id))))
      var request = try request(options, parsed)
      request.query = QuerySyntax(.and([parsed.syntax, own]))
      let result = try searching { () throws(SearchError) in try searcher.search(request) }
      var marks: [Int: [Range<Int>]] = [:]
      for hit in result.hits {
        let texts = try searching { () throws(SearchError) in try searcher.markedTexts(hit, of: result) }
        let record = try searching { () throws(SearchError) in try searcher.record(hit, of: result) }
        guard let number = record["n"]?.intValue, let own = texts.first(where: { $0.field == "text" }) else { continue }
        marks[number] = own.marks
      }
      for place in reading.paragraphs.indices {
        reading.paragraphs[place].marks = marks[reading.paragraphs[place].number] ?? []
      }
      return !marks.isEmpty
    } catch {
      guard error.code == "unknown-field" || error.code == "bad-field-use" else { throw error }
      return false
    }
  }
}
