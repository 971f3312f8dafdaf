import QualityRecords
import Testing

@testable import HTTPServer
@testable import QueryService

/// Reliability F3: a foreign page that reaches this server through a browser gets nothing.
@Suite("Hosts and origins")
struct HostTests {
  @Test(
    "on the loopback",
    arguments: [
      ("localhost", true), ("localhost:8080", true), ("LOCALHOST:1", true), ("127.0.0.1", true),
      ("127.0.0.1:8080", true), ("127.8.9.10:8080", true), ("[::1]", true), ("[::1]:8080", true),
      ("dossier.example", true), ("DOSSIER.example:443", true), ("evil.example", false), ("evil.example:8080", false),
      ("localhost.evil.example", false), ("evil.localhost", false), ("localhost.", false), ("127.0.0.1.", false),
      ("127.0.0.1.evil.example", false), ("10.0.0.1", false), ("192.168.1.1:8080", false), ("0.0.0.0:8080", false),
      ("127.1", false), ("2130706433", false), ("0x7f.0.0.1", false), ("0177.0.0.1", false), ("127.0.0.256", false),
      ("[::ffff:127.0.0.1]", false), ("[::2]", false), ("[fe80::1]", false), ("[]", false), ("", false), ("-", false),
    ])
  func loopback(_ host: String, _ isOurs: Bool) {
    let rule = HostRule(listensOnLoopback: true, names: ["dossier.example"])
    #expect(rule.allows(host) == isOurs)
    #expect(rule.allows(nil) == false)
  }

  @Test("where others reach it: addresses in digits and given names")
  func others() {
    let rule = HostRule(listensOnLoopback: false, names: ["dossier.example"])
    for host in ["10.0.0.1", "10.0.0.1:8080", "[fe80::1]:80", "dossier.example", "localhost"] {
      #expect(rule.allows(host))
    }
    for host in ["evil.example", "10.0.0", "010.0.0.1", "dossier.example.evil.example"] { #expect(!rule.allows(host)) }
  }

  @Test("a foreign Host is 421, none or two is refused while it is read")
  func misdirected() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for target in ["/", "/v1/search?q=lead", "/healthz"] {
      #expect(try service.get(target, ["Host": "evil.example"]).status == 421)
    }
    #expect(throws: RequestProblem.self) { try service.send(Array("GET / HTTP/1.1\r\n\r\n".utf8)) }
    #expect(throws: RequestProblem.self) {
      try service.send(Array("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n".utf8))
    }
    #expect(try service.send(Array("GET / HTTP/1.0\r\n\r\n".utf8)).status == 421)
  }

  @Test(
    "what a page of another server posts is 403",
    arguments: [
      (["Origin": "http://localhost:8080"], true), (["Origin": "https://localhost:8080"], true),
      (["Origin": "HTTP://LOCALHOST:8080"], true), ([:], true), (["Sec-Fetch-Site": "same-origin"], true),
      (["Sec-Fetch-Site": "none"], true), (["Origin": "null"], false), (["Origin": ""], false),
      (["Origin": "http://evil.example"], false), (["Origin": "http://localhost:9999"], false),
      (["Origin": "http://localhost"], false), (["Origin": "http://localhost:8080.evil.example"], false),
      (["Origin": "file://"], false), (["Sec-Fetch-Site": "cross-site"], false),
      (["Sec-Fetch-Site": "same-site"], false),
      (["Origin": "http://localhost:8080", "Sec-Fetch-Site": "cross-site"], false),
    ] as [([String: String], Bool)])
  func origins(_ fields: [String: String], _ isTaken: Bool) throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    let answer = try service.post("/v1/search", #"{"q":"lead"}"#, fields)
    #expect(answer.status == (isTaken ? 200 : 403))
    #expect(answer.fields["Access-Control-Allow-Origin"] == nil)
    // Reading is what browsers themselves keep from foreign pages; nothing allows it here.
    #expect(try service.get("/v1/search?q=lead", fields).fields["Access-Control-Allow-Origin"] == nil)
  }
}
