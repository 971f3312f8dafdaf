import Testing

@testable import HTTPServer

@Suite("E2: requests, whole and in pieces")
struct RequestParserTests {
  /// What becomes of bytes that come in these pieces.
  static func outcome(_ pieces: [ArraySlice<UInt8>], limits: HTTPLimits = HTTPLimits()) -> RequestVector.Outcome {
    var parser = RequestParser(limits: limits)
    var bodies: [String] = []
    var body: [UInt8] = []
    for piece in pieces {
      parser.append(piece)
      while let event = parser.next() {
        switch event {
        case .head(let head):
          if let problem = parser.lengthProblem(head) { return .refused(problem.status) }
        case .body(let bytes): body += bytes
        case .end:
          bodies.append(String(decoding: body, as: UTF8.self))
          body = []
        case .problem(let problem): return .refused(problem.status)
        }
      }
    }
    return parser.isInside || bodies.isEmpty ? .waiting : .accepted(bodies)
  }

  @Test("vectors: whole, byte by byte, and cut in two at every place", arguments: RequestVector.all)
  func vector(_ vector: RequestVector) {
    let bytes = vector.bytes[...]
    #expect(Self.outcome([bytes]) == vector.outcome)
    #expect(Self.outcome(bytes.indices.map { bytes[$0...$0] }) == vector.outcome, "byte by byte")
    for place in bytes.indices {
      let cut = Self.outcome([bytes[..<place], bytes[place...]])
      if cut != vector.outcome { Issue.record("cut at \(place): \(cut)") }
    }
  }

  @Test("there are 300 vectors or more") func count() { #expect(RequestVector.all.count >= 300) }

  private static let host = "Host: a\r\n"

  @Test("limits of the head: at the bound taken, one more refused", arguments: [-1, 0, 1])
  func headLimits(_ more: Int) {
    func run(_ text: String, _ change: (inout HTTPLimits) -> Void) -> RequestVector.Outcome {
      var limits = HTTPLimits()
      change(&limits)
      return Self.outcome([Array(text.utf8)[...]], limits: limits)
    }
    func expected(_ status: Int) -> RequestVector.Outcome { more <= 0 ? .accepted([""]) : .refused(status) }
    let line = "GET /" + String(repeating: "x", count: 100 + more - 14) + " HTTP/1.1"
    #expect(line.utf8.count == 100 + more)
    #expect(run(line + "\r\n" + Self.host + "\r\n") { $0.requestLine = 100 } == expected(414))
    let field = "X: " + String(repeating: "x", count: 100 + more - 3)
    #expect(run("GET / HTTP/1.1\r\n" + Self.host + field + "\r\n\r\n") { $0.fieldLine = 100 } == expected(431))
    #expect(run("GET / HTTP/1.1\r\n" + Self.host + field + "\r\n\r\n") { $0.fields = 107 } == expected(431))
    let fields = String(repeating: "X: y\r\n", count: 19 + more)
    #expect(run("GET / HTTP/1.1\r\n" + Self.host + fields + "\r\n") { $0.fieldCount = 20 } == expected(431))
  }

  @Test("limits of the body: at the bound taken, one more refused", arguments: [-1, 0, 1])
  func bodyLimits(_ more: Int) {
    var limits = HTTPLimits()
    limits.body = 20
    let body = String(repeating: "x", count: 20 + more)
    let declared = "POST / HTTP/1.1\r\n\(Self.host)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let chunks = "POST / HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n"
    let expected: RequestVector.Outcome = more <= 0 ? .accepted([body]) : .refused(413)
    #expect(Self.outcome([Array(declared.utf8)[...]], limits: limits) == expected)
    let size = String(body.utf8.count - 7, radix: 16)
    let sent = chunks + "7\r\nxxxxxxx\r\n\(size)\r\n\(body.dropFirst(7))\r\n0\r\n\r\n"
    #expect(Self.outcome([Array(sent.utf8)[...]], limits: limits) == expected)
    let extended =
      chunks + "1;" + String(repeating: "e", count: limits.chunkExtensions - 1 + more) + "\r\nx\r\n0\r\n\r\n"
    #expect(
      Self.outcome([Array(extended.utf8)[...]], limits: limits) == (more <= 0 ? .accepted(["x"]) : .refused(400)))
    let trailers = String(repeating: "X: y\r\n", count: limits.trailerCount + more)
    #expect(
      Self.outcome([Array((chunks + "0\r\n" + trailers + "\r\n").utf8)[...]], limits: limits)
        == (more <= 0 ? .accepted([""]) : .refused(431)))
  }

  @Test("an endless line is refused before its end")
  func endlessLine() {
    let endless = Array(repeating: UInt8(ascii: "A"), count: 9_000)
    #expect(Self.outcome([endless[...]]) == .refused(414))
    #expect(Self.outcome([Array("GET / HTTP/1.1\r\nX: ".utf8)[...], endless[...]]) == .refused(431))
  }

  @Test("a head says what was asked")
  func head() throws {
    var parser = RequestParser()
    parser.append(
      Array(
        "GET /v1/records/%E5%AE%8F%2Fx?q=%22lead%22+coating&limit=5&flag HTTP/1.1\r\nHost: LocalHost:8080\r\nConnection: Close\r\n\r\n"
          .utf8))
    guard case .head(let head)? = parser.next() else {
      Issue.record("no head")
      return
    }
    #expect(head.target.segments == ["v1", "records", "宏/x"])
    #expect(head.target.value("q") == "\"lead\" coating")
    #expect(head.target.value("limit") == "5")
    #expect(head.target.value("flag") == "")
    #expect(head.host == "localhost:8080")
    #expect(!head.keepsAlive)
  }

  @Test("E3: random sequences of requests, cut at random, are those that were sent")
  func pipelines() {
    let seed = UInt64.random(in: .min ... .max)
    print("pipelines: seed \(seed)")
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<500 {
      var bodies: [String] = []
      var bytes: [UInt8] = []
      for _ in 0...random(6) {
        let body = String((0..<random(40)).map { _ in Character(UnicodeScalar(UInt8(97 + random(26)))) })
        bodies.append(body)
        if random(2) == 0 {
          bytes += Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
        } else {
          bytes += Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
          var rest = Array(body.utf8)[...]
          while !rest.isEmpty {
            let piece = rest.prefix(1 + random(9))
            rest = rest.dropFirst(piece.count)
            bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10]
          }
          bytes += Array("0\r\n\r\n".utf8)
        }
      }
      var pieces: [ArraySlice<UInt8>] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + random(50))
        pieces.append(piece)
        rest = rest.dropFirst(piece.count)
      }
      #expect(Self.outcome(pieces) == .accepted(bodies))
    }
  }
}
