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
  /// All entries that begin with `under` and whose rest the program accepts, the first ``QueryBudget/expansions``.
  case pattern(ByteProgram, under: [UInt8])
  /// The ``TermExpander/fuzzyLimit`` best entries within an edit distance of the word. `wordsOnly`: none with digits.
  case fuzzy([UInt8], distance: Int, wordsOnly: Bool)
  /// The entries of a field's whole values that pass a test.
  case values(under: [UInt8], ValueTest)

  /// Whether it stands for whatever the dictionary has of a shape, so that a bound may be met.
  var isOpen: Bool {
    switch self {
    case .prefix, .pattern, .fuzzy: true
    case .exact, .stem, .anyOf, .values: false
    }
  }

  /// The entry that was typed, where there is one: a hit by it is of rung `exact`.
  var exactForm: [UInt8]? {
    switch self {
    case .exact(let bytes), .stem(exact: let bytes, stem: _), .fuzzy(let bytes, distance: _, wordsOnly: _): bytes
    case .prefix, .anyOf, .pattern, .values: nil
    }
  }
}

/// What a whole value of a field must be, where it is looked up by its text.
enum ValueTest: Hashable, Sendable {
  /// A date whose days lie in the range: wholly when `isCertain`, in part otherwise.
  case days(ClosedRange<Int64>, isCertain: Bool)
  /// A number whose ordered form (``FoldedValue/sortable(_:)``) lies in the range.
  case numbers(ClosedRange<Int64>)
  /// A text between the bounds, in byte order of the folded forms.
  case texts(lower: ValueBound?, upper: ValueBound?)

  /// Whether the folded value passes.
  func passes(_ value: [UInt8]) -> Bool {
    switch self {
    case .days(let range, let isCertain):
      // Folding made the Q of quarters small.
      let days = FoldedValue.days(String(decoding: value, as: UTF8.self).uppercased())
      return isCertain
        ? days.lower >= range.lowerBound && days.upper <= range.upperBound
        : days.lower <= range.upperBound && days.upper >= range.lowerBound
    case .numbers(let range):
      guard let number = Double(String(decoding: value, as: UTF8.self)), !number.isNaN else { return false }
      return range.contains(FoldedValue.sortable(number))
    case .texts(let lower, let upper):
      if let lower, value.lexicographicallyPrecedes(lower.bytes) || (value == lower.bytes && !lower.isInclusive) {
        return false
      }
      if let upper, upper.bytes.lexicographicallyPrecedes(value) || (value == upper.bytes && !upper.isInclusive) {
        return false
      }
      return true
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
