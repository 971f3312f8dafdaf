/// Asks for an answer of hub records, one row each, whichever of their records matched: ``SearchRequest/hub``.
public struct HubRequest: Sendable, Hashable {
  /// What rows are ordered by; ties go by document order of each row's best match.
  public enum Order: String, Sendable, CaseIterable {
    /// The score of the best match.
    case score
    /// Most items first (``HubMeasures/items``), the worse first among equals.
    case items
    /// The worst item first, most items first among equals.
    case severity
    /// The latest record first.
    case recency
    /// ``HubRequest/nameField`` in byte order.
    case name
  }

  /// What is counted beside the rows: each hub record once for every value that one of its matches has.
  public struct Facet: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
      /// The values of all fields of that name, compared as a query compares them.
      case values
      /// `yes` and `no`: whether any field of that name has a value, in records of kinds that have such a field.
      case presence
      /// The values under the terms of the thesaurus, counted at every level.
      case tree
    }

    /// As a query names the fields.
    public var field: String
    public var source: Source

    public init(_ field: String, _ source: Source = .values) {
      self.field = field
      self.source = source
    }
  }

  /// The kind of the rows (`enterprise`): other kinds belong to it by a field of that name.
  public var hub: String
  public var order = Order.score
  public var nameField = "name"
  public var facets: [Facet] = []
  /// Matches kept for each row, 1 or more.
  public var matches = 1
  public var measures: HubMeasures

  public init(_ hub: String, measures: HubMeasures) {
    self.hub = hub
    self.measures = measures
  }
}

/// What an answer of hub records holds beside the hits, which are the best match of each row.
public struct HubResult: Sendable {
  public struct Row: Sendable {
    /// Tells hub records of the searcher's snapshots apart.
    public let number: UInt32
    /// Records of it that match.
    public let records: Int
    /// The best of them.
    public let matches: [SearchHit]
  }

  public struct Facet: Sendable {
    public let field: String
    /// The most frequent first, then in byte order; of the tree, terms at every level among them.
    public let values: [SearchFacet.Value]
    /// The tree from its top, each node before those under it: nodes with a count, of facets by tree alone.
    public let tree: [TreeNode]
    /// Hub records without a value in any match.
    public let without: Int
  }

  public struct TreeNode: Sendable, Hashable {
    /// The first of the term's names.
    public let name: String
    public let names: [String]
    /// 0 at the top.
    public let depth: Int
    public let count: Int
    /// A name that no other term of the tree has; nil where there is none.
    public let ownName: String?
    /// Whether no term with a count lies under it.
    public let isLeaf: Bool
  }

  /// Parallel to ``SearchResult/hits``.
  public var rows: [Row]
  public var facets: [Facet]
  /// Matching records that belong to no hub record.
  public var unassigned: Int
}

/// Asks for counts by two groupings: ``SearchRequest/pivot``.
public struct PivotRequest: Sendable, Hashable {
  /// One side of the table.
  public enum Grouping: Sendable, Hashable {
    case kind
    /// The values of a field; see ``SearchRequest/facets``.
    case values(String)
    /// Spans of a date field, at least so long.
    case dates(String, DateGrain)
  }

  public var rows: Grouping
  public var columns: Grouping

  public init(rows: Grouping, columns: Grouping) {
    self.rows = rows
    self.columns = columns
  }
}

/// Counts of records by two groupings.
public struct PivotResult: Sendable {
  /// One group of a side; a name of nil stands for records in no group.
  public struct Group: Sendable, Hashable {
    public let name: String?
    /// Records in it: of groupings where a record has several values, less than the sum of its cells, perhaps.
    public let count: Int
  }

  /// Ordered values and dates in their order, others the most frequent first; those in no group last.
  public let rows: [Group]
  public let columns: [Group]
  /// By row, then by column.
  public let cells: [[Int]]
}
