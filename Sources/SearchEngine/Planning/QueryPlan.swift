/// A query resolved against the schemas of the kinds that it searches. Independent of any snapshot.
struct QueryPlan: Sendable {
  /// The words, in the order of the query; nodes of all kinds name them by place.
  var terms: [PlanTerm]
  /// What records of each kind must match. Kinds without an entry are not searched.
  var roots: [String: PlanNode]
  /// What to run when nothing matches ``roots``, in this order, and what to say then.
  var relaxations: [PlanRelaxation] = []
}

/// A weaker form of a query, run only when the stronger ones match nothing.
struct PlanRelaxation: Sendable {
  enum Reason: Sendable, Hashable {
    /// Not all of the words: at least `minimum` of them.
    case mostWords(minimum: Int, of: Int)
    /// A run of CJK characters by its pairs of characters instead of as a whole.
    case characterPairs
  }
  var reason: Reason
  var terms: [PlanTerm]
  var roots: [String: PlanNode]
}

/// Bounds on the work of one query.
public struct QueryBudget: Sendable, Hashable {
  /// Dictionary entries that one prefix, or one other open word, may stand for. The first in byte order are taken and the
  /// answer says so. 1,024: Lucene's limit of clauses, above any prefix of three letters in 2 million paragraphs.
  public var expansions = 1_024
  /// Moment after which the answer is cut and marked partial; nil: none. Looked at once a window of 4,096 documents.
  public var deadline: ContinuousClock.Instant?

  public init() {}
}
