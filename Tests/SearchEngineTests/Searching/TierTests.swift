import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Rungs and tiers over random records, random names and random trees, against ``NaiveRungs``.
@Suite struct TierTests {
  private static let vocabulary = [
    "toy", "toys", "plush", "soft", "doll", "dolls", "sofa", "sofas", "couch", "lead", "leads", "paint", "painted",
    "hongda",
    "acme", "zetas",
  ]

  /// Records, tree and searchers of one seed.
  private struct World {
    var naive = NaiveRungs()
    var searchers: [Searcher] = []
  }

  private static func world(_ random: inout SeededGenerator) throws -> World {
    var world = World()
    func words(_ most: Int) -> String {
      (0..<Int.random(in: 1...most, using: &random)).map { _ in vocabulary.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
    }
    var tree: [String] = []
    var open: [Int] = []
    for _ in 0..<8 {
      let depth = Int.random(in: 0...open.count, using: &random)
      open.removeLast(open.count - depth)
      let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in words(2) }
      tree.append(String(repeating: "  ", count: depth) + names.joined(separator: " = "))
      world.naive.terms.append(NaiveRungs.Term(names: names, above: open))
      open.append(world.naive.terms.count - 1)
    }
    var records: [[Record]] = [[], []]
    for number in 0..<24 {
      let (name, alias, text) = (words(3), words(2), words(4))
      records[number % 2].append(
        Record(
          kind: "enterprise", id: "e\(number)",
          body: [
            "name": .string(name), "aliases": .array([.string(alias)]), "text": .string(text),
          ]))
      world.naive.items.append(
        NaiveRungs.Item(
          kind: "enterprise", id: "e\(number)", values: [name, alias, text].map { NaiveIndex.words($0) }, nameCount: 2))
    }
    for number in 0..<90 {
      let owner = Int.random(in: 0..<24, using: &random)
      let text = words(5)
      records[owner % 2].append(
        Record(
          kind: "inspection", id: "n\(number)",
          body: ["enterprise": .string("e\(owner)"), "text": .string(text)]))
      world.naive.items.append(
        NaiveRungs.Item(
          kind: "inspection", id: "n\(number)", values: [NaiveIndex.words("e\(owner)"), NaiveIndex.words(text)],
          enterprise: "e\(owner)"))
    }
    func snapshot(_ records: [Record], commits: Int) throws -> Snapshot {
      let files = InMemoryFileSystem()
      var options = IndexWriter.Options()
      options.mergesAsItGoes = false
      let writer = try IndexWriter(files, schemas: [.enterprise, .inspection], options: options)
      try writer.attach(.thesaurus, Array(tree.joined(separator: "\n").utf8))
      for part in 0..<commits {
        for record in records[(records.count * part / commits)..<(records.count * (part + 1) / commits)] {
          _ = try writer.add(record)
        }
        _ = try writer.commit()
      }
      return try Snapshot.open(files)
    }
    let all = records[0] + records[1]
    world.searchers = [
      Searcher(snapshots: [try snapshot(all, commits: 1)]), Searcher(snapshots: [try snapshot(all, commits: 4)]),
      Searcher(snapshots: [try snapshot(records[0], commits: 1), try snapshot(records[1], commits: 2)]),
    ]
    return world
  }

  private static func query(_ random: inout SeededGenerator) -> String {
    func word() -> String { vocabulary.randomElement(using: &random) ?? "" }
    func clause() -> String {
      switch Int.random(in: 0..<14, using: &random) {
      case 0: "\"\(word())\""
      case 1: "=\(word())"
      case 2: "-\(word())"
      case 3: "has(inspection: \(word()))"
      case 4: "(\(word()) OR \(word()))"
      case 5: "\(word())~1"
      case 6: "+\(word())"
      case 7: "NOT has(inspection: \(word()) \(word()))"
      default: word()
      }
    }
    let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in clause() }.joined(separator: " ")
    return Int.random(in: 0..<6, using: &random) == 0 ? "\(word()) AND \(word()) AND \(word())" : text
  }

  private static let rungSets: [Set<Rung>] = [
    SearchRequest.usualRungs, SearchRequest.usualRungs, [.exact, .stem], [.exact], [.thesaurus], [.name],
    [.exact, .thesaurus], [.stem, .name], Set(Rung.allCases), [.fuzzy], [.stem],
  ]

  private struct Found: Hashable {
    var id: String
    var rung: Rung
    var score: Double
  }

  private static func found(_ searcher: Searcher, _ result: SearchResult) throws -> [Found] {
    try result.hits.map { Found(id: try searcher.id($0, of: result), rung: $0.rung, score: $0.score) }
  }

  @Test(arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
  func rungsAndTiersEqualTheNaiveOnes(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let world = try Self.world(&random)
    for round in 0..<40 {
      let text = Self.query(&random)
      let rungs = Self.rungSets.randomElement(using: &random) ?? []
      let label: Comment = "seed \(seed): \(text), rungs \(rungs.sorted().map(\.name))"
      let syntax = try QueryParser.parse(text).syntax
      let expected = world.naive.answer(syntax, rungs)
      var request = SearchRequest(syntax)
      request.rungs = rungs
      request.limit = 1_000
      request.relaxes = false
      request.facets = ["rung", "kind"]
      var answers: [Set<Found>] = []
      for searcher in world.searchers {
        let result = try searcher.search(request)
        let hits = try Self.found(searcher, result)
        #expect(Dictionary(uniqueKeysWithValues: hits.map { ($0.id, $0.rung) }) == expected, label)
        #expect(result.total == expected.count, label)
        for (one, next) in zip(hits, hits.dropFirst()) {
          #expect(one.rung.tier <= next.rung.tier, label)
          #expect(one.rung.tier != next.rung.tier || one.score >= next.score, label)
        }
        let counts = Dictionary(grouping: expected.values) { $0.name }.mapValues(\.count)
        #expect(
          Dictionary(uniqueKeysWithValues: result.facets[0].values.map { ($0.value, $0.count) }) == counts, label)
        #expect(result.facets[1].values.reduce(0) { $0 + $1.count } == expected.count, label)
        answers.append(Set(hits))
        if round % 3 == 0 { try Self.checkPages(searcher, request, hits, label) }
        if round % 3 == 1 { try Self.checkSorted(searcher, request, expected, label) }
      }
      #expect(Set(answers).count == 1, label)
    }
  }

  /// Pages by cursor are the one big page, cut.
  private static func checkPages(
    _ searcher: Searcher, _ request: SearchRequest, _ hits: [Found], _ label: Comment
  ) throws {
    var paged: [Found] = []
    var request = request
    request.limit = 9
    request.facets = []
    var next: SearchCursor?
    repeat {
      request.cursor = next
      let result = try searcher.search(request)
      #expect(result.total == hits.count, label)
      paged += try found(searcher, result)
      next = try result.next.map { try #require(SearchCursor($0.description)) }
    } while next != nil && paged.count <= hits.count
    #expect(paged == hits, label)
  }

  /// Sorted answers tell the same rungs, in the order of the field alone.
  private static func checkSorted(
    _ searcher: Searcher, _ request: SearchRequest, _ expected: [String: Rung], _ label: Comment
  ) throws {
    var request = request
    request.sort = SearchSort(field: "id", isDescending: false)
    let hits = try found(searcher, try searcher.search(request))
    #expect(hits.map(\.id) == expected.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, label)
    #expect(hits.allSatisfy { expected[$0.id] == $0.rung }, label)
    request.sort = nil
    request.countsOnly = true
    #expect(try searcher.search(request).total == expected.count, label)
  }

  @Test(arguments: [21, 22] as [UInt64])
  func scoresAreExplainedAndHitsHaveSnippets(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let world = try Self.world(&random)
    let searcher = world.searchers[1]
    for _ in 0..<20 {
      let text = Self.query(&random)
      var request = SearchRequest(try QueryParser.parse(text).syntax)
      request.rungs = Set(Rung.allCases)
      request.limit = 40
      let result = try searcher.search(request)
      for hit in result.hits {
        let explanation = try searcher.explanation(hit, of: result)
        #expect(abs(explanation.value - hit.score) < 1e-6, "seed \(seed): \(text)")
        #expect(try !searcher.snippets(hit, of: result).isEmpty, "seed \(seed): \(text)")
      }
    }
  }
}
