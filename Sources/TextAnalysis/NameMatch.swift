/// Whether two names are one company's, by which rung, and how surely.
public struct NameMatch: Hashable, Sendable {
  /// What recognised them, the strongest first.
  public enum Rung: String, Hashable, Sendable, CaseIterable {
    /// Equal as written, but for case, width and Traditional characters.
    case exact
    /// By the name key: legal form, punctuation, brackets, spacing, abbreviations, order of the words apart.
    case name
    /// One is written in ideographs and the other in their sound, or in translation.
    case pinyin
    /// But for what looks like a typing error.
    case fuzzy
  }

  /// Nil where nothing is like.
  public let rung: Rung?
  /// 0…1.
  public let confidence: Double

  /// The least confidence of a match.
  public static let threshold = 0.7
  public var matches: Bool { rung != nil && confidence >= Self.threshold }

  static let none = NameMatch(rung: nil, confidence: 0)

  /// A name, taken apart once.
  public struct Name: Sendable {
    public let text: String
    public let key: NameKey
    let folded: [UInt8]

    public init(_ text: String) {
      self.text = text
      key = NameKey.key(of: text)
      folded = Folding.folded(text)
    }

    /// What to look the name up by among the entries of an index (``NameEntries``); what is found is then compared.
    public struct Lookups: Hashable, Sendable {
      public var wholes: [String] = []
      public var pinyinWholes: [String] = []
      public var spans: [String] = []
      public var pinyinPrefixes: [String] = []
    }

    public var lookups: Lookups {
      var lookups = Lookups()
      if !key.core.isEmpty { lookups.wholes = [NameEntries.cut(key.core)] }
      let query = NameEntries.query(key.words)
      lookups.pinyinWholes = query.pinyinCores
      lookups.pinyinPrefixes = query.pinyinPrefixes
      return lookups
    }
  }

  /// How like two names are.
  public static func compare(_ one: String, _ other: String) -> NameMatch { compare(Name(one), Name(other)) }

  public static func compare(_ one: Name, _ other: Name) -> NameMatch {
    if one.folded == other.folded, !one.folded.isEmpty { return NameMatch(rung: .exact, confidence: 1) }
    if one.key.matches(other.key) {
      return NameMatch(rung: .name, confidence: one.key.qualifiers == other.key.qualifiers ? 0.97 : 0.9)
    }
    return .none
  }
}
