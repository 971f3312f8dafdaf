import JSONText
import QualityRecords
import Records
import SearchEngine
import Testing

/// Type-ahead, ranking profiles, explanations and help over the sample collection.
struct SuggestTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  @Test(
    "S2: enterprises by name, word, pinyin and initials",
    arguments: [
      ("Hongda Pl", "exact"), ("plush", "exact"), ("深圳市宏达", "exact"), ("shenzhenshihongda", "pinyin"),
      ("szshd", "pinyin"),
    ])
  func enterprises(_ prefix: String, _ rung: String) throws {
    var request = SuggestRequest(prefix)
    request.kind = .enterprise
    request.limit = 100
    request.deadline = nil
    let answer = try sample().suggest(request)
    let found = try #require(answer.suggestions.first { $0.id == "4403-0187" }, "\(answer.suggestions.map(\.text))")
    #expect(found.rung == rung)
    #expect(answer.suggestions.allSatisfy { $0.kind == .enterprise && $0.count > 0 })
    request.takesPinyin = false
    #expect(try sample().suggest(request).suggestions.contains { $0.id == "4403-0187" } == (rung == "exact"))
  }

  @Test("S2: every suggestion's count is that of its query")
  func counts() throws {
    let index = try sample()
    for prefix in ["hong", "toy", "XK16", "玩", "rect", "gb 6675", "wanju", "fur"] {
      var request = SuggestRequest(prefix)
      request.deadline = nil
      let answer = try index.suggest(request)
      #expect(!answer.suggestions.isEmpty, "\(prefix)")
      for suggestion in answer.suggestions {
        let found = try index.search(SearchOptions(suggestion.query))
        if suggestion.kind == .word || suggestion.kind == .product || suggestion.id != nil {
          #expect(found.total == suggestion.count, "\(suggestion)")
        } else {
          #expect(found.total >= suggestion.count, "\(suggestion)")
        }
      }
      #expect(try index.suggest(request).json() == answer.json())
    }
    var toy = SuggestRequest("toy")
    toy.deadline = nil
    let kinds = Set(try index.suggest(toy).suggestions.map(\.kind))
    #expect(kinds.isSuperset(of: [.enterprise, .product, .directive, .word]))
    #expect(try index.suggest(SuggestRequest("XK16-204")).suggestions.contains { $0.text == "XK16-204-00123" })
    #expect(try index.suggest(SuggestRequest("zyzzyvax")).exitCode == .nothingFound)
    #expect(try index.suggest(SuggestRequest("   ")).suggestions.isEmpty)
  }

  @Test("R3: history puts a 2007 serious case above a 2001 minor one")
  func history() throws {
    let directory = try TestDirectory()
    let records = """
      {"kind":"inspection","id":"old","date":"2001-05-02","text":"lead lead lead in the coating of the toy","violations":[{"code":"V1","text":"lead","severity":"minor"}]}
      {"kind":"inspection","id":"new","date":"2007-05-02","text":"coating of a toy with some lead, among many other things that were looked at","violations":[{"code":"V1","text":"lead","severity":"serious"}]}
      {"kind":"inspection","id":"undated","text":"lead in the coating"}

      """
    _ = try IndexJob.run(IndexRequest(paths: [try directory.write("notes.jsonl", records)], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    var options = SearchOptions("lead coating")
    options.explain = true
    let plain = try index.search(options)
    #expect(plain.hits.map(\.id).firstIndex(of: "old") ?? 9 < plain.hits.map(\.id).firstIndex(of: "new") ?? 0)
    options.rank = RankProfile.builtIn.first { $0.name == "history" }
    let ranked = try index.search(options)
    #expect(ranked.hits.first?.id == "new")
    #expect(ranked.total == plain.total)
    #expect(ranked.receipt != plain.receipt)
    for hit in ranked.hits {
      let explanation = try #require(hit.explanation)
      #expect(abs(explanation.value - hit.score) < 1e-9)
      #expect(explanation.parts.contains { $0.label == "profile 'history'" })
    }
    // A cursor of one ranking is none of another.
    options.limit = 1
    let page = try index.search(options)
    options.cursor = page.next
    #expect(try index.search(options).hits.first?.id == ranked.hits[1].id)
    options.rank = nil
    #expect(throws: QualityError.self) { try index.search(options) }
    let text = try RankProfile(name: "x", parsing: "# cases\nrecency 1 half-life 2y\nseverity 2 # much\n")
    #expect(text.recency == 1 && text.severity == 2 && abs(text.halfLife - 730.5) < 1e-9)
    for bad in ["recency", "recency x", "recency 1 half-life 2", "recency 1 half-life 0d", "gravity 2", "severity 101"]
    {
      let error = #expect(throws: RankProfileError.self) { try RankProfile(name: "x", parsing: "\n" + bad) }
      #expect(error?.line == 2)
    }
  }

  @Test("R5: the parts of an explanation sum to the score of the answer's JSON, for 1,000 pairs of query and hit")
  func explanationsSum() throws {
    let index = try sample()
    let queries = [
      "lead paint", "formaldehyde furniture", "甲醛 家具", "玩具", "\"quality files\"", "inspected", "toys -plush",
      "lead OR tin",
      "product:toys", "lead NEAR/5 coating", "rectif*", "lead^3 paint", "has(inspection: lead)",
      "the inspection of toys",
      "formaldehide~1", "severity:>=serious wardrobe", "宏达", "GB 6675", "sealed notice served",
      "batch returned destroyed",
    ]
    func leaves(_ value: JSONValue) -> Double {
      let parts = value["parts"]?.arrayValue ?? []
      return parts.isEmpty ? value["value"]?.doubleValue ?? .nan : parts.reduce(0) { $0 + leaves($1) }
    }
    var pairs = 0
    for query in queries {
      for profile in [nil, RankProfile.builtIn[2]] {
        var options = SearchOptions(query)
        options.explain = true
        options.limit = 40
        options.rank = profile
        let answer = try JSONValue(parsing: try index.search(options).json())
        for hit in answer["hits"]?.arrayValue ?? [] {
          let score = hit["score"]?.doubleValue ?? .nan
          let sum = hit["explanation"].map(leaves) ?? .nan
          pairs += 1
          if !(abs(score - sum) <= 1e-6) { Issue.record("\(query): score \(score), parts \(sum)") }
        }
      }
    }
    print("\(pairs) pairs")
    #expect(pairs >= 1_000)
  }

  @Test("S4: a zero answer says what was searched; S1: and what was meant")
  func zeroHits() throws {
    let index = try sample()
    let nothing = try index.search(SearchOptions("zyzzyvaxq kind:inspection"))
    let scope = try #require(nothing.notes.last)
    #expect(scope.code == "searched")
    for part in [
      "347 of kind enterprise", "1691 of kind inspection", "aliases", "dates of kind inspection 2005", "known gap: 3",
    ] {
      #expect(scope.message.contains(part), "\(part): \(scope.message)")
    }
    let toys = try index.search(SearchOptions("product:toyz kind:enterprise"))
    let note = try #require(toys.notes.first { $0.code == "unknown-value" })
    let count = try index.search(SearchOptions("product:toys kind:enterprise")).total
    #expect(note.message.hasPrefix("no product 'toyz'; nearest: toys (\(count))"))
    #expect(note.at == 8..<12)
    #expect(note.hint == "product:toys kind:enterprise")
    let join = try index.search(SearchOptions("has(inspection: type:routin)"))
    #expect(join.notes.contains { $0.message.hasPrefix("no type 'routin'; nearest: routine (") })
    let type = try index.search(SearchOptions("type:xyzzyxyzzy"))
    #expect(
      type.notes.contains {
        $0.message == "no type 'xyzzyxyzzy'; there are: complaint, import, re-examination, routine, selective"
      })
    // What is suggested finds what it says.
    for typed in ["rectifcation", "product:toyz", "province:Guangdon", "lead paintt", "category:furnitur"] {
      for note in try index.search(SearchOptions(typed)).notes
      where ["did-you-mean", "unknown-value"].contains(note.code) {
        let total = try index.search(SearchOptions(note.hint)).total
        #expect(total > 0 && note.message.contains("\(total)"), "\(typed): \(note.message) → \(total)")
      }
    }
  }

  @Test("S1: the seed page: rectification is suggested, and where recification stands is said")
  func seedPage() throws {
    guard let page = Seeds.data("seed-directive.txt") else { return }
    let directory = try TestDirectory()
    var request = IndexRequest(paths: [page], index: directory.index)
    request.kind = "directive"
    _ = try IndexJob.run(request)
    let index = try QualityIndex(paths: [directory.index])
    var options = SearchOptions("rectifcation")
    options.kinds = ["directive"]
    let notes = try index.search(options).notes.filter { $0.code == "did-you-mean" }
    #expect(
      notes.contains {
        $0.message.hasPrefix("did you mean 'rectification' for 'rectifcation'? 1 found, in 5 of 7 paragraphs")
      }, "\(notes)")
    #expect(notes.contains { $0.message.contains("'recification' stands in seed-directive#p1") }, "\(notes)")
  }
}
