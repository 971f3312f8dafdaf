import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Ways in which words match beside their own forms, on records written for them.
@Suite struct RungTests {
  private static let tree = """
    products = 产品
      toys = 玩具 = playthings
        plush toy = 毛绒玩具 = stuffed toy = 填充玩具
        plastic doll = doll
      upholstered sofa = sofa = couch = 沙发
    """

  private static func searcher(tree: String = tree) throws -> Searcher {
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: [.enterprise, .inspection, .directive])
    func add(_ kind: String, _ id: String, _ json: String) throws {
      guard case .object(let body) = try JSONValue(parsing: json) else { return }
      _ = try writer.add(Record(kind: kind, id: id, body: body))
    }
    try add("enterprise", "e1", #"{"name": "HONGDA TOYS COMPANY LIMITED", "text": "makes things of wood"}"#)
    try add("enterprise", "e2", #"{"name": "A-B-C Company"}"#)
    try add("enterprise", "e3", #"{"name": "Bright Lamp Company"}"#)
    try add(
      "enterprise", "e4",
      #"{"name": "Eastern Furniture", "formerNames": [{"name": "Red Star Works", "until": "2006-05"}]}"#)
    try add("enterprise", "e5", #"{"name": "深圳市宏达玩具有限公司"}"#)
    try add("inspection", "n-lead", #"{"enterprise": "e1", "text": "lead coating above the limit"}"#)
    try add("inspection", "n-lamp", #"{"enterprise": "e3", "text": "lead coating above the limit"}"#)
    try add("inspection", "n-old", #"{"enterprise": "e4", "text": "a loose label"}"#)
    try add("inspection", "n-wanju", #"{"enterprise": "e5", "text": "标签不清"}"#)
    try add("directive", "d-toys", #"{"title": "On toys", "paragraphs": [{"n": 1, "text": "Playing safely."}]}"#)
    try add("directive", "d-plush", #"{"title": "毛绒玩具", "paragraphs": [{"n": 1, "text": "stitching"}]}"#)
    try add("directive", "d-stuffed", #"{"title": "A stuffed toy", "paragraphs": [{"n": 1, "text": "eyes"}]}"#)
    try add("directive", "d-doll", #"{"title": "Dolls", "paragraphs": [{"n": 1, "text": "hair"}]}"#)
    try add("directive", "d-couch", #"{"title": "The couch", "paragraphs": [{"n": 1, "text": "springs"}]}"#)
    try add("directive", "d-syria", #"{"title": "Trade with Syria", "paragraphs": [{"n": 1, "text": "one"}]}"#)
    try add("directive", "d-serbia", #"{"title": "Serbia, Serbia", "paragraphs": [{"n": 1, "text": "Serbia"}]}"#)
    try writer.attach(.thesaurus, Array(tree.utf8))
    _ = try writer.commit()
    return Searcher(snapshots: [try Snapshot.open(files)])
  }

  private static func answer(
    _ searcher: Searcher, _ text: String, _ rungs: Set<Rung> = SearchRequest.usualRungs, kinds: Set<String>? = nil
  ) throws -> (hits: [(id: String, rung: Rung)], result: SearchResult) {
    var request = SearchRequest(try QueryParser.parse(text).syntax)
    request.rungs = rungs
    request.kinds = kinds
    request.limit = 100
    request.relaxes = false
    let result = try searcher.search(request)
    return (try result.hits.map { (try searcher.id($0, of: result), $0.rung) }, result)
  }

  private static func ids(
    _ searcher: Searcher, _ text: String, _ rungs: Set<Rung> = SearchRequest.usualRungs, kinds: Set<String>? = nil
  ) throws -> Set<String> {
    Set(try answer(searcher, text, rungs, kinds: kinds).hits.map(\.id))
  }

  @Test("A7: toys finds plush toy, 毛绒玩具, 填充玩具 as narrower; plush toy does not climb; labelled")
  func climbsDownNotUp() throws {
    let searcher = try Self.searcher()
    let toys = try Self.answer(searcher, "toys", kinds: ["directive"])
    let rungs = Dictionary(uniqueKeysWithValues: toys.hits.map { ($0.id, $0.rung) })
    #expect(rungs == ["d-toys": .exact, "d-stuffed": .stem, "d-plush": .thesaurus, "d-doll": .thesaurus])
    let note = try #require(toys.result.notes.first { $0.code == .thesaurus })
    #expect(note.range == 0..<4)
    #expect(note.message.contains("毛绒玩具") && note.message.contains("2 more records"), "\(note.message)")
    #expect(note.message.contains("--rungs exact,stem"))
    #expect(try Self.ids(searcher, "plush toy", kinds: ["directive"]) == ["d-plush", "d-stuffed"])
    #expect(try Self.ids(searcher, "sofas", kinds: ["directive"]) == ["d-couch"])
    #expect(try Self.ids(searcher, "\"toys\"", kinds: ["directive"]) == ["d-toys"])
    #expect(try Self.ids(searcher, "toys", [.exact, .stem], kinds: ["directive"]) == ["d-toys", "d-stuffed"])
    #expect(try Self.ids(searcher, "toys", [.thesaurus], kinds: ["directive"]).contains("d-plush"))
    #expect(try Self.ids(searcher, "stitching toys") == ["d-plush"])
    #expect(try Self.ids(searcher, "stitching -toys") == ["d-plush"], "negations are not widened")
  }

  @Test("A7: the words of an alternative are marked")
  func marksAlternatives() throws {
    let searcher = try Self.searcher()
    let (_, result) = try Self.answer(searcher, "couch stitching OR sofa", kinds: ["directive"])
    let hit = try #require(result.hits.first { $0.rung == .thesaurus })
    let snippet = try #require(try searcher.snippets(hit, of: result).first)
    let bytes = Array(snippet.text.utf8)
    #expect(snippet.marks.map { String(decoding: bytes[$0], as: UTF8.self) } == ["couch"])
  }

  @Test("A5: a legal form is covered by its name, and is no evidence alone")
  func legalForms() throws {
    let searcher = try Self.searcher()
    #expect(try Self.ids(searcher, "hongda lead coating") == ["n-lead"])
    for text in ["Hongda Toys Co., Ltd.", "HONGDA TOYS COMPANY LIMITED", "hongda toys co ltd"] {
      #expect(try Self.ids(searcher, text) == ["e1", "n-lead"], "\(text)")
    }
    // One word by its pinyin and one by the thesaurus: 宏达玩具, behind those of its Latin name.
    #expect(try Self.answer(searcher, "hongda toys").hits.map(\.id) == ["e1", "n-lead", "e5"])
    #expect(try Self.answer(searcher, "hongda toys").hits.map(\.rung) == [.exact, .name, .pinyin])
    #expect(try Self.ids(searcher, "A-B-C Company") == ["e2"])
    #expect(try Self.ids(searcher, "宏达玩具有限公司") == ["e5", "n-wanju"])
    #expect(try Self.ids(searcher, "宏达玩具股份有限公司") == ["e5", "n-wanju"])
    #expect(try Self.ids(searcher, "co ltd").isEmpty)
  }

  @Test("A6: hongda wanju finds 宏达玩具 and its notes by pinyin; the rung can be left out")
  func pinyin() throws {
    let searcher = try Self.searcher()
    for text in ["hongda wanju", "hong da wan ju", "hongdawanju", "hóngdá wánjù"] {
      let (hits, result) = try Self.answer(searcher, text)
      #expect(Set(hits.map(\.id)) == ["e5", "n-wanju"], "\(text)")
      #expect(hits.allSatisfy { $0.rung == .pinyin }, "\(text)")
      #expect(result.notes.contains { $0.code == .pinyin && $0.message.contains("宏达玩具") }, "\(result.notes)")
      #expect(try Self.ids(searcher, text, SearchRequest.usualRungs.subtracting([.pinyin])).isEmpty, "\(text)")
    }
    #expect(try Self.ids(searcher, "wanju 标签") == ["n-wanju"])
    #expect(try Self.ids(searcher, "ju").isEmpty, "one syllable is no name")
    let spaced = try Self.answer(searcher, "hong da toys").hits
    #expect(spaced.map(\.id) == ["e1", "n-lead", "e5"], "words of a name, spaced otherwise")
    #expect(spaced.map(\.rung) == [.name, .name, .pinyin])
  }

  @Test("H6: old names are found, and the notes of who had them")
  func formerNames() throws {
    let searcher = try Self.searcher()
    let (hits, result) = try Self.answer(searcher, "red star works")
    #expect(hits.map(\.id) == ["e4", "n-old"])
    #expect(hits.map(\.rung) == [.exact, .name])
    #expect(result.notes.contains { $0.code == .name && $0.message.contains("Eastern Furniture") }, "\(result.notes)")
    #expect(try Self.ids(searcher, "red star label") == ["n-old"])
  }

  @Test("R4: Syria never ranks under Serbia")
  func fuzzyComesLast() throws {
    let searcher = try Self.searcher()
    let all = Set(Rung.allCases)
    #expect(try Self.answer(searcher, "syria", all).hits.first?.id == "d-syria")
    #expect(try Self.answer(searcher, "syria").hits.map(\.id) == ["d-syria"])
    for text in ["syria~2", "syria OR serbia~2", "serbja"] {
      let hits = try Self.answer(searcher, text, all).hits
      let rungs = hits.map(\.rung.tier)
      #expect(rungs == rungs.sorted(), "\(text)")
    }
    #expect(try Self.answer(searcher, "serbja", all).hits.map(\.rung) == [.fuzzy])
    #expect(try Self.ids(searcher, "serbja").isEmpty)
  }

  @Test func negationsAndJoinsAreNeverWidened() throws {
    let searcher = try Self.searcher()
    #expect(try Self.ids(searcher, "kind:inspection NOT hongda") == ["n-lamp", "n-old", "n-wanju", "n-lead"])
    #expect(try Self.ids(searcher, "has(inspection: hongda)").isEmpty)
    #expect(try Self.ids(searcher, "has(inspection: coated)") == ["e1", "e3"], "stems do hold there")
    #expect(try Self.ids(searcher, "by(enterprise: playthings)").isEmpty)
  }
}
