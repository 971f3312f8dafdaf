import JSONText
import QualityRecords
import Testing

@testable import QueryService

@Suite("The description of the interface, and the figures")
struct DescriptionTests {
  @Test("every route of the table is described, with its parameters, and every reference leads somewhere")
  func described() throws {
    let document = JSONValue.object(OpenAPIDocument.document)
    #expect(document["openapi"]?.stringValue == "3.1.0")
    var names: Set<String> = []
    for route in RouteTable.routes {
      let operation = try #require(document["paths"]?[route.template]?[route.method.rawValue.lowercased()])
      #expect(names.insert(try #require(operation["operationId"]?.stringValue)).inserted)
      let described = operation["parameters"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
      if !route.body.isParameters { #expect(described == route.parameters.map(\.name)) }
      #expect(operation["responses"]?["200"] != nil)
      if case .answer(let name) = route.reply { #expect(AnswerSchemas.all[name] != nil) }
    }
    func check(_ value: JSONValue) {
      switch value {
      case .array(let values): values.forEach(check)
      case .object(let object):
        for member in object.members {
          if member.name == "$ref", let target = member.value.stringValue {
            #expect(target.hasPrefix("#/"))
            var found: JSONValue? = document
            for part in target.dropFirst(2).split(separator: "/") { found = found?[String(part)] }
            #expect(found != nil, "\(target)")
          } else {
            check(member.value)
          }
        }
      default: break
      }
    }
    check(document)
  }

  @Test("the routes are those of the design")
  func routes() {
    let wanted: Set<String> = [
      "GET /v1/search", "POST /v1/search", "GET /v1/enterprises", "GET /v1/passages",
      "GET /v1/enterprises/{id}/history",
      "GET /v1/records/{id}", "GET /v1/cite/{id}", "GET /v1/refs/{id}", "GET /v1/coverage", "GET /v1/duties",
      "GET /v1/trace", "GET /v1/pivot", "GET /v1/suggest", "GET /v1/analyze", "GET /v1/why-not", "GET /v1/verify",
      "POST /v1/quote-check", "POST /v1/records", "GET /v1/export", "GET /v1/stats", "GET /healthz", "GET /readyz",
      "GET /metrics", "GET /openapi.json",
    ]
    #expect(Set(RouteTable.routes.map { "\($0.method.rawValue) \($0.template)" }) == wanted)
  }

  @Test("parameters: unknown, twice, of another kind, missing: 400 that says which")
  func parameters() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for target in [
      "/v1/search", "/v1/search?q=a&q=b", "/v1/search?q=a&limit=-1", "/v1/search?q=a&limit=1e9",
      "/v1/search?q=a&limit=10001",
      "/v1/search?q=a&limit=01", "/v1/search?q=a&limit=%2B1", "/v1/search?q=a&any=perhaps", "/v1/search?q=a&total=most",
      "/v1/search?q=a&kind=passage", "/v1/search?q=a&kind=enterprise,x", "/v1/search?q=a&nothing=1",
      "/v1/search?q=a&Q=1",
      "/v1/search?q=a&timeout=0", "/v1/search?q=a&timeout=30001", "/v1/pivot?a=province", "/v1/coverage?target=x",
      "/v1/coverage?missing=some", "/v1/duties?by=moon", "/v1/export?format=pdf", "/v1/stats?x=1", "/healthz?x=1",
      "/v1/search?q=a&sort=date:up", "/v1/search?q=a&sort=nothing", "/v1/search?q=a&facet=nothing",
    ] {
      let answer = try service.get(target)
      #expect(answer.status == 400, "\(target): \(answer.status)")
      #expect(answer.json?["message"]?.stringValue?.isEmpty == false)
    }
    for body in [
      "", "[]", "1", "{", #"{"q":1}"#, #"{"q":"a","limit":"1"}"#, #"{"q":"a","limit":1.5}"#, #"{"q":"a","any":"true"}"#,
      #"{"q":"a","kind":[1]}"#, #"{"q":"a","kind":{}}"#, #"{"q":"a","x":1}"#, #"{"q":"a","q":"b"}"#, #"{"limit":1}"#,
    ] {
      #expect(try service.post("/v1/search", body).status == 400, "\(body)")
    }
    for body in [
      #"{"q":"lead","limit":1.0,"any":null,"kind":["inspection"],"facet":"kind,province","total":"exact"}"#,
      #"{"q":"lead"}"#,
    ] { #expect(try service.post("/v1/search", body).status == 200, "\(body)") }
    #expect(try service.post("/v1/search?q=a", #"{"q":"lead"}"#).status == 400)
    #expect(try service.post("/v1/search", "q=lead", type: "application/x-www-form-urlencoded").status == 415)
    #expect(try service.get("/v1/search?q=lead&any").status == 200)
  }

  @Test("a body is as long as its route says")
  func bodies() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    func search(_ length: Int) throws -> SeenResponse {
      let frame = #"{"q":"lead","fields":[""]}"#
      let filled = #"{"q":"lead","fields":["\#(String(repeating: "x", count: length - frame.utf8.count))"]}"#
      return try service.post("/v1/search", filled)
    }
    #expect(try search(1 << 20).status == 200)
    #expect(try search(1 << 20 + 1).status == 413)
    #expect(
      try service.send(Array("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx".utf8)).status
        == 413)
  }

  @Test("the figures are such that Prometheus reads them")
  func figures() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    for target in ["/v1/search?q=lead", "/v1/search?q=lead&x=1", "/nothing/here", "/v1/nothing"] {
      _ = try service.get(target)
    }
    let answer = try service.get("/metrics")
    #expect(answer.fields["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    var families: Set<String> = []
    var last: [String: Double] = [:]
    for line in answer.text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        #expect(families.insert(String(line.split(separator: " ")[2])).inserted, "a family twice: \(line)")
        continue
      }
      if line.hasPrefix("# HELP ") { continue }
      let sample = try #require(line.wholeMatch(of: /([a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? ([0-9.e+-]+)/))
      let base = String(sample.1).replacing(/_(bucket|sum|count)$/, with: "")
      #expect(families.contains(base) || families.contains(String(sample.1)), "\(line)")
      if sample.1.hasSuffix("_bucket") {
        let route = String((sample.2 ?? "").split(separator: ",")[0])
        let value = try #require(Double(sample.3))
        #expect(value >= last[route] ?? 0, "buckets add up: \(line)")
        last[route] = value
      }
    }
    #expect(answer.text.contains(#"dossier_requests_total{route="search",status="200"} 1"#))
    #expect(answer.text.contains(#"dossier_requests_total{route="search",status="400"} 1"#))
    #expect(answer.text.contains(#"dossier_collection_records{collection="main"} 5"#))
    #expect(MetricsText.escaped("a\"b\\c\nd") == #"a\"b\\c\nd"#)
  }
}
