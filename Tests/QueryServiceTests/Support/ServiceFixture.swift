import Foundation
import JSONText
import QualityRecords
import Synchronization
import Testing

@testable import HTTPServer
@testable import QueryService

/// A folder with indexes in it, gone with the fixture, and services over them that are asked without sockets.
final class ServiceFixture: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("dossier-service-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Adds records to an index, one JSON object each; makes it where it is missing.
  @discardableResult
  func index(_ name: String, _ records: [String]) throws -> MountedCollection {
    var request = IndexRequest(paths: ["-"], index: path(name))
    request.input = Array(records.joined(separator: "\n").utf8)
    request.threads = 1
    let answer = try IndexJob.run(request)
    #expect(answer.rejected == 0, "\(answer.rejects)")
    return MountedCollection(name: name, path: path(name))
  }

  /// A note that holds some words.
  static func note(_ id: String, _ text: String, enterprise: String = "E1", date: String = "2007-03-14") -> String {
    #"{"kind":"inspection","id":"\#(id)","enterprise":"\#(enterprise)","date":"\#(date)","province":"Guangdong","text":"\#(text)","result":"fail","violations":[{"code":"V1","text":"\#(text)","severity":"serious"}]}"#
  }

  static func enterprise(_ id: String, _ name: String) -> String {
    #"{"kind":"enterprise","id":"\#(id)","name":"\#(name)","province":"Guangdong","licence":"XK16-204-00123","products":[{"id":"1","name":"plush bear","category":"toys"}],"text":"\#(name) makes toys"}"#
  }

  static func directive(_ id: String, _ title: String, _ paragraphs: [String]) -> String {
    let list = paragraphs.map { #""\#($0)""# }.joined(separator: ",")
    return #"{"kind":"directive","id":"\#(id)","title":"\#(title)","date":"2007-04","paragraphs":[\#(list)]}"#
  }

  /// A GET as a server reads it.
  static func request(_ target: String) throws -> Request {
    var parser = RequestParser()
    parser.append(Array("GET \(target) HTTP/1.1\r\nHost: localhost:8080\r\n\r\n".utf8))
    guard case .head(let head) = parser.next() else { throw RequestProblem(400, "the request is not whole") }
    return Request(
      head: head, body: [], address: "127.0.0.1", number: 1, cancellation: Cancellation(), arrival: .now)
  }

  static let sample = [
    enterprise("E1", "Hongda Toys"), enterprise("E2", "Yongda Furniture"),
    note("N1", "lead coating on plush bears", enterprise: "E1"), note("N2", "formaldehyde in boards", enterprise: "E2"),
    directive(
      "D1", "Notice on toys", ["Lead in coatings is examined.", "Quality files are kept for each enterprise."]),
  ]
}

/// One answer, as a client sees it.
struct SeenResponse {
  let status: Int
  let fields: [String: String]
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  var json: JSONValue? { try? JSONValue(parsing: body) }
  /// The code of a problem.
  var code: String? { json?["code"]?.stringValue }
}

extension QueryService {
  /// Sends bytes through parser, gate and handler. A request that does not say how long it waits has a minute more than
  /// clients have: under a sanitizer, beside other work, opening an index alone has taken five seconds.
  /// - Parameter atOnce: whether the loop answers, as in a server, what it can; only: nothing else does, and what it cannot
  ///   answer has the status 0.
  func send(_ bytes: [UInt8], address: String = "127.0.0.1", atOnce: AtOnce = .yes) throws -> SeenResponse {
    var parser = RequestParser()
    parser.append(bytes)
    var head: RequestHead?
    var body: [UInt8] = []
    while let event = parser.next() {
      switch event {
      case .problem(let problem): throw problem
      case .head(let found):
        head = found
        switch admit(found, address) {
        case .refused(let response): return try Self.answered(response)
        case .body(let limit, _):
          parser.bodyLimit = limit
          if let problem = parser.lengthProblem(found) {
            return SeenResponse(status: problem.status, fields: [:], body: [])
          }
        }
      case .body(let piece): body += piece
      case .end:
        let isPatient = !String(decoding: bytes, as: UTF8.self).contains("timeout")
        let request = Request(
          head: try #require(head), body: body, address: address, number: 1, cancellation: Cancellation(),
          arrival: .now + (isPatient ? .seconds(60) : .zero))
        if atOnce != .no, let response = answerAtOnce(request) { return try Self.answered(response) }
        if atOnce == .only { return SeenResponse(status: 0, fields: [:], body: []) }
        let first = answer(request)
        let response = first.later?() ?? first
        _ = response.note?(true)
        return try Self.answered(response)
      }
    }
    throw RequestProblem(400, "the request is not whole")
  }

  enum AtOnce { case yes, no, only }

  func get(
    _ target: String, _ fields: [String: String] = [:], method: String = "GET", atOnce: AtOnce = .yes
  ) throws -> SeenResponse {
    var text = "\(method) \(target) HTTP/1.1\r\n"
    for (name, value) in ["Host": "localhost:8080"].merging(fields, uniquingKeysWith: { $1 }) {
      text += "\(name): \(value)\r\n"
    }
    return try send(Array((text + "\r\n").utf8), atOnce: atOnce)
  }

  func post(
    _ target: String, _ body: String, type: String = "application/json", _ fields: [String: String] = [:]
  ) throws -> SeenResponse {
    var text = "POST \(target) HTTP/1.1\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
    for (name, value) in ["Host": "localhost:8080"].merging(fields, uniquingKeysWith: { $1 }) {
      text += "\(name): \(value)\r\n"
    }
    return try send(Array((text + "\r\n" + body).utf8))
  }

  private static func answered(_ response: Response) throws -> SeenResponse {
    var body: [UInt8] = []
    switch response.body {
    case .bytes(let bytes): body = bytes
    case .stream(let stream): while let piece = try stream.next() { body += piece }
    }
    let fields = Dictionary(response.fields.map { ($0.name, $0.value.description) }, uniquingKeysWith: { $1 })
    return SeenResponse(status: response.status, fields: fields, body: body)
  }
}

/// Lines of a log.
final class LogCollector: Sendable {
  private let kept = Mutex<[String]>([])
  var lines: [String] { kept.withLock { $0 } }
  func take(_ line: String) { kept.withLock { $0.append(line) } }
}

/// Files of tokens for tests.
enum TestTokens {
  static func text(_ tokens: [(name: String, secret: String, read: [String], write: [String], kinds: [String]?)])
    -> String
  {
    let entries = tokens.map { token in
      let kinds = token.kinds.map { #","kinds":[\#(list($0))]"# } ?? ""
      return
        #"{"name":"\#(token.name)","sha256":"\#(digest(token.secret))","read":[\#(list(token.read))],"write":[\#(list(token.write))]\#(kinds)}"#
    }
    return #"{"tokens":[\#(entries.joined(separator: ","))]}"#
  }

  private static func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ",") }

  static func digest(_ secret: String) -> String { TokenFile.digest(secret) }

  static func bearer(_ secret: String) -> [String: String] { ["Authorization": "Bearer \(secret)"] }
}
