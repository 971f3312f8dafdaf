import QualityRecords

/// Enterprises: who answers a query, and the history of one.
enum EnterpriseRoutes {
  /// The parameters of a search, but for its own orders and counts.
  private static let listParameters: [Parameter] =
    SearchRoutes.parameters.filter { $0.name != "sort" } + [
      Parameter("sort", .choice(EnterpriseOptions.sorts), "the order; default: score, the best match first"),
      Parameter(
        "by", .text, "count the enterprises by a field, rows only where a limit asks for them", example: "province"),
      Parameter("per", .integer(1...EnterpriseOptions.mostPassages), "passages shown of each; default 1"),
    ]

  static let routes: [Route] = [
    Route(
      .get, "/v1/enterprises", "enterprises", "Enterprises by their files and notes, one row each",
      [SearchRoutes.query] + listParameters, reply: .answer("enterprises"), statuses: [410], handler: list),
    Route(
      .get, "/v1/enterprises/{id}/history", "history", "The violation history of one enterprise",
      [
        Parameter(
          "id", .text, in: .path, "an id, or a name: one that several have gives candidates", example: "4419-0001"),
        Parameter("since", .text, "events from this date on: 2007, 2007-Q3, 2007-03, 2007-03-14", example: "2006"),
        Parameter("until", .text, "events up to this date", example: "2007-Q3"),
        Parameter("asOf", .text, "as of the end of this date, by the dates in the records", example: "2007-12-31"),
        Parameter("within", .text, "within which a violation is a repeat: 12m, 90d, 1y; default 12m", example: "12m"),
        Parameter(
          "by", .choice(HistoryTimeline.Grain.allCases.map(\.rawValue)),
          "bars of the timeline; default quarter, or year where the history is long"),
      ], reply: .answer("history"), statuses: [404]
    ) { exchange throws(QualityError) in
      let values = exchange.values
      var request = HistoryRequest(values.text("id") ?? "")
      request.since = values.text("since")
      request.until = values.text("until")
      request.asOf = values.text("asOf")
      if let within = values.text("within") { request.within = within }
      request.grain = values.text("by").flatMap { HistoryTimeline.Grain(rawValue: $0) }
      return RouteReply(try exchange.index().history(request))
    },
  ]

  private static let list: Route.Handler = { exchange throws(QualityError) in
    let values = exchange.values
    var options = EnterpriseOptions(values.text("q") ?? "")
    options.search = exchange.searchOptions()
    // The list has orders and counts of its own.
    options.search.sort = nil
    options.search.facets = []
    options.by = values.text("by")
    options.facets = values.list("facet")
    if let sort = values.text("sort") { options.sort = sort }
    if let per = values.integer("per") { options.per = per }
    if !values.has("limit"), options.by != nil { options.search.limit = 0 }
    let answer = try exchange.index().enterprises(options)
    exchange.noteNext(answer.search.next)
    return RouteReply(answer, total: answer.search.total, isPartial: answer.search.isPartial)
  }
}
