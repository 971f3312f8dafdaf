import HTTPServer
import QualityRecords

/// One route of the service, as data: what it takes, what it answers with, and the function behind it.
struct Route: Sendable {
  enum Method: String, Sendable { case get = "GET", post = "POST" }

  /// What the body of a request is.
  enum RequestBody: Sendable {
    case none
    /// The parameters as the members of a JSON object.
    case parameters
    /// A text, plain or as the member `text` of a JSON object.
    case text
    /// Records, one JSON object a line.
    case records
  }

  /// What a whole answer is.
  enum Reply: Sendable {
    /// JSON by the schema of this name (``AnswerSchemas``).
    case answer(String)
    /// JSON by a schema of the service's own.
    case document(String)
    /// Records in one of these types.
    case stream([String])
    case text
  }

  /// Who may ask.
  enum Need: Sendable {
    /// Anybody.
    case nothing
    /// Who may read a collection.
    case reading
    /// Who may write one.
    case writing
    /// Who may ask anything at all.
    case token
  }

  typealias Handler = @Sendable (Exchange) throws(QualityError) -> RouteReply

  let method: Method
  /// `/v1/records/{id}`: a part in braces takes one segment or, where only segments of its own kind follow, several.
  let template: String
  /// A name for operations and metrics.
  let name: String
  let summary: String
  let parameters: [Parameter]
  let body: RequestBody
  let reply: Reply
  let need: Need
  /// Statuses beside 200 and those that every route has.
  let statuses: [Int]
  let handler: Handler

  init(
    _ method: Method, _ template: String, _ name: String, _ summary: String, _ parameters: [Parameter] = [],
    body: RequestBody = .none, reply: Reply, need: Need = .reading, statuses: [Int] = [],
    handler: @escaping Handler
  ) {
    self.method = method
    self.template = template
    self.name = name
    self.summary = summary
    self.parameters = parameters + (need == .reading ? [Self.collection] : [])
    self.body = body
    self.reply = reply
    self.need = need
    self.statuses = statuses
    self.handler = handler
  }

  /// On all routes that read.
  static let collection = Parameter(
    "collection", .list(of: []), "only these of the collections that may be read; default: all of them")

  /// Bytes that a body may have.
  var bodyLimit: Int {
    switch body {
    case .none: 0
    // Far above the longest query; reliability E.
    case .parameters, .text: 1 << 20
    case .records: 64 << 20
    }
  }

  /// Whether its work is long from the first.
  var isLong: Bool {
    if case .records = body { return true }
    if case .stream = reply { return true }
    return false
  }

  /// Whether its answers are kept, to be given again while the commits are the same: what people and pages ask by the
  /// letter, and look at again.
  var isKept: Bool { ["search", "searchByBody", "passages", "enterprises", "suggest"].contains(name) }

  /// The values of the template's braces; nil when the path is another.
  func match(_ segments: [String]) -> [String: String]? {
    let parts = template.split(separator: "/")
    guard let brace = parts.firstIndex(where: { $0.hasPrefix("{") }) else {
      return segments.count == parts.count && zip(segments, parts).allSatisfy({ $0 == $1 }) ? [:] : nil
    }
    let behind = parts.count - brace - 1
    guard segments.count >= parts.count, zip(segments.prefix(brace), parts).allSatisfy({ $0 == $1 }),
      zip(segments.suffix(behind), parts.suffix(behind)).allSatisfy({ $0 == $1 })
    else { return nil }
    // An id may hold slashes, and proxies decode them.
    let value = segments[brace..<(segments.count - behind)].joined(separator: "/")
    return value.isEmpty ? nil : [String(parts[brace].dropFirst().dropLast()): value]
  }
}

/// What a route's function gives back.
struct RouteReply: Sendable {
  var response: Response
  /// Whether the same request gives the same bytes until the next commit.
  var isLasting = false
  /// Whether time cut it.
  var isPartial = false
  /// For the audit trail.
  var total: Int?

  init(_ response: Response) { self.response = response }

  /// An answer, in the bytes that the command line prints.
  init(_ answer: some Answer, total: Int? = nil, isPartial: Bool = false, status: Int = 200) {
    response = Response(status, body: .bytes(answer.json() + [0x0A]))
    response.set("Content-Type", "application/json")
    isLasting = !isPartial && status == 200
    self.isPartial = isPartial
    self.total = total
  }
}
