import QualityRecords
import Records

/// `/v1/search`, asked by a query string or by a JSON object.
enum SearchRoutes {
  static let query = Parameter(
    "q", .text, isRequired: true, "the query, in the query language", example: "lead coating")

  /// What all searches take.
  static let parameters: [Parameter] = [
    Parameter("kind", .list(of: Schema.recordKinds.map(\.kind)), "only records of these kinds"),
    Parameter("limit", .integer(0...SearchOptions.longestPage), "hits of a page; default 10"),
    Parameter("cursor", .text, "go on behind an earlier answer, by its next"),
    Parameter("sort", .text, "FIELD, FIELD:asc or FIELD:desc: order by a field rather than by score", example: "date"),
    Parameter("facet", .list(of: []), "count the values of fields; rung: why records matched"),
    Parameter("collapse", .text, "the best hit alone for each value of this field", example: "enterprise"),
    Parameter(
      "rungs", .list(of: ["exact", "stem", "thesaurus", "name", "pinyin", "fuzzy"]),
      "why a record may match; default: all but fuzzy"),
    Parameter("any", .boolean, "one word of the query suffices"),
    Parameter("strict", .boolean, "a query that would be repaired is an error"),
    Parameter("explain", .boolean, "say how each score came about"),
    Parameter("total", .choice(["exact", "bound"]), "bound: the total may be a lower bound"),
    Parameter("fields", .list(of: []), "fields of the record to give with a hit"),
    Parameter(
      "timeout", .integer(1...ServiceLimits.longestQueryMilliseconds),
      "milliseconds after which the answer is cut and called partial; default 5000"),
  ]

  static let routes: [Route] = [
    Route(
      .get, "/v1/search", "search", "Records that answer a query, best first", [query] + parameters,
      reply: .answer("search"), statuses: [410], handler: search),
    Route(
      .post, "/v1/search", "searchByBody", "Records that answer a query, asked by a JSON object",
      [query] + parameters, body: .parameters, reply: .answer("search"), statuses: [410], handler: search),
  ]

  static let search: Route.Handler = { exchange throws(QualityError) in
    let options = exchange.searchOptions()
    let answer = try exchange.index().search(options)
    exchange.noteNext(answer.next)
    return RouteReply(answer, total: answer.total, isPartial: answer.isPartial)
  }
}

extension Exchange {
  /// What the parameters of a search ask for.
  func searchOptions() -> SearchOptions {
    var options = SearchOptions(values.text("q") ?? "")
    options.kinds = values.list("kind")
    if let limit = values.integer("limit") { options.limit = limit }
    options.cursor = values.text("cursor")
    options.sort = values.text("sort")
    options.facets = values.list("facet")
    options.collapse = values.text("collapse")
    options.rungs = values.list("rungs")
    options.any = values.isTrue("any")
    options.strict = values.isTrue("strict")
    options.explain = values.isTrue("explain")
    if let total = values.text("total") { options.total = total }
    options.fields = values.list("fields")
    options.deadline = searchTime
    return options
  }
}
