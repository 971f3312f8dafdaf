import QualityRecords

/// Directive text: paragraphs, citations, references, quotations.
enum PassageRoutes {
  static let place = Parameter("id", .text, in: .path, "a paragraph: ID#pN, the # written %23", example: "dir-0101#p1")

  static let routes: [Route] = [
    Route(
      .get, "/v1/passages", "passages", "Paragraphs of directives, in their context",
      [SearchRoutes.query] + SearchRoutes.parameters, reply: .answer("search"), statuses: [410]
    ) { exchange throws(QualityError) in
      let answer = try exchange.index().passages(exchange.searchOptions())
      exchange.noteNext(answer.next)
      return RouteReply(answer, total: answer.total, isPartial: answer.isPartial)
    },
    Route(
      .get, "/v1/cite/{id}", "cite", "A citation of a paragraph, and a link that survives a re-issue", [place],
      reply: .answer("cite"), statuses: [404]
    ) { exchange throws(QualityError) in
      RouteReply(try exchange.index().cite(exchange.values.text("id") ?? ""))
    },
    Route(
      .get, "/v1/refs/{id}", "references", "What cites a paragraph, and what it cites",
      [place, Parameter("limit", .integer(0...1_000), "records listed that cite it; default 20")],
      reply: .answer("refs"), statuses: [404]
    ) { exchange throws(QualityError) in
      let answer = try exchange.index().refs(
        exchange.values.text("id") ?? "", limit: exchange.values.integer("limit") ?? 20)
      return RouteReply(answer)
    },
    Route(
      .post, "/v1/quote-check", "quoteCheck", "A quotation against the closest paragraph, word by word",
      body: .text, reply: .answer("quote-check"), statuses: [415]
    ) { exchange throws(QualityError) in
      RouteReply(try exchange.index().quoteCheck(try exchange.bodyText()))
    },
  ]
}
