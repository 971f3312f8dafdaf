import JSONText
import QualityRecords
import Records
import SearchEngine
import Testing

struct SearchTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  @Test("S4: a long page of a query of two widened words stays within the memory of one query")
  func longPageOfWidenedWords() throws {
    var options = SearchOptions("玩具 toys")
    options.limit = 10_000
    let answer = try QualityIndex(paths: [SampleIndex.shared.get().0.index]).search(options)
    #expect(answer.total > 300 && answer.hits.count == answer.total)
  }

  @Test func wordsInEnglish() throws {
    let answer = try sample().search(SearchOptions("formaldehyde furniture"))
    #expect(answer.total > 10)
    #expect(answer.totalIsExact)
    #expect(answer.hits.count == 10)
    #expect(answer.hits.allSatisfy { !$0.snippets.isEmpty && !$0.title.isEmpty })
    #expect(answer.exitCode == .done)
    #expect(answer.hits.contains { $0.snippets.contains { !$0.marks.isEmpty } })
    #expect(zip(answer.hits, answer.hits.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test func wordsInChinese() throws {
    var options = SearchOptions("甲醛 家具")
    options.kinds = ["inspection"]
    let answer = try sample().search(options)
    #expect(answer.total > 0)
    for hit in answer.hits {
      #expect(hit.kind == "inspection")
      #expect(hit.enterprise?.name != nil)
      for snippet in hit.snippets {
        let bytes = Array(snippet.text.utf8)
        for mark in snippet.marks {
          #expect(mark.upperBound <= bytes.count)
          #expect(String(validating: bytes[mark], as: UTF8.self) != nil, "a mark cuts a character")
        }
      }
    }
  }

  @Test func sameBytesEveryTime() throws {
    var options = SearchOptions("lead paint")
    options.facets = ["kind", "province"]
    options.explain = true
    options.fields = ["result", "province"]
    let first = try sample().search(options).json()
    #expect(try sample().search(options).json() == first)
    let value = try JSONValue(parsing: first)
    #expect(
      value.objectValue?.names == [
        "query", "canonical", "total", "totalIsExact", "commit", "hits", "facets", "next", "notes", "partial",
        "receipt",
      ])
    #expect(
      value["hits"]?[0]?.objectValue?.names == [
        "id", "kind", "score", "rung", "title", "date", "dateIs", "enterprise", "snippets", "fields", "explanation",
      ])
    #expect(value["facets"]?.objectValue?.names == ["kind", "province"])
  }

  @Test func pagesByCursorAreTheWhole() throws {
    let index = try sample()
    var options = SearchOptions("lead")
    options.limit = 200
    let whole = try index.search(options)
    options.limit = 7
    var ids: [String] = []
    var pages = 0
    repeat {
      let page = try index.search(options)
      #expect(page.total == whole.total)
      ids += page.hits.map { "\($0.kind)/\($0.id)" }
      options.cursor = page.next
      pages += 1
    } while options.cursor != nil && pages < 100
    #expect(Array(ids.prefix(200)) == whole.hits.map { "\($0.kind)/\($0.id)" })
    #expect(Set(ids).count == ids.count)
    #expect(ids.count == whole.total)
  }

  @Test func errorsHaveCodes() throws {
    let index = try sample()
    func code(_ query: String, _ change: (inout SearchOptions) -> Void = { _ in }) -> String {
      var options = SearchOptions(query)
      change(&options)
      do {
        _ = try index.search(options)
        return "none"
      } catch {
        return "\(error.code) \(error.exitCode.rawValue)"
      }
    }
    #expect(code("lead", { $0.cursor = "nonsense" }) == "expired-cursor 2")
    #expect(code("lead", { $0.cursor = "AAAAAAAA.c" + String(repeating: "0", count: 72) }) == "expired-cursor 2")
    #expect(code("lead", { $0.kinds = ["gadget"] }) == "unknown-kind 2")
    #expect(code("lead", { $0.rungs = ["loud"] }) == "usage 2")
    #expect(code("lead", { $0.sort = "date:up" }) == "usage 2")
    #expect(code("lead", { $0.sort = "text" }) == "bad-field-use 2")
    #expect(code("\"lead", { $0.strict = true }) == "open-quote 2")
    #expect(code("nosuchfield:x") == "unknown-field 2")
    #expect(code("\"lead") == "none")
    let nothing = try index.search(SearchOptions("zyzzyvaxq"))
    #expect(nothing.total == 0)
    #expect(nothing.exitCode == .nothingFound)
  }

  @Test func repairsAndDatesAreNoted() throws {
    let index = try sample()
    #expect(try index.search(SearchOptions("“lead paint")).notes.first?.at != nil)
    var options = SearchOptions("lead date:2007-03..2007-10")
    options.kinds = ["inspection"]
    let answer = try index.search(options)
    #expect(answer.total > 0)
    #expect(answer.hits.allSatisfy { $0.dateIs == "certain" && ($0.date ?? "") >= "2007" })
  }

  @Test func exactRungIsNarrower() throws {
    let index = try sample()
    var options = SearchOptions("inspected")
    let wide = try index.search(options).total
    options.rungs = ["exact"]
    let narrow = try index.search(options)
    #expect(narrow.total < wide)
    #expect(narrow.hits.allSatisfy { $0.rung == "exact" })
  }

  @Test func receiptChangesWithTheAnswer() throws {
    let index = try sample()
    let lead = try index.search(SearchOptions("lead"))
    #expect(lead.receipt.count == 21)
    #expect(try index.search(SearchOptions("lead ")).receipt == lead.receipt)
    var shorter = SearchOptions("lead")
    shorter.limit = 3
    #expect(try index.search(shorter).receipt != lead.receipt)
    #expect(try index.search(SearchOptions("leads")).receipt != lead.receipt)
  }

  @Test func enterprisesByName() throws {
    let index = try sample()
    let stats = try index.stats()
    #expect(stats.records == 2066)
    #expect(stats.byKind.map(\.count) == [347, 1691, 28])
    #expect(stats.ambiguous.map(\.name) == ["新华家具厂"])
    #expect(stats.ambiguous.first?.ids == ["1310-0514", "5101-0515"])
    #expect(stats.unresolved == ["Golden Phoenix Wardrobe Workshop", "Hongda Toys"])
    guard case .record(_, "inspection", let note) = try index.show("INS-2007-0419") else {
      Issue.record("no note INS-2007-0419")
      return
    }
    #expect(note["enterprise"]?.stringValue == "新华家具厂")
    let answer = try index.search(SearchOptions("id:INS-2007-0419"))
    #expect(answer.hits.first?.enterprise == nil || answer.notes.contains { $0.code == "ambiguous-enterprise" })
  }

  @Test func showsRecordsAndParagraphs() throws {
    let index = try sample()
    guard case .record("dir-0001", "directive", let record) = try index.show("dir-0001") else {
      Issue.record("dir-0001 is no record")
      return
    }
    #expect((record["paragraphs"]?.arrayValue?.count ?? 0) > 3)
    #expect(try index.show("directive/dir-0001") == index.show("dir-0001"))
    guard case .passage("dir-0001#p2", let text, let passage) = try index.show("dir-0001#p2") else {
      Issue.record("dir-0001#p2 is no passage")
      return
    }
    #expect(text == record["paragraphs"]?[1]?["text"]?.stringValue)
    #expect(passage["n"]?.intValue == 2)
    for id in ["nobody", "dir-0001#p99", "dir-0001#p0", "", "/", "enterprise/dir-0001"] {
      let error = #expect(throws: QualityError.self) { _ = try index.show(id) }
      #expect(error?.code == "no-such-id")
      #expect(error?.exitCode == .usage)
    }
  }

  @Test func passagesAreAKindOfTheirOwn() throws {
    var options = SearchOptions("quality files")
    options.kinds = ["passage"]
    let answer = try sample().search(options)
    #expect(answer.total > 0)
    #expect(answer.hits.allSatisfy { $0.id.contains("#p") && $0.snippets.allSatisfy { $0.paragraph != nil } })
    options.kinds = []
    #expect(try sample().search(options).hits.allSatisfy { $0.kind != "passage" })
  }

  @Test func tokensOfAText() throws {
    let answer = AnalyzeAnswer(analyzing: "Inspected GB 6675-2014 玩具")
    #expect(answer.tokens.contains { $0.term == "inspected" && $0.stem == "inspect" && $0.range == 0..<9 })
    #expect(answer.tokens.contains { $0.kind == "code" })
    #expect(answer.tokens.contains { $0.kind == "cjkBigram" && $0.term == "玩具" })
  }
}
