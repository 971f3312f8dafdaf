import QueryLanguage
import Records

/// The plans of one query by the ways in which its words may match, one for each tier, the strongest first. A tier whose
/// plan would find what the one before finds is left out, so a query that nothing widens has one.
struct QueryLadder {
  struct Step {
    var tier: UInt8
    /// Records that the step finds and no step before match by one of these, weakest last.
    var rungs: [Rung]
    /// The plan on the level of the last of them.
    var plan: QueryPlan
  }

  private let query: QuerySyntax
  private let form: QueryPlanner.Form
  private let schemas: [Schema]
  private let options: QueryPlanner.Options
  /// Records that match so are no part of the answer: those that match as typed, where that way is not asked for.
  private(set) var hidden: QueryPlan?
  private(set) var steps: [Step] = []

  /// The steps for records of `rungs`. `options` says which ways are permitted and what widens the words.
  init(
    _ query: QuerySyntax, form: QueryPlanner.Form = .whole, schemas: [Schema], options: QueryPlanner.Options,
    rungs: Set<Rung>
  ) throws(SearchError) {
    self.query = query
    self.form = form
    self.schemas = schemas
    self.options = options
    var ways = options.ways.union([.exact])
    let base = try plan(ways.contains(.stem) ? .stem : .exact)
    if base.hasFuzzyWords { ways.insert(.fuzzy) }
    var last: QueryPlan?
    if !rungs.contains(.exact) {
      let exact = ways.contains(.stem) ? try plan(.exact) : base
      hidden = exact
      last = exact
    }
    for tier in Set(ways.map(\.tier)).sorted() {
      let levels = ways.filter { $0.tier == tier && ($0 == .exact ? hidden == nil : mayAdd($0, base)) }.sorted()
      guard let top = levels.last else { continue }
      let found = top <= .stem ? base : try plan(top)
      if let last, last.asks(theSameAs: found) { continue }
      steps.append(Step(tier: tier, rungs: levels, plan: found))
      last = found
    }
  }

  /// Whether words may match in this way at all.
  private func mayAdd(_ rung: Rung, _ base: QueryPlan) -> Bool {
    switch rung {
    case .exact, .stem: true
    case .thesaurus, .name, .pinyin: options.widening?.rungs.contains(rung) ?? false
    case .fuzzy: base.hasFuzzyWords || options.ways.contains(.fuzzy)
    }
  }

  /// The plan in which words match by `level` at most.
  func plan(_ level: Rung) throws(SearchError) -> QueryPlan {
    var options = options
    options.level = level
    return try QueryPlanner.plan(query, form: form, schemas: schemas, options: options)
  }
}
