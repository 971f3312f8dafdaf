public import QueryLanguage

/// What is asked of a ``Searcher``.
public struct SearchRequest: Sendable {
  public var query: QuerySyntax
  /// Kinds to search; nil: all.
  public var kinds: Set<String>?
  /// Hits to return, 0 or more.
  public var limit = 10
  /// Where to go on: ``SearchResult/next`` of an earlier answer to the same request on the same commit.
  public var cursor: SearchCursor?
  /// Nil: by score.
  public var sort: SearchSort?
  /// Hits as documents stand rather than by score or field: what long lists are read in, page by page.
  public var isInDocumentOrder = false
  /// Fields to count the values of: `kind`, keyword-like fields, yes-or-no fields, `rung`.
  public var facets: [String] = []
  /// Keep the best hit for each value of this field.
  public var collapse: String?
  /// Rows of hub records instead of hits, one each: ``SearchResult/hubs``. Neither `sort` nor `collapse` go with it.
  public var hub: HubRequest?
  /// Counts by two groupings instead of hits: ``SearchResult/pivot``.
  public var pivot: PivotRequest?
  /// Whether one word of a flat query suffices.
  public var matchesAny = false
  /// Whether weaker forms of the query are tried when nothing is found.
  public var relaxes = true
  /// Whether dates that only overlap what was asked match too.
  public var takesPossibleDates = false
  /// Whether a pattern may begin with `*`: it then reads every word of the index.
  public var allowsLeadingStar = false
  /// Whether it is looked up why each hit matched; without, all hits say `exact`. For long lists of which only ids are used.
  public var tellsRungs = true
  /// Count alone: no hits, no scores.
  public var countsOnly = false
  /// Whether sets that cost much (words in some fields, phrases) are kept for the life of the snapshots once they are asked
  /// for again: for jobs that ask one thing in several ways. Answers of hub records and pivots do so by themselves.
  public var keepsSets = false
  /// Why records may match: those of another rung are neither returned nor counted. What is typed matches words as they
  /// stand whatever is in here, and typed fuzzy words match as such; ``Rung/fuzzy`` makes all bare words fuzzy.
  public var rungs: Set<Rung> = Self.usualRungs
  public var budget = QueryBudget()
  public var parameters = RankingParameters()
  /// Whether hits are found by bounds, and counted apart, where that is possible. The answers are the same: tests hold them
  /// against each other.
  var prunes = true
  /// Is told where the time goes; nil: nobody asks.
  public var profile: SearchProfile?

  public init(_ query: QuerySyntax) { self.query = query }

  /// All but `fuzzy`.
  public static let usualRungs: Set<Rung> = [.exact, .stem, .thesaurus, .name, .pinyin]
}

/// A field that orders an answer. Records without a value come last in either direction; ties go by document order.
public struct SearchSort: Sendable, Hashable {
  public var field: String
  public var isDescending: Bool

  public init(field: String, isDescending: Bool = true) {
    self.field = field
    self.isDescending = isDescending
  }
}

extension SearchRequest {
  /// Whether no field decides what comes first: hits and rows by score.
  var isByScore: Bool { sort == nil && (hub.map { $0.order == .score } ?? true) }
}
