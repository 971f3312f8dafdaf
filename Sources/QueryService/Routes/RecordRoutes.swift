import QualityRecords

/// One record, and why it is not among the answers.
enum RecordRoutes {
  static let routes: [Route] = [
    Route(
      .get, "/v1/records/{id}", "record", "A record or a paragraph",
      [
        Parameter(
          "id", .text, in: .path, "ID, KIND/ID or ID#pN, a slash written %2F and the # %23", example: "INS-2005-0001")
      ],
      reply: .answer("show"), statuses: [404]
    ) { exchange throws(QualityError) in
      RouteReply(try exchange.index().show(exchange.values.text("id") ?? ""))
    },
    Route(
      .get, "/v1/why-not", "whyNot", "The first clause that a record fails, and the nearest form that it holds",
      [Parameter("id", .text, isRequired: true, "the record", example: "INS-2005-0001"), SearchRoutes.query],
      reply: .answer("why-not"),
      statuses: [404]
    ) { exchange throws(QualityError) in
      RouteReply(try exchange.index().whyNot(exchange.values.text("id") ?? "", exchange.values.text("q") ?? ""))
    },
    Route(
      .get, "/v1/verify", "verify", "Whether a receipt is still that of the answer; if not, what changed",
      [Parameter("code", .text, isRequired: true, "the receipt: R-XXXX-XXXX-XXXX-XXXX"), SearchRoutes.query]
        + SearchRoutes.parameters.filter { $0.name != "timeout" && $0.name != "cursor" },
      reply: .answer("verify")
    ) { exchange throws(QualityError) in
      var options = exchange.searchOptions()
      // A part of an answer has another receipt than the whole.
      options.deadline = nil
      return RouteReply(try exchange.index().verify(code: exchange.values.text("code") ?? "", options))
    },
  ]
}
