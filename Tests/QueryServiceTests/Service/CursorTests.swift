import JSONText
import QualityRecords
import Testing

@testable import QueryService

@Suite("Pages while records come in")
struct CursorTests {
  @Test("paging during writes repeats nothing and leaves nothing out")
  func paging() throws {
    let fixture = try ServiceFixture()
    let count = 300
    let collection = try fixture.index(
      "main", (0..<count).map { ServiceFixture.note("N\($0)", "lead paint number \($0)") })
    let service = try QueryService(ServiceOptions(collections: [collection]))
    var seen: [String] = []
    var cursor: String?
    var commits: Set<Int> = []
    var pages = 0
    repeat {
      let answer = try service.get("/v1/search?q=lead&limit=17" + (cursor.map { "&cursor=\($0)" } ?? ""))
      #expect(answer.status == 200, "\(answer.text)")
      seen += answer.json?["hits"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
      if let commit = answer.json?["commit"]?.intValue { commits.insert(commit) }
      cursor = answer.json?["next"]?.stringValue
      pages += 1
      // Some of what was found is replaced, and something comes that would be found.
      try fixture.index(
        "main",
        [
          ServiceFixture.note("N\(pages * 13 % count)", "nothing of the sort any more"),
          ServiceFixture.note("M\(pages)", "lead lead lead"),
        ])
      // Somebody else asks at the newest commit meanwhile.
      let other = try service.get("/v1/search?q=sort&limit=1")
      #expect(other.json?["commit"]?.intValue == pages + 1, "a new commit is served at once")
    } while cursor != nil && pages < 100
    #expect(seen.count == count)
    #expect(Set(seen) == Set((0..<count).map { "N\($0)" }))
    #expect(commits == [1])
  }

  @Test("a cursor of a commit that is kept no longer is 410 with a hint; one of nothing, too")
  func expired() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", (0..<20).map { ServiceFixture.note("N\($0)", "lead \($0)") })
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let next = try #require(try service.get("/v1/search?q=lead&limit=5").json?["next"]?.stringValue)
    // Of another process: it knows nothing of the first one's pages.
    try fixture.index("main", [ServiceFixture.note("X", "lead")])
    let other = try QueryService(ServiceOptions(collections: [collection]))
    for cursor in [next, "nonsense"] {
      let answer = try other.get("/v1/search?q=lead&limit=5&cursor=\(cursor)")
      #expect(answer.status == 410)
      #expect(answer.code == "expired-cursor")
      #expect(answer.json?["hint"]?.stringValue?.isEmpty == false)
    }
    // The first process kept it.
    #expect(try service.get("/v1/search?q=lead&limit=5&cursor=\(next)").status == 200)
    // With another query it is none.
    #expect(try service.get("/v1/search?q=other&limit=5&cursor=\(next)").status == 410)
  }

  @Test("a commit that comes while an answer is made does not take the answer's next page away")
  func newerMeanwhile() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", (0..<20).map { ServiceFixture.note("N\($0)", "lead \($0)") })
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let choice = OpenCollections.Choice(collections: ["main"], kinds: nil)
    let index = try service.collections.index(choice, cursor: nil)
    var options = SearchOptions("lead")
    options.limit = 5
    let next = try #require(try index.search(options).next)
    try fixture.index("main", [ServiceFixture.note("X", "other")])
    #expect(try service.get("/v1/search?q=other").json?["commit"]?.intValue == 2)
    service.collections.keep(index, choice)
    let second = try service.get("/v1/search?q=lead&limit=5&cursor=\(next)")
    #expect(second.status == 200 && second.json?["commit"]?.intValue == 1)
  }

  @Test("commits are kept for cursors up to a number")
  func bounded() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", (0..<20).map { ServiceFixture.note("N\($0)", "lead \($0)") })
    let service = try QueryService(ServiceOptions(collections: [collection]))
    var cursors: [String] = []
    for number in 0..<40 {
      cursors.append(try #require(try service.get("/v1/search?q=lead&limit=5").json?["next"]?.stringValue))
      try fixture.index("main", [ServiceFixture.note("X\(number)", "other")])
    }
    _ = try service.get("/v1/search?q=lead&limit=5")
    let statuses = try cursors.map { try service.get("/v1/search?q=lead&limit=5&cursor=\($0)").status }
    #expect(statuses.last == 200)
    #expect(statuses.first == 410)
    #expect(statuses.count { $0 == 200 } == 32)
  }
}
