import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Help gives true counts, and suggests nothing that finds nothing.
@Suite struct HelpTests {
  private func searcher() throws -> Searcher {
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: RandomCollection.schemas)
    let texts = [
      "rectification of furniture", "rectification of toys", "recification noticed", "inspection of paint GB 6675-2014",
      "formaldehyde in furniture", "product quality", "XK16-204 and 12345", "closed",
    ]
    for (number, text) in texts.enumerated() {
      var body = JSONObject()
      body["text"] = .string(text)
      body["status"] = .string(number % 2 == 0 ? "open" : "closed")
      _ = try writer.add(Record(kind: "note", id: "n\(number)", body: body))
    }
    _ = try writer.commit()
    return Searcher(snapshots: [try Snapshot.open(files)])
  }

  private func help(_ text: String) throws -> SearchHelp {
    try searcher().help(for: SearchRequest(try QueryParser.parse(text).syntax))
  }

  @Test func suggestsWordsOfTheIndexWithCounts() throws {
    let help = try help("rectifcation")
    #expect(help.unknownWords == ["rectifcation"])
    #expect(help.suggestions.map(\.replacement) == ["rectification", "recification"])
    #expect(help.suggestions.map(\.count) == [2, 1])
    #expect(help.suggestions.map(\.distance) == [1, 2])
    #expect(help.fuzzy?.count == 3)
    #expect(help.withoutClause.isEmpty)
  }

  @Test func neverSuggestsAQueryWithoutHits() throws {
    // The word has a neighbour, but none together with paint but inspection.
    #expect(try help("rectifcation paint").suggestions.isEmpty)
    let help = try help("furnitrue rectifcation")
    #expect(help.unknownWords == ["furnitrue", "rectifcation"])
    #expect(!help.suggestions.isEmpty)
    #expect(help.suggestions.allSatisfy { $0.count > 0 })
    #expect(help.suggestions.first?.query.description == "furniture rectification")
  }

  @Test func countsWithoutEachClause() throws {
    let help = try help("furniture rectification status:closed -toys")
    #expect(help.withoutClause.map(\.count) == [0, 0, 1, 0])
    #expect(help.withoutClause.map(\.clause) == ["furniture", "rectification", "status:closed", "-toys"])
  }

  @Test(arguments: ["GB 6676-2014", "12346", "XK16-205", "铅铅", "ab"])
  func neverFuzzesCodesAndNumbers(_ text: String) throws {
    let help = try help(text)
    #expect(help.suggestions.isEmpty)
    #expect(help.fuzzy == nil)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func countsAreTrue(seed: UInt64) throws {
    var random = RandomCollection(seed: seed)
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: RandomCollection.schemas)
    for number in 0..<80 { _ = try writer.add(random.record("r\(number)")) }
    _ = try writer.commit()
    let searcher = Searcher(snapshots: [try Snapshot.open(files)])
    var suggested = 0
    for _ in 0..<15 {
      var text = random.word()
      text.remove(at: text.index(text.startIndex, offsetBy: Int.random(in: 0..<text.count, using: &random)))
      let help = try searcher.help(for: SearchRequest(QueryParser.parse(text + " " + random.word()).syntax))
      suggested += help.suggestions.count
      for (query, count) in help.suggestions.map({ ($0.query, $0.count) })
        + help.withoutClause.map({ ($0.query, $0.count) })
      {
        var request = SearchRequest(query)
        request.relaxes = false
        #expect(try searcher.search(request).total == count, "\(query) with seed \(seed)")
      }
      #expect(help.suggestions.allSatisfy { $0.count > 0 })
    }
    #expect(suggested > 5)
  }
}
