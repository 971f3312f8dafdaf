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

  /// Documents of a file, one `{"id","title","text"}` a line; members may be missing, and others there. They are indexed in memory.
  /// Throws for a file or a line that cannot be read.
  public init(documents path: String, titleWeight: Int = 3) throws(QualityError) {
    try self.init(records: Self.records(path), titleWeight: titleWeight)
  }

  /// The same from records of kind ``schema``.
  public init(records: [Record], titleWeight: Int = 3) throws(QualityError) {
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

  private static func records(_ path: String) throws(QualityError) -> [Record] {
    let bytes = try bytes(path)
    var records: [Record] = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 <= 0x20 }) { continue }
      var found = "no object"
      do throws(JSONError) {
        if case .object(var body) = try JSONValue(parsing: Array(line)) {
          if let id = body["id"]?.stringValue {
            body["id"] = nil
            records.append(Record(kind: schema.kind, id: id, body: body))
            continue
          }
          found = "no id"
        }
      } catch {
        found = "\(error)"
      }
      throw QualityError(
        "unreadable", "\(path), line \(number + 1): expected {\"id\",\"title\",\"text\"}, found \(found)")
    }
    return records
  }

  private static func bytes(_ path: String) throws(QualityError) -> [UInt8] {
    do throws(RecordError) {
      var source = try RecordSource.openFile(path)
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        var count = 0
        var failure: RecordError?
        chunk.withUnsafeMutableBytes { buffer in
          do throws(RecordError) { count = try source.read(into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
      }
    } catch {
      throw QualityError(error)
    }
  }
}
