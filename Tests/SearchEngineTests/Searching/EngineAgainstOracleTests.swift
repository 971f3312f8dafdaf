import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// The engine and the naive index agree: same records, same order, same scores, same totals.
@Suite struct EngineAgainstOracleTests {
  private func records(_ searcher: Searcher, _ request: SearchRequest) throws -> (
    ids: [String], scores: [Double], total: Int
  ) {
    let result = try searcher.search(request)
    var ids: [String] = []
    for hit in result.hits { ids.append(try searcher.record(hit, of: result)["id"]?.stringValue ?? "?") }
    return (ids, result.hits.map(\.score), result.total)
  }

  private func request(_ query: QuerySyntax, limit: Int = 100_000) -> SearchRequest {
    var request = SearchRequest(query)
    request.limit = limit
    request.relaxes = false
    // The naive index knows the words' own scores alone; pairs and neighbours have tests of their own.
    request.parameters.candidates = 0
    request.parameters.pairBonus = PairWeights(ordered: 0, near: 0)
    return request
  }

  private func oracle(_ searcher: Searcher, _ records: [String: Record]) throws -> NaiveIndex {
    var naive = NaiveIndex(schemas: RandomCollection.schemas)
    for id in try self.records(searcher, request(QuerySyntax(.everything))).ids {
      if let record = records[id] { naive.add(record) }
    }
    return naive
  }

  private func compare(
    _ searcher: Searcher, _ naive: NaiveIndex, _ random: inout RandomCollection, queries: Int, seed: UInt64,
    scores: Bool
  ) throws {
    var matched = 0
    for _ in 0..<queries {
      let query = random.query()
      let expected = naive.search(query)
      matched += expected.isEmpty ? 0 : 1
      let found = try records(searcher, request(query))
      #expect(found.total == expected.count, "total of \(query) with seed \(seed)")
      if scores {
        let worst = zip(found.scores, expected).map { abs($0 - $1.score) }.max() ?? 0
        #expect(worst < 1e-6, "scores of \(query) with seed \(seed) differ by \(worst)")
        // Scores that differ by rounding alone may order their records either way.
        let same = zip(found.ids, expected).enumerated().allSatisfy { place, pair in
          pair.0 == pair.1.id || abs(found.scores[place] - expected[place].score) < 1e-9
        }
        #expect(same, "order of \(query) with seed \(seed)")
      }
      #expect(Set(found.ids) == Set(expected.map(\.id)), "records of \(query) with seed \(seed)")
    }
    // The comparison says something: most queries have answers.
    #expect(matched * 2 > queries, "seed \(seed)")
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func addedRecordsOverSegments(seed: UInt64) throws {
    var random = RandomCollection(seed: seed)
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = seed % 2 == 0
    let writer = try IndexWriter(files, schemas: RandomCollection.schemas, options: options)
    var records: [String: Record] = [:]
    for number in 0..<120 {
      let record = random.record("r\(number)")
      records[record.id] = record
      _ = try writer.add(record)
      if Int.random(in: 0..<25, using: &random) == 0 { _ = try writer.commit() }
    }
    _ = try writer.commit()
    let searcher = Searcher(snapshots: [try Snapshot.open(files)])
    let naive = try oracle(searcher, records)
    #expect(naive.documents.count == 120)
    try compare(searcher, naive, &random, queries: 60, seed: seed, scores: true)
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func changedRecords(seed: UInt64) throws {
    var random = RandomCollection(seed: seed)
    let files = InMemoryFileSystem()
    var records: [String: Record] = [:]
    for round in 0..<4 {
      // Opened anew each time.
      let writer = try IndexWriter(files, schemas: RandomCollection.schemas)
      for _ in 0..<40 {
        let id = "r\(Int.random(in: 0..<70, using: &random))"
        if Int.random(in: 0..<4, using: &random) == 0, let known = records[id] {
          #expect(try writer.delete(kind: known.kind, id: id))
          records[id] = nil
        } else {
          let record = random.record(id)
          if let known = records[id], known.kind != record.kind { _ = try writer.delete(kind: known.kind, id: id) }
          records[id] = record
          _ = try writer.add(record)
        }
      }
      if round == 3 { try writer.mergeFully() }
      _ = try writer.commit()
      let searcher = Searcher(snapshots: [try Snapshot.open(files)])
      let naive = try oracle(searcher, records)
      #expect(naive.documents.count == records.count)
      // Deleted records count in statistics until they are merged away: scores are compared after that.
      try compare(searcher, naive, &random, queries: 25, seed: seed, scores: round == 3)
    }
  }

  @Test func pagesJoinToTheWhole() throws {
    let (searcher, generator) = try searcher(seed: 21, records: 90)
    var random = generator
    for _ in 0..<20 {
      let query = random.query()
      let whole = try records(searcher, request(query)).ids
      var paged: [String] = []
      var page = request(query, limit: 7)
      while true {
        let result = try searcher.search(page)
        for hit in result.hits { paged.append(try searcher.record(hit, of: result)["id"]?.stringValue ?? "?") }
        guard let next = result.next else { break }
        page.cursor = SearchCursor(next.description)
      }
      #expect(paged == whole)
    }
  }

  @Test func explanationsSumToTheScore() throws {
    let (searcher, generator) = try searcher(seed: 22, records: 60)
    var random = generator
    for _ in 0..<20 {
      let result = try searcher.search(request(random.query()))
      for hit in result.hits.prefix(5) {
        let explained = try searcher.explanation(hit, of: result).value
        #expect(abs(explained - hit.score) < 1e-9)
      }
    }
  }

  @Test func everyHitHasASnippetAndMarksLieOnWords() throws {
    let (searcher, generator) = try searcher(seed: 23, records: 60)
    var random = generator
    for _ in 0..<20 {
      let result = try searcher.search(request(random.query()))
      for hit in result.hits.prefix(5) {
        let snippets = try searcher.snippets(hit, of: result)
        #expect(!snippets.isEmpty)
        for snippet in snippets {
          let bytes = Array(snippet.text.utf8)
          for mark in snippet.marks {
            #expect(mark.upperBound <= bytes.count)
            #expect(!String(decoding: bytes[mark], as: UTF8.self).contains(" ") || mark.count > 4)
          }
        }
      }
    }
  }

  @Test func facetsAndSortsAndCollapseAgreeWithCounting() throws {
    let (searcher, generator) = try searcher(seed: 24, records: 100)
    var random = generator
    for _ in 0..<10 {
      var asked = request(random.query())
      asked.facets = ["kind", "status"]
      let result = try searcher.search(asked)
      var kinds: [String: Int] = [:]
      var states: [String: Int] = [:]
      for hit in result.hits {
        kinds[hit.kind, default: 0] += 1
        if let status = try searcher.record(hit, of: result)["status"]?.stringValue { states[status, default: 0] += 1 }
      }
      #expect(Dictionary(uniqueKeysWithValues: result.facets[0].values.map { ($0.value, $0.count) }) == kinds)
      #expect(Dictionary(uniqueKeysWithValues: result.facets[1].values.map { ($0.value, $0.count) }) == states)
      asked.collapse = "status"
      let collapsed = try searcher.search(asked)
      let without = result.records - states.values.reduce(0, +)
      #expect(collapsed.total == states.count + without)
      #expect(collapsed.records == result.records)
      // The first of each value, in the order of all.
      var seen: Set<String> = []
      var firsts: [SearchHit] = []
      for hit in result.hits {
        let status = try searcher.record(hit, of: result)["status"]?.stringValue
        if status.map({ seen.insert($0).inserted }) ?? true { firsts.append(hit) }
      }
      #expect(collapsed.hits.map(\.address) == firsts.prefix(collapsed.hits.count).map(\.address))
      asked.collapse = nil
      asked.sort = SearchSort(field: "amount", isDescending: false)
      let sorted = try searcher.search(asked)
      var amounts: [Double] = []
      for hit in sorted.hits {
        amounts.append(try searcher.record(hit, of: sorted)["amount"]?.doubleValue ?? .infinity)
      }
      #expect(amounts == amounts.sorted())
    }
  }

  @Test("values are numbered in byte order over all segments, alike in each; and not at all where time runs out")
  func valuesAreNumbered() throws {
    let (searcher, _) = try searcher(seed: 29, records: 400)
    let segments = SegmentContext.segments(of: searcher.snapshots, kinds: Set(searcher.schemas.map(\.kind)))
    #expect(segments.count > 3)
    for field in ["#id", "status", "none"] {
      let global = try GlobalOrdinals(field: field, segments: segments)
      var all: Set<[UInt8]> = []
      for segment in segments {
        guard let column = try segment.reader.ordinalColumn(field) else {
          #expect(global.maps[segment.ordinal].isEmpty)
          continue
        }
        for ordinal in 0..<UInt32(clamping: column.valueCount) {
          let value = try column.value(ordinal)
          all.insert(Array(value.utf8))
          #expect(global.values[Int(global.maps[segment.ordinal][Int(ordinal)])] == value)
        }
      }
      #expect(global.values.map { Array($0.utf8) } == all.sorted { $0.lexicographicallyPrecedes($1) }, "\(field)")
      var looks = 0
      let cut = try GlobalOrdinals.merged(field: field, segments: segments) {
        looks += 1
        return true
      }
      #expect((cut == nil) == (looks > 0) && (looks == 1) == !all.isEmpty, "\(field): \(looks)")
    }
  }

  @Test(
    "where time runs out while values are numbered the answer is partial and empty, and holds no facets that were not counted"
  )
  func numberingIsCut() throws {
    let (searcher, _) = try searcher(seed: 30, records: 400)
    for change: (inout SearchRequest) -> Void in [
      { $0.facets = ["status"] }, { $0.collapse = "status" },
      { $0.sort = SearchSort(field: "status", isDescending: true) },
    ] {
      var asked = request(QuerySyntax(.everything))
      change(&asked)
      asked.budget.deadline = .now - .seconds(1)
      let cut = try searcher.search(asked)
      #expect(cut.isPartial && cut.total == 0 && cut.hits.isEmpty && cut.next == nil && !cut.totalIsExact)
      #expect(cut.facets.allSatisfy { $0.values.isEmpty } && cut.facets.map(\.field) == asked.facets)
      asked.budget.deadline = nil
      #expect(try searcher.search(asked).records == 400)
    }
  }

  @Test func fewerWordsAreTakenWhenNoneHoldsAllAndItIsSaid() throws {
    let (searcher, _) = try searcher(seed: 25, records: 60)
    let query = QuerySyntax(
      .flat([QuerySyntax(.word("lead")), QuerySyntax(.word("paint")), QuerySyntax(.word("zzyzx"))]))
    let result = try searcher.search(SearchRequest(query))
    #expect(result.total > 0)
    #expect(result.notes.map(\.code) == [.mostWords])
    let strict = try searcher.search(request(query))
    #expect(strict.total == 0)
  }

  private func searcher(seed: UInt64, records count: Int) throws -> (Searcher, RandomCollection) {
    var random = RandomCollection(seed: seed)
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: RandomCollection.schemas)
    for number in 0..<count {
      _ = try writer.add(random.record("r\(number)"))
      if number % 31 == 30 { _ = try writer.commit() }
    }
    _ = try writer.commit()
    return (Searcher(snapshots: [try Snapshot.open(files)]), random)
  }
}
