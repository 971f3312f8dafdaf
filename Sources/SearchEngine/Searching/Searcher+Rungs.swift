import Records

// Why single hits matched.
extension Searcher {
  /// The rung of each hit and the step that found it: of a hit by score the step is known by its tier; within a step, and
  /// of sorted hits, the stronger plans are asked of these hits alone.
  func labels(
    _ keys: ArraySlice<HitKey>, _ ladder: QueryLadder, _ outcome: Outcome, _ request: SearchRequest
  ) throws(IndexError) -> [(rung: Rung, run: Int)] {
    let keys = Array(keys)
    var found = [(rung: Rung, run: Int)](repeating: (.exact, 0), count: keys.count)
    guard let last = ladder.steps.indices.last else { return found }
    let isByTier = request.sort == nil && !request.isInDocumentOrder
    // Places among the keys: of ten thousand hits most of a partial answer's time went into tables of their addresses.
    var open = Array(keys.indices)
    for (place, step) in ladder.steps.enumerated() where !open.isEmpty {
      let weight = outcome.runs[place]
      var own = isByTier ? open.filter { keys[$0].rungTier == step.tier } : open
      if place < last, !isByTier {
        let matching = try SegmentSearch.matching(weight, own.map { keys[$0].address })
        own = own.filter { matching.contains(keys[$0].address) }
        open = open.filter { !matching.contains(keys[$0].address) }
      } else {
        open = isByTier ? open.filter { keys[$0].rungTier != step.tier } : []
      }
      for rung in step.rungs where !own.isEmpty {
        if rung != step.rungs.last, let plan = try? ladder.plan(rung), !plan.asks(theSameAs: step.plan) {
          let strong = try SegmentSearch.matching(
            try QueryWeight(
              plan, segments: weight.segments, parameters: request.parameters, budget: request.budget,
              joined: JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
                .sets(plan.joins)), own.map { keys[$0].address })
          for index in own where strong.contains(keys[index].address) { found[index] = (rung, place) }
          own.removeAll { strong.contains(keys[$0].address) }
        } else {
          for index in own { found[index] = (rung, place) }
          own = []
        }
      }
    }
    return found
  }
}
