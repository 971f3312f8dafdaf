import JSONText
import QualityRecords
import Records
import SearchEngine
import Testing

struct CareTests {
  private func indexed(_ text: String, _ directory: TestDirectory, name: String = "records.jsonl") throws {
    let answer = try IndexJob.run(
      IndexRequest(paths: [try directory.write(name, text)], index: directory.index))
    #expect(answer.rejected == 0)
  }

  private let records = """
    {"kind":"enterprise","id":"E1","name":"Harbour Toys"}
    {"kind":"inspection","id":"N1","enterprise":"harbour toys","date":"2007-03-14","text":"paint with lead"}
    {"kind":"directive","id":"E1","title":"On lead","paragraphs":["First on lead.","Then on paint."]}

    """

  @Test func ambiguousIdsAreListed() throws {
    let directory = try TestDirectory()
    try indexed(records, directory)
    let index = try QualityIndex(paths: [directory.index])
    guard case .candidates(let candidates) = try index.show("E1") else {
      Issue.record("not ambiguous")
      return
    }
    #expect(candidates.map(\.kind) == ["enterprise", "directive"])
    guard case .record("E1", "directive", _) = try index.show("directive/E1") else {
      Issue.record("KIND/ID is not clear")
      return
    }
    #expect(try index.search(SearchOptions("lead")).hits.first { $0.id == "N1" }?.enterprise?.id == "E1")
    let error = #expect(throws: QualityError.self) {
      _ = try CareJobs.delete(ids: ["N1", "E1"], index: directory.index)
    }
    #expect(error?.code == "ambiguous-id")
    #expect(try QualityIndex(paths: [directory.index]).commit == 1)
  }

  @Test func deletesWithWhatIsDerived() throws {
    let directory = try TestDirectory()
    try indexed(records, directory)
    #expect(try QualityIndex(paths: [directory.index]).stats().passages == 2)
    let answer = try CareJobs.delete(ids: ["directive/E1"], index: directory.index)
    #expect((answer.deleted, answer.commit) == (1, 2))
    let after = try QualityIndex(paths: [directory.index]).stats()
    #expect((after.records, after.passages) == (2, 0))
    // The file is read again: what was deleted is missing.
    let again = try IndexJob.run(
      IndexRequest(paths: ["\(directory.path)/records.jsonl"], index: directory.index))
    #expect((again.indexed, again.unchanged) == (1, 2))
    let byQuery = try CareJobs.delete(query: "lead", index: directory.index)
    #expect(byQuery.deleted == 2)
    let merged = try CareJobs.merge(full: true, index: directory.index)
    #expect(merged.segments <= merged.segmentsBefore)
    let last = try QualityIndex(paths: [directory.index])
    #expect(try last.stats().records == 1)
    #expect(try last.search(SearchOptions("lead")).total == 0)
    #expect(try last.check(deep: true).isGood)
    let none = #expect(throws: QualityError.self) { _ = try CareJobs.delete(ids: ["E9"], index: directory.index) }
    #expect(none?.code == "no-such-id")
    let empty = #expect(throws: QualityError.self) { _ = try CareJobs.delete(query: " ", index: directory.index) }
    #expect(empty?.exitCode == .usage)
  }

  @Test func oldCursorIsRefused() throws {
    let directory = try TestDirectory()
    try indexed(records, directory)
    var options = SearchOptions("lead")
    options.limit = 1
    options.cursor = try QualityIndex(paths: [directory.index]).search(options).next
    #expect(options.cursor != nil)
    #expect(try QualityIndex(paths: [directory.index]).search(options).hits.count == 1)
    _ = try CareJobs.delete(ids: ["N1"], index: directory.index)
    let index = try QualityIndex(paths: [directory.index])
    let error = #expect(throws: QualityError.self) { _ = try index.search(options) }
    #expect(error?.code == "expired-cursor")
  }

  @Test func exportRoundTrips() throws {
    let (sample, _) = try SampleIndex.shared.get()
    func exported(_ index: QualityIndex) throws -> [UInt8] {
      var bytes: [UInt8] = []
      _ = try index.export { piece in
        bytes += piece
        return true
      }
      return bytes
    }
    let first = try exported(try QualityIndex(paths: [sample.index]))
    let directory = try TestDirectory()
    let text = String(decoding: first, as: UTF8.self)
    #expect(text.split(separator: "\n").count == 2066)
    try indexed(text, directory, name: "export.jsonl")
    let second = try QualityIndex(paths: [directory.index])
    #expect(try exported(second) == first)
    #expect(try second.stats().byKind.map(\.count) == [347, 1691, 28])
    var options = SearchOptions("formaldehyde furniture")
    options.limit = 50
    // The thesaurus of a collection is no record: it is not exported.
    options.rungs = ["exact", "stem"]
    let one = try QualityIndex(paths: [sample.index]).search(options)
    let two = try second.search(options)
    #expect(one.hits.map(\.id) == two.hits.map(\.id))
    #expect(one.total == two.total)
    var count = 0
    let exportedCount = try second.export(query: "formaldehyde furniture") { piece in
      count += piece.count { $0 == 0x0A }
      return true
    }
    let all = try second.search(SearchOptions("formaldehyde furniture")).total
    #expect(exportedCount == all)
    #expect(count == all)
  }

  @Test func severalIndexesAsOne() throws {
    let north = try TestDirectory()
    let south = try TestDirectory()
    try indexed(records, north)
    try indexed(records.replacing("\"N1\"", with: "\"N2\"").replacing("paint with lead", with: "lead again"), south)
    let both = try QualityIndex(paths: [north.index, south.index])
    #expect(
      try both.search(SearchOptions("lead")).hits.filter { $0.kind == "inspection" }.map(\.id).sorted() == ["N1", "N2"])
    #expect(both.commit == 2)
    #expect(try both.stats().records == 6)
    guard case .record("N2", "inspection", _) = try both.show("N2") else {
      Issue.record("the second index is not looked into")
      return
    }
  }

  @Test func missingIndex() throws {
    let error = #expect(throws: QualityError.self) { _ = try QualityIndex(paths: ["/nowhere/at/all"]) }
    #expect(error?.code == "index-missing")
    #expect(error?.exitCode == .index)
    let merging = #expect(throws: QualityError.self) { _ = try CareJobs.merge(full: false, index: "/nowhere/at/all") }
    #expect(merging?.exitCode == .index)
  }

  @Test func builtInServesWhereNothingIsAttached() throws {
    let directory = try TestDirectory()
    try indexed(records, directory)
    let index = try QualityIndex(paths: [directory.index])
    #expect(try index.thesaurus() == BuiltIn.thesaurus)
    #expect(try JSONValue(parsing: index.targets())["targets"]?.arrayValue?.count == 8)
    let categories = BuiltIn.thesaurus.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
    #expect(categories.count == 10)
    #expect(categories.allSatisfy { $0.unicodeScalars.contains { $0.value > 0x4E00 } && $0.contains(" = ") })
    let sample = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    #expect(try sample.thesaurus() != BuiltIn.thesaurus)
  }
}
