import JSONText
import Testing

@testable import QualityRecords

@Suite("Pages that are not shown in time")
struct ShowingTests {
  @Test("the first hit is shown whatever the time; behind the deadline no more are, and it is said")
  func deadline() throws {
    let directory = try TestDirectory()
    let lines = (0..<2_000).map { "{\"kind\":\"inspection\",\"id\":\"N\($0)\",\"text\":\"lead \($0)\"}" }
    let path = try directory.write("notes.jsonl", lines.joined(separator: "\n"))
    _ = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    var shown: [Int] = []
    let isWhole = try index.showing([1, 2, 3], until: .now - .seconds(1)) { shown.append($0) }
    #expect(!isWhole && shown == [1])
    shown = []
    #expect(try index.showing([1, 2, 3], until: nil) { shown.append($0) } && shown == [1, 2, 3])
    // A page that takes longer than it may: some hits, no next page, and a note.
    var options = SearchOptions("lead")
    options.limit = 1_999
    options.deadline = .seconds(60)
    let whole = try index.search(options)
    #expect(whole.hits.count == 1_999 && !whole.isPartial && whole.next != nil)
    options.deadline = .milliseconds(3)
    let cut = try index.search(options)
    guard cut.isPartial else {
      print("this machine shows 1,999 hits in 3 ms: nothing was cut")
      return
    }
    #expect(cut.hits.count < whole.hits.count && cut.next == nil && cut.notes.contains { $0.code == "deadline" })
  }
}
