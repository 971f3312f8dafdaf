import HTTPServer
import QualityRecords

/// Errors as people are told of them: a page in their language, with the status and the fields of the problem that programs
/// get.
enum FaultReply {
  /// Frames need an index for views alone; there is nothing in this one.
  private static let nothing = QualityIndex(paths: [], snapshots: [])

  /// Statuses that no browser meets: of versions, codings and expectations that it does not send.
  private static let ofPrograms: Set<Int> = [417, 501, 505]

  /// What decides how a request is told that it has no answer.
  struct Asked {
    /// Segments of the path; nil where the target cannot be read.
    var segments: [String]?
    var items: [RequestTarget.Item] = []
    var rawTarget: String
    var fields: HeaderFields

    init(_ head: RequestHead) {
      segments = head.target.segments
      items = head.target.items
      rawTarget = head.rawTarget
      fields = head.fields
    }

    init(_ request: RefusedRequest) {
      segments = request.target?.segments
      items = request.target?.items ?? []
      rawTarget = request.rawTarget
      fields = request.fields
    }

    /// Whether the path is of the interface for programs, as far as it can be read.
    var isReserved: Bool {
      let raw = rawTarget.prefix { $0 != "?" }.split(separator: "/").map(String.init)
      return RouteTable.isReserved(segments ?? raw)
    }
  }

  /// The response to a request that has no answer: a page where a browser asks the page, else a problem.
  static func response(
    _ error: QualityError, to asked: Asked, requestID: String, status given: Int? = nil
  ) -> Response {
    guard !asked.isReserved, !ofPrograms.contains(given ?? 0) else {
      return ProblemReply.response(error, requestID: requestID, status: given)
    }
    guard wantsPage(asked.fields["accept"]) else {
      var response = ProblemReply.response(error, requestID: requestID, status: given)
      // A browser would have been told otherwise.
      response.set("Vary", PageService.vary)
      return response
    }
    return page(error, asked, requestID, given)
  }

  /// Whether a view's own errors are documents: not for those who ask for data by name.
  static func showsPage(_ head: RequestHead) -> Bool {
    let accept = head.fields["accept"]
    return wantsPage(accept) || !wantsData(accept)
  }

  private static func wantsData(_ accept: String?) -> Bool {
    (accept ?? "").lowercased().contains("json") && !wantsPage(accept)
  }

  /// Whether a client would rather have a page than data: it names `text/html` itself, or texts, and `application/json` not above it
  /// (RFC 9110, section 12.5.1). `*/*` alone is what programs send.
  static func wantsPage(_ accept: String?) -> Bool {
    var page = 0.0
    var data = 0.0
    for item in (accept ?? "").split(separator: ",") {
      let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      guard let type = parts.first else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      guard weight.isFinite, weight >= 0 else { continue }
      switch type {
      case "text/html", "application/xhtml+xml", "text/*": page = max(page, weight)
      case "application/json", "application/problem+json": data = max(data, weight)
      default: continue
      }
    }
    return page > 0 && page >= data
  }

  private static func page(_ error: QualityError, _ asked: Asked, _ requestID: String, _ given: Int?) -> Response {
    let status = given ?? ProblemReply.status(error)
    var visit = PageVisit(
      index: nothing, path: asked.segments ?? [], items: asked.items.map { ($0.name, $0.value) },
      language: PageService.language(asked.items.first { $0.name == PageService.language }?.value, asked.fields))
    visit.requestID = requestID
    let document = ErrorView(error: ProblemReply.shown(error), status: status).document(PageContext(visit))
    var response = Response(status, body: .bytes(document))
    response.set("Content-Type", "text/html; charset=utf-8")
    response.set("Vary", PageService.vary)
    if status == 503 || status == 429 { response.set("Retry-After", "1") }
    return response
  }
}
