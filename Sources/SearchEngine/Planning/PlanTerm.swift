/// One word of a query as the index knows it: the dictionary entries it stands for, counted as one weighted term.
struct PlanTerm: Hashable, Sendable {
  var expansion: TermExpansion
  /// What the term's contribution to a score is multiplied by: word class, boosts and repetitions. 0 keeps it out of scores.
  var weight: Double
  /// As typed, for explanations and notes.
  var text: String
  /// Where it stood in the query: byte range of its UTF-8.
  var range: Range<Int>

  init(_ expansion: TermExpansion, weight: Double = 1, text: String = "", range: Range<Int> = 0..<0) {
    self.expansion = expansion
    self.weight = weight
    self.text = text
    self.range = range
  }
}

/// Which dictionary entries a word stands for. Bytes are folded UTF-8, or a term of a namespace (``TermKey``).
enum TermExpansion: Hashable, Sendable {
  /// This entry alone.
  case exact([UInt8])
  /// The entry and all forms that share its stem.
  case stem(exact: [UInt8], stem: [UInt8])
  /// All entries that begin with these bytes, the first ``QueryBudget/expansions`` in byte order.
  case prefix([UInt8])
  /// Each of these entries.
  case anyOf([[UInt8]])

  /// The entry that was typed, where there is one: a hit by it is of rung `exact`.
  var exactForm: [UInt8]? {
    switch self {
    case .exact(let bytes), .stem(exact: let bytes, stem: _): bytes
    case .prefix, .anyOf: nil
    }
  }
}

/// Why a record matched; of several words, the weakest decides. The order of the cases is from strong to weak.
public enum Rung: UInt8, Sendable, CaseIterable, Comparable {
  case exact, stem, thesaurus, name, pinyin, fuzzy

  /// Hits of a lower tier come before all hits of a higher one; inside a tier the score decides.
  public var tier: UInt8 {
    switch self {
    case .exact, .stem: 0
    case .thesaurus, .name: 1
    case .pinyin: 2
    case .fuzzy: 3
    }
  }

  public var name: String { "\(self)" }

  public static func < (left: Rung, right: Rung) -> Bool { left.rawValue < right.rawValue }
}
