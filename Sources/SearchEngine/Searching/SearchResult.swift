/// The answer to a ``SearchRequest``: the same for the same commit and request, and however records are spread over
/// segments.
public struct SearchResult: Sendable {
  /// Matching records; of a collapsed answer, distinct values and records without one.
  public var total: Int
  public var totalIsExact: Bool
  /// Matching records; differs from `total` in collapsed answers alone.
  public var records: Int
  public var hits: [SearchHit]
  public var facets: [SearchFacet]
  /// Where the next page begins; nil when this is the last.
  public var next: SearchCursor?
  public var notes: [SearchNote]
  /// Whether the work budget cut the answer short.
  public var isPartial: Bool
  /// The query as it was run, tier after tier: for snippets and explanations of the hits. Never empty.
  let runs: [QueryWeight]
  /// How the first hits came to their order; nil when one pass made it.
  let secondPass: SecondPass?
  /// Of an answer of hub records: its rows, parallel to `hits`, and facets.
  public let hubs: HubResult?
  /// Counts by two groupings, where they were asked for.
  public let pivot: PivotResult?

  /// The run that found a hit.
  func weight(of hit: SearchHit) -> QueryWeight { runs[runs.indices.contains(hit.run) ? hit.run : 0] }
}

/// One record of an answer.
public struct SearchHit: Sendable, Hashable {
  public let kind: String
  /// 0 in sorted answers.
  public let score: Double
  /// Why it matched: the weakest of its words decides.
  public let rung: Rung
  let address: DocumentAddress
  /// Place in ``SearchResult/runs``.
  let run: Int
}

/// Counts of the values of one field over all matching records.
public struct SearchFacet: Sendable {
  public struct Value: Sendable, Hashable {
    public let value: String
    public let count: Int
  }

  public let field: String
  /// The most frequent first, then in byte order.
  public let values: [Value]
}

/// Something worth saying about an answer.
public struct SearchNote: Sendable, Hashable {
  /// The raw value is the stable code in answers.
  public enum Code: String, Sendable {
    /// No record holds all the words: these hold most of them.
    case mostWords = "most-words"
    /// A run of characters was taken by its pairs.
    case characterPairs = "character-pairs"
    /// A word also stands for the names under it in the thesaurus.
    case thesaurus
    /// A word is, or may be, the name of what records belong to.
    case name
    case pinyin
    /// A prefix stands for more words than were taken.
    case expansionBound = "expansion-bound"
    /// A fuzzy word was taken at a smaller distance than asked, or as it is.
    case loweredDistance = "lowered-distance"
    /// Records were left out of a join because dates are not exact.
    case possibleDates = "possible-dates"
    /// The deadline cut the answer.
    case deadline = "deadline"
  }

  public let code: Code
  public let message: String
  /// Where in the query text.
  public let range: Range<Int>?
}
