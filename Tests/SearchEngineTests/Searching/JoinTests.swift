import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Joins over kinds equal a brute-force join over random records.
@Suite struct JoinTests {
  private struct Firm {
    var id: String
    var name: String
    var alias: String
    var word: String
  }

  private struct Note {
    var id: String
    var enterprise: String?
    var words: [String]
    var date: String?
  }

  private static let words = ["lead", "paint", "toys", "crack", "label"]

  private static func add(
    _ firms: [Firm], _ notes: [Note], to writer: IndexWriter
  ) throws {
    for firm in firms {
      var body = JSONObject()
      body["name"] = .string(firm.name)
      body["aliases"] = .array([.string(firm.alias)])
      body["text"] = .string(firm.word)
      _ = try writer.add(Record(kind: "enterprise", id: firm.id, body: body))
    }
    for note in notes {
      var body = JSONObject()
      body["enterprise"] = note.enterprise.map { .string($0) }
      body["text"] = .string(note.words.joined(separator: " "))
      body["date"] = note.date.map { .string($0) }
      _ = try writer.add(Record(kind: "inspection", id: note.id, body: body))
    }
  }

  private static func ids(_ searcher: Searcher, _ query: String) throws -> (ids: Set<String>, notes: [SearchNote]) {
    var request = SearchRequest(try QueryParser.parse(query).syntax)
    request.limit = 100_000
    request.relaxes = false
    let result = try searcher.search(request)
    var found: Set<String> = []
    for hit in result.hits { found.insert(try searcher.record(hit, of: result)["id"]?.stringValue ?? "?") }
    return (found, result.notes)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func equalsABruteForceJoin(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    func word() -> String { Self.words.randomElement(using: &random) ?? "" }
    var firms: [Firm] = []
    for number in 0..<60 {
      firms.append(
        Firm(
          id: "e\(number)", name: "Firm N\(Int.random(in: 0..<50, using: &random)) Ltd", alias: "alias\(number % 40)",
          word: word()))
    }
    var notes: [Note] = []
    for number in 0..<200 {
      let firm = firms.randomElement(using: &random)
      let names = [firm?.id, firm?.name, firm?.alias, firm?.name.uppercased(), "nobody", nil]
      notes.append(
        Note(
          id: "n\(number)", enterprise: names.randomElement(using: &random) ?? nil,
          words: (0..<Int.random(in: 1...3, using: &random)).map { _ in word() },
          date: ["2006", "2007", "2007-03", "2007-03-14", "2008-01", nil].randomElement(using: &random) ?? nil))
    }
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = seed % 2 == 0
    let writer = try IndexWriter(files, schemas: [.enterprise, .inspection, .directive], options: options)
    // Notes before their enterprises, over several commits; some records replaced, some deleted.
    try Self.add([], Array(notes[..<80]), to: writer)
    _ = try writer.commit()
    try Self.add(firms, Array(notes[80...]), to: writer)
    _ = try writer.commit()
    for index in [3, 17, 40] {
      firms[index].name = "Renamed \(index)"
      try Self.add([firms[index]], [], to: writer)
    }
    for index in [5, 6] { _ = try writer.delete(kind: "enterprise", id: "e\(index)") }
    firms.removeAll { $0.id == "e5" || $0.id == "e6" }
    for index in [100, 101, 102] { _ = try writer.delete(kind: "inspection", id: "n\(index)") }
    notes.removeAll { ["n100", "n101", "n102"].contains($0.id) }
    _ = try writer.commit()
    let searcher = Searcher(snapshots: [try Snapshot.open(files)])

    func firm(of note: Note) -> Firm? {
      guard let value = note.enterprise else { return nil }
      if let byId = firms.first(where: { $0.id == value }) { return byId }
      let named = firms.filter { $0.name.lowercased() == value.lowercased() || $0.alias == value.lowercased() }
      return named.count == 1 ? named[0] : nil
    }
    func days(_ note: Note) -> ClosedRange<Int32>? {
      guard let date = note.date, let interval = (try? PartialDate(parsing: date))?.interval else { return nil }
      return interval.first...interval.last
    }
    let march = CalendarDay.number(year: 2007, month: 3, day: 1)
    func isCertainlySince(_ note: Note) -> Bool { (days(note)?.lowerBound).map { $0 >= march } ?? false }
    func isPossiblySince(_ note: Note) -> Bool { (days(note)?.upperBound).map { $0 >= march } ?? false }
    func firmIds(with test: (Note) -> Bool) -> Set<String> { Set(notes.filter(test).compactMap { firm(of: $0)?.id }) }
    func noteIds(ofFirms test: (Firm) -> Bool) -> Set<String> {
      Set(notes.filter { note in firm(of: note).map(test) ?? false }.map(\.id))
    }
    let all = Set(firms.map(\.id))
    let toys = Set(firms.filter { $0.word == "toys" }.map(\.id))

    #expect(try Self.ids(searcher, "has(inspection)").ids == firmIds { _ in true })
    #expect(try Self.ids(searcher, "has(inspection: lead)").ids == firmIds { $0.words.contains("lead") })
    #expect(
      try Self.ids(searcher, "kind:enterprise toys NOT has(inspection: lead)").ids
        == toys.subtracting(firmIds { $0.words.contains("lead") }))
    #expect(
      try Self.ids(searcher, "NOT has(inspection: lead)").ids == all.subtracting(firmIds { $0.words.contains("lead") }))
    #expect(try Self.ids(searcher, "has(enterprise: toys)").ids == noteIds { $0.word == "toys" })
    #expect(
      try Self.ids(searcher, "paint by(enterprise: toys)").ids
        == noteIds { $0.word == "toys" }.intersection(notes.filter { $0.words.contains("paint") }.map(\.id)))
    let crackers = firmIds { $0.words.contains("crack") }
    #expect(
      try Self.ids(searcher, "by(enterprise: has(inspection: crack))").ids == noteIds { crackers.contains($0.id) })
    #expect(try Self.ids(searcher, "by(inspection: crack)").ids == noteIds { crackers.contains($0.id) })

    let certain = firmIds(with: isCertainlySince)
    let possible = firmIds(with: isPossiblySince)
    let since = try Self.ids(searcher, "has(inspection: since:2007-03)")
    #expect(since.ids == certain)
    let open = possible.subtracting(certain).count
    #expect(
      since.notes.map(\.message).contains { $0.hasPrefix("\(open) more possibly") } == (open > 0), "\(since.notes)")
    let not = try Self.ids(searcher, "kind:enterprise NOT has(inspection: since:2007-03)")
    #expect(not.ids == all.subtracting(possible))
    #expect(not.notes.map(\.message).contains { $0.hasPrefix("\(open) more possibly") } == (open > 0), "\(not.notes)")
    // A negation inside turns certain into possible once more.
    let notSince = firmIds { !isPossiblySince($0) }
    #expect(try Self.ids(searcher, "has(inspection: * NOT since:2007-03)").ids == notSince)
    #expect(
      try Self.ids(searcher, "toys has(inspection: lead since:2007-03)").ids
        == toys.intersection(firmIds { $0.words.contains("lead") && isCertainlySince($0) }))

    let report = try searcher.hubReport("enterprise")
    #expect(report.unknown.contains("nobody"))
    let doubtful = Set(notes.compactMap(\.enterprise)).filter { value in
      !firms.contains { $0.id == value }
        && firms.count { $0.name.lowercased() == value.lowercased() || $0.alias == value.lowercased() } > 1
    }
    #expect(Set(report.ambiguous) == doubtful)
    #expect(!doubtful.isEmpty)
  }

  @Test func resolvesWithinEachSnapshot() throws {
    var snapshots: [Snapshot] = []
    for word in ["lead", "paint"] {
      let files = InMemoryFileSystem()
      let writer = try IndexWriter(files, schemas: [.enterprise, .inspection])
      try Self.add(
        [Firm(id: "e1", name: "Same", alias: "s", word: "toys")],
        [Note(id: "n-\(word)", enterprise: "Same", words: [word], date: nil)], to: writer)
      _ = try writer.commit()
      snapshots.append(try Snapshot.open(files))
    }
    let searcher = Searcher(snapshots: snapshots)
    #expect(try searcher.search(SearchRequest(QueryParser.parse("has(inspection: lead)").syntax)).total == 1)
    #expect(try searcher.search(SearchRequest(QueryParser.parse("has(inspection)").syntax)).total == 2)
    #expect(try searcher.search(SearchRequest(QueryParser.parse("by(enterprise: toys)").syntax)).total == 2)
  }

  @Test(arguments: ["SAME PARA (has(inspection))", "has(directive)", "has(colour: x)", "has(inspection: colour:red)"])
  func refuses(_ query: String) throws {
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: [.enterprise, .inspection, .directive])
    _ = try writer.commit()
    let searcher = Searcher(snapshots: [try Snapshot.open(files)])
    let error = #expect(throws: SearchError.self) { try Self.ids(searcher, query) }
    #expect(error?.range != nil)
  }

  @Test func valuesInsideItemsAreOfOneItem() throws {
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: [.enterprise, .inspection])
    func add(_ id: String, _ json: String) throws {
      guard case .object(let body) = try JSONValue(parsing: json) else { return }
      _ = try writer.add(Record(kind: "enterprise", id: id, body: body))
    }
    try add(
      "a",
      #"""
      {"licence":"XK99-001-00001","products":[
        {"id":"p1","name":"Toy car","category":"toys","licence":"XK16-204-00123","licenceIssued":"2006-05","examined":"2007-Q3",
         "ccc":"2006010101000001","legalInspection":true},
        {"id":"p2","name":"Oak bed","category":"wooden bed","licenceIssued":"2007-08-02","legalInspection":false}]}
      """#)
    try add("b", #"{"products":[{"id":"p1","name":"Oak toy","category":"wooden toy","licenceIssued":"2007"}]}"#)
    try writer.attach(.thesaurus, Array("goods\n  toys = 玩具\n    wooden toy = 木制玩具\n    car".utf8))
    _ = try writer.commit()
    let searcher = Searcher(snapshots: [try Snapshot.open(files)])
    let cases: [(String, Set<String>)] = [
      ("product(toy licence:*)", ["a"]), ("product(oak licence:*)", []), ("product(bed NOT licence:*)", ["a"]),
      ("product(toy licenceIssued:2006)", ["a"]), ("product(bed licenceIssued:2006)", []),
      ("product(licenceIssued:2007-08..2007-09)", ["a"]), ("product(licenceIssued:2007)", ["a", "b"]),
      ("product(oak licenceIssued:[2007-08 TO 2007-12])", ["a"]), ("product(toy examined:2007-Q3)", ["a"]),
      ("product(examined:2007-Q3 legalInspection:true)", ["a"]), ("product(examined:2007 legalInspection:false)", []),
      ("product(category:toys)", ["a", "b"]), ("product:toys", ["a", "b"]), ("product:goods", ["a", "b"]),
      ("product:car", ["a"]), ("category:\"wooden toy\"", ["b"]), ("product:bed", ["a"]), ("category:玩具", ["a", "b"]),
      ("product:(toys NOT oak)", []), ("kind:enterprise product:木制玩具", ["b"]), ("product(category:car)", []),
      ("product(category:\"wooden toy\")", ["b"]), ("product(id:p2 oak)", ["a"]),
      ("product(licence:\"XK16-204-00123\" toy)", ["a"]), ("product(licence:\"XK99-001-00001\")", []),
      ("product(licence:XK16* bed)", []), ("product(id:p1..p2 bed)", ["a"]), ("product(id:p1..p1 bed)", []),
      ("product(ccc:/2006.*/ toy)", ["a"]), ("product(ccc:/2006.*/ bed)", []),
    ]
    for (query, expected) in cases {
      #expect(try Self.ids(searcher, query).ids == expected, "\(query)")
    }
  }
}
