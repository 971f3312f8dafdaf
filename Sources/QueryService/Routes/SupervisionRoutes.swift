import QualityRecords
import Records

/// What supervision asks: coverage, duties, traces, counts by two fields.
enum SupervisionRoutes {
  static let routes: [Route] = [
    Route(
      .get, "/v1/coverage", "coverage", "How many of each target's population are done, and who is missing",
      [
        Parameter("by", .text, "split each target by province, bureau, category or another field", example: "province"),
        Parameter("target", .list(of: []), "only these targets, by number"),
        Parameter("asOf", .text, "evidence dated up to the end of this date", example: "2007-12-31"),
        Parameter("missing", .text, "ids listed of those missing: a whole number or all; default all", example: "5"),
      ], reply: .answer("coverage"), handler: coverage),
    Route(
      .get, "/v1/duties", "duties", "What is overdue, and who answers for it",
      [
        Parameter(
          "by", .choice(DutiesRequest.Grouping.allCases.map(\.rawValue)), "who answers; default: bureau"),
        Parameter("asOf", .text, "the day as of whose end things are overdue; default today", example: "2007-12-31"),
        Parameter("limit", .integer(0...DutiesRequest.longestList), "notes of each group; default 20"),
      ], reply: .answer("duties")
    ) { exchange throws(QualityError) in
      var request = DutiesRequest()
      if let by = exchange.values.text("by").flatMap({ DutiesRequest.Grouping(rawValue: $0) }) { request.by = by }
      request.asOf = exchange.values.text("asOf")
      if let limit = exchange.values.integer("limit") { request.limit = limit }
      return RouteReply(try exchange.index().duties(request))
    },
    Route(
      .get, "/v1/trace", "trace", "A licence, batch or product along the chain of stages",
      [
        Parameter("q", .text, isRequired: true, "a licence, a batch or a product", example: "XK16-204-00123"),
        Parameter("limit", .integer(0...TraceRequest.longestList), "notes of each stage; default 20"),
      ], reply: .answer("trace")
    ) { exchange throws(QualityError) in
      var request = TraceRequest(exchange.values.text("q") ?? "")
      if let limit = exchange.values.integer("limit") { request.limit = limit }
      return RouteReply(try exchange.index().trace(request))
    },
    Route(
      .get, "/v1/pivot", "pivot", "Counts of records by two fields",
      [
        Parameter("a", .text, isRequired: true, "the field of the rows", example: "province"),
        Parameter("b", .text, isRequired: true, "the field of the columns", example: "category"),
        Parameter("where", .text, "only records that answer this query", example: "formaldehyde"),
        Parameter("kind", .list(of: Schema.recordKinds.map(\.kind)), "only records of these kinds"),
        Parameter("any", .boolean, "one word of the query suffices"),
        Parameter("strict", .boolean, "a query that would be repaired is an error"),
      ], reply: .answer("pivot")
    ) { exchange throws(QualityError) in
      let values = exchange.values
      var options = PivotOptions(rows: values.text("a") ?? "", columns: values.text("b") ?? "")
      if let query = values.text("where") { options.search.query = query }
      options.search.kinds = values.list("kind")
      options.search.any = values.isTrue("any")
      options.search.strict = values.isTrue("strict")
      options.search.deadline = exchange.searchTime
      let answer = try exchange.index().pivot(options)
      return RouteReply(answer, total: answer.total, isPartial: answer.isPartial)
    },
  ]

  private static let coverage: Route.Handler = { exchange throws(QualityError) in
    var options = CoverageOptions()
    for text in exchange.values.list("target") {
      guard let number = Int(text), number > 0 else {
        throw QualityError("usage", "'target' takes numbers of targets, not '\(text)'", hint: "target=2,7")
      }
      options.targets.append(number)
    }
    options.by = exchange.values.text("by")
    options.asOf = exchange.values.text("asOf")
    if let text = exchange.values.text("missing"), text != "all" {
      guard let number = Int(text), number >= 0 else {
        throw QualityError("usage", "'missing' is a whole number or all, not '\(text)'")
      }
      options.missing = number
    }
    return RouteReply(try exchange.index().coverage(options))
  }
}
