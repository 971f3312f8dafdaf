import JSONText
import QualityRecords
import Testing

@testable import HTTPServer
@testable import QueryService

@Suite("Errors as pages and as problems")
struct FaultReplyTests {
  static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

  /// What a client that sends this is told where there is no answer: a page, or a problem.
  static let accepts: [(accept: String?, isPage: Bool)] = [
    (nil, false), ("*/*", false), ("*/*;q=0.1", false), ("application/json", false), (browser, true),
    ("text/html", true),
    ("TEXT/HTML", true), ("text/*", true), ("text/html;level=1", true), ("text/html;q=0", false),
    ("text/html;q=0.0", false),
    ("text/html;q=0.5, application/json", false), ("text/html, application/json", true),
    ("application/json;q=0.1, text/html;q=0.2", true), ("application/problem+json, text/html;q=0.9", false),
    ("text/html;q=abc", false), ("text/html;q=nan", false), ("text/html;q=-1", false), (";;;,,,", false),
    ("garbage", false),
    ("image/png", false), (String(repeating: "text/html;q=0,", count: 500), false),
  ]

  /// Requests that the gate refuses, or that have no answer, and their statuses.
  static let requests: [(status: Int, line: String, fields: [String: String])] = [
    (404, "GET /nothing", [:]), (404, "HEAD /nothing", [:]), (404, "GET /assets/page-0.css", [:]),
    (404, "GET /../../etc/passwd", [:]), (405, "OPTIONS /", [:]), (405, "PUT /coverage", [:]),
    (415, "POST /match", ["Content-Type": "text/plain", "Content-Length": "1"]),
    (403, "POST /match", ["Origin": "http://elsewhere.example", "Content-Type": "multipart/form-data; boundary=x"]),
    (421, "GET /", ["Host": "elsewhere.example"]), (404, "GET /?q=lead&collection=nothing", [:]),
  ]

  @Test("browsers are shown a page, programs a problem, with the same status")
  func byAccept() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for (status, line, fields) in Self.requests {
      for (accept, isPage) in Self.accepts {
        let parts = line.split(separator: " ")
        var sent = fields
        sent["Accept"] = accept
        let seen = try service.get(String(parts[1]), sent, method: String(parts[0]))
        let label = "\(line) \(accept ?? "nothing")"
        #expect(seen.status == status, "\(label)")
        #expect(
          seen.fields["Content-Type"] == (isPage ? "text/html; charset=utf-8" : "application/problem+json"), "\(label)")
        #expect(seen.fields["Vary"]?.contains("Accept") == true, "\(label)")
        #expect(seen.fields["Cache-Control"] == "no-store", "\(label)")
        #expect(seen.fields["X-Request-Id"]?.isEmpty == false, "\(label)")
        if isPage {
          let document = try HTMLDocument(seen.text)
          #expect(document.all("h1").count == 1, "\(label)")
          #expect(seen.text.contains("\(status)"), "\(label)")
          #expect(AccessRules(document: document).faults().isEmpty, "\(label)")
        } else {
          #expect(seen.json?["status"]?.intValue == status, "\(label)")
          #expect(seen.json?["requestId"]?.stringValue == seen.fields["X-Request-Id"], "\(label)")
        }
      }
    }
  }

  @Test("the interface for programs answers problems, whatever is accepted")
  func programs() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for target in ["/v1/nothing", "/v1/records/none", "/v1/search", "/v1/search?q=a&q=b", "/healthz/x"] {
      let seen = try service.get(target, ["Accept": Self.browser])
      #expect(seen.status >= 400 && seen.fields["Content-Type"] == "application/problem+json", "\(target)")
    }
  }

  @Test("a token that is missing, and too many requests, are pages for browsers too")
  func admission() throws {
    let fixture = try ServiceFixture()
    var options = ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)])
    options.limits.requestsPerSecond = 1
    let limited = try QueryService(options)
    var statuses: Set<Int> = []
    for _ in 0..<6 {
      let seen = try limited.get("/nothing", ["Accept": Self.browser])
      statuses.insert(seen.status)
      #expect(seen.fields["Content-Type"] == "text/html; charset=utf-8")
      if seen.status == 429 { #expect(seen.fields["Retry-After"] != nil) }
    }
    #expect(statuses == [404, 429])
    options.limits.requestsPerSecond = 0
    options.tokens = TestTokens.text([("r", "0123456789abcdef0123456789abcdef", ["main"], [], nil)])
    let closed = try QueryService(options)
    let page = try closed.get("/", ["Accept": Self.browser])
    #expect(page.status == 401 && page.fields["WWW-Authenticate"]?.hasPrefix("Basic") == true)
    #expect(page.fields["Content-Type"] == "text/html; charset=utf-8")
    let problem = try closed.get("/v1/stats", ["Accept": Self.browser])
    #expect(problem.status == 401 && problem.fields["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    #expect(problem.code == "unauthorized")
  }

  /// What the server refuses of these bytes.
  private func refusal(_ text: String) throws -> (RequestProblem, RefusedRequest) {
    var parser = RequestParser()
    parser.append(Array(text.utf8))
    while let event = parser.next() {
      if case .problem(let problem) = event { return (problem, try #require(parser.refused)) }
    }
    throw RequestProblem(0, "nothing is refused")
  }

  @Test("what the server cannot read is a page where a browser asked for one")
  func unreadable() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    let fields = "Host: localhost\r\nAccept: \(Self.browser)\r\nAccept-Language: zh-CN\r\n"
    let long = String(repeating: "a", count: 20_000)
    for (status, text, isPage) in [
      (400, "GET /?q=100% HTTP/1.1\r\n\(fields)\r\n", true), (400, "GET /?q=%ff HTTP/1.1\r\n\(fields)\r\n", true),
      (400, "GET /%00 HTTP/1.1\r\n\(fields)\r\n", true), (400, "GET /<x> HTTP/1.1\r\n\(fields)\r\n", true),
      (431, "GET / HTTP/1.1\r\n\(fields)Cookie: \(long)\r\n\r\n", true),
      (400, "GET /v1/search?q=% HTTP/1.1\r\n\(fields)\r\n", false),
      (400, "GET /?q=100% HTTP/1.1\r\nHost: localhost\r\n\r\n", false),
      // Of this one nothing has come that says who asks.
      (414, "GET /?q=\(long)", false), (505, "GET / HTTP/2.0\r\n\(fields)\r\n", false),
      (501, "POST / HTTP/1.1\r\n\(fields)Transfer-Encoding: gzip\r\n\r\n", false),
    ] {
      let (problem, request) = try refusal(text)
      #expect(problem.status == status, "\(text.prefix(40))")
      let response = service.refused(problem, request)
      #expect(response.status == status)
      guard case .bytes(let bytes) = response.body else { continue }
      let type = response.fields.first { $0.name == "Content-Type" }?.value.description
      #expect(type == (isPage ? "text/html; charset=utf-8" : "application/problem+json"), "\(text.prefix(40))")
      guard isPage else { continue }
      let document = try HTMLDocument(String(decoding: bytes, as: UTF8.self))
      #expect(document.root.attributes["lang"] == "zh-Hans")
      #expect(AccessRules(document: document).faults().isEmpty)
    }
  }

  @Test("a body that is too long, a server with no room: pages for browsers, problems for programs")
  func later() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for (accept, type) in [(Self.browser, "text/html; charset=utf-8"), ("*/*", "application/problem+json")] {
      let request = RefusedRequest(
        rawTarget: "/match", target: RequestTarget(segments: ["match"], items: []),
        fields: { () -> HeaderFields in
          var fields = HeaderFields()
          fields.append("accept", accept)
          return fields
        }())
      for status in [408, 413, 503] {
        let response = service.refused(RequestProblem(status, "no room"), request)
        #expect(response.status == status)
        #expect(response.fields.first { $0.name == "Content-Type" }?.value.description == type)
      }
    }
  }
}
