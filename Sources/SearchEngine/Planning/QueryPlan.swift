/// A query resolved against the schemas of the kinds that it searches. Independent of any snapshot.
struct QueryPlan: Sendable {
  /// The words, in the order of the query; nodes of all kinds name them by place.
  var terms: [PlanTerm]
  /// What records of each kind must match. Kinds without an entry are not searched.
  var roots: [String: PlanNode]
  /// Clauses about records of other kinds; nodes name them by place.
  var joins: [PlanJoin] = []
  /// What is to be said about how the query was taken.
  var notes: [PlanNote] = []
  /// How the words of the query bear on each other; nil unless the query is one of bare words, none widened.
  var words: PlanWords?
  /// Whether fuzzy words stand in the query itself: they match on the level of that rung, and as typed below it.
  var hasFuzzyWords = false

  /// Whether no word of it is widened.
  var isPlain = true

  /// Whether both find the same records at the same scores.
  func asks(theSameAs other: QueryPlan) -> Bool {
    terms == other.terms && roots == other.roots && joins.map(\.key) == other.joins.map(\.key)
  }
}

/// Something worth saying about a clause, whatever it finds.
struct PlanNote: Sendable, Hashable {
  var message: String
  /// Where in the query text.
  var range: Range<Int>
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
  var form: QueryPlanner.Form
}

/// What ranking knows of a query of bare words, beside which only exclusions and dates may stand.
struct PlanWords: Sendable {
  /// Neighbours in the query once function words are out, each ordered pair of different stems once: places in
  /// ``QueryPlan/terms``.
  var pairs: [TermPair]
  /// Whether any word is of a script written without spaces.
  var hasRuns: Bool

  init(_ sequence: [Int], _ terms: [PlanTerm], hasRuns: Bool) {
    self.hasRuns = hasRuns
    var seen: Set<[[UInt8]]> = []
    pairs = []
    for (first, second) in zip(sequence, sequence.dropFirst()) {
      let key = [terms[first].expansion.identity, terms[second].expansion.identity]
      if key[0] != key[1], seen.insert(key).inserted { pairs.append(TermPair(first: first, second: second)) }
    }
  }
}

/// Two words that stand next to each other in a query, by their places in ``QueryPlan/terms``.
struct TermPair: Hashable, Sendable {
  var first: Int
  var second: Int
}

extension TermExpansion {
  /// Equal for words of one stem.
  fileprivate var identity: [UInt8] {
    switch self {
    case .exact(let bytes), .prefix(let bytes), .stem(exact: _, stem: let bytes): bytes
    case .anyOf(let entries): Array(entries.joined(separator: [0]))
    case .fuzzy(let bytes, distance: _, wordsOnly: _): bytes
    case .pattern(_, let bytes), .values(let bytes, _): bytes
    }
  }
}

/// Bounds on the work of one query.
public struct QueryBudget: Sendable, Hashable {
  /// Dictionary entries that one prefix, or one other open word, may stand for. The first in byte order are taken and the
  /// answer says so. 1,024: Lucene's limit of clauses, above any prefix of three letters in 2 million paragraphs.
  public var expansions = 1_024
  /// Moment after which the answer is cut and marked partial; nil: none. Looked at once a window of 4,096 documents, once a
  /// list in it, and once every 1,024 entries of a walk over the dictionary.
  public var deadline: ContinuousClock.Instant?
  /// Bytes that the evaluation may hold at one time, beside what is kept for the life of the snapshots: reserved before they
  /// are allocated. 256 MB: a page of a million hits fits; what needs more is refused.
  public var memory = 256 << 20

  /// Whether the deadline has passed. Reads the clock.
  var isLate: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }

  /// With the deadline of the work that this thread does, where it has one (``WorkLimit``).
  public init() { deadline = WorkLimit.current?.deadline }
}
