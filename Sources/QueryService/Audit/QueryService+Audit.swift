import HTTPServer
import QualityRecords

extension QueryService {
  /// Notes who asked what. Of a write the line is durable before the answer goes out, and where it cannot be written the
  /// answer is an error; of a question the figures tell that a line was lost.
  func record(
    _ route: Route, _ exchange: Exchange?, _ grant: Grant, _ request: Request, _ id: String, _ status: Int,
    _ total: Int?
  ) throws(QualityError) {
    guard let trail, route.need == .reading || route.need == .writing else { return }
    let entry = Self.entry(route, exchange, grant, request, id, status, total)
    do throws(QualityError) {
      try trail.append(entry, at: ServiceClock.stamp(), isDurable: route.need == .writing)
    } catch {
      metrics.change { $0.auditFailures += 1 }
      if route.need == .writing { throw error }
    }
  }

  /// Notes a question, unless others write there: a write may hold the trail until it is durable. Whether it did; of a line
  /// that is lost the figures tell.
  func recordAtOnce(_ route: Route, _ exchange: Exchange, _ status: Int, _ total: Int?) -> Bool {
    guard let trail, route.need == .reading else { return true }
    let entry = Self.entry(route, exchange, exchange.grant, exchange.request, exchange.id, status, total)
    do throws(QualityError) { return try trail.appendAtOnce(entry, at: ServiceClock.stamp()) } catch {
      metrics.change { $0.auditFailures += 1 }
      return true
    }
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

  /// Notes a visit of the page: who asked what of which collections. Its own files (style, script) are none.
  func recordVisit(_ request: Request, _ grant: Grant, _ id: String, _ response: Response) {
    guard let trail, response.isOfRecords else { return }
    let named = request.head.target.value("collection").flatMap { $0.isEmpty ? nil : $0 }
    let entry = AuditTrail.Entry(
      id: id, token: grant.name, address: request.address, action: "page",
      collections: grant.read.filter { named == nil || named == $0 },
      query: ([request.head.target.segments.joined(separator: "/")]
        + ["id", "q", "where"].compactMap { request.head.target.value($0) }).joined(separator: " "),
      total: nil, commit: nil, status: response.status)
    do throws(QualityError) {
      try trail.append(entry, at: ServiceClock.stamp(), isDurable: false)
    } catch { metrics.change { $0.auditFailures += 1 } }
  }
}

extension Response {
  /// Whether it may show records: documents and tables do, errors and the page's own files do not.
  fileprivate var isOfRecords: Bool {
    let type = fields.first { $0.name == "Content-Type" }?.value.description ?? ""
    return status < 400 && (type.hasPrefix("text/html") || type.hasPrefix("text/csv"))
  }
}
