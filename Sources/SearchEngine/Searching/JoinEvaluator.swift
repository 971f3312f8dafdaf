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
      plan, segments: segments, parameters: parameters, budget: budget, joined: inner, keepsColumns: true)
    let collector = HubCollector(JoinedSet(try searcher.links(join.hub)), hub: join.hub)
    let isComplete = try SegmentSearch.run(weight, into: [collector], deadline: budget.deadline)
    collector.set.isComplete = isComplete && inner.allSatisfy(\.isComplete)
    collector.set.notes =
      inner.flatMap(\.notes) + Searcher.expansionNotes(weight, limit: budget.expansions)
    let set = collector.set
    if set.isComplete {
      searcher.joinCache.withLock { cache in
        if cache.count >= Self.kept { cache.removeAll(keepingCapacity: true) }
        cache[join.key] = set
      }
    }
    return set
  }
}

/// Gathers the hub records that matching records are, or belong to.
final class HubCollector: Collector {
  var set: JoinedSet
  private let hub: String
  private var base: UInt32?
  private var column: OrdinalColumn?
  private var numbers: [UInt32] = []
  private var documents: [UInt32]?
  private var found: [UInt32] = []

  init(_ set: JoinedSet, hub: String) {
    self.set = set
    self.hub = hub
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    base = set.links.bases[place]
    numbers = set.links.numbers[place] ?? []
    documents = set.links.documents[place]
    column = base == nil ? try segment.reader.ordinalColumn(hub) : nil
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    if let documents {
      set.insert(documents, from: Int(matches.base), matches.bits)
      return
    }
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
      if let base {
        set.insert(base &+ document)
      } else if let column {
        try column.ordinals(of: document, into: &found)
        for ordinal in found where Int(ordinal) < numbers.count {
          let number = numbers[Int(ordinal)]
          if number != HubLinks.none { set.insert(number) }
        }
      }
      bit = matches.bits.first(from: bit &+ 1)
    }
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
