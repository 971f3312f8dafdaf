import SearchEngine

/// An enterprise that a typed name may mean, and why.
public struct EnterpriseCandidate: Hashable, Sendable {
  public let id: String
  /// The name that it has now; its id where the record has none.
  public let name: String
  /// How the typed name was recognised: `exact` (an id, or a name, alias or former name as it is written, but for case and
  /// width), `name`, `pinyin`, `fuzzy`.
  public let rung: Rung
  /// 0…1: how sure it is that the typed name is this enterprise's.
  public let confidence: Double
  /// The name of the record that was recognised; nil where the id was typed.
  public let matched: String?
  /// Where ``matched`` is a former name: that name, and until when it was used, as it is written.
  public let formerly: FormerName?

  /// A name that an enterprise had.
  public struct FormerName: Hashable, Sendable {
    public let name: String
    public let until: String?
  }

  /// Below this ``confidence`` a candidate is an offer, no match.
  public static let threshold = NameResolver.threshold
  /// Whether it may be taken for the one that was meant, when no other candidate is.
  public var isMatch: Bool { confidence >= Self.threshold }
}
