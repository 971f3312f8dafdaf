import Synchronization

/// Runs the queries inside joins and keeps what they found.
struct JoinEvaluator {
  let searcher: Searcher
  let parameters: RankingParameters
  let budget: QueryBudget

  /// The outcomes kept, for the life of the snapshots: one bit a hub record each.
  static let kept = 64

  func sets(_ joins: [PlanJoin]) throws(IndexError) -> [JoinedSet] {
    var sets: [JoinedSet] = []
    for join in joins { sets.append(try set(join)) }
    return sets
  }

  private func set(_ join: PlanJoin) throws(IndexError) -> JoinedSet {
    if let known = searcher.joinCache.withLock({ $0[join.key] }) { return known }
    let segments = SegmentContext.segments(of: searcher.snapshots, kinds: [join.kind])
    let plan = QueryPlan(terms: join.terms, roots: [join.kind: join.root], joins: join.joins)
    let inner = try sets(join.joins)
    let weight = try QueryWeight(
      plan, segments: segments, parameters: parameters, budget: budget, joined: inner, keepsColumns: true,
      keepsSets: true)
    let collector = HubCollector(try searcher.links(join.hub), hub: join.hub)
    let isComplete = try SegmentSearch.run(weight, into: [collector], deadline: budget.deadline)
    var set = collector.set
    set.isComplete = isComplete && inner.allSatisfy(\.isComplete)
    set.notes = inner.flatMap(\.notes) + Searcher.expansionNotes(weight, limit: budget.expansions)
    if set.isComplete {
      searcher.joinCache.withLock { cache in
        if cache.count >= Self.kept { cache.removeAll(keepingCapacity: true) }
        cache[join.key] = set
      }
    }
    return set
  }
}

/// How the values that name hub records were resolved.
public struct HubReport: Sendable {
  /// Values that name several records: notes with them belong to none. The first thousand, in order.
  public let ambiguous: [String]
  /// Values that name no record.
  public let unknown: [String]
}

extension Searcher {
  /// The resolution of a hub's names, made once.
  func links(_ hub: String) throws(IndexError) -> HubLinks {
    if let known = linksCache.withLock({ $0[hub] }) { return known }
    let made = try HubLinks(hub, snapshots)
    linksCache.withLock { $0[hub] = made }
    return made
  }

  /// Which values of the fields named `hub` (a kind, as `enterprise`) name no record of it, or several. Throws what
  /// reading the index throws.
  public func hubReport(_ hub: String) throws(SearchError) -> HubReport {
    do throws(IndexError) {
      let links = try links(hub)
      return HubReport(ambiguous: links.ambiguous.sorted(), unknown: links.unknown.sorted())
    } catch {
      throw SearchError(error)
    }
  }
}
