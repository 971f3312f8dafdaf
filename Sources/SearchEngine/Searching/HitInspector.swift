/// Looks closer at single hits: why they matched, how their score comes about.
struct HitInspector {
  let weight: QueryWeight

  init(_ weight: QueryWeight) { self.weight = weight }

  /// How often the word stands in the record, all its forms together, fields weighted.
  private func frequency(_ term: Int, _ address: DocumentAddress) throws(IndexError) -> UInt32 {
    let reader = weight.segments[address.segment].reader
    var sum: UInt32 = 0
    for form in weight.terms[term].forms[address.segment] {
      let cursor = try reader.postings(form.info)
      if try cursor.advance(to: address.document) == address.document { sum &+= try cursor.frequency() }
    }
    return sum
  }

  /// The score of a hit as a tree whose parts sum to it.
  func explanation(of address: DocumentAddress) throws(IndexError) -> Explanation {
    let segment = weight.segments[address.segment]
    let norm = BM25.lengthNorm(weight.parameters, averageLength: segment.averageLength)
    let length = Double(try segment.reader.lengths[address.document])
    let saturation = norm.base + norm.slope * length
    var parts: [Explanation] = []
    for leaf in try SegmentSearch.leaves(weight, of: address) {
      for term in leaf.terms {
        let numbers = weight.terms[term]
        if numbers.factor == 0 { continue }
        let frequency = Double(try frequency(term, address))
        let value = weight.grid.rounded(numbers.factor * frequency / (frequency + saturation))
        parts.append(
          Explanation(
            value: value, label: "word '\(weight.plan.terms[term].text)'",
            details: [
              ("frequency", frequency), ("boost", numbers.boost), ("idf", numbers.inverseDocumentFrequency),
              ("documents with it", Double(numbers.documentFrequency)), ("documents", Double(weight.documentCount)),
              ("length", length), ("average length", segment.averageLength), ("K", saturation),
              ("scale", weight.parameters.scale),
            ]))
      }
    }
    parts += try bonusParts(of: address)
    if let profile = weight.parameters.profile, let factors = try ProfileFactors(weight, segment) {
      let relevance = parts.reduce(0) { $0 + $1.value }
      let (recency, severity) = try factors.gains(address.document)
      parts.append(
        Explanation(
          value: relevance * (1 + recency + severity) - relevance, label: "profile '\(profile.name)'",
          details: [("relevance", relevance), ("recency", recency), ("severity", severity)]))
    }
    return Explanation(
      value: parts.reduce(0) { $0 + $1.value }, label: "sum of words and pairs", details: [], parts: parts)
  }
}
