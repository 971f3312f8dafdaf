import HTTPServer
import QualityRecords
import Records

/// Records that come in.
enum WriteRoutes {
  static let routes: [Route] = [
    Route(
      .post, "/v1/records", "addRecords", "Adds or replaces records by kind and id; answered when they are durable",
      [
        Parameter("collection", .text, "the collection to write; may be left out by those who may write one alone"),
        Parameter("kind", .choice(Schema.recordKinds.map(\.kind)), "kind of records that do not say theirs"),
      ], body: .records, reply: .answer("index"), need: .writing, statuses: [415, 422]
    ) { exchange throws(QualityError) in
      let collection = try exchange.writtenCollection()
      var request = IndexRequest(paths: ["-"], index: collection.path)
      request.isMapped = collection.isMapped
      request.kind = exchange.values.text("kind")
      request.input = exchange.request.body
      request.allowedKinds = exchange.grant.kinds.map { Set($0) }
      // Reading and indexing take turns: the other cores are for those who ask.
      request.threads = 1
      let answer = try IndexJob.run(request)
      let isRefused = answer.records == 0 && answer.rejected > 0
      var reply = RouteReply(answer, total: answer.records, status: isRefused ? 422 : 200)
      reply.isLasting = false
      return reply
    }
  ]
}
