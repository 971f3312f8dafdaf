import JSONText
import QualityRecords
import Testing

@testable import QueryService

@Suite("Tokens")
struct TokenTests {
  static let reader = "r0123456789abcdef0123456789abcdef"
  static let writer = "w0123456789abcdef0123456789abcdef"
  static let noteReader = "n0123456789abcdef0123456789abcdef"

  static func service(_ fixture: ServiceFixture) throws -> QueryService {
    let gd = try fixture.index("gd", ServiceFixture.sample)
    let zj = try fixture.index("zj", [ServiceFixture.note("Z1", "lead in Zhejiang alone", enterprise: "EZ")])
    var options = ServiceOptions(collections: [gd, zj])
    options.host = "0.0.0.0"
    options.tokens = TestTokens.text([
      ("reader", reader, ["gd"], [], nil), ("writer", writer, [], ["gd"], nil),
      ("notes", noteReader, ["gd"], ["gd"], ["inspection"]),
    ])
    return try QueryService(options)
  }

  @Test("F4: no token, a wrong one, a part of one, a longer one, another scheme: 401, and nothing is told")
  func refused() throws {
    let service = try Self.service(try ServiceFixture())
    let wrong: [[String: String]] = [
      [:], ["Authorization": "Bearer nonsense"], ["Authorization": "Bearer \(Self.reader.dropLast())"],
      ["Authorization": "Bearer \(Self.reader)0"], ["Authorization": "Bearer "], ["Authorization": "Bearer"],
      ["Authorization": "Bearer \(TestTokens.digest(Self.reader))"], ["Authorization": Self.reader],
      ["Authorization": "Digest \(Self.reader)"], ["Authorization": "Basic \(Self.reader)"],
      ["Authorization": "Basic cmVhZGVyOm5vbnNlbnNl"], ["Authorization": "Bearer  \(Self.reader) x"],
      ["Cookie": "token=\(Self.reader)"], ["X-Api-Key": Self.reader],
    ]
    for fields in wrong {
      for target in ["/v1/search?q=lead", "/v1/stats", "/v1/nothing", "/metrics", "/", "/v1/analyze?text=a"] {
        let answer = try service.get(target, fields)
        #expect(answer.status == 401, "\(target) \(fields)")
        #expect(answer.fields["WWW-Authenticate"]?.contains("realm=\"dossier\"") == true)
        #expect(answer.code == "unauthorized")
      }
      #expect(try service.post("/v1/records", "{}", type: "application/x-ndjson", fields).status == 401)
    }
    for target in ["/healthz", "/readyz", "/openapi.json"] { #expect(try service.get(target).status == 200) }
  }

  @Test("a token is taken as a bearer, in either case of the word, and as the password that browsers ask for")
  func accepted() throws {
    let service = try Self.service(try ServiceFixture())
    #expect(try service.get("/v1/search?q=lead", TestTokens.bearer(Self.reader)).status == 200)
    #expect(try service.get("/v1/search?q=lead", ["Authorization": "bearer \(Self.reader)"]).status == 200)
    let pair = Self.base64("anybody:\(Self.reader)")
    #expect(try service.get("/", ["Authorization": "Basic \(pair)"]).status == 200)
    #expect(Credentials.base64("YW55Ym9keTo=".utf8) == Array("anybody:".utf8))
    #expect(Credentials.base64("YW=5".utf8) == nil)
    #expect(Credentials.base64("Y W".utf8) == nil)
  }

  @Test("reading and writing are rights of their own; kinds bound both")
  func rights() throws {
    let fixture = try ServiceFixture()
    let service = try Self.service(fixture)
    let line = ServiceFixture.note("NEW", "brand new")
    let type = "application/x-ndjson"
    #expect(try service.post("/v1/records", line, type: type, TestTokens.bearer(Self.reader)).status == 403)
    #expect(try service.get("/v1/search?q=lead", TestTokens.bearer(Self.writer)).status == 403)
    #expect(
      try service.post("/v1/records?collection=zj", line, type: type, TestTokens.bearer(Self.writer)).status == 404)
    #expect(
      try service.post("/v1/records?collection=none", line, type: type, TestTokens.bearer(Self.writer)).status == 404)
    #expect(
      try service.post("/v1/records", line, type: "application/json", TestTokens.bearer(Self.writer)).status == 415)

    let added = try service.post("/v1/records", line, type: type, TestTokens.bearer(Self.writer))
    #expect(
      added.status == 200 && added.json?["indexed"]?.intValue == 1 && added.json?["commits"]?.arrayValue?.count == 1)
    let found = try service.get("/v1/search?q=brand", TestTokens.bearer(Self.reader))
    #expect(found.json?["total"]?.intValue == 1, "what is acknowledged is found at once")

    // An enterprise is not for a token of notes.
    let mixed = line + "\n" + ServiceFixture.enterprise("E9", "Ninth")
    let some = try service.post("/v1/records", mixed, type: type, TestTokens.bearer(Self.noteReader))
    #expect(some.status == 200 && some.json?["rejected"]?.intValue == 1 && some.json?["unchanged"]?.intValue == 1)
    let none = try service.post(
      "/v1/records", ServiceFixture.enterprise("E9", "Ninth"), type: type, TestTokens.bearer(Self.noteReader))
    #expect(none.status == 422 && none.json?["indexed"]?.intValue == 0)
    #expect(try service.get("/v1/records/E9", TestTokens.bearer(Self.reader)).status == 404)
  }

  @Test("a collection that may not be read is told as one that is not there")
  func unknown() throws {
    let service = try Self.service(try ServiceFixture())
    let hidden = try service.get("/v1/search?q=lead&collection=zj", TestTokens.bearer(Self.reader))
    let missing = try service.get("/v1/search?q=lead&collection=xx", TestTokens.bearer(Self.reader))
    #expect(hidden.status == 404 && missing.status == 404)
    #expect(hidden.json?["hint"] == missing.json?["hint"])
    #expect(hidden.json?["hint"]?.stringValue?.contains("zj") == false)
    #expect(try service.get("/v1/search?q=lead&collection=gd", TestTokens.bearer(Self.reader)).status == 200)
  }

  @Test("without tokens: the loopback alone, and nothing is written")
  func withoutTokens() throws {
    let fixture = try ServiceFixture()
    let collection = try fixture.index("gd", ServiceFixture.sample)
    for host in ["0.0.0.0", "192.168.0.1", "::", "10.0.0.1"] {
      var options = ServiceOptions(collections: [collection])
      options.host = host
      #expect(throws: QualityError.self) { try QueryService(options) }
    }
    let service = try QueryService(ServiceOptions(collections: [collection]))
    let answer = try service.post("/v1/records", ServiceFixture.note("X", "y"), type: "application/x-ndjson")
    #expect(answer.status == 403)
  }

  @Test(
    "files of tokens that are none",
    arguments: [
      "", "[]", "{}", #"{"tokens":[]}"#, #"{"tokens":[{}]}"#, #"{"tokens":[{"name":"a b","sha256":""}]}"#,
      #"{"tokens":[{"name":"a","sha256":"00"}]}"#, #"{"tokens":[{"name":"a","token":"plain"}]}"#,
      #"{"tokens":[{"name":"a","sha256":"DIGEST","read":["nowhere"]}]}"#,
      #"{"tokens":[{"name":"a","sha256":"DIGEST","read":"gd"}]}"#,
      #"{"tokens":[{"name":"a","sha256":"DIGEST","kinds":[]}]}"#,
      #"{"tokens":[{"name":"a","sha256":"DIGEST","kinds":["passage"]}]}"#,
      #"{"tokens":[{"name":"a","sha256":"DIGEST"},{"name":"a","sha256":"DIGEST"}]}"#,
    ])
  func files(_ text: String) {
    let text = text.replacing("DIGEST", with: TestTokens.digest("x"))
    #expect(throws: QualityError.self) { try TokenFile.parse(text, ["gd"]) }
  }

  @Test("what one may send in a second is bounded, by address and by token")
  func rates() {
    let limiter = RateLimiter(rate: 10, burst: 20)
    let start = ContinuousClock.now
    var taken = 0
    while limiter.delay(["a"], now: start) == nil { taken += 1 }
    #expect(taken == 20)
    #expect(limiter.delay(["b"], now: start) == nil)
    #expect(limiter.delay(["b", "a"], now: start) == 1, "the fuller of two counts")
    #expect(limiter.delay(["a"], now: start + .milliseconds(99)) == 1)
    #expect(limiter.delay(["a"], now: start + .milliseconds(101)) == nil)
    #expect(limiter.delay(["a"], now: start + .seconds(100)) == nil)
    let free = RateLimiter(rate: 0, burst: 0)
    for _ in 0..<1_000 { #expect(free.delay(["a"], now: start) == nil) }
  }

  @Test("too many requests are 429 with Retry-After")
  func tooMany() throws {
    let fixture = try ServiceFixture()
    var options = ServiceOptions(collections: [try fixture.index("gd", ServiceFixture.sample)])
    options.limits.requestsPerSecond = 1
    let service = try QueryService(options)
    let answers = try (0..<5).map { _ in try service.get("/healthz") }
    #expect(answers.prefix(2).allSatisfy { $0.status == 200 })
    let last = try #require(answers.last)
    #expect(last.status == 429 && last.code == "too-many-requests" && last.fields["Retry-After"] == "1")
  }

  private static func base64(_ text: String) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        result.append(place <= part.count ? letters[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return result
  }
}
