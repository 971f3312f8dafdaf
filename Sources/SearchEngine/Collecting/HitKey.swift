/// Where a document stands among all that are searched: segment first, then document. Rises in document order.
struct DocumentAddress: Hashable, Sendable, Comparable {
  let bits: UInt64

  init(segment: Int, document: UInt32) { bits = UInt64(truncatingIfNeeded: segment) << 32 | UInt64(document) }

  init(bits: UInt64) { self.bits = bits }

  /// Place of the segment among those searched (``SegmentContext/ordinal``).
  var segment: Int { Int(bits >> 32) }
  var document: UInt32 { UInt32(truncatingIfNeeded: bits) }

  static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}

/// What hits are ordered by: tier of the rung, then tier, then the field of a sorted answer, then score from the highest,
/// then document order. A total order: no two documents share an address.
struct HitKey: Hashable, Sendable {
  /// The tier of the ways by which the record's words matched (``Rung/tier``); 0 in sorted answers.
  var rungTier: UInt8 = 0
  /// 0 comes first. Records that match fewer words of a relaxed query, and those without a value to sort by, come later.
  var tier: UInt32
  /// Rises; 0 in answers by score.
  var sortValue: Int64
  var score: Double
  var address: DocumentAddress

  /// Whether this hit comes before the other.
  @inline(__always)
  func precedes(_ other: HitKey) -> Bool {
    if rungTier != other.rungTier { return rungTier < other.rungTier }
    if tier != other.tier { return tier < other.tier }
    if sortValue != other.sortValue { return sortValue < other.sortValue }
    if score != other.score { return score > other.score }
    return address.bits < other.address.bits
  }
}

/// The matches of one window, as collectors see them.
struct WindowMatches {
  let window: Int
  let bits: WindowBits
  /// By bit; nil when no collector asked for scores, or all are 0.
  let scores: UnsafeMutablePointer<Double>?
  /// Counts of matched words, where the plan is coordinated.
  let coordinator: AnyMatcher?

  @inline(__always)
  var base: UInt32 { UInt32(truncatingIfNeeded: window &* WindowBits.length) }

  /// How many words of a coordinated plan the document at `bit` lacks.
  func missingWords(_ bit: Int) -> UInt32 {
    guard let coordinator else { return 0 }
    return UInt32(clamping: coordinator.nodeCount - coordinator.count(window, bit))
  }
}

/// Takes the matches of a search, segment after segment in document order, window after window.
class Collector {
  /// Whether ``WindowMatches/scores`` are used.
  var needsScores: Bool { false }

  /// Matches that score less than this need no exact score, only one that is not above their own; nil: all need theirs.
  var scoreFloor: Double? { nil }

  /// A segment begins.
  func begin(_ segment: SegmentContext) throws(IndexError) {}

  func collect(_ matches: WindowMatches) throws(IndexError) {}
}

/// Counts the matching documents, nothing else.
final class CountCollector: Collector {
  private(set) var count = 0

  override func collect(_ matches: WindowMatches) throws(IndexError) { count &+= matches.bits.count }
}
