import HTTPServer
import QualityRecords

/// Errors as people are told of them: a page in their language, with the status and the fields of the problem that programs
/// get.
enum FaultReply {
  /// Frames need an index for views alone; there is nothing in this one.
  private static let nothing = QualityIndex(paths: [], snapshots: [])

  /// The response to a request that has no answer: a page where a browser asks the page, else a problem.
  static func response(_ error: QualityError, to head: RequestHead, requestID: String) -> Response {
    guard !RouteTable.isReserved(head.target.segments), wantsPage(head.fields["accept"]) else {
      return ProblemReply.response(error, requestID: requestID)
    }
    return page(error, head, requestID)
  }

  /// Whether a view's own errors are documents: not for those who ask for data by name.
  static func showsPage(_ head: RequestHead) -> Bool {
    let accept = head.fields["accept"]
    return wantsPage(accept) || !wantsData(accept)
  }

  private static func wantsData(_ accept: String?) -> Bool {
    (accept ?? "").lowercased().contains("json") && !wantsPage(accept)
  }

  /// Whether a client would rather have a page than data: it names `text/html` itself, and `application/json` not above it
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
      case "text/html", "application/xhtml+xml": page = max(page, weight)
      case "application/json", "application/problem+json": data = max(data, weight)
      default: continue
      }
    }
    return page > 0 && page >= data
  }

  private static func page(_ error: QualityError, _ head: RequestHead, _ requestID: String) -> Response {
    let status = ProblemReply.status(error)
    var visit = PageVisit(
      index: nothing, path: head.target.segments, items: head.target.items.map { ($0.name, $0.value) },
      language: PageService.language(head))
    visit.requestID = requestID
    let document = ErrorView(error: ProblemReply.shown(error), status: status).document(PageContext(visit))
    var response = Response(status, body: .bytes(document))
    response.set("Content-Type", "text/html; charset=utf-8")
    response.set("Vary", PageService.vary)
    if status == 503 || status == 429 { response.set("Retry-After", "1") }
    return response
  }
}
