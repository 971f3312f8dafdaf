/// Every route there is. A new one is a file beside this one and a line here.
enum RouteTable {
  static let routes: [Route] =
    SearchRoutes.routes + EnterpriseRoutes.routes + PassageRoutes.routes + RecordRoutes.routes
    + SupervisionRoutes.routes + TextRoutes.routes + WriteRoutes.routes + ExportRoutes.routes
    + OperationRoutes.routes

  enum Found {
    case route(Route, path: [String: String])
    /// The path is there; these methods are not of it.
    case methods([String])
    case nothing
  }

  /// The route of a request. HEAD is answered as GET is, without the body.
  static func find(_ method: String, _ segments: [String]) -> Found {
    var methods: [String] = []
    for route in routes {
      guard let path = route.match(segments) else { continue }
      if route.method.rawValue == method || method == "HEAD" && route.method == .get {
        return .route(route, path: path)
      }
      methods.append(route.method.rawValue)
      if route.method == .get { methods.append("HEAD") }
    }
    return methods.isEmpty ? .nothing : .methods(methods)
  }

  /// Whether a path belongs to the interface for programs: the page has all others.
  static func isReserved(_ segments: [String]) -> Bool {
    guard let first = segments.first else { return false }
    return first == "v1" || ["healthz", "readyz", "metrics", "openapi.json"].contains(first)
  }
}
