import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// The pruned search against the exhaustive one: same documents, same order, same bits of every score.
@Suite struct PrunedSearchTests {
  static let schema = Schema(
    kind: "text", fields: [FieldDefinition(name: "text", type: .text)], keepsUnknownFields: false)

  /// Texts of words of all frequencies, some of which come in runs of documents, so that blocks differ in their bounds.
  static func text(_ number: Int, _ random: inout RandomCollection) -> [String] {
    let length = Int.random(in: 0..<6, using: &random) == 0 ? 120 : 14
    return (0..<Int.random(in: 1...length, using: &random)).map { _ in
      let place = (0..<3).reduce(400) { least, _ in min(least, Int.random(in: 0..<400, using: &random)) }
      if place % 7 == 3, number % 5_000 > 1_500 { return "w\(place % 5)" }
      return "w\(place)"
    }
  }

  static func index(_ seed: UInt64, documents: Int, commits: Int) throws -> InMemoryFileSystem {
    var random = RandomCollection(seed: seed)
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.segments = .plain
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: [schema], options: options)
    for number in 0..<documents {
      let text = Array(text(number, &random).joined(separator: " ").utf8)
      try text.withUnsafeBufferPointer { try writer.add(text: $0, kind: "text") }
      if number % (documents / commits + 1) == documents / commits { _ = try writer.commit() }
    }
    _ = try writer.commit()
    return files
  }

  static func queries(_ random: inout RandomCollection, count: Int) -> [(PlainSearch.Operation, [String])] {
    (0..<count).map { number in
      let words = (0..<[1, 1, 2, 2, 2, 3, 3, 5, 9][number % 9]).map { _ in
        "w\(Int.random(in: 0..<(Bool.random(using: &random) ? 20 : 420), using: &random))"
      }
      let operations: [PlainSearch.Operation] =
        words.count == 1 ? [.term, .fuzzy] : [.and, .or, .phrase]
      return (operations[number / 9 % operations.count], words)
    }
  }

  @Test(arguments: [(UInt64(71), 30_000, 3), (72, 9_000, 1), (73, 2_000, 4), (74, 300, 2)])
  func equalsTheExhaustiveSearch(seed: UInt64, documents: Int, commits: Int) throws {
    print("seed \(seed)")
    let pruned = PlainSearch(try Snapshot.open(try Self.index(seed, documents: documents, commits: commits)))
    var exhaustive = pruned
    exhaustive.prunes = false
    var random = RandomCollection(seed: seed &+ 1)
    for (operation, query) in Self.queries(&random, count: 300) {
      let words = query.map { Array($0.utf8) }
      let limit = [1, 3, 10, 10, 100, 1_000][Int.random(in: 0..<6, using: &random)]
      let expected = try exhaustive.top(operation, words, limit: limit)
      // The second time by what was kept the first time.
      for time in 0..<2 {
        let found = try pruned.top(operation, words, limit: limit)
        #expect(found == expected, "seed \(seed): \(operation.rawValue) \(query), the first \(limit), time \(time)")
      }
      #expect(try pruned.count(operation, words) == exhaustive.count(operation, words), "\(operation) \(query)")
    }
  }

  /// A word with one of several endings, so that stems have forms; low numbers are frequent.
  private static func word(_ random: inout RandomCollection) -> String {
    let place = (0..<2).reduce(120) { least, _ in min(least, Int.random(in: 0..<120, using: &random)) }
    let root = ["paint", "weld", "batch", "label", "seal", "crack", "toy", "inspect"][place % 8]
    return (place < 8 ? "" : "\(["ka", "lo", "mi", "nu"][place / 8 % 4])\(place / 32)") + root
      + (["", "", "s", "ed", "ing"].randomElement(using: &random) ?? "")
  }

  private static func searcher(_ random: inout RandomCollection, records: Int, commits: Int) throws -> Searcher {
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: RandomCollection.schemas, options: options)
    for number in 0..<records {
      var body = JSONObject()
      let words = (0..<Int.random(in: 1...24, using: &random)).map { _ in word(&random) }
      body["text"] = .string(words.joined(separator: " "))
      if number % 3 == 0 { body["title"] = .string(word(&random)) }
      let kind = number % 10 == 0 ? "firm" : "note"
      _ = try writer.add(Record(kind: kind, id: "r\(number)", body: body))
      if number > 40, number % 11 == 0 {
        let other = Int.random(in: 0..<number, using: &random)
        _ = try writer.delete(kind: other % 10 == 0 ? "firm" : "note", id: "r\(other)")
      }
      if number % (records / commits + 1) == records / commits { _ = try writer.commit() }
    }
    _ = try writer.commit()
    return Searcher(snapshots: [try Snapshot.open(files)])
  }

  /// What the product asks: stems, function words, tiers, deleted records, pages, with and without second pass.
  @Test(arguments: [(UInt64(81), 5_000, 3), (82, 600, 1)])
  func shippedAnswersAreTheSame(seed: UInt64, records: Int, commits: Int) throws {
    print("seed \(seed)")
    var random = RandomCollection(seed: seed)
    let searcher = try Self.searcher(&random, records: records, commits: commits)
    for _ in 0..<120 {
      let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 0..<6, using: &random) == 0 ? "the" : Self.word(&random)
      }
      let syntax = words.map { QuerySyntax(.word($0)) }
      let query = Bool.random(using: &random) ? QuerySyntax(.and(syntax)) : QuerySyntax(.or(syntax))
      var request = SearchRequest(syntax.count == 1 ? syntax[0] : query)
      request.limit = [1, 10, 50][Int.random(in: 0..<3, using: &random)]
      request.matchesAny = Int.random(in: 0..<4, using: &random) == 0
      request.kinds = [nil, ["note"], ["firm"]][Int.random(in: 0..<3, using: &random)]
      if Bool.random(using: &random) { request.parameters.candidates = 0 }
      if Bool.random(using: &random) { request.parameters.pairBonus = PairWeights(ordered: 0, near: 0) }
      if Int.random(in: 0..<3, using: &random) == 0 { request.rungs = [.exact] }
      if Int.random(in: 0..<5, using: &random) == 0 { request.rungs.insert(.fuzzy) }
      request.countsOnly = Int.random(in: 0..<6, using: &random) == 0
      var exhaustive = request
      exhaustive.prunes = false
      for page in 0..<3 {
        let found = try searcher.search(request)
        let expected = try searcher.search(exhaustive)
        let said = "seed \(seed): \(query), page \(page)"
        #expect(found.hits == expected.hits, "\(said)")
        #expect(found.total == expected.total && found.records == expected.records, "\(said)")
        #expect(found.notes == expected.notes && found.next == expected.next, "\(said)")
        guard let next = found.next else { break }
        request.cursor = next
        exhaustive.cursor = next
      }
    }
  }

  /// Files changed at random under right checksums: an answer or a typed error, in bounded time, never a trap.
  @Test func hostileListsAreRefusedOrHarmless() throws {
    let seed: UInt64 = 91
    print("seed \(seed)")
    let files = try Self.index(seed, documents: 3_000, commits: 1)
    let manifest = try Snapshot.open(files).manifest
    var contents: [String: [UInt8]] = [:]
    for name in try files.list() { contents[name] = try files.read(name, limit: .max) }
    var random = SeededGenerator(seed)
    var queries = RandomCollection(seed: seed)
    let clock = ContinuousClock()
    var refused = 0
    let cases = Full.isOn ? 20_000 : 60
    for number in 0..<cases {
      let kinds: [FileKind] = [.postings, .postings, .positions, .fieldLengths, .termDictionary]
      let kind = kinds[number % kinds.count]
      let entry = try #require(manifest.segments[0].files[kind])
      let changed = SealedFile.change(try #require(contents[entry.name]), entry) { bytes, range in
        // The heads of the first lists, where last documents, offsets, bounds and tags stand, more often than the rest.
        let near = number % 3 == 0 ? range.lowerBound..<min(range.upperBound, range.lowerBound + 2_000) : range
        SealedFile.mutate(&bytes, near, &random)
      }
      var damaged = manifest
      damaged.segments[0].files[kind] = changed.entry
      var all = contents
      all[entry.name] = changed.bytes
      let start = clock.now
      var isRefused = false
      do throws(IndexError) {
        let search = PlainSearch(try Snapshot.open(damaged, InMemoryFileSystem(all), pin: nil))
        for (operation, words) in Self.queries(&queries, count: 9) + [(.prefix, ["w1"])] {
          let words = words.map { Array($0.utf8) }
          for _ in 0..<2 {
            do throws(IndexError) { _ = try search.top(operation, words) } catch { isRefused = true }
          }
          do throws(IndexError) { _ = try search.count(operation, words) } catch { isRefused = true }
        }
      } catch { isRefused = true }
      if isRefused { refused += 1 }
      #expect(clock.now - start < .seconds(20), "case \(number) of seed \(seed), \(entry.name)")
    }
    print("hostile lists: \(cases), \(refused) refused, seed \(seed)")
    #expect(refused > 0)
  }
}
