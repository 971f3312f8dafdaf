import Records

// Joins over dates that are not exact.
extension Searcher {
  /// What is to be said about joins whose dates are not exact: how many more records match when they are taken the other
  /// way. Counted only where some record's dates leave it open.
  func openDates(
    _ ladder: QueryLadder, _ request: SearchRequest, _ options: QueryPlanner.Options, _ kinds: [Schema],
    _ segments: [SegmentContext], found: Int
  ) throws(IndexError) -> [SearchNote] {
    guard let joins = ladder.steps.first?.plan.joins, joins.contains(where: \.hasDates) else { return [] }
    var flipped = options
    flipped.flipsJoinDates = true
    guard
      let other = try? QueryLadder(request.query, schemas: kinds, options: flipped, rungs: request.rungs),
      let otherJoins = other.steps.first?.plan.joins
    else { return [] }
    let evaluator = JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
    let sets = try zip(evaluator.sets(joins), evaluator.sets(otherJoins))
    guard sets.contains(where: { $0.words != $1.words }) else { return [] }
    var counting = request
    counting.countsOnly = true
    counting.facets = []
    counting.keepsSets = request.keepsSets || request.hub != nil || request.pivot != nil
    counting.hub = nil
    counting.pivot = nil
    let more = try run(other, counting, segments, kinds, after: nil).records - found
    guard more > 0 else { return [] }
    return [
      SearchNote(
        code: .possibleDates,
        message: "\(more) more possibly: whether the dates of their records fall into what was asked is not known",
        range: nil)
    ]
  }
}
