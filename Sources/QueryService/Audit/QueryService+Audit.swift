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
    let values = exchange?.values
    let collections =
      route.need == .writing ? [values?.text("collection") ?? grant.write.first ?? ""] : exchange?.askedCollections
    let entry = AuditTrail.Entry(
      id: id, token: grant.name, address: request.address, action: route.name, collections: collections ?? [],
      query: values.flatMap(Self.query), total: total, commit: exchange?.askedIndex?.commit, status: status)
    do throws(QualityError) {
      try trail.append(entry, at: ServiceClock.stamp(), isDurable: route.need == .writing)
    } catch {
      metrics.change { $0.auditFailures += 1 }
      if route.need == .writing { throw error }
    }
  }

  /// What was looked for, by whatever parameter the route takes it.
  private static func query(_ values: ParameterValues) -> String? {
    let parts = ["id", "code", "q", "where", "prefix"].compactMap { values.text($0) }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}
