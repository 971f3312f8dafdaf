import Dispatch
import HTTPServer
import JSONText
import QualityRecords
import Synchronization
import Testing

@testable import QueryService

@Suite("answers given at once")
struct AtOnceTests {
  private static let targets = [
    "/v1/search?q=lead", "/v1/search?q=lead&limit=1", "/v1/enterprises?q=toys", "/v1/passages?q=coatings",
    "/v1/suggest?prefix=Hong", "/v1/search?q=nothing-of-the-kind",
  ]

  /// What does not differ from one request to the next.
  private static func lasting(_ response: SeenResponse) -> [String: String] {
    response.fields.filter { !["X-Request-Id", "Server-Timing"].contains($0.key) }
  }

  @Test("are those that a worker gives, and are there from the second time on")
  func theSame() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for target in Self.targets {
      #expect(try service.get(target, atOnce: .only).status == 0, "\(target): nothing is known yet")
      let first = try service.get(target, atOnce: .no)
      let again = try service.get(target, atOnce: .no)
      let known = try service.get(target, atOnce: .only)
      #expect(first.status == 200 && known.status == 200, "\(target)")
      #expect(known.body == first.body && Self.lasting(known) == Self.lasting(again), "\(target)")
      #expect(known.fields["X-Request-Id"] != again.fields["X-Request-Id"] && known.fields["Server-Timing"] != nil)
      let tag = try #require(known.fields["ETag"])
      let unchanged = try service.get(target, ["If-None-Match": tag], atOnce: .only)
      #expect(unchanged.status == 304 && unchanged.body.isEmpty && unchanged.fields["ETag"] == tag)
    }
    // Errors, routes that keep nothing and pages are for workers.
    for target in ["/v1/search?q=lead&limit=x", "/v1/search?q=lead&unknown=1", "/v1/stats", "/"] {
      _ = try service.get(target, atOnce: .no)
      #expect(try service.get(target, atOnce: .only).status == 0, "\(target)")
    }
  }

  @Test("are of the newest commit, and of what the token may read")
  func commitsAndGrants() throws {
    let fixture = try ServiceFixture()
    let (one, two) = (String(repeating: "1", count: 32), String(repeating: "2", count: 32))
    let main = try fixture.index("main", ServiceFixture.sample)
    let other = try fixture.index("other", [ServiceFixture.note("N9", "lead in paint")])
    var options = ServiceOptions(collections: [main, other])
    options.tokens = TestTokens.text([("a", one, ["main"], [], nil), ("b", two, ["main", "other"], [], nil)])
    let service = try QueryService(options)
    let target = "/v1/search?q=lead"
    let first = try service.get(target, TestTokens.bearer(one))
    #expect(try service.get(target, TestTokens.bearer(one), atOnce: .only).body == first.body)
    #expect(
      try service.get(target, TestTokens.bearer(two), atOnce: .only).status == 0, "asked by nobody with that right")
    #expect(try service.get(target, atOnce: .only).status == 401)
    let both = try service.get(target, TestTokens.bearer(two))
    #expect(both.body != first.body)
    try fixture.index("main", [ServiceFixture.note("N77", "lead in the coating")])
    #expect(try service.get(target, TestTokens.bearer(one), atOnce: .only).status == 0, "a commit is to be opened")
    let later = try service.get(target, TestTokens.bearer(one))
    #expect(later.json?["total"]?.intValue == (first.json?["total"]?.intValue ?? 0) + 1)
    #expect(try service.get(target, TestTokens.bearer(one), atOnce: .only).body == later.body)
  }

  @Test("have a line in the audit trail, one in the log, and count in the figures; cursors go on with their commits")
  func noted() throws {
    let fixture = try ServiceFixture()
    let trail = try AuditTrail(folder: fixture.path("audit"), name: "s", keepsQueries: true)
    let log = LogCollector()
    var options = ServiceOptions(collections: [
      try fixture.index("main", (0..<9).map { ServiceFixture.note("N\($0)", "lead paint") })
    ])
    options.log = { log.take($0) }
    let service = try QueryService(options, trail: trail)
    let first = try service.get("/v1/search?q=lead&limit=3")
    for _ in 0..<5 { #expect(try service.get("/v1/search?q=lead&limit=3", atOnce: .only).body == first.body) }
    let next = try #require(first.json?["next"]?.stringValue)
    let page = "/v1/search?q=lead&limit=3&cursor=\(next)"
    try fixture.index("main", [ServiceFixture.note("N77", "lead in the coating")])
    // Of the commit of the first page, whatever came since.
    let second = try service.get(page)
    #expect(second.status == 200)
    #expect(try service.get(page, atOnce: .only).body == second.body)
    trail.close()
    let answer = try AuditCheck(folder: fixture.path("audit"))
    #expect(answer.isGood && answer.trails.map(\.lines) == [8], "\(answer.trails)")
    #expect(log.lines.count { $0.contains(#""route":"search""#) } == 8)
    #expect(try service.get("/metrics").text.contains(#"route="search""#))
  }

  @Test("a worker's answer has its line when it goes out; that of a long query is there before")
  func notes() throws {
    let fixture = try ServiceFixture()
    let trail = try AuditTrail(folder: fixture.path("audit"), name: "s", keepsQueries: true)
    let service = try QueryService(
      ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]), trail: trail)
    func lines() throws -> Int { try AuditCheck(folder: fixture.path("audit")).trails.first?.lines ?? 0 }
    for (query, isLong) in [
      ("lead", false), (String(repeating: String(repeating: "x", count: 69) + "+", count: 30), true),
    ] {
      let before = try lines()
      let request = try ServiceFixture.request("/v1/search?q=\(query)")
      let first = service.answer(request)
      let response = first.later?() ?? first
      #expect(response.status == 200 && (response.note == nil) == isLong)
      #expect(try lines() == before + (isLong ? 1 : 0))
      #expect(response.note?(false) ?? true)
      #expect(try lines() == before + 1)
    }
    let figures = service.metrics.current
    #expect(figures.knownAtOnce == 0 && figures.knownByWorkers == 0)
    _ = try service.get("/v1/search?q=lead", atOnce: .only)
    _ = try service.get("/v1/search?q=lead", atOnce: .no)
    #expect(service.metrics.current.knownAtOnce == 1 && service.metrics.current.knownByWorkers == 1)
    #expect(try service.get("/metrics").text.contains(#"dossier_known_answers_total{thread="loop"} 1"#))
  }

  @Test("a lock that another thread keeps is given up, one that is free is taken")
  func soon() {
    let lock = Mutex(7)
    #expect(lock.withLockSoon { $0 } == 7)
    let taken = lock.withLock { _ in Self.onAnotherThread { lock.withLockSoon { $0 } } }
    #expect(taken == nil)
  }

  /// What `body` returns on a thread of its own.
  private static func onAnotherThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value?) -> Value? {
    let result = Mutex<Value?>(nil)
    let done = DispatchSemaphore(value: 0)
    DispatchQueue(label: "other").async {
      let made = body()
      result.withLock { $0 = made }
      done.signal()
    }
    done.wait()
    return result.withLock { $0 }
  }

  @Test("are none while another thread has what they need")
  func busy() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    let target = "/v1/search?q=lead"
    _ = try service.get(target)
    let status = service.collections.state.withLock { _ in (try? service.get(target, atOnce: .only))?.status }
    #expect(status == 0)
    #expect(try service.get(target, atOnce: .only).status == 200)
  }
}
