/// Figures as Prometheus reads them (exposition format 0.0.4).
struct MetricsText {
  private(set) var text = ""

  /// Begins a family.
  mutating func family(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
    let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    text += pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs)} \(value)\n"
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }

  mutating func add(_ figures: ServiceMetrics.Figures) {
    family("dossier_requests_total", "counter", "Requests by route and status.")
    for (key, count) in figures.requests.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
      sample("dossier_requests_total", [("route", key.route), ("status", "\(key.status)")], "\(count)")
    }
    family("dossier_request_seconds", "histogram", "Time from a whole request to its answer, by route.")
    for (route, histogram) in figures.times.sorted(by: { $0.key < $1.key }) {
      var total: UInt64 = 0
      for (place, count) in histogram.counts.enumerated() {
        total += count
        let bound = place < ServiceMetrics.bounds.count ? "\(ServiceMetrics.bounds[place])" : "+Inf"
        sample("dossier_request_seconds_bucket", [("route", route), ("le", bound)], "\(total)")
      }
      sample("dossier_request_seconds_sum", [("route", route)], "\(histogram.sum)")
      sample("dossier_request_seconds_count", [("route", route)], "\(total)")
    }
    for (name, help, value) in [
      ("dossier_response_body_bytes_total", "Bytes of bodies that were whole when they were sent.", figures.bodyBytes),
      ("dossier_partial_answers_total", "Answers that the deadline cut.", figures.partial),
      ("dossier_cancelled_requests_total", "Requests whose client had gone.", figures.cancelled),
      ("dossier_lost_log_lines_total", "Lines that the log did not take.", figures.lostLogLines),
      ("dossier_audit_failures_total", "Lines that the audit trail did not take.", figures.auditFailures),
    ] {
      family(name, "counter", help)
      sample(name, [], "\(value)")
    }
    family("dossier_known_answers_total", "counter", "Answers that were known, by the thread that gave them.")
    sample("dossier_known_answers_total", [("thread", "loop")], "\(figures.knownAtOnce)")
    sample("dossier_known_answers_total", [("thread", "worker")], "\(figures.knownByWorkers)")
    family("dossier_requests_running", "gauge", "Requests that are being answered.")
    sample("dossier_requests_running", [], "\(figures.running)")
  }
}
