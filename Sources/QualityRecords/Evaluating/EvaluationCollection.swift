import JSONText
import QueryLanguage
import Records
public import SearchEngine

/// The documents of a test collection behind the ranking that is shipped: titles weigh 3, any word of a topic counts, and
/// nothing is done that a search does not do.
public struct EvaluationCollection: Sendable {
  public struct Hit: Sendable, Hashable {
    public let id: String
    public let score: Double
  }

  public let searcher: Searcher
  /// The ids of all documents.
  public let ids: Set<String>
  /// How a topic is ranked: the shipped way unless it is set otherwise.
  public var parameters = RankingParameters()
  /// Whether one word of a topic suffices.
  public var matchesAny = true

  /// Documents as they are indexed: all text counts, members of other names as `text` does.
  public static let schema = schema(titleWeight: 3)

  static func schema(titleWeight: Int) -> Schema {
    Schema(
      kind: "document",
      fields: [
        FieldDefinition(name: "title", type: .text, weight: titleWeight), FieldDefinition(name: "text", type: .text),
      ])
  }

  /// Documents of a file, in any of the forms of ``EvaluationDocuments``. They are indexed in memory.
  /// Throws for a file or a line that cannot be read.
  public init(documents path: String, titleWeight: Int = 3) throws(QualityError) {
    try self.init(records: EvaluationDocuments.records(path), titleWeight: titleWeight)
  }

  /// The same from records of kind ``schema``.
  public init(records: [Record], titleWeight: Int = 3) throws(QualityError) {
    ids = Set(records.map(\.id))
    do throws(IndexError) {
      searcher = try MemoryIndex.searcher(schemas: [Self.schema(titleWeight: titleWeight)], records: records)
    } catch {
      throw QualityError(error)
    }
  }

  /// The best documents for a topic, at most `depth`. A topic is text: what would be an operator in a query is a word.
  public func search(_ topic: String, depth: Int = 1_000) throws(QualityError) -> [Hit] {
    let words = topic.split(whereSeparator: \.isWhitespace).map { QuerySyntax(.word(String($0))) }
    guard let first = words.first else { return [] }
    var request = SearchRequest(words.count == 1 ? first : QuerySyntax(.flat(words)))
    request.matchesAny = matchesAny
    request.limit = depth
    request.tellsRungs = false
    request.parameters = parameters
    do throws(SearchError) {
      let result = try searcher.search(request)
      var hits: [Hit] = []
      for hit in result.hits { hits.append(Hit(id: try searcher.id(hit, of: result), score: hit.score)) }
      return hits
    } catch {
      throw QualityError(error)
    }
  }
}
