/// The bounded bonus of pairs of query words that stand together (after Metzler and Croft 2005; Rasolofo and Savoy 2003):
/// min(idf) · (ordered where the second follows the first + near where they share a window). Whether, not how often: so it
/// is at most min(idf) · (ordered + near) a pair, known before the first posting is read.
final class PairBonus {
  private struct Pair {
    let leaves: [(first: MatchedLeaf, second: MatchedLeaf)]
    let smallerIdf: Double
  }

  private let pairs: [Pair]
  private let weights: PairWeights
  private let counter: PairCounter
  /// No document's bonus is above it.
  private let most: Double
  private let wanted = WindowBuffer()
  private let both = WindowBuffer()

  /// Nil when the query has no pairs, or the weight does not ask for them.
  init?(_ weight: QueryWeight, _ segment: SegmentContext, _ leaves: [MatchedLeaf]) throws(IndexError) {
    guard weight.addsPairBonus, let words = weight.plan.words, !words.pairs.isEmpty else { return nil }
    weights = weight.parameters.pairBonus
    counter = try PairCounter(weight, segment, words.pairs)
    pairs = words.pairs.map { pair in
      let first = leaves.filter { $0.terms.contains(pair.first) }
      let second = leaves.filter { $0.terms.contains(pair.second) }
      return Pair(
        leaves: first.flatMap { one in second.map { (one, $0) } },
        smallerIdf: Self.smallerIdf(weight, pair))
    }
    // A little more than the sum: additions in another order may round up.
    let greatest = max(0, weight.parameters.pairBonus.ordered) + max(0, weight.parameters.pairBonus.near)
    let sum = pairs.reduce(0) { $0 + $1.smallerIdf * greatest }
    most = sum + abs(sum) * 1e-9 + 1e-9
  }

  static func smallerIdf(_ weight: QueryWeight, _ pair: TermPair) -> Double {
    min(weight.terms[pair.first].inverseDocumentFrequency, weight.terms[pair.second].inverseDocumentFrequency)
  }

  /// The bonus of one pair in a document where it was counted.
  static func value(_ weights: PairWeights, _ count: PairCounter.Count, smallerIdf: Double) -> Double {
    smallerIdf * ((count.ordered > 0 ? weights.ordered : 0) + (count.near > 0 ? weights.near : 0))
  }

  /// Adds the bonus to `scores[bit]` for the bits of `matches` that hold both words of a pair; not to those whose score stays
  /// below `floor` with the greatest bonus, so that their positions are not read.
  func add(
    _ window: Int, _ matches: WindowBits, to scores: UnsafeMutablePointer<Double>, floor: Double? = nil
  ) throws(IndexError) {
    let least = (floor ?? -.infinity) - most
    let wanted = wanted.bits
    let both = both.bits
    wanted.clear()
    for pair in pairs {
      for leaves in pair.leaves where leaves.first.window == window && leaves.second.window == window {
        both.copy(matches)
        both.formIntersection(leaves.first.bits)
        both.formIntersection(leaves.second.bits)
        wanted.formUnion(both)
      }
    }
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = wanted.first(from: 0)
    while bit < WindowBits.length {
      defer { bit = wanted.first(from: bit &+ 1) }
      if scores[bit] < least { continue }
      try counter.count(in: base &+ UInt32(truncatingIfNeeded: bit))
      for (index, pair) in pairs.enumerated() {
        scores[bit] += Self.value(weights, counter.counts[index], smallerIdf: pair.smallerIdf)
      }
    }
  }
}
