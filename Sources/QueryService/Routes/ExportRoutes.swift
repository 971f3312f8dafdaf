import HTTPServer
import QualityRecords
import Records
import SearchEngine

/// All records that answer a query, as they are found.
enum ExportRoutes {
  static let routes: [Route] = [
    Route(
      .get, "/v1/export", "export", "Records as JSON Lines, CSV, Markdown or a page, however many they are",
      [
        Parameter("q", .text, "only records that answer this query", example: "formaldehyde"),
        Parameter("format", .choice(ExportFormat.allCases.map(\.rawValue)), "the form; default: jsonl"),
        Parameter("kind", .list(of: Schema.recordKinds.map(\.kind)), "only records of these kinds"),
        Parameter("fields", .list(of: []), "only these members: province, violations.code"),
        Parameter("rungs", .list(of: Rung.allCases.map(\.name)), "why records may match; default: all but fuzzy"),
        Parameter("any", .boolean, "one word of the query is enough"),
        Parameter(
          "sort", .text, "FIELD, FIELD:asc or FIELD:desc: order by a field rather than as the records stand",
          example: "date"),
        Parameter("raw", .boolean, "CSV cells as they are, though a spreadsheet may take them for formulas"),
      ],
      reply: .stream(ExportFormat.allCases.map(\.mediaType)), handler: export)
  ]

  private static let export: Route.Handler = { exchange throws(QualityError) in
    let values = exchange.values
    var options = ExportOptions(query: values.text("q"), kinds: values.list("kind"))
    if let format = values.text("format").flatMap({ ExportFormat(rawValue: $0) }) { options.format = format }
    options.fields = values.list("fields")
    options.rungs = values.list("rungs")
    options.any = values.isTrue("any")
    options.sort = values.text("sort")
    options.isRaw = values.isTrue("raw")
    let stream = try ExportStream(try exchange.index(), options, slots: exchange.service.exportSlots)
    var response = Response(200, body: .stream(stream))
    response.set("Content-Type", HeaderValue(options.format.contentType))
    response.set("Content-Disposition", HeaderValue("attachment; filename=\"records.\(options.format.fileExtension)\""))
    return RouteReply(response)
  }
}

extension ExportFormat {
  var mediaType: String {
    switch self {
    case .jsonl: "application/x-ndjson"
    case .csv: "text/csv"
    case .markdown: "text/markdown"
    case .html: "text/html"
    }
  }

  var contentType: String { self == .jsonl ? mediaType : mediaType + "; charset=utf-8" }

  var fileExtension: String { self == .markdown ? "md" : rawValue }
}
