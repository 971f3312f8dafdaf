import JSONText
import QualityRecords
import Testing

@Suite struct ThesaurusTests {
  private func index(_ thesaurus: String? = nil) throws -> QualityIndex {
    try QualityIndex(paths: [try SampleIndex.shared.get().0.index], thesaurus: thesaurus)
  }

  @Test("A7: toys finds plush toy, 毛绒玩具, 填充玩具 as narrower; plush toy does not climb")
  func tree() throws {
    let answer = try index().thesaurus(of: "toys")
    let entry = try #require(answer.entries.first)
    #expect(entry.broader.map(\.name) == ["products"])
    let plush = try #require(entry.narrower.first { $0.names.first?.name == "plush toy" })
    #expect(plush.names.map(\.name).contains("毛绒玩具") && plush.names.map(\.name).contains("填充玩具"))
    #expect(answer.total >= plush.total && plush.total > 0 && answer.exitCode == .done)
    let narrow = try index().thesaurus(of: "毛绒玩具")
    #expect(narrow.entries.first?.broader.map(\.name) == ["toys", "products"])
    #expect(narrow.total == plush.total)
  }

  @Test("A7: counts are those of a search for the name as it is written")
  func counts() throws {
    let index = try index()
    let entry = try #require(try index.thesaurus(of: "toys").entries.first)
    for name in entry.names + entry.narrower.flatMap(\.names) {
      #expect(try index.search(SearchOptions("\"\(name.name)\"")).total == name.count, "\(name.name)")
      #expect(name.byKind.reduce(0) { $0 + $1.count } == name.count)
    }
    let all = (entry.names + entry.narrower.flatMap(\.names)).map { "\"\($0.name)\"" }.joined(separator: " OR ")
    #expect(try index.search(SearchOptions(all)).total == entry.total)
  }

  @Test("A7: an unknown term offers the nearest names, and exits with 1")
  func unknown() throws {
    let answer = try index().thesaurus(of: "plush toyz")
    #expect(answer.entries.isEmpty && answer.exitCode == .nothingFound)
    #expect(answer.nearest.contains("plush toy"), "\(answer.nearest)")
    #expect(try index().thesaurus(of: "zzzzzzzzzzzz").nearest.isEmpty)
  }

  @Test("A7: an edited thesaurus serves without indexing anew, and receipts tell")
  func edited() throws {
    let edited = "toys = 玩具 ~ games\n  rattle = 摇铃\ngames\n"
    let before = try index()
    let after = try index(edited)
    #expect(try after.thesaurus(of: "toys").entries[0].narrower.map { $0.names[0].name } == ["rattle"])
    #expect(try after.thesaurus(of: "toys").entries[0].related.map(\.name) == ["games"])
    #expect(try after.thesaurus(of: "games").entries[0].related.map(\.name) == ["toys"])
    #expect(try after.thesaurus(of: "plush toy").entries.isEmpty)
    let one = try before.search(SearchOptions("product:toys"))
    let other = try after.search(SearchOptions("product:toys"))
    #expect(one.total > other.total && one.receipt != other.receipt)
    #expect(try index(edited).search(SearchOptions("product:toys")).receipt == other.receipt)
  }

  @Test("A7: a faulty thesaurus says which line is wrong")
  func faulty() throws {
    let error = #expect(throws: QualityError.self) { _ = try index("toys\n   plush") }
    #expect(error?.code == "thesaurus" && error?.message.contains("line 2") == true)
  }
}
