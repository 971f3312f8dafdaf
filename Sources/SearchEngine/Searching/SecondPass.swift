/// Ranks the first hits of a query of words anew, by how its words stand together in them and by how good those are that
/// are most like them. Every candidate stays before every hit that is none: one order, without a seam.
///
/// Own score S2 = S + Σ w (ordered · g(o) + near · g(u)) over the pairs of the query, w = ln(1 + n / (1 + c)), c the
/// candidates with the pair, g(x) = x (k1 + 1) / (x + K) over unweighted lengths. Then m, the root of the mean square of
/// the neighbours' own scores, weighted by similarity, and F = (1 - share) S2 + share · m (score regularisation: Diaz
/// 2005; cluster hypothesis: van Rijsbergen 1979; Kurland and Lee 2004). Tiers are ranked each by itself; one of fewer than
/// three candidates is left alone.
final class SecondPass: Sendable {
  struct Candidate: Sendable {
    let key: HitKey
    /// What each pair adds.
    var pairs: [PairValue] = []
    /// S2: the score by its own words and pairs.
    var own: Double
    var neighbours: [Neighbour] = []
    /// m, as a score.
    var mean: Double
    /// F.
    var score: Double

    init(_ key: HitKey) {
      self.key = key
      own = key.score
      mean = key.score
      score = key.score
    }
  }

  /// What a pair of words adds in one record.
  struct PairValue: Sendable {
    var pair: Int
    var count: PairCounter.Count
    var weight: Double
    var saturation: Double
    var value: Double
  }

  /// In the order of the first pass.
  let candidates: [Candidate]
  private let places: [DocumentAddress: Int]

  /// Hits of a tier below which there is nothing to compare.
  private static let fewest = 3

  /// Ranks the first hits, in order, of the first pass. Throws what reading vectors and positions throws.
  /// Cost: about a millisecond for 200 candidates.
  init(_ weight: QueryWeight, _ first: [HitKey]) throws(IndexError) {
    var ranked = first.map { Candidate($0) }
    var start = 0
    while start < ranked.count {
      var end = start
      while end < ranked.count, ranked[end].key.tier == ranked[start].key.tier { end += 1 }
      if end - start >= Self.fewest {
        var tier = TierRanking(weight, Array(ranked[start..<end]))
        try tier.rank()
        ranked.replaceSubrange(
          start..<end,
          with: tier.candidates.map { candidate in
            var candidate = candidate
            for index in candidate.neighbours.indices { candidate.neighbours[index].index += start }
            return candidate
          })
      }
      start = end
    }
    candidates = ranked
    places = Dictionary(uniqueKeysWithValues: ranked.indices.map { (ranked[$0].key.address, $0) })
  }

  /// The candidates in their new order.
  var keys: [HitKey] {
    candidates.map { candidate in
      var key = candidate.key
      key.score = candidate.score
      return key
    }.sorted { $0.precedes($1) }
  }

  func candidate(_ address: DocumentAddress) -> Candidate? { places[address].map { candidates[$0] } }
}

/// The second pass over the candidates of one tier.
private struct TierRanking {
  private let weight: QueryWeight
  var candidates: [SecondPass.Candidate]
  /// K of each candidate, over unweighted lengths.
  private var saturations: [Double]

  init(_ weight: QueryWeight, _ candidates: [SecondPass.Candidate]) {
    self.weight = weight
    self.candidates = candidates
    saturations = Array(repeating: 0, count: candidates.count)
  }

  mutating func rank() throws(IndexError) {
    let parameters = weight.parameters
    var space = VectorSpace(weight, documents: candidates.count, limit: parameters.vectorTerms)
    try readVectors(&space)
    try addPairs()
    let largest = candidates.reduce(0) { max($0, $1.own) }
    let least = candidates.reduce(largest) { min($0, $1.own) }
    guard largest > 0 else { return }
    let neighbours = space.neighbours(max(0, parameters.neighbours))
    for index in candidates.indices {
      var sum = 0.0
      var squares = 0.0
      for neighbour in neighbours[index] {
        let relative = candidates[neighbour.index].own / largest
        sum += neighbour.similarity
        squares += neighbour.similarity * relative * relative
      }
      candidates[index].neighbours = neighbours[index]
      let own = candidates[index].own
      candidates[index].mean = sum > 0 ? largest * (squares / sum).squareRoot() : own
      let share = parameters.neighbourShare
      // Rounding must not take a candidate below the last of them.
      candidates[index].score = max(least, (1 - share) * own + share * candidates[index].mean)
    }
  }

  private mutating func readVectors(_ space: inout VectorSpace) throws(IndexError) {
    var averages: [String: Double] = [:]
    var vector = TermVector()
    for index in candidates.indices {
      let segment = weight.segments[candidates[index].key.address.segment]
      guard let reader = segment.reader.vectors else { continue }
      let average = averages[segment.reader.kind] ?? averageLength(segment.reader.kind)
      averages[segment.reader.kind] = average
      let norm = BM25.lengthNorm(weight.parameters, averageLength: average)
      try reader.vector(of: candidates[index].key.address.document, into: &vector)
      saturations[index] = norm.base + norm.slope * Double(vector.length)
      try space.add(vector, reader, segment: segment.ordinal, saturation: saturations[index])
    }
  }

  /// Mean unweighted length of the records of a kind.
  private func averageLength(_ kind: String) -> Double {
    var total = 0.0
    var count = 0.0
    for segment in weight.segments where segment.reader.kind == kind {
      total += Double(segment.reader.vectors?.totalLength ?? 0)
      count += Double(segment.reader.documentCount)
    }
    return total > 0 && count > 0 ? total / count : 1
  }

  private mutating func addPairs() throws(IndexError) {
    guard let pairs = weight.plan.words?.pairs, !pairs.isEmpty else { return }
    var counts: [[PairCounter.Count]] = Array(repeating: [], count: candidates.count)
    var counter: PairCounter?
    var segment = -1
    // Postings are read in document order.
    for index in candidates.indices.sorted(by: { candidates[$0].key.address < candidates[$1].key.address }) {
      let address = candidates[index].key.address
      if address.segment != segment {
        segment = address.segment
        counter = try PairCounter(weight, weight.segments[segment], pairs)
      }
      try counter?.count(in: address.document)
      counts[index] = counter?.counts ?? []
    }
    let total = Double(candidates.count)
    for pair in pairs.indices {
      let holders = counts.reduce(0) { $0 + ($1[pair].near > 0 ? 1 : 0) }
      let pairWeight = naturalLogarithm(1 + total / (1 + Double(holders)))
      for index in candidates.indices where counts[index][pair].near > 0 {
        let count = counts[index][pair]
        let value =
          pairWeight
          * (weight.parameters.pairs.ordered * gain(count.ordered, index)
            + weight.parameters.pairs.near * gain(count.near, index))
        candidates[index].pairs.append(
          SecondPass.PairValue(
            pair: pair, count: count, weight: pairWeight, saturation: saturations[index], value: value))
        candidates[index].own += value
      }
    }
  }

  private func gain(_ count: Int, _ index: Int) -> Double {
    Double(count) * weight.parameters.scale / (Double(count) + saturations[index])
  }
}
