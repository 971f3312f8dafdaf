import Foundation
import JSONText
import QualityRecords
import SearchEngine
import Testing

@testable import HTTPServer
@testable import QueryService

@Suite("Limits of work")
struct LimitTests {
  @Test("what is behind its limit is an error and no half answer; what is given up ends")
  func limits() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", ServiceFixture.sample)
    let index = try QualityIndex(paths: [collection.path])
    let jobs: [(String, (QualityIndex) throws(QualityError) -> Void)] = [
      ("history", { index throws(QualityError) in _ = try index.history(HistoryRequest("E1")) }),
      ("coverage", { index throws(QualityError) in _ = try index.coverage() }),
      ("duties", { index throws(QualityError) in _ = try index.duties(DutiesRequest()) }),
      ("trace", { index throws(QualityError) in _ = try index.trace(TraceRequest("toys")) }),
      ("refs", { index throws(QualityError) in _ = try index.refs("D1#p1") }),
      ("quote", { index throws(QualityError) in _ = try index.quoteCheck("Lead in coatings") }),
      ("why-not", { index throws(QualityError) in _ = try index.whyNot("N1", "nothing") }),
      ("search", { index throws(QualityError) in _ = try index.search(SearchOptions("lead")) }),
      ("enterprises", { index throws(QualityError) in _ = try index.enterprises(EnterpriseOptions("lead")) }),
      ("pivot", { index throws(QualityError) in _ = try index.pivot(PivotOptions(rows: "province", columns: "kind")) }),
    ]
    for (name, job) in jobs {
      try job(index)
      for (code, limit) in [
        ("deadline", WorkLimit(deadline: .now - .seconds(1))),
        ("cancelled", WorkLimit(deadline: .now + .seconds(100), isGivenUp: { true })),
      ] {
        let error = WorkLimit.$current.withValue(limit) { () -> QualityError? in
          do throws(QualityError) {
            try job(index)
            return nil
          } catch { return error }
        }
        #expect(error?.code == code, "\(name)")
      }
    }
  }

  @Test("a search that its time cuts is 200 and says that it is partial; it has no validator")
  func partial() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index(
      "main", (0..<3_000).map { ServiceFixture.note("N\($0)", "lead coating number \($0) and word\($0) of it") })
    let service = try QueryService(ServiceOptions(collections: [collection]))
    // Every word of the dictionary, by a pattern, several times.
    let query = "/.*o.*/ /.*[0-9]+.*/ /.*r.*d.*/"
    let answer = try service.post("/v1/search", #"{"q":"\#(query)","timeout":1,"limit":1000}"#)
    #expect(answer.status == 200)
    guard answer.json?["partial"]?.boolValue == true else {
      print("this machine answers in a millisecond: nothing was cut")
      return
    }
    #expect(answer.fields["ETag"] == nil)
    #expect(try service.get("/metrics").text.contains("dossier_partial_answers_total 1\n"))
    #expect(try service.post("/v1/search", #"{"q":"\#(query)","timeout":30000}"#).json?["partial"]?.boolValue == false)
  }

  @Test("who has gone is not worked for")
  func gone() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    var parser = RequestParser()
    parser.append(Array("GET /v1/search?q=lead HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
    guard case .head(let head)? = parser.next() else {
      Issue.record("no head")
      return
    }
    let cancellation = Cancellation()
    cancellation.cancel()
    let response = service.answer(
      Request(head: head, body: [], address: "127.0.0.1", number: 1, cancellation: cancellation, arrival: .now))
    #expect(response.status == 503)
    #expect(try service.get("/metrics").text.contains("dossier_cancelled_requests_total 1\n"))
  }

  @Test("errors of the server's own files name no paths to clients, and all of them to the log")
  func paths() throws {
    let fixture = try ServiceFixture()
    let error = QualityError("index-damaged", "\(fixture.path("main"))/seg-1 is damaged", exitCode: .index)
    let response = ProblemReply.response(error, requestID: "r-1")
    #expect(response.status == 503)
    guard case .bytes(let bytes) = response.body else { return }
    #expect(!String(decoding: bytes, as: UTF8.self).contains(fixture.folder.path))
  }

  @Test("a writer at work: 503 with Retry-After, and the batch is taken when it has ended")
  func busy() throws {
    let fixture = try ServiceFixture()
    var options = ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)])
    options.tokens = TestTokens.text([("w", "0123456789abcdef0123456789abcdef", [], ["main"], nil)])
    let service = try QueryService(options)
    func send() throws -> SeenResponse {
      try service.post(
        "/v1/records", ServiceFixture.note("N7", "lead"), type: "application/x-ndjson",
        TestTokens.bearer("0123456789abcdef0123456789abcdef"))
    }
    do {
      let writer = try IndexDirectory.writer(
        path: fixture.path("main"), schemas: IndexJob.schemas, options: IndexWriter.Options(), create: false)
      let refused = try send()
      #expect(refused.status == 503 && refused.code == "index-locked" && refused.fields["Retry-After"] == "1")
      #expect(!refused.text.contains(fixture.folder.path))
      withExtendedLifetime(writer) {}
    }
    #expect(try send().status == 200)
  }
}
