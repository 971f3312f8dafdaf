/// The numbers of the ranking formula (weighted-field BM25; Robertson, Zaragoza and Taylor 2004).
public struct RankingParameters: Sendable, Hashable {
  /// How slowly repeated occurrences lose worth. 2.0: best on two collections and harmless on others.
  public var k1 = 2.0
  /// How much longer records are marked down, 0...1. 0.6, chosen as `k1` was.
  public var b = 0.6
  /// What the saturated frequency is multiplied by beside idf: k1 + 1 in the classic formula.
  public var scale: Double { isScaled ? k1 + 1 : 1 }
  /// Whether scores carry the classic factor k1 + 1; it does not change the order of words of equal weight.
  public var isScaled = true
  /// Weight of a function word (`the`, `of`) in a query.
  public var functionWordWeight = 0.1
  /// Weight of a word that only asks (`documents`, `about`) in a query.
  public var requestWordWeight = 0.5
  /// What a pair of neighbouring query words adds in the first pass, times the smaller idf: where the second directly
  /// follows the first, and where they stand within ``pairWindow``. Only where there is no second pass.
  public var pairBonus = PairWeights(ordered: 0.4, near: 0.2)
  /// Hits that the second pass ranks anew; 0: no second pass. 200: half as many lose 1 to 2 % of mean average precision.
  public var candidates = 200
  /// What pairs of neighbouring query words weigh in the second pass.
  public var pairs = PairWeights(ordered: 0.3, near: 0.15)
  /// Candidates most like a candidate that bear on its place. 5 to 20 do equally well.
  public var neighbours = 10
  /// Their share of its score, 0...1. 0.3 to 0.5 do equally well.
  public var neighbourShare = 0.4
  /// Words by which candidates are compared. 32 lose 1 % of mean average precision.
  public var vectorTerms = 64
  /// The second pass leaves queries with runs of characters written without spaces as they are.
  public var ranksRunsAgain = false
  /// What counts beside relevance; nil: nothing. With a profile there is no second pass.
  public var profile: RankProfile?
  /// Whether the pair bonus of the first pass counts in such queries, where every three characters are a pair.
  public var pairsRuns = false

  /// All that decides an order, as numbers.
  var numbers: [Double] {
    [
      k1, b, isScaled ? 1 : 0, functionWordWeight, requestWordWeight, pairBonus.ordered, pairBonus.near,
      Double(candidates), pairs.ordered, pairs.near, Double(neighbours), neighbourShare, Double(vectorTerms),
      ranksRunsAgain ? 1 : 0, pairsRuns ? 1 : 0,
    ] + (profile?.numbers ?? [])
  }

  /// Distance in words at which two words are near: a window of 8.
  public static let pairWindow: UInt32 = 7

  public init() {}

  /// BM25 as the benchmark's peers compute it: k1 1.2, b 0.75, no factor k1 + 1.
  public static var plain: RankingParameters {
    var parameters = RankingParameters()
    parameters.k1 = 1.2
    parameters.b = 0.75
    parameters.isScaled = false
    parameters.pairBonus = PairWeights(ordered: 0, near: 0)
    parameters.candidates = 0
    return parameters
  }
}

/// What two words of a query weigh where they stand together in a record.
public struct PairWeights: Sendable, Hashable {
  /// The second directly after the first.
  public var ordered: Double
  /// Within a window, in either order.
  public var near: Double

  public init(ordered: Double, near: Double) {
    self.ordered = ordered
    self.near = near
  }
}

/// The formula's parts. All in `Double`, added in query order, so that a score has the same bits in every run and however
/// records are spread over segments.
enum BM25 {
  /// ln(1 + (N - n + 0.5) / (n + 0.5)), never negative. 0 for a word that no document holds.
  static func inverseDocumentFrequency(_ documentFrequency: UInt64, of documentCount: UInt64) -> Double {
    guard documentFrequency > 0 else { return 0 }
    let frequency = Double(min(documentFrequency, documentCount))
    return naturalLogarithm(1 + (Double(documentCount) - frequency + 0.5) / (frequency + 0.5))
  }

  /// The length part of a document, K = k1 (1 - b + b length / average), as `base + slope * length`.
  static func lengthNorm(_ parameters: RankingParameters, averageLength: Double) -> (base: Double, slope: Double) {
    (parameters.k1 * (1 - parameters.b), parameters.k1 * parameters.b / averageLength)
  }
}
