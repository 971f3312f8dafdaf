import QualityRecords

/// What helps while a query is typed.
enum TextRoutes {
  static let routes: [Route] = [
    Route(
      .get, "/v1/suggest", "suggest", "What the collections hold that goes on from what is typed",
      [
        Parameter("prefix", .text, isRequired: true, "what is typed so far", example: "lead"),
        Parameter("kind", .choice(SuggestAnswer.Kind.allCases.map(\.rawValue)), "only what is of this kind"),
        Parameter("limit", .integer(1...SuggestRequest.longestList), "suggestions of a kind; default 5"),
      ], reply: .answer("suggest")
    ) { exchange throws(QualityError) in
      var request = SuggestRequest(exchange.values.text("prefix") ?? "")
      request.kind = exchange.values.text("kind").flatMap { SuggestAnswer.Kind(rawValue: $0) }
      if let limit = exchange.values.integer("limit") { request.limit = limit }
      let answer = try exchange.index().suggest(request)
      return RouteReply(answer, isPartial: answer.isPartial)
    },
    Route(
      .get, "/v1/analyze", "analyze", "The tokens of a text", [Parameter("text", .text, isRequired: true, "any text")],
      reply: .answer("analyze"), need: .token
    ) { exchange throws(QualityError) in
      RouteReply(AnalyzeAnswer(analyzing: exchange.values.text("text") ?? ""))
    },
  ]
}
