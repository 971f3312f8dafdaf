import QualityRecords
import Testing

@testable import HTTPServer
@testable import QueryService

@Suite("Exports that nobody reads to their end")
struct ExportStreamTests {
  /// An index whose export is more pieces than may wait.
  private func index() throws -> (fixture: ServiceFixture, index: QualityIndex) {
    let fixture = try ServiceFixture()
    let words = String(repeating: "lead coating on plush bears ", count: 20)
    let collection = try fixture.index("main", (0..<1_500).map { ServiceFixture.note("N\($0)", words) })
    return (fixture, try QualityIndex(paths: [collection.path]))
  }

  @Test(
    "a stream may be dropped at any piece, and the place that it held is free again", arguments: [0, 1, 2, 3, 5, 8])
  func dropped(pieces: Int) async throws {
    let (fixture, index) = try index()
    let slots = Slots(1)
    do {
      let stream = try ExportStream(index, ExportOptions(query: nil, kinds: []), slots: slots)
      for _ in 0..<pieces { #expect(try stream.next() != nil) }
    }
    // Its thread ends soon.
    var isFree = slots.take()
    for _ in 0..<1_000 where !isFree {
      try await Task.sleep(for: .milliseconds(5))
      isFree = slots.take()
    }
    #expect(isFree)
    withExtendedLifetime(fixture) {}
  }

  @Test("HEAD of an export is answered, again and again")
  func head() async throws {
    let (fixture, _) = try index()
    let service = try QueryService(
      ServiceOptions(collections: [MountedCollection(name: "main", path: fixture.path("main"))]))
    for _ in 0..<4 {
      // The body is not read: that is what the loop does.
      var parser = RequestParser()
      parser.append(Array("HEAD /v1/export HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
      guard case .head(let head)? = parser.next() else {
        Issue.record("no head")
        return
      }
      let request = Request(
        head: head, body: [], address: "127.0.0.1", number: 1, cancellation: Cancellation(), arrival: .now)
      let status = { () -> Int in
        let response = service.answer(request)
        return (response.later?() ?? response).status
      }()
      #expect(status == 200 || status == 503)
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
