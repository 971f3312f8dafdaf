import JSONText
import QualityRecords
import QueryLanguage
import Records
import SearchEngine
import Storage

/// The documents of a test collection in an index in memory, asked as `search` asks, any word counting.
struct DocumentIndex {
  private let searcher: Searcher

  /// A title counts as much as a directive's.
  private static let schema = Schema(
    kind: "document",
    fields: [
      FieldDefinition(name: "title", type: .text, weight: 3), FieldDefinition(name: "text", type: .text),
    ])

  /// Reads documents with the members `id`, `title`, `text` from any format that `index` reads.
  /// - Throws: `input-output`; `bad-documents` for a row without an id or that cannot be read.
  init(path: String) throws(QualityError) {
    let fileSystem = InMemoryFileSystem()
    var failure: QualityError?
    do throws(IndexError) {
      let writer = try IndexWriter(fileSystem, schemas: [Self.schema])
      try Self.forEachDocument(of: path, &failure) { record throws(IndexError) in _ = try writer.add(record) }
      _ = try writer.commit()
      searcher = Searcher(snapshots: [try Snapshot.open(fileSystem)])
    } catch { throw QualityError(error) }
    if let failure { throw failure }
  }

  private static func forEachDocument(
    of path: String, _ failure: inout QualityError?, _ body: (Record) throws(IndexError) -> Void
  ) throws(IndexError) {
    var rows: (any RowReader)?
    do throws(RecordError) {
      rows = try openRows(path: path, source: try RecordSource.openFile(path), format: nil, kind: nil)
    } catch { failure = QualityError(error) }
    while failure == nil {
      var next: RowResult?
      do throws(RecordError) { next = try rows?.next() } catch { failure = QualityError(error) }
      switch next {
      case nil: return
      case .rejected(let line, _, let reason, _)?:
        failure = QualityError("bad-documents", "\(path):\(line): \(reason)")
      case .row(let row)?:
        let members = row.members
        guard let id = members["id"].map(SearchScreen.plain), !id.isEmpty else {
          failure = QualityError("bad-documents", "\(path):\(row.line): expected a member id", hint: "id, title, text")
          return
        }
        let kept = members.members.filter { $0.name == "title" || $0.name == "text" }
        try body(Record(kind: schema.kind, id: id, body: JSONObject(kept)))
      }
    }
  }

  /// The best documents for some words, with their scores.
  func search(_ text: String, limit: Int) throws(QualityError) -> [(id: String, score: Double)] {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init).filter { word in
      word.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
    guard !words.isEmpty else { return [] }
    let leaves = words.map { QuerySyntax(.word($0)) }
    var request = SearchRequest(leaves.count == 1 ? leaves[0] : QuerySyntax(.flat(leaves)))
    request.limit = limit
    request.matchesAny = true
    do throws(SearchError) {
      let result = try searcher.search(request)
      var found: [(String, Double)] = []
      for hit in result.hits {
        let record = try searcher.record(hit, of: result)
        if let id = record["id"]?.stringValue { found.append((id, hit.score)) }
      }
      return found
    } catch { throw QualityError(error) }
  }
}
