import JSONText
import Records
import SearchEngine
import Testing

@testable import QualityRecords

struct PassageTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  @Test("D1: a hit is the paragraph, the best of a document first")
  func paragraphs() throws {
    let answer = try sample().passages(SearchOptions("production capacity toys ratified"))
    #expect(answer.hits.contains { $0.id == "dir-0001#p3" })
    #expect(answer.hits.allSatisfy { $0.kind == "passage" && $0.snippets.first?.paragraph != nil })
    var last: [String: Double] = [:]
    for hit in answer.hits {
      let document = String(hit.id.prefix { $0 != "#" })
      #expect(hit.score <= last[document] ?? .infinity)
      last[document] = hit.score
    }
    var one = SearchOptions("evidence")
    one.collapse = "directive"
    one.limit = 100
    let documents = try sample().passages(one).hits.map { $0.id.prefix { $0 != "#" } }
    #expect(Set(documents).count == documents.count && documents.count > 5)
  }

  @Test("D1: one sentence before and one behind what matched")
  func context() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("d", title: "t", ["One is first. Two is here. Three has the needle. Four is behind. Five is last."])
    let hit = try #require(try fixture.index.passages(SearchOptions("needle")).hits.first)
    #expect(hit.snippets.first?.text == "Two is here. Three has the needle. Four is behind.")
    #expect(hit.marked == ["needle"])
    try fixture.add("z", title: "t", ["第一句在此。第二句说明情况。第三句有针头。第四句在后。第五句结束。"])
    let chinese = try #require(try fixture.index.passages(SearchOptions("针头")).hits.first)
    #expect(chinese.snippets.first?.text == "第二句说明情况。第三句有针头。第四句在后。")
    #expect(chinese.marked == ["针头"])
  }

  @Test(
    "D2: clause and article numbers are places",
    arguments: ["第十二条 缺陷", "第12条 缺陷", "第十二条缺陷", "Article 12 缺陷", "art. 12 缺陷", "clause 12 缺陷", "缺陷 第１２条", "§12 缺陷"])
  func articles(_ query: String) throws {
    let fixture = try DirectiveFixture()
    try fixture.add("law", title: "产品质量条例", Self.law)
    let answer = try fixture.index.passages(SearchOptions(query))
    #expect(answer.hits.map(\.id).sorted() == ["law#p5", "law#p6"])
    #expect(answer.notes.first?.code == "place")
    #expect(answer.hits.allSatisfy { $0.marked == ["缺陷"] })
  }

  private static let law = [
    "## 第一章 总则", "第一条 为了加强监督，制定本条例。", "第十一条 生产者不得生产缺陷产品。", "## 第二章 缺陷产品",
    "第十二条 发现缺陷的，应当召回。", "前款所称缺陷，是指危险。", "第十三条 依照第十二条规定召回缺陷产品的，应当报告。", "第十三条之一 另行规定。",
  ]

  @Test("D2: paragraph numbers, chapters, both, and text in quotes")
  func places() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("law", title: "产品质量条例", Self.law)
    let index = try fixture.index
    func ids(_ query: String) throws -> [String] { try index.passages(SearchOptions(query)).hits.map(\.id).sorted() }
    for query in ["¶3", "para 3", "paragraph 3", "第3段", "第三段", "¶ 3 缺陷", "第三段 缺陷"] {
      #expect(try ids(query) == ["law#p3"], "\(query)")
    }
    #expect(try ids("第二章 召回") == ["law#p5", "law#p7"])
    #expect(try ids("chapter 1 缺陷") == ["law#p3"])
    #expect(try ids("paras 2-3") == ["law#p2", "law#p3"])
    #expect(try ids("\"第十二条\"") == ["law#p5", "law#p7"])
    // No such place: searched as text, and said so.
    #expect(try index.passages(SearchOptions("第九十条")).total == 0)
    func number(_ text: String) throws -> String { try index.cite(text).id }
    #expect(try number("law 第十二条") == "law#p5")
    #expect(try number("《产品质量条例》第十二条第二款") == "law#p6")
    #expect(try number("Article 12 of law") == "law#p5")
    #expect(try number("law 第十三条之一") == "law#p8")
    #expect(try number("law 第十三条") == "law#p7")
    #expect(try index.cite("law 第十二条").lastParagraph == 6)
    #expect(try index.cite("law#p6").path == ["第二章 缺陷产品", "第十二条第二款"])
    #expect(try index.cite("law#p4").path == ["第二章 缺陷产品"])
  }

  @Test("D2: places as they are written")
  func scanner() {
    func places(_ text: String) -> [String] { PlaceScanner.mentions(in: text).map(\.place.description) }
    #expect(places("第二、三段和第5段") == ["paragraphs 2, 3", "paragraph 5"])
    #expect(places("第三条至第五条") == ["articles 3, 4, 5"])
    #expect(places("依照第一百零三条、第一千二百六十条") == ["article 103", "article 1260"])
    #expect(places("第二十条第三款") == ["article 20, subparagraph 3"])
    #expect(places("paragraphs 2 and 3 of dir-0101") == ["paragraphs 2, 3"])
    #expect(places("Articles 4 to 6, ¶¶ 7-8") == ["articles 4, 5, 6", "paragraphs 7, 8"])
    #expect(places("para 3.5, 3 paragraphs, art 12a, departments 3, 第三方, 第一次检查, 100% of article") == [])
    #expect(places(String(repeating: "第", count: 50_000)) == [])
  }

  @Test("D3: of NEAR, phrases and SAME only what matches is marked, against all pairs tried")
  func marksOfProximity() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    let fixture = try DirectiveFixture()
    let vocabulary = ["alpha", "beta", "gamma", "delta", "omega", "sigma", "kappa"]
    var texts: [String: [String]] = [:]
    var records: [JSONObject] = []
    for number in 0..<40 {
      let words = (0..<30).map { _ in vocabulary[Int.random(in: 0..<vocabulary.count, using: &random)] }
      texts["d\(number)#p1"] = words
      records.append([
        "kind": "directive", "id": .string("d\(number)"), "title": "t",
        "paragraphs": .array([.string(words.joined(separator: " "))]),
      ])
    }
    try fixture.add(records)
    let index = try fixture.index
    for _ in 0..<30 {
      let count = Int.random(in: 2...3, using: &random)
      let members = (0..<count).map { _ in vocabulary[Int.random(in: 0..<vocabulary.count, using: &random)] }
      let distance = Int.random(in: 1...6, using: &random)
      let ordered = Bool.random(using: &random)
      let name = ordered ? "ONEAR/\(distance)" : "NEAR/\(distance)"
      var options = SearchOptions(members.joined(separator: " \(name) "))
      options.limit = 100
      let answer = try index.passages(options)
      for hit in answer.hits {
        let words = try #require(texts[hit.id])
        let expected = Self.chained(words, members, distance, ordered)
        let snippet = try #require(hit.snippets.first)
        let marked = Self.wordNumbers(snippet.text, snippet.marks)
        #expect(marked == expected, "\(options.query) in \(words)")
      }
      let expectedHits = texts.filter { !Self.chained($0.value, members, distance, ordered).isEmpty }.count
      #expect(answer.total == expectedHits, "\(options.query)")
    }
  }

  /// Numbers of the words that marks cover.
  private static func wordNumbers(_ text: String, _ marks: [Range<Int>]) -> Set<Int> {
    var found: Set<Int> = []
    var offset = 0
    for (number, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      let range = offset..<offset + word.utf8.count
      if marks.contains(where: { $0.overlaps(range) }) { found.insert(number) }
      offset = range.upperBound + 1
    }
    return found
  }

  /// Places of words that are part of some chain, by trying all tuples.
  private static func chained(_ words: [String], _ members: [String], _ distance: Int, _ ordered: Bool) -> Set<Int> {
    var found: Set<Int> = []
    func walk(_ chosen: [Int]) {
      if chosen.count == members.count {
        let sorted = chosen.sorted()
        guard Set(chosen).count == chosen.count, !ordered || sorted == chosen else { return }
        guard zip(sorted, sorted.dropFirst()).allSatisfy({ $1 - $0 <= distance }) else { return }
        found.formUnion(chosen)
        return
      }
      for (place, word) in words.enumerated() where word == members[chosen.count] { walk(chosen + [place]) }
    }
    walk([])
    return found
  }

  @Test("D3: marked text matches again; offsets hold for CJK and emoji")
  func marksMatchAgain() throws {
    let fixture = try DirectiveFixture()
    try fixture.add(
      "e", title: "t",
      ["🧸👩‍👩‍👧 毛绒玩具（ＧＢ 6675）检验👍🏽，毛绒 与 玩具 分开。Plush 🧸 toys tested: plush toys.", "玩具毛绒 toys plush e\u{301}tat ÉTAT"])
    let index = try fixture.index
    func marked(_ query: String) throws -> [[String]] { try index.passages(SearchOptions(query)).hits.map(\.marked) }
    #expect(try marked("\"毛绒玩具\"") == [["毛绒玩具"]])
    #expect(try marked("\"plush toys\"") == [["Plush 🧸 toys", "plush toys"]])
    #expect(try marked("毛绒 NEAR/3 玩具").first?.contains("玩具") == true)
    #expect(try marked("état") == [["e\u{301}tat", "ÉTAT"]])
    #expect(try marked("SAME SENTENCE (plush tested)") == [["Plush", "tested", "plush"]])
    for query in ["毛绒玩具", "plush toys", "\"plush toys\"", "toys NEAR/4 plush", "检验", "ＧＢ 6675"] {
      for hit in try index.passages(SearchOptions(query)).hits {
        let snippet = try #require(hit.snippets.first)
        let bytes = Array(snippet.text.utf8)
        #expect(!snippet.marks.isEmpty, "\(query)")
        for mark in snippet.marks {
          let text = try #require(String(validating: bytes[mark], as: UTF8.self), "a mark cuts a character")
          #expect(try index.passages(SearchOptions("\"\(text)\"")).hits.contains { $0.id == hit.id }, "\(text)")
        }
      }
    }
  }

  @Test("D3: SAME SENTENCE marks the sentence that holds it alone")
  func marksOfSentences() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("s", title: "t", ["Lead was found. Paint was bought. The paint had lead in it. No paint left."])
    let answer = try fixture.index.passages(SearchOptions("SAME SENTENCE (lead paint)"))
    let snippet = try #require(answer.hits.first?.snippets.first)
    #expect(answer.hits.first?.marked == ["paint", "lead"])
    #expect(snippet.text == "Paint was bought. The paint had lead in it. No paint left.")
  }

  @Test func searchesOfSnippetsMarkProximityToo() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("s", title: "t", ["lead far away from all the other words that stand here and then lead paint"])
    let answer = try fixture.index.search(SearchOptions("lead NEAR/2 paint"))
    let snippet = try #require(answer.hits.first?.snippets.first)
    let bytes = Array(snippet.text.utf8)
    #expect(snippet.marks.map { String(decoding: bytes[$0], as: UTF8.self) } == ["lead", "paint"])
  }

  @Test func realLawsByArticle() throws {
    guard let data = Seeds.data("laws_zh_cn/docs.jsonl.gz") else { return }
    let directory = try TestDirectory()
    guard runShell("gzip -dc '\(data)' | head -400 > '\(directory.path)/laws.jsonl'") else {
      print("skipped: gzip is not installed")
      return
    }
    var request = IndexRequest(paths: ["\(directory.path)/laws.jsonl"], index: directory.index)
    request.mapping = Seeds.path + "/mappings/examples/laws-zh-cn.json"
    _ = try IndexJob.run(request)
    let index = try QualityIndex(paths: [directory.index])
    let cited = try index.cite("中华人民共和国刑法 第十三条")
    #expect(cited.text.hasPrefix("第十三条 一切危害国家主权"))
    #expect(cited.path.first == "第一编 总则" && cited.path.contains("第二章 犯罪") && cited.path.last == "第十三条")
    var options = SearchOptions("第十三条 犯罪")
    options.limit = 50
    let answer = try index.passages(options)
    #expect(answer.total > 0)
    for hit in answer.hits {
      let cite = try index.cite(hit.id)
      #expect(cite.path.last?.hasPrefix("第十三条") == true, "\(hit.id) \(cite.path)")
    }
  }

  @Test func seedDirective() throws {
    guard let page = Seeds.data("seed-directive.txt") else { return }
    let directory = try TestDirectory()
    var request = IndexRequest(paths: [page], index: directory.index)
    request.kind = "directive"
    _ = try IndexJob.run(request)
    let index = try QualityIndex(paths: [directory.index])
    let hit = try #require(try index.passages(SearchOptions("production capacity toys ratified")).hits.first)
    #expect(hit.id == "seed-directive#p3")
    #expect(try index.cite("seed-directive#p3").of == 7)
    #expect(
      try index.passages(SearchOptions("\"Product Quality and Safety Guarantee\"")).hits.map(\.marked) == [
        ["Product Quality and Safety Guarantee"]
      ])
    let all = try index.cite("seed-directive#p3")
    #expect(all.citation(.text).contains("Feb 20 (year not stated)"))
    #expect(all.citation(.chinese).contains("2月20日，年份未注明"))
    let check = try index.quoteCheck("newly-licensed products should be 100% randomly examined for at most once")
    #expect(check.verdict == .altered)
    #expect(check.closest?.id == "seed-directive#p3")
    #expect(check.differences.map { [$0.quoted, $0.written] } == [["randomly", "selectively"], ["most", "least"]])
  }
}
