import HTTPServer
import QualityRecords

extension QueryService {
  /// The answer to a request that was given before, of the same commits, on the thread of the loop: whoever asks what is
  /// known waits for no worker, whatever the workers do (decision 0094).
  ///
  /// Nil, and nothing is noted, where there is none, where a commit is to be opened first, and where a lock is held that
  /// another thread may hold for long. Cost: some ten microseconds.
  func answerAtOnce(_ request: Request) -> Response? {
    let began = ContinuousClock.now
    guard case .route(let route, let path, let grant) = examine(request.head), route.isKept,
      let values = try? Self.values(route, path, request),
      let choice = try? Exchange.choice(values.list("collection"), grant),
      let index = collections.openIndex(choice, cursor: values.text("cursor"))
    else { return nil }
    let id = names.next()
    let exchange = Exchange(self, request, grant, values, id: id, isQuick: true, chosen: (index, choice))
    guard let known = answers.answerAtOnce(Self.tag(route, exchange)),
      collections.noteAtOnce(rehearsal(route, exchange), index, choice, hasNext: known.hasNext)
    else { return nil }
    var reply = known.reply
    Self.addTag(&reply, route, exchange)
    guard recordAtOnce(route, exchange, reply.response.status, reply.total) else { return nil }
    metrics.change { $0.knownAtOnce += 1 }
    let made = Answered(name: route.name, token: grant.name, response: reply.response)
    return completed(made, request, id, began)
  }
}
