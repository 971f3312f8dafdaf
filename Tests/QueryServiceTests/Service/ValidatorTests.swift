import JSONText
import QualityRecords
import Testing

@testable import QueryService

@Suite("Headers and validators")
struct ValidatorTests {
  @Test("If-None-Match gives 304 until the next commit; requests, grants and languages have tags of their own")
  func tags() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", ServiceFixture.sample)
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let first = try service.get("/v1/search?q=lead")
    let tag = try #require(first.fields["ETag"])
    #expect(first.fields["Cache-Control"] == "private, no-cache")
    for value in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let again = try service.get("/v1/search?q=lead", ["If-None-Match": value])
      #expect(again.status == 304 && again.body.isEmpty && again.fields["ETag"] == tag, "\(value)")
    }
    #expect(try service.get("/v1/search?q=lead", ["If-None-Match": "\"x\""]).status == 200)
    #expect(try service.get("/v1/search?q=lead&limit=1").fields["ETag"] != tag)
    #expect(try service.get("/v1/passages?q=lead").fields["ETag"] != tag)
    try fixture.index("main", [ServiceFixture.note("N9", "lead")])
    let later = try service.get("/v1/search?q=lead", ["If-None-Match": tag])
    #expect(later.status == 200 && later.fields["ETag"] != tag)
    // An error has no tag and is not kept.
    let wrong = try service.get("/v1/search?q=lead&nothing=1", ["If-None-Match": "*"])
    #expect(wrong.status == 400 && wrong.fields["ETag"] == nil && wrong.fields["Cache-Control"] == "no-store")
  }

  @Test("every kind of response has the policy, nosniff and a request id of its own")
  func policy() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", ServiceFixture.sample)
    let service = try QueryService(ServiceOptions(collections: [collection]))
    var ids: Set<String> = []
    let targets = [
      "/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/v1/search?q=lead", "/v1/search", "/v1/nothing",
      "/v1/export", "/nothing/there",
    ]
    for target in targets {
      let answer = try service.get(target)
      #expect(answer.fields["X-Content-Type-Options"] == "nosniff")
      #expect(
        answer.fields["Content-Security-Policy"]
          == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'"
      )
      #expect(answer.fields["Access-Control-Allow-Origin"] == nil)
      #expect(answer.fields["Server"] == nil)
      #expect(ids.insert(try #require(answer.fields["X-Request-Id"])).inserted)
      if answer.status >= 400 {
        #expect(answer.fields["Content-Type"] == "application/problem+json")
        #expect(answer.json?["requestId"]?.stringValue == answer.fields["X-Request-Id"])
        #expect(answer.json?["error"]?["code"] == answer.json?["code"])
      }
    }
    let refused = try service.get("/v1/search?q=lead", method: "DELETE")
    #expect(refused.status == 405 && refused.fields["Allow"] == "GET, HEAD, POST")
    #expect(try service.get("/v1/search?q=lead", method: "OPTIONS").status == 405)
  }

  @Test("the language: the parameter, which is kept, before the cookie, before what the browser says")
  func language() throws {
    #expect(PageService.accepted("zh-CN,zh;q=0.9,en;q=0.8") == .chinese)
    #expect(PageService.accepted("fr, en;q=0.5, zh;q=0.4") == .english)
    #expect(PageService.accepted("zh;q=0") == .english)
    #expect(PageService.accepted("de") == .english)
    #expect(PageService.accepted(nil) == .english)
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", ServiceFixture.sample)
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let chosen = try service.get("/?lang=zh")
    #expect(chosen.fields["Set-Cookie"]?.hasPrefix("lang=zh; Path=/;") == true)
    #expect(try service.get("/?lang=tlh").fields["Set-Cookie"] == nil)
    #expect(try service.get("/").fields["Vary"]?.contains("Cookie") == true)
    let english = try service.get("/")
    let chinese = try service.get("/", ["Cookie": "a=b; lang=zh"])
    #expect(english.fields["ETag"] != chinese.fields["ETag"])
  }

  @Test("HEAD has the fields of GET")
  func head() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("main", ServiceFixture.sample)
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let get = try service.get("/v1/search?q=lead")
    let head = try service.get("/v1/search?q=lead", method: "HEAD")
    #expect(head.status == 200 && head.fields["ETag"] == get.fields["ETag"])
  }
}
