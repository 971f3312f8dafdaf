import Records

// Why single hits matched.
extension Searcher {
  /// The rung of each hit and the step that found it: of a hit by score the step is known by its tier; within a step, and
  /// of sorted hits, the stronger plans are asked of these hits alone.
  func labels(
    _ keys: ArraySlice<HitKey>, _ ladder: QueryLadder, _ outcome: Outcome, _ request: SearchRequest
  ) throws(IndexError) -> [(rung: Rung, run: Int)] {
    guard let last = ladder.steps.indices.last else { return [] }
    var found: [DocumentAddress: (rung: Rung, run: Int)] = [:]
    var open = Set(keys.map(\.address))
    var tiers: [DocumentAddress: UInt8] = [:]
    if request.sort == nil, !request.isInDocumentOrder { for key in keys { tiers[key.address] = key.rungTier } }
    for (place, step) in ladder.steps.enumerated() where !open.isEmpty {
      let weight = outcome.runs[place]
      var own = open.filter { (tiers[$0] ?? step.tier) == step.tier }
      if place < last, request.sort != nil || request.isInDocumentOrder {
        own = try SegmentSearch.matching(weight, own)
      }
      open.subtract(own)
      for rung in step.rungs where !own.isEmpty {
        if rung == step.rungs.last {
          for address in own { found[address] = (rung, place) }
        } else if let plan = try? ladder.plan(rung), !plan.asks(theSameAs: step.plan) {
          let strong = try SegmentSearch.matching(
            try QueryWeight(
              plan, segments: weight.segments, parameters: request.parameters, budget: request.budget,
              joined: JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
                .sets(plan.joins)), own)
          for address in strong { found[address] = (rung, place) }
          own.subtract(strong)
        } else {
          for address in own { found[address] = (rung, place) }
          own = []
        }
      }
    }
    return keys.map { found[$0.address] ?? (.exact, 0) }
  }
}
