import JSONText
import QualityRecords
import SearchEngine
import Testing

/// Enterprises equal what is counted by hand over random records, several segments and several indexes.
struct EnterpriseTests {
  private static let queries = [
    "*", "lead", "lead paint", "lead OR crack", "product:toys", "kind:enterprise", "severity:serious",
    "category:furniture NOT lead", "province:guangdong label", "has(inspection: lead)", "NOT paint",
  ]

  private static func keys(_ index: QualityIndex, _ query: String) throws -> Set<String> {
    var options = SearchOptions(query)
    options.kinds = ["enterprise", "inspection"]
    options.limit = 10_000
    return Set(try index.search(options).hits.map { "\($0.kind)/\($0.id)" })
  }

  @Test(
    "E1, E2, E3: rows, totals, facets and the tree equal a count by hand; each clause gives what its line says",
    arguments: [1, 2] as [UInt64], [1, 2])
  func equalsACountByHand(seed: UInt64, indexCount: Int) throws {
    let random = try RandomEnterprises(seed: seed)
    var expectation = random
    if indexCount == 1 {
      expectation.firms.removeAll { $0.index > 0 }
      expectation.notes.removeAll { $0.index > 0 }
    }
    let index = try QualityIndex(paths: Array(random.indexes.prefix(indexCount)))
    for query in Self.queries {
      let expected = expectation.expected(try Self.keys(index, query))
      var options = EnterpriseOptions(query)
      options.search.limit = 1_000
      let answer = try index.enterprises(options)
      #expect(Set(answer.search.hits.map(\.id)) == expected.firms, "seed \(seed), \(query)")
      #expect(answer.search.hits.count == expected.firms.count)
      #expect(answer.search.total == expected.firms.count)
      #expect(answer.records == expected.records)
      #expect(answer.records == answer.rows.reduce(0) { $0 + $1.records } + answer.unassigned)
      for facet in answer.facets where facet.field != "bureau" {
        let values = expected.values[facet.field] ?? [:]
        #expect(
          Dictionary(uniqueKeysWithValues: facet.values.map { ($0.value, $0.count) }) == values.mapValues(\.count),
          "seed \(seed), \(query), \(facet.field)")
        #expect(facet.without == expected.firms.subtracting(values.values.reduce([]) { $0.union($1) }).count)
        for value in facet.values {
          let clause = try #require(value.clause, "\(facet.field) \(value.value)")
          var narrowed = EnterpriseOptions(EnterprisesAnswer.narrowed(query, by: clause))
          narrowed.search.limit = 0
          #expect(try index.enterprises(narrowed).search.total == value.count, "seed \(seed), \(narrowed.search.query)")
        }
      }
      for node in answer.tree {
        #expect(node.count == expected.values["category"]?[node.name]?.count, "\(query) \(node.name)")
      }
    }
  }

  @Test("Pages, for which most scores are not made, are pieces of the whole", arguments: [4, 5, 6] as [UInt64])
  func pagesAreOfOneAnswer(seed: UInt64) throws {
    let random = try RandomEnterprises(seed: seed)
    // Its directory goes with it.
    defer { withExtendedLifetime(random) {} }
    let index = try QualityIndex(paths: random.indexes)
    func line(_ hit: SearchAnswer.Hit, _ row: EnterprisesAnswer.Row) -> String {
      "\(hit.id) \(hit.score) \(hit.rung) \(row.records) \(row.passages.map(\.id))"
    }
    for query in Self.queries + ["label crack", "toys", "toys lead", "lead paint label", "paint OR toys OR label"] {
      var options = EnterpriseOptions(query)
      options.search.limit = 1_000
      let whole = try index.enterprises(options)
      let lines = zip(whole.search.hits, whole.rows).map(line)
      for limit in [1, 2, 3, 7] {
        options.search.limit = limit
        options.search.cursor = nil
        var read: [String] = []
        repeat {
          let page = try index.enterprises(options)
          #expect(page.search.total == whole.search.total && page.records == whole.records)
          #expect(page.facets.map(\.values) == whole.facets.map(\.values), "seed \(seed), \(query)")
          read += zip(page.search.hits, page.rows).map(line)
          options.search.cursor = page.search.next
        } while options.search.cursor != nil
        #expect(read == lines, "seed \(seed), \(query), \(limit) a page")
      }
    }
  }

  @Test("E1: orders by violations, severity, recency and name equal sorting by hand", arguments: [3] as [UInt64])
  func orders(seed: UInt64) throws {
    let random = try RandomEnterprises(seed: seed)
    let index = try QualityIndex(paths: random.indexes)
    let order = ["minor", "moderate", "serious", "critical"]
    func figures(_ id: String) -> (violations: Int, worst: Int, latest: String) {
      let own = random.notes.filter { random.firm(of: $0)?.id == id }
      let first = ["2006": "2006-01-01", "2007-Q1": "2007-01-01", "2007-03": "2007-03-01"]
      return (
        own.reduce(0) { $0 + $1.severities.count },
        own.flatMap(\.severities).compactMap { order.firstIndex(of: $0) }.max() ?? -1,
        own.compactMap(\.date).filter { !$0.hasPrefix("-") }.map { first[$0] ?? $0 }.max() ?? ""
      )
    }
    for sort in EnterpriseOptions.sorts {
      var options = EnterpriseOptions("lead OR paint OR crack OR label")
      options.sort = sort
      options.search.limit = 1_000
      let whole = try index.enterprises(options)
      let ids = whole.search.hits.map(\.id)
      let pairs = zip(ids, ids.dropFirst()).map { (figures($0), figures($1)) }
      switch sort {
      case "violations": #expect(pairs.allSatisfy { $0.violations >= $1.violations })
      case "severity": #expect(pairs.allSatisfy { ($0.worst, $0.violations) >= ($1.worst, $1.violations) })
      case "recency": #expect(pairs.allSatisfy { $0.latest >= $1.latest })
      case "name": #expect(zip(whole.search.hits, whole.search.hits.dropFirst()).allSatisfy { $0.title <= $1.title })
      default: #expect(zip(whole.search.hits, whole.search.hits.dropFirst()).allSatisfy { $0.score >= $1.score })
      }
      for (hit, row) in zip(whole.search.hits, whole.rows) {
        let expected = figures(hit.id)
        #expect(row.violations == expected.violations)
        #expect(row.worstSeverity == (expected.worst < 0 ? nil : order[expected.worst]))
      }
      // Page by page it is the same.
      options.search.limit = 7
      var paged: [String] = []
      repeat {
        let page = try index.enterprises(options)
        paged += page.search.hits.map(\.id)
        options.search.cursor = page.search.next
      } while options.search.cursor != nil && paged.count < 1_000
      #expect(paged == ids, "\(sort)")
    }
  }

  @Test("E2: a facet counts the same alone, with others, and with more than fit one row of bits")
  func facetsTogether() throws {
    let random = try RandomEnterprises(seed: 4)
    let index = try QualityIndex(paths: random.indexes)
    let fields = ["province", "category", "licence", "export", "severity", "name", "products.licence", "result"]
    for query in ["*", "lead OR crack"] {
      var options = EnterpriseOptions(query)
      options.facets = fields
      let together = try index.enterprises(options).facets
      for (place, field) in fields.enumerated() {
        options.facets = [field]
        let alone = try index.enterprises(options).facets[0]
        #expect(alone.values == together[place].values && alone.without == together[place].without, "\(query) \(field)")
      }
    }
  }

  @Test("E1: three passages each are those of the best records, and both totals are told")
  func passages() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    var options = EnterpriseOptions("lead paint")
    options.per = 3
    let answer = try index.enterprises(options)
    #expect(answer.records > answer.search.total && answer.search.total > 10)
    #expect(Set(answer.search.hits.map(\.id)).count == 10)
    #expect(answer.search.hits.allSatisfy { $0.kind == "enterprise" && $0.enterprise?.id == $0.id })
    #expect(answer.rows.allSatisfy { (1...3).contains($0.passages.count) })
    #expect(answer.rows.contains { Set($0.passages.map(\.id)).count > 1 })
    for (hit, row) in zip(answer.search.hits, answer.rows) {
      #expect(hit.snippets == row.passages.map(\.snippet))
      #expect(Set(row.passages.map { "\($0.kind)/\($0.id)" }).count <= row.records)
    }
    #expect(try index.enterprises(options).json() == answer.json())
  }

  @Test("E3: product:toys is the union of all under it")
  func subtree() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    func ids(_ query: String) throws -> Set<String> {
      var options = EnterpriseOptions(query)
      options.search.limit = 1_000
      return Set(try index.enterprises(options).search.hits.map(\.id))
    }
    let toys = try ids("category:toys")
    let tree = try index.enterprises(EnterpriseOptions("category:toys")).tree
    let top = try #require(tree.firstIndex { $0.name == "toys" })
    let under = tree[top...].prefix { $0.depth > tree[top].depth || $0.name == "toys" }
    var union = try ids("category:=toys")
    for node in under { union.formUnion(try ids(try #require(node.clause))) }
    #expect(union == toys)
    #expect(tree[top].count == toys.count)
  }

  @Test func noRowWithoutALimit() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    var options = EnterpriseOptions("product:toys")
    options.search.limit = 0
    options.by = "province"
    let answer = try index.enterprises(options)
    #expect(answer.search.hits.isEmpty && answer.search.next == nil)
    #expect(answer.search.total > 20)
    #expect(answer.facets.first { $0.field == "province" }?.values.isEmpty == false)
  }

  @Test func errors() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    func code(_ change: (inout EnterpriseOptions) -> Void) -> String {
      var options = EnterpriseOptions("lead")
      change(&options)
      do {
        _ = try index.enterprises(options)
        return "none"
      } catch { return error.code }
    }
    #expect(code { $0.facets = ["text"] } == "bad-field-use")
    #expect(code { $0.by = "date" } == "bad-field-use")
    #expect(code { $0.sort = "colour" } == "usage")
    #expect(code { $0.per = 0 } == "usage")
    #expect(code { $0.search.query = "nosuch:x" } == "unknown-field")
    #expect(code { $0.search.cursor = "x" } == "expired-cursor")
  }
}
