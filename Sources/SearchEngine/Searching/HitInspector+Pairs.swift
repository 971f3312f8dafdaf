// What pairs of words and similar records add to a score.
extension HitInspector {
  /// The bonus of each pair in the first pass.
  func bonusParts(of address: DocumentAddress) throws(IndexError) -> [Explanation] {
    guard weight.addsPairBonus, let words = weight.plan.words, !words.pairs.isEmpty else { return [] }
    let counter = try PairCounter(weight, weight.segments[address.segment], words.pairs)
    try counter.count(in: address.document)
    var parts: [Explanation] = []
    for (pair, count) in zip(words.pairs, counter.counts) where count.near > 0 {
      let smallerIdf = PairBonus.smallerIdf(weight, pair)
      let value = PairBonus.value(weight.parameters.pairBonus, count, smallerIdf: smallerIdf)
      parts.append(
        Explanation(
          value: value, label: label(pair),
          details: [
            ("ordered", count.ordered > 0 ? weight.parameters.pairBonus.ordered : 0),
            ("near", count.near > 0 ? weight.parameters.pairBonus.near : 0), ("smaller idf", smallerIdf),
          ]))
    }
    return parts
  }

  private func label(_ pair: TermPair) -> String {
    "pair '\(weight.plan.terms[pair.first].text) \(weight.plan.terms[pair.second].text)'"
  }

  /// The score of a candidate of the second pass: its own words and pairs, and the records most like it.
  func explanation(
    of candidate: SecondPass.Candidate, _ first: Explanation, _ pass: SecondPass
  ) throws(IndexError) -> Explanation {
    let isAlone = candidate.neighbours.isEmpty
    let neighbourShare = isAlone ? 0 : weight.parameters.neighbourShare
    let share = 1 - neighbourShare
    var own = first.parts.map { part in
      Explanation(value: part.value * share, label: part.label, details: part.details + [("share", share)])
    }
    for value in candidate.pairs {
      guard let words = weight.plan.words else { continue }
      own.append(
        Explanation(
          value: value.value * share, label: label(words.pairs[value.pair]),
          details: [
            ("times in order", Double(value.count.ordered)), ("times near", Double(value.count.near)),
            ("weight", value.weight), ("weight in order", weight.parameters.pairs.ordered),
            ("weight near", weight.parameters.pairs.near), ("K", value.saturation), ("share", share),
          ]))
    }
    var parts = [
      Explanation(
        value: own.reduce(0) { $0 + $1.value }, label: "its own words and pairs", details: [("share", share)],
        parts: own)
    ]
    if !isAlone { parts.append(try neighbourPart(candidate, pass, neighbourShare)) }
    return Explanation(
      value: parts.reduce(0) { $0 + $1.value }, label: "place among the first \(pass.candidates.count)", details: [],
      parts: parts)
  }

  private func neighbourPart(
    _ candidate: SecondPass.Candidate, _ pass: SecondPass, _ share: Double
  ) throws(IndexError) -> Explanation {
    let total = candidate.neighbours.reduce(0) { sum, neighbour in
      let score = pass.candidates[neighbour.index].own
      return sum + neighbour.similarity * score * score
    }
    var parts: [Explanation] = []
    for neighbour in candidate.neighbours {
      let other = pass.candidates[neighbour.index]
      let part = neighbour.similarity * other.own * other.own / total
      parts.append(
        Explanation(
          value: share * candidate.mean * part, label: "similar to '\(try id(of: other.key.address))'",
          details: [("similarity", neighbour.similarity), ("its own score", other.own)]))
    }
    return Explanation(
      value: parts.reduce(0) { $0 + $1.value }, label: "records most like it",
      details: [("share", share), ("root of the mean square", candidate.mean)], parts: parts)
  }

  /// The id of a record; its number where the segment keeps no ids.
  func id(of address: DocumentAddress) throws(IndexError) -> String {
    guard let column = try weight.segments[address.segment].reader.ordinalColumn("#id"),
      let ordinal = try column.ordinal(of: address.document)
    else { return "\(address.document)" }
    return try column.value(ordinal)
  }
}
