import HTTPServer
import JSONText
import Testing

@testable import QueryService

@Suite("answers that are kept")
struct AnswerCacheTests {
  private func answer(_ bytes: Int) -> AnswerCache.Answer {
    AnswerCache.Answer(
      response: Response(200, body: .bytes(Array(repeating: 65, count: bytes))), total: bytes, hasNext: false)
  }

  @Test("are had again by their tags; what is asked for stays, the rest is dropped")
  func leastRecent() {
    let cache = AnswerCache(bytes: 40_000)
    cache.keep(answer(1_000), "often")
    for number in 0..<200 {
      cache.keep(answer(1_000), "\(number)")
      #expect(cache.answer("often")?.total == 1_000, "after \(number)")
      #expect(cache.answer("\(number)") != nil)
    }
    #expect(cache.answer("0") == nil)
    // Each of 2,024 bytes.
    #expect((0..<200).count { cache.answer("\($0)") != nil } == 40_000 / 2_024 - 1, "and often")
  }

  @Test("are all kept that fit, in whatever order they are asked for; the same tag stands once")
  func whole() {
    let cache = AnswerCache(bytes: 40_000)
    for round in 0..<5 {
      for number in 0..<19 {
        #expect(cache.answer("\(number)") != nil || round == 0)
        cache.keep(answer(1_000), "\(number)")
      }
    }
    // Questions in no order, against a list of all by when they were asked for.
    var asked: [Int] = []
    for step in 0..<2_000 {
      let number = (step * step * 7 + step / 3 + step % 11) % 30
      let isKept = cache.answer("r\(number)") != nil
      #expect(isKept == asked.suffix(19).contains(number), "\(number) of \(asked)")
      if !isKept { cache.keep(answer(1_000), "r\(number)") }
      asked.removeAll { $0 == number }
      asked.append(number)
    }
    for number in 0..<19 { cache.keep(answer(1_000), "\(number)") }
    // A long one takes the place of several, and is had.
    cache.keep(answer(30_000), "long")
    #expect(cache.answer("long")?.total == 30_000)
    #expect((0..<19).count { cache.answer("\($0)") != nil } == (40_000 - 31_024) / 2_024)
  }

  @Test("are none that are empty or long")
  func bounds() {
    let cache = AnswerCache(bytes: 1 << 20)
    cache.keep(answer(0), "empty")
    cache.keep(answer(AnswerCache.longest), "fits")
    cache.keep(answer(AnswerCache.longest + 1), "long")
    #expect(cache.answer("empty") == nil && cache.answer("fits") != nil && cache.answer("long") == nil)
  }

  @Test("a new commit, another grant or another request has another answer")
  func commits() throws {
    let fixture = try ServiceFixture()
    var options = ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)])
    options.tokens = TestTokens.text([("w", "0123456789abcdef0123456789abcdef", ["main"], ["main"], nil)])
    let bearer = TestTokens.bearer("0123456789abcdef0123456789abcdef")
    let service = try QueryService(options)
    let first = try service.get("/v1/search?q=lead", bearer)
    let again = try service.get("/v1/search?q=lead", bearer)
    #expect(first.status == 200 && first.body == again.body && first.fields["ETag"] == again.fields["ETag"])
    let posted = try service.post(
      "/v1/records", ServiceFixture.note("N77", "lead in the coating"), type: "application/x-ndjson", bearer)
    #expect(posted.status == 200)
    let later = try service.get("/v1/search?q=lead", bearer)
    #expect(later.json?["total"]?.intValue == (first.json?["total"]?.intValue ?? 0) + 1)
    #expect(later.fields["ETag"] != first.fields["ETag"])
    #expect(try service.get("/v1/search?q=lead&limit=1", bearer).body != later.body)
  }
}
