import HTTPServer
import JSONText
import QualityRecords

/// What operators and machines ask: is it alive, is it ready, what does it do, how is it described.
enum OperationRoutes {
  static let routes: [Route] = [
    Route(
      .get, "/v1/stats", "stats", "Figures of the collections that may be read", reply: .answer("stats")
    ) { exchange throws(QualityError) in
      RouteReply(try exchange.index().stats())
    },
    Route(.get, "/healthz", "health", "Whether the process answers", reply: .document("health"), need: .nothing) {
      exchange throws(QualityError) in
      document(["status": "ok"])
    },
    Route(
      .get, "/readyz", "readiness", "Whether every collection can be asked", reply: .document("readiness"),
      need: .nothing,
      statuses: [503]
    ) { exchange throws(QualityError) in
      let isReady = exchange.service.collections.areReady()
      return document(["status": isReady ? "ready" : "not ready"], status: isReady ? 200 : 503)
    },
    Route(.get, "/metrics", "metrics", "Figures of the server, as Prometheus reads them", reply: .text, need: .token) {
      exchange throws(QualityError) in
      var response = Response(200, body: .bytes(Array(exchange.service.metricsText().utf8)))
      response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
      return RouteReply(response)
    },
    Route(
      .get, "/openapi.json", "description", "This interface, as OpenAPI 3.1", reply: .document("openapi"),
      need: .nothing
    ) { exchange throws(QualityError) in
      var response = Response(200, body: .bytes(OpenAPIDocument.bytes))
      response.set("Content-Type", "application/json")
      return RouteReply(response)
    },
  ]

  private static func document(_ object: JSONObject, status: Int = 200) -> RouteReply {
    var response = Response(status, body: .bytes(Array((object.text() + "\n").utf8)))
    response.set("Content-Type", "application/json")
    return RouteReply(response)
  }
}
