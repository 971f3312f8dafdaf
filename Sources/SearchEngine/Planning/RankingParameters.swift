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

  public init() {}

  /// BM25 as the benchmark's peers compute it: k1 1.2, b 0.75, no factor k1 + 1.
  public static var plain: RankingParameters {
    var parameters = RankingParameters()
    parameters.k1 = 1.2
    parameters.b = 0.75
    parameters.isScaled = false
    return parameters
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
