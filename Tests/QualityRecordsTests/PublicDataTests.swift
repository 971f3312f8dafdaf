import Glibc
import JSONText
import QualityRecords
import Records
import Testing

/// Public collections beside the repository, through the mappings of the samples: known counts, every reject accounted for.
struct PublicDataTests {
  @Test func restaurantInspectionsWithFoldedViolations() throws {
    guard let data = Seeds.data("sf_food_inspections/inspections.jsonl.gz") else { return }
    let folder = String(data.dropLast("/inspections.jsonl.gz".count))
    let directory = try TestDirectory()
    for name in ["businesses", "inspections", "violations"] {
      let unpacked = "gzip -dc '\(folder)/\(name).jsonl.gz' > '\(directory.path)/\(name).jsonl'"
      guard system(unpacked) == 0 else {
        print("skipped: gzip is not installed")
        return
      }
    }
    var request = IndexRequest(paths: ["\(directory.path)/businesses.jsonl"], index: directory.index)
    request.mapping = Seeds.path + "/mappings/examples/sf-businesses.json"
    let businesses = try IndexJob.run(request)
    #expect((businesses.indexed, businesses.rejected) == (6399, 0))
    request.paths = ["\(directory.path)/inspections.jsonl"]
    request.mapping = Seeds.path + "/mappings/examples/sf-inspections.json"
    let inspections = try IndexJob.run(request)
    // 932 of the 39,006 violations belong to a day without an inspection.
    #expect((inspections.indexed, inspections.rejected) == (14_233, 932))
    #expect(inspections.rejects.allSatisfy { $0.reason.contains("has the key") })
    let index = try QualityIndex(paths: [directory.index])
    let stats = try index.stats()
    #expect(stats.byKind.map(\.count) == [6399, 14_233, 0])
    #expect(stats.unresolved.isEmpty)
    let answer = try index.search(SearchOptions("vermin infestation"))
    #expect(answer.total > 1000)
    #expect(answer.hits.allSatisfy { $0.kind != "inspection" || $0.enterprise?.id != nil })
  }

  @Test func savedPageAsDirective() throws {
    guard let page = Seeds.data("seed-directive.txt") else { return }
    let directory = try TestDirectory()
    var request = IndexRequest(paths: [page], index: directory.index)
    request.kind = "directive"
    let answer = try IndexJob.run(request)
    #expect((answer.indexed, answer.rejected) == (1, 0))
    let index = try QualityIndex(paths: [directory.index])
    guard case .record(_, _, let record) = try index.show("seed-directive") else {
      Issue.record("no record")
      return
    }
    // The stamp of the page is no date of the directive, and the slogan above it no paragraph.
    #expect(record["pageDate"]?.stringValue == "2017-07-05")
    #expect(record["date"]?.stringValue.map { $0.hasPrefix("--") } ?? true)
    #expect(record["paragraphs"]?.text().contains("Safe, stable and reliable") == false)
    var passages = SearchOptions("rectification")
    passages.kinds = ["passage"]
    #expect(try index.search(passages).hits.first?.id.hasPrefix("seed-directive#p") == true)
  }
}
