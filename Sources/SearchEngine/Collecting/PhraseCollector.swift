/// Scores the matches of a phrase by how often the phrase stands in them.
final class PhraseCollector: Collector {
  private let weight: QueryWeight
  private var top: TopHits
  private var segment: SegmentContext?
  private var counter: PhraseCounter?

  init(_ weight: QueryWeight, limit: Int) {
    self.weight = weight
    top = TopHits(capacity: limit, after: nil)
  }

  var hits: [HitKey] { top.sorted }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    self.segment = segment
    counter = nil
    let slots = weight.terms.indices.map { (forms: weight.terms[$0].forms[segment.ordinal], offset: UInt32($0)) }
    if slots.allSatisfy({ !$0.forms.isEmpty }) { counter = try PhraseCounter(segment.reader, slots: slots) }
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    guard let segment, let counter else { return }
    var idf = 0.0
    for term in weight.terms { idf += term.inverseDocumentFrequency }
    let norm = BM25.lengthNorm(weight.parameters, averageLength: segment.averageLength)
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
      let frequency = Double(try counter.count(in: document))
      let length = Double(try segment.reader.lengths[document])
      let score = weight.grid.rounded(idf * frequency / (frequency + (norm.base + norm.slope * length)))
      top.offer(
        HitKey(
          tier: 0, sortValue: 0, score: score,
          address: DocumentAddress(segment: segment.ordinal, document: document)))
      bit = matches.bits.first(from: bit + 1)
    }
  }
}
