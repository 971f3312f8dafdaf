import HTTPServer

extension QueryService {
  /// All figures of the server, for `/metrics`.
  func metricsText() -> String {
    var text = MetricsText()
    text.add(metrics.current)
    let connections = connectionFigures
    text.family("dossier_connections", "gauge", "Connections that are open.")
    text.sample("dossier_connections", [], "\(connections.connections)")
    for (name, help, value) in [
      ("dossier_connections_accepted_total", "Connections that were taken.", connections.accepted),
      ("dossier_connections_refused_total", "Connections for which there was no room.", connections.refused),
    ] {
      text.family(name, "counter", help)
      text.sample(name, [], "\(value)")
    }
    let figures = collections.figures()
    text.family("dossier_collection_commit", "gauge", "Number of the commit that is served.")
    for figure in figures {
      text.sample("dossier_collection_commit", [("collection", figure.name)], "\(figure.commit)")
    }
    text.family("dossier_collection_records", "gauge", "Records of the commit that is served.")
    for figure in figures {
      text.sample("dossier_collection_records", [("collection", figure.name)], "\(figure.records)")
    }
    text.family(
      "dossier_collection_current", "gauge", "1 where the newest commit is served, 0 where it cannot be opened.")
    for figure in figures {
      text.sample("dossier_collection_current", [("collection", figure.name)], figure.isCurrent ? "1" : "0")
    }
    text.family("dossier_uptime_seconds", "gauge", "Seconds since the server started.")
    text.sample(
      "dossier_uptime_seconds", [], "\(((ContinuousClock.now - metrics.start).inMilliseconds).rounded() / 1e3)")
    return text.text
  }
}
