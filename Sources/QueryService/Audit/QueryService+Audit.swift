import HTTPServer
import QualityRecords

extension QueryService {
  /// Notes who asked what. Of a write the line is durable before this returns, and where it cannot be written the answer is
  /// an error; that of a question is written by what is returned, before the answer goes out (``Response/note``).
  func record(
    _ route: Route, _ exchange: Exchange?, _ grant: Grant, _ request: Request, _ id: String, _ status: Int,
    _ total: Int?
  ) throws(QualityError) -> (@Sendable (Bool) -> Bool)? {
    guard let trail, route.need == .reading || route.need == .writing else { return nil }
    let entry = Self.entry(route, exchange, grant, request, id, status, total)
    guard route.need == .writing else { return later(entry, trail) }
    do throws(QualityError) {
      try trail.append(entry, at: ServiceClock.stamp(), isDurable: true)
    } catch {
      metrics.change { $0.auditFailures += 1 }
      throw error
    }
    return nil
  }

  /// Notes a question whose answer is known. Whether it did; see ``note(_:mayWait:)``.
  func recordAtOnce(_ route: Route, _ exchange: Exchange, _ status: Int, _ total: Int?) -> Bool {
    guard trail != nil, route.need == .reading else { return true }
    let entry = Self.entry(route, exchange, exchange.grant, exchange.request, exchange.id, status, total)
    return note(entry, mayWait: false)
  }

  /// Adds the line of a question. False, and nothing is noted, where another thread adds one and this may not wait. Of a line
  /// that is lost the figures tell.
  private func note(_ entry: AuditTrail.Entry, mayWait: Bool) -> Bool {
    guard let trail else { return true }
    let time = ServiceClock.stamp()
    do throws(QualityError) {
      if !mayWait { return try trail.appendAtOnce(entry, at: time) }
      try trail.append(entry, at: time, isDurable: false)
    } catch { metrics.change { $0.auditFailures += 1 } }
    return true
  }

  private static func entry(
    _ route: Route, _ exchange: Exchange?, _ grant: Grant, _ request: Request, _ id: String, _ status: Int,
    _ total: Int?
  ) -> AuditTrail.Entry {
    let values = exchange?.values
    let collections =
      route.need == .writing ? [values?.text("collection") ?? grant.write.first ?? ""] : exchange?.askedCollections
    return AuditTrail.Entry(
      id: id, token: grant.name, address: request.address, action: route.name, collections: collections ?? [],
      query: values.flatMap(query), total: total, commit: exchange?.askedIndex?.commit, status: status)
  }

  /// What was looked for, by whatever parameter the route takes it.
  private static func query(_ values: ParameterValues) -> String? {
    let parts = ["id", "code", "q", "where", "prefix"].compactMap { values.text($0) }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// What notes a visit of the page: who asked what of which collections. Its own files (style, script) are none.
  func visit(_ request: Request, _ grant: Grant, _ id: String, _ response: Response) -> (@Sendable (Bool) -> Bool)? {
    guard let trail, response.isOfRecords else { return nil }
    let named = request.head.target.value("collection").flatMap { $0.isEmpty ? nil : $0 }
    let entry = AuditTrail.Entry(
      id: id, token: grant.name, address: request.address, action: "page",
      collections: grant.read.filter { named == nil || named == $0 },
      query: ([request.head.target.segments.joined(separator: "/")]
        + ["id", "q", "where"].compactMap { request.head.target.value($0) }).joined(separator: " "),
      total: nil, commit: nil, status: response.status)
    return later(entry, trail)
  }

  /// What adds the line of a question when its answer goes out; nil where that has been done, for a long line.
  private func later(_ entry: AuditTrail.Entry, _ trail: AuditTrail) -> (@Sendable (Bool) -> Bool)? {
    var prepared = entry
    let length = trail.prepare(&prepared)
    let entry = prepared
    if length <= Self.shortQuery { return { [self] mayWait in note(entry, mayWait: mayWait) } }
    _ = note(entry, mayWait: true)
    return nil
  }

  /// Bytes of a query that the loop writes into the trail itself: in microseconds.
  private static let shortQuery = 2_048
}

extension Response {
  /// Whether it may show records: documents and tables do, errors and the page's own files do not.
  fileprivate var isOfRecords: Bool {
    let type = fields.first { $0.name == "Content-Type" }?.value.description ?? ""
    return status < 400 && (type.hasPrefix("text/html") || type.hasPrefix("text/csv"))
  }
}
