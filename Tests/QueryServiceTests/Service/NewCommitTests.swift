import Dispatch
import JSONText
import QualityRecords
import SearchEngine
import Synchronization
import Testing

@testable import QueryService

@Suite("Newer commits")
struct NewCommitTests {
  private static func notes(_ range: Range<Int>) -> [String] {
    range.map { ServiceFixture.note("N\($0)", "lead paint number \($0)", enterprise: "E\($0 % 7)") }
  }

  @Test(
    "of a small collection are served at once; of a large one when they are made ready, and until then the one before")
  func largeAndSmall() throws {
    let fixture = try ServiceFixture()
    let count = OpenCollections.smallCollection
    let large = try fixture.index("large", Self.notes(0..<count))
    let small = try fixture.index("small", Self.notes(0..<3))
    let service = try QueryService(ServiceOptions(collections: [large, small]))
    func total(_ collection: String, _ query: String = "lead") throws -> Int? {
      try service.get("/v1/search?q=\(query)&collection=\(collection)&limit=1").json?["total"]?.intValue
    }
    #expect(try total("large") == count && total("small") == 3)
    // What is asked of the commit before, an empty answer with all its notes among it.
    #expect(try total("large", "nowhere") == 0)
    try fixture.index("small", Self.notes(3..<5))
    #expect(try total("small") == 5)
    // Nothing is made ready meanwhile: whoever asks is answered from the commit before.
    service.collections.queue.suspend()
    try fixture.index("large", Self.notes(count..<count + 2))
    #expect(try total("large") == count && total("large", "paint") == count)
    service.collections.queue.resume()
    service.collections.queue.sync {}
    #expect(try total("large") == count + 2 && total("large", "paint") == count + 2)
    #expect(try service.get("/readyz").status == 200)
  }

  @Test(
    "are asked again what was asked of the one before: the answers are there, and are those of an index opened anew")
  func rehearsed() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", ServiceFixture.sample + Self.notes(0..<50))
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let targets = [
      "/v1/search?q=lead", "/v1/search?q=nowhere", "/v1/enterprises?q=lead", "/v1/passages?q=coatings",
      "/v1/search?q=paint&facet=province&sort=date", "/v1/suggest?prefix=Hong",
    ]
    for target in targets { #expect(try service.get(target).status == 200) }
    try fixture.index(
      "main", [ServiceFixture.note("X1", "lead in the coating"), ServiceFixture.enterprise("E9", "Honglu")])
    // As a large collection's would be.
    service.collections.makeReady(collection)
    let renewed = try QueryService(ServiceOptions(collections: [collection]))
    for target in targets {
      let tag = try service.get(target).fields["ETag"]
      #expect(try service.get(target).body == renewed.get(target).body, "\(target)")
      #expect(try tag == renewed.get(target).fields["ETag"], "\(target)")
    }
  }

  @Test("a request stands once among those that are asked again, the newest stay, and cursors are none of them")
  func rehearsals() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", Self.notes(0..<30))
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let next = try #require(try service.get("/v1/search?q=lead&limit=5").json?["next"]?.stringValue)
    #expect(try service.get("/v1/search?q=lead&limit=5&cursor=\(next)").status == 200)
    for number in 0..<100 {
      #expect(try service.get("/v1/search?q=lead+\(number)").status == 200)
      #expect(try service.get("/v1/search?q=often").status == 200)
    }
    let keys = service.collections.state.withLock { $0.rehearsals.values.flatMap { $0.map(\.key) } }
    #expect(keys.count == 16 && Set(keys).count == 16)
    #expect(keys.last?.contains("often") == true && keys.count { $0.contains("often") } == 1)
    #expect(!keys.contains { $0.contains(next) })
  }
}
