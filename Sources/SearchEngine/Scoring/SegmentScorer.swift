/// Scores the matching documents of one segment, window by window: for each leaf of the plan in query order, for each
/// word of the leaf, its part is added. Parts are on the query's ``ScoreGrid``, so that sums are exact: whatever the segment
/// and the order of additions, equal statistics give equal bits.
final class SegmentScorer {
  private struct Part {
    let leaf: MatchedLeaf
    let factor: Double
    let frequencies: TermFrequencies
  }

  /// With more parts than this the clock is read before each: one takes up to 50 µs a window.
  private static let many = 64

  private let parts: [Part]
  private let meter: WorkMeter
  private let bonus: PairBonus?
  private let profile: ProfileFactors?
  private let reader: SegmentReader
  private let norm: (base: Double, slope: Double)
  private let grid: ScoreGrid
  /// SAFETY: 4,096 each, allocated in `init`, freed in `deinit`; indexed by bits of a window.
  let scores: UnsafeMutablePointer<Double>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let wanted = WindowBuffer()

  init(_ weight: QueryWeight, _ segment: SegmentContext, _ leaves: [MatchedLeaf]) throws(IndexError) {
    meter = weight.meter
    reader = segment.reader
    norm = BM25.lengthNorm(weight.parameters, averageLength: segment.averageLength)
    grid = weight.grid
    var made: [Part] = []
    for leaf in leaves {
      for term in leaf.terms {
        let forms = weight.terms[term].forms[segment.ordinal]
        let factor = weight.terms[term].factor
        if forms.isEmpty || factor == 0 { continue }
        made.append(Part(leaf: leaf, factor: factor, frequencies: TermFrequencies(segment.reader, forms: forms)))
      }
    }
    parts = made
    bonus = try PairBonus(weight, segment, leaves)
    profile = try ProfileFactors(weight, segment)
    scores = .allocate(capacity: WindowBits.length)
    frequencies = .allocate(capacity: WindowBits.length)
    scores.initialize(repeating: 0, count: WindowBits.length)
    frequencies.initialize(repeating: 0, count: WindowBits.length)
  }

  deinit {
    scores.deallocate()
    frequencies.deallocate()
  }

  /// Whether every match scores 0: nothing in the query adds to scores here.
  var isConstant: Bool { parts.isEmpty && bonus == nil }

  /// Sets `scores[bit]` for every bit of `matches`; where the score is below `floor`, to no more than it.
  func score(_ window: Int, _ matches: WindowBits, floor: Double? = nil) throws(IndexError) {
    var bit = matches.first(from: 0)
    while bit < WindowBits.length {
      scores[bit] = 0
      bit = matches.first(from: bit &+ 1)
    }
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    for part in parts where part.leaf.window == window {
      if parts.count > Self.many, meter.isOver { return }
      let wanted = wanted.bits
      wanted.copy(matches)
      wanted.formIntersection(part.leaf.bits)
      let count = wanted.count
      if count == 0 { continue }
      try part.frequencies.add(window, wanted, wantedCount: count, to: frequencies)
      bit = wanted.first(from: 0)
      while bit < WindowBits.length {
        let frequency = Double(frequencies[bit])
        frequencies[bit] = 0
        let length = Double(try reader.lengths[base &+ UInt32(truncatingIfNeeded: bit)])
        scores[bit] += grid.rounded(part.factor * frequency / (frequency + (norm.base + norm.slope * length)))
        bit = wanted.first(from: bit &+ 1)
      }
    }
    // A profile's factors come behind, and are not known here.
    try bonus?.add(window, matches, to: scores, floor: profile == nil ? floor : nil)
    try profile?.apply(window, matches, to: scores)
  }
}
