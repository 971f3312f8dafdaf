import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Pairs of query words, neighbours, and the one order that comes of them.
@Suite struct SecondPassTests {
  private static let schema = Schema(
    kind: "note",
    fields: [FieldDefinition(name: "title", type: .text, weight: 3), FieldDefinition(name: "text", type: .text)])

  /// Words that are their own stems, of no word list: the lower the number, the more frequent.
  private static func word(_ number: Int) -> String {
    let letters = Array("bdfgkmpt")
    return "zo" + String([letters[number / 64 % 8], "a", letters[number / 8 % 8], "o", letters[number % 8]]) + "k"
  }

  private static func documents(_ count: Int, seed: UInt64) -> [RankingReference.Document] {
    var random = RandomCollection(seed: seed)
    func words(_ count: Int) -> [String] {
      (0..<count).map { _ in
        let bound = Int.random(in: 1...300, using: &random)
        return word(Int.random(in: 0..<bound, using: &random))
      }
    }
    return (0..<count).map { number in
      RankingReference.Document(
        id: "r\(number)", title: words(Int.random(in: 0...4, using: &random)),
        text: words(Int.random(in: 1...40, using: &random)))
    }
  }

  private func searcher(
    _ documents: [RankingReference.Document], segments: Int = 1
  ) throws -> Searcher {
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: [Self.schema], options: options)
    for (number, document) in documents.enumerated() {
      var body = JSONObject()
      if !document.title.isEmpty { body["title"] = .string(document.title.joined(separator: " ")) }
      body["text"] = .string(document.text.joined(separator: " "))
      _ = try writer.add(Record(kind: "note", id: document.id, body: body))
      if (number + 1) % (documents.count / segments + 1) == 0 { _ = try writer.commit() }
    }
    _ = try writer.commit()
    return Searcher(snapshots: [try Snapshot.open(files)])
  }

  private func request(_ words: [String], candidates: Int = 200) -> SearchRequest {
    let clauses = words.map { QuerySyntax(.word($0)) }
    var request = SearchRequest(clauses.count == 1 ? clauses[0] : QuerySyntax(.flat(clauses)))
    request.matchesAny = true
    request.limit = 10_000
    request.parameters.candidates = candidates
    return request
  }

  private func hits(_ searcher: Searcher, _ request: SearchRequest) throws -> [(id: String, score: Double)] {
    let result = try searcher.search(request)
    var found: [(id: String, score: Double)] = []
    for hit in result.hits { found.append((try searcher.id(hit, of: result), hit.score)) }
    return found
  }

  private static let queries = [
    [word(0), word(5)], [word(3), word(9), word(3), word(9)], [word(20)], [word(1), word(2), word(40), word(1)],
    [word(100), word(0), word(7)], [word(2), word(2)],
  ]

  @Test("R1: scores equal an independent reference, over thousands of pairs", arguments: [1, 2, 3] as [UInt64])
  func scoresAreThoseOfTheFormulas(seed: UInt64) throws {
    let documents = Self.documents(260, seed: seed)
    let reference = RankingReference(documents: documents)
    let searcher = try searcher(documents)
    for query in Self.queries {
      for candidates in [40, 200] {
        let expected = reference.ranking(query, candidates: candidates)
        let found = try hits(searcher, request(query, candidates: candidates))
        #expect(found.count == expected.count, "\(query), seed \(seed)")
        for (place, pair) in zip(found, expected).enumerated() {
          #expect(abs(pair.0.score - pair.1.score) < 1e-9, "place \(place) of \(query), seed \(seed)")
          #expect(
            pair.0.id == pair.1.id || abs(pair.0.score - pair.1.score) < 1e-9,
            "place \(place) of \(query), seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: [4, 5] as [UInt64])
  func pairBonusIsThatOfTheFormulaAndBounded(seed: UInt64) throws {
    let documents = Self.documents(150, seed: seed)
    let reference = RankingReference(documents: documents)
    let byId = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
    let searcher = try searcher(documents)
    var paid = 0
    for query in Self.queries {
      let most = RankingReference.pairs(query).reduce(0) { $0 + 0.6 * min(reference.idf($1.0), reference.idf($1.1)) }
      for hit in try hits(searcher, request(query, candidates: 0)) {
        let document = try #require(byId[hit.id])
        let bonus = reference.bonus(document, query)
        #expect(abs(hit.score - reference.ownScore(document, query) - bonus) < 1e-9, "\(query), seed \(seed)")
        #expect(bonus <= most + 1e-12)
        paid += bonus > 0 ? 1 : 0
      }
    }
    #expect(paid > 20, "pairs were met, seed \(seed)")
  }

  @Test func pairsAreCountedAsByHand() {
    var random = RandomCollection(seed: 6)
    for _ in 0..<500 {
      var first: Set<UInt32> = []
      var second: Set<UInt32> = []
      for place in 0..<UInt32(60) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: first.insert(place)
        case 1: second.insert(place)
        default: break
        }
      }
      let expected = RankingReference.counts(first.map(Int.init), second.map(Int.init))
      let found = PairCounter.count(first.sorted(), second.sorted())
      #expect(found.ordered == expected.ordered && found.near == expected.near, "seed 6: \(first) \(second)")
    }
  }

  /// Of two records with the same words, the one where they stand together comes first, in both rankings.
  @Test("R2: adjacent comes before near, near before distant") func togetherComesFirst() throws {
    let filler = (100..<120).map { Self.word($0) }
    let (a, b) = (Self.word(1), Self.word(2))
    let apart = RankingReference.Document(id: "apart", title: [], text: [b] + filler + [a])
    let near = RankingReference.Document(id: "near", title: [], text: filler + [b, filler[0], filler[1], a].reversed())
    let close = RankingReference.Document(id: "close", title: [], text: filler + [filler[0], filler[1], a, b])
    let plain = RankingReference.Document(id: "apart2", title: [], text: [b] + filler + [filler[0], filler[1], a])
    let searcher = try searcher(
      [plain, apart, near, close]
        + Self.documents(60, seed: 7).map { document in
          RankingReference.Document(
            id: document.id, title: [], text: document.text.filter { $0 != a && $0 != b } + ["x"])
        })
    for candidates in [0, 200] {
      var request = request([a, b], candidates: candidates)
      request.parameters.neighbourShare = 0
      let order = try hits(searcher, request).map(\.id)
      let places = try ["close", "near", "apart2"].map { try #require(order.firstIndex(of: $0)) }
      #expect(places == places.sorted(), "\(order)")
    }
  }

  @Test(arguments: [0, 30, 200])
  func explanationsSumToTheScore(candidates: Int) throws {
    let searcher = try searcher(Self.documents(120, seed: 8))
    for query in Self.queries {
      let result = try searcher.search(request(query, candidates: candidates))
      for hit in result.hits {
        let explanation = try searcher.explanation(hit, of: result)
        #expect(abs(explanation.value - hit.score) < 1e-6, "\(query)")
        check(explanation)
      }
    }
  }

  private func check(_ explanation: Explanation) {
    if explanation.parts.isEmpty { return }
    #expect(abs(explanation.parts.reduce(0) { $0 + $1.value } - explanation.value) < 1e-6, "\(explanation.label)")
    for part in explanation.parts { check(part) }
  }

  @Test(arguments: [0, 17, 200], [1, 7, 50])
  func pagesMakeTheWhole(candidates: Int, limit: Int) throws {
    let searcher = try searcher(Self.documents(90, seed: 9), segments: 3)
    let whole = try hits(searcher, request([Self.word(0), Self.word(5)], candidates: candidates))
    #expect(whole.count > 30)
    var paged = request([Self.word(0), Self.word(5)], candidates: candidates)
    paged.limit = limit
    var ids: [String] = []
    var scores: [Double] = []
    while ids.count <= whole.count {
      let result = try searcher.search(paged)
      #expect(result.total == whole.count)
      for hit in result.hits {
        ids.append(try searcher.id(hit, of: result))
        scores.append(hit.score)
      }
      guard let next = result.next else { break }
      paged.cursor = SearchCursor(next.description) as SearchCursor?
    }
    #expect(ids == whole.map(\.id))
    #expect(scores == whole.map(\.score))
  }

  @Test func segmentsMakeNoDifference() throws {
    let documents = Self.documents(200, seed: 10)
    let one = try searcher(documents)
    for segments in [2, 5] {
      let several = try searcher(documents, segments: segments)
      #expect(several.snapshots[0].segments.count == segments)
      for query in Self.queries {
        let expected = try hits(one, request(query))
        let found = try hits(several, request(query))
        #expect(found.map(\.id) == expected.map(\.id), "\(query)")
        #expect(found.map(\.score.bitPattern) == expected.map(\.score.bitPattern), "\(query)")
      }
    }
  }

  /// What is no query of bare words is ranked by one pass, without pairs.
  @Test(arguments: ["\"zobabok zobadok\"", "=zobabob", "title:zobabok", "zobabok OR zobadok", "甲醛超标"])
  func otherQueriesAreLeftAlone(text: String) throws {
    let plan = try QueryPlanner.plan(
      try QueryParser.parse(text).syntax, schemas: [Self.schema], options: QueryPlanner.Options())
    #expect(plan.words == nil || plan.words?.hasRuns == true, "\(text)")
  }

  @Test(arguments: ["lead paint", "lead the paint", "lead paint -toy", "lead", "lead paint since:2007"])
  func queriesOfWordsAreRankedAgain(text: String) throws {
    let schema = Schema(
      kind: "note",
      fields: [FieldDefinition(name: "text", type: .text), FieldDefinition(name: "date", type: .date, weight: 0)])
    let plan = try QueryPlanner.plan(
      try QueryParser.parse(text).syntax, schemas: [schema], options: QueryPlanner.Options())
    let words = try #require(plan.words)
    #expect(words.pairs.count == (text == "lead" ? 0 : 1), "\(text)")
    #expect(!words.hasRuns)
  }

  /// The same record with its words moved apart: its score falls from adjacent to near, and from near to distant.
  @Test("R2: moved apart, the score falls", arguments: [0, 200])
  func movedApartTheScoreFalls(candidates: Int) throws {
    var random = RandomCollection(seed: 31)
    let (a, b) = (Self.word(1), Self.word(2))
    for trial in 0..<12 {
      let others = Self.documents(40, seed: UInt64(100 + trial)).map { document in
        RankingReference.Document(
          id: document.id, title: [], text: document.text + (Int.random(in: 0..<3, using: &random) == 0 ? [a] : [b]))
      }
      let filler = (0..<30).map { Self.word(200 + $0) }
      let start = Int.random(in: 0..<8, using: &random)
      var scores: [Double] = []
      for distance in [1, Int.random(in: 2...7, using: &random), Int.random(in: 8...20, using: &random)] {
        var text = filler
        text.insert(a, at: start)
        text.insert(b, at: start + distance)
        let moved = RankingReference.Document(id: "moved", title: [], text: text)
        var request = request([a, b], candidates: candidates)
        request.parameters.neighbourShare = 0
        let found = try hits(searcher(others + [moved]), request)
        scores.append(try #require(found.first { $0.id == "moved" }).score)
      }
      #expect(scores[0] > scores[1] && scores[1] > scores[2], "trial \(trial), seed 31: \(scores)")
    }
  }

  @Test("R7: one order over one segment and over eight", arguments: [0, 30, 200])
  func oneOrderOverOneSegmentAndOverEight(candidates: Int) throws {
    let documents = Self.documents(240, seed: 21)
    let one = try searcher(documents)
    let eight = try searcher(documents, segments: 8)
    #expect(one.snapshots[0].segments.count == 1 && eight.snapshots[0].segments.count == 8)
    for query in Self.queries {
      let expected = try hits(one, request(query, candidates: candidates))
      let found = try hits(eight, request(query, candidates: candidates))
      #expect(found.map(\.id) == expected.map(\.id), "\(query)")
      #expect(found.map(\.score) == expected.map(\.score), "\(query)")
    }
  }

  @Test func vectorsAreThoseOfTheRecords() throws {
    let documents = Self.documents(70, seed: 11)
    let searcher = try searcher(documents)
    let reader = try #require(searcher.snapshots[0].segments[0].vectors)
    try reader.verifyStructure()
    var vector = TermVector()
    for (number, document) in documents.enumerated() {
      try reader.vector(of: UInt32(number), into: &vector)
      #expect(Double(vector.length) == document.length)
      var words: [String: Int] = [:]
      for word in document.title + document.text { words[word, default: 0] += 1 }
      #expect(vector.frequencies.map(Int.init).sorted() == words.values.sorted(), "document \(number)")
    }
  }
}
