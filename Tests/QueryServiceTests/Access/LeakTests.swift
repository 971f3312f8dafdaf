import JSONText
import QualityRecords
import Testing

@testable import QueryService

/// A token's answers are, byte for byte, those of a server that mounts what it may read and nothing else.
@Suite("Nothing of others is in an answer")
struct LeakTests {
  /// One request of every route that reads, and queries that would show what others hold: in scores, counts, facets,
  /// suggestions, candidates, corrections of spelling, help where nothing is found, and errors.
  static let targets = [
    "/v1/search?q=lead", "/v1/search?q=lead&facet=kind,province,rung&explain=true", "/v1/search?q=secretword",
    "/v1/search?q=secretwrod", "/v1/search?q=secretw*", "/v1/search?q=*&limit=100",
    "/v1/search?q=lead+secretword&any=1",
    "/v1/search?q=id:SECRET-1", "/v1/search?q=enterprise:ES", "/v1/search?q=province:Secretland",
    "/v1/search?q=XK16-204-99999",
    "/v1/search?q=has(inspection:+secretword)", "/v1/search?q=secretword&rungs=fuzzy", "/v1/search?q=Hongda&sort=date",
    "/v1/enterprises?q=lead", "/v1/enterprises?q=*&by=province", "/v1/passages?q=lead", "/v1/passages?q=secretword",
    "/v1/enterprises/E1/history", "/v1/enterprises/ES/history", "/v1/enterprises/Secretive/history",
    "/v1/enterprises/Hongda%20Toys/history", "/v1/records/N1", "/v1/records/SECRET-1", "/v1/records/DS%23p1",
    "/v1/cite/D1%23p1", "/v1/cite/DS%23p1", "/v1/refs/D1%23p1", "/v1/refs/DS%23p1", "/v1/coverage",
    "/v1/coverage?by=province",
    "/v1/duties", "/v1/trace?q=toys", "/v1/trace?q=XK16-204-99999", "/v1/pivot?a=province&b=kind",
    "/v1/suggest?prefix=secret", "/v1/suggest?prefix=h", "/v1/suggest?prefix=XK", "/v1/why-not?id=N1&q=secretword",
    "/v1/why-not?id=SECRET-1&q=lead", "/v1/verify?code=R-0000-0000-0000-0000&q=lead", "/v1/export", "/v1/export?q=lead",
    "/v1/export?format=csv", "/v1/stats", "/", "/?q=secretword", "/v1/search?q=lead&collection=secret",
    "/v1/search?q=lead&collection=nothing",
  ]

  static let secrets = [
    #"{"kind":"enterprise","id":"ES","name":"Secretive Works","province":"Secretland","licence":"XK16-204-99999","products":[{"id":"1","name":"secretword","category":"toys"}]}"#,
    ServiceFixture.note("SECRET-1", "lead lead lead secretword", enterprise: "ES"),
    ServiceFixture.note("SECRET-2", "lead in the paint of secretword", enterprise: "Hongda Toys"),
    ServiceFixture.directive("DS", "Secret notice on lead", ["Lead and secretword in INSPECTION N1 of D1."]),
  ]

  @Test("collections: the answers of a granted set are those of a server that mounts it alone")
  func collections() throws {
    let fixture = try ServiceFixture()
    let open = try fixture.index("open", ServiceFixture.sample)
    let other = try fixture.index("other", [ServiceFixture.note("O1", "lead elsewhere")])
    let secret = try fixture.index("secret", Self.secrets)
    for granted in [[open], [open, other], [other]] {
      let names = granted.map(\.name)
      let tokens = TestTokens.text([("t", "0123456789abcdef0123456789abcdef", names, names, nil)])
      var everything = ServiceOptions(collections: [secret, open, other])
      everything.tokens = TestTokens.text([
        ("t", "0123456789abcdef0123456789abcdef", names, names, nil),
        ("all", "fedcba9876543210fedcba9876543210", ["*"], [], nil),
      ])
      var alone = ServiceOptions(collections: granted)
      alone.tokens = tokens
      let (central, province) = (try QueryService(everything), try QueryService(alone))
      // Those who may read everything have asked before: nothing of that may be kept.
      for target in Self.targets { _ = try central.get(target, TestTokens.bearer("fedcba9876543210fedcba9876543210")) }
      for target in Self.targets {
        let fields = TestTokens.bearer("0123456789abcdef0123456789abcdef")
        let (seen, wanted) = (try Self.whole(central, target, fields), try Self.whole(province, target, fields))
        #expect(seen.status == wanted.status, "\(target)")
        #expect(Self.withoutID(seen.text) == Self.withoutID(wanted.text), "\(target)")
        #expect(seen.fields["ETag"] == wanted.fields["ETag"], "\(target)")
        if !target.lowercased().contains("secret") {
          #expect(!seen.text.lowercased().contains("secret"), "\(target): \(seen.text)")
        }
      }
      let quote = "Lead and secretword in inspection"
      let (seen, wanted) = try (
        central.post(
          "/v1/quote-check", quote, type: "text/plain", TestTokens.bearer("0123456789abcdef0123456789abcdef")),
        province.post(
          "/v1/quote-check", quote, type: "text/plain", TestTokens.bearer("0123456789abcdef0123456789abcdef"))
      )
      #expect(seen.text == wanted.text)
    }
  }

  @Test("kinds: the answers of a token for some kinds are those of an index that holds them alone")
  func kinds() throws {
    let fixture = try ServiceFixture()
    let all = try fixture.index("main", ServiceFixture.sample + Self.secrets)
    for kinds in [["inspection"], ["enterprise", "inspection"], ["directive"]] {
      let some = try fixture.index(
        "some-\(kinds.joined(separator: "-"))",
        (ServiceFixture.sample + Self.secrets).filter { line in kinds.contains { line.contains("\"kind\":\"\($0)\"") } }
      )
      var whole = ServiceOptions(collections: [all])
      whole.tokens = TestTokens.text([("t", "0123456789abcdef0123456789abcdef", ["main"], [], kinds)])
      let (bounded, alone) = (try QueryService(whole), try QueryService(ServiceOptions(collections: [some])))
      for target in Self.targets where !target.contains("collection=") && target != "/v1/stats" {
        let seen = try Self.whole(bounded, target, TestTokens.bearer("0123456789abcdef0123456789abcdef"))
        let wanted = try Self.whole(alone, target)
        #expect(seen.status == wanted.status, "\(kinds) \(target)")
        #expect(Self.withoutIndex(seen.text) == Self.withoutIndex(wanted.text), "\(kinds) \(target)")
      }
      let stats = try bounded.get("/v1/stats", TestTokens.bearer("0123456789abcdef0123456789abcdef"))
      let expected = try alone.get("/v1/stats")
      for name in ["records", "byKind", "passages", "enterpriseNames"] {
        #expect(stats.json?[name] == expected.json?[name], "\(kinds) \(name)")
      }
    }
  }

  /// An answer that no clock has cut: suggestions have a fifth of a second, which a machine that does much else may pass.
  private static func whole(
    _ service: QueryService, _ target: String, _ fields: [String: String] = [:]
  ) throws -> SeenResponse {
    var answer = try service.get(target, fields)
    for _ in 0..<50 where answer.json?["partial"]?.boolValue == true { answer = try service.get(target, fields) }
    return answer
  }

  /// Problems name their request.
  private static func withoutID(_ text: String) -> String {
    text.replacing(/"requestId":"[^"]*"/, with: "")
  }

  /// Receipts, links and cursors name the index, which is drawn at random when it is made.
  private static func withoutIndex(_ text: String) -> String {
    withoutID(text).replacing(/R(-[0-9A-Z]{4}){4}/, with: "R").replacing(/"next":"[^"]*"/, with: "")
  }
}
