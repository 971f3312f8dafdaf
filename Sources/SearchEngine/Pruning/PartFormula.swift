/// What one word adds to the score of a document, and bounds on it that hold to the last bit.
///
/// factor · f / (f + K), K = base + slope · length, in the operations of ``SegmentScorer`` and rounded to the same grid.
struct PartFormula {
  let factor: Double
  let base: Double
  let slope: Double
  let grid: ScoreGrid

  /// The least K at which rounding cannot turn the order of two frequencies: from f to f + 1, up to 254, the part grows by
  /// more than K / 254² of itself, thousands of times a rounding error.
  static let leastSaturation = 0x1p-20

  init(_ weight: QueryWeight, factor: Double, averageLength: Double) {
    let norm = BM25.lengthNorm(weight.parameters, averageLength: averageLength)
    self.factor = factor
    base = norm.base
    slope = norm.slope
    grid = weight.grid
  }

  /// Whether the bounds are proven; where not, everything has to be scored.
  var isSound: Bool {
    base >= Self.leastSaturation && base.isFinite && slope >= 0 && slope.isFinite && factor > 0 && factor.isFinite
      && grid.step > 0
  }

  @inline(__always)
  func part(_ frequency: Double, _ length: Double) -> Double {
    grid.rounded(factor * frequency / (frequency + (base + slope * length)))
  }

  /// Two at a time, in the same operations: the same bits as of one.
  @inline(__always)
  func parts(_ frequencies: SIMD2<Double>, _ lengths: SIMD2<Double>) -> SIMD2<Double> {
    grid.rounded(factor * frequencies / (frequencies + (base + slope * lengths)))
  }

  /// No part of a document of this length is higher that holds the word `frequency` times or less.
  @inline(__always)
  func bound(_ frequency: UInt32, _ length: Double) -> Double {
    frequency >= Impacts.saturatedFrequency ? most : part(Double(frequency), length)
  }

  /// No part is higher, whatever frequency and length: one quotient of rounded numbers is at most 2^-52 above the factor.
  var most: Double { grid.rounded(factor * (1 + 0x1p-50)) }

  /// No posting of the block has a higher part: K falls with the length code rounded down, the quotient rises with f.
  @inline(__always)
  func bound(_ impacts: Impacts) -> Double {
    var best = 0.0
    var previous: UInt64 = .max
    for pair in 0..<Impacts.pairCount {
      let bits = impacts.bits &>> UInt64(pair &* 16) & 0xffff
      if bits == previous { break }
      previous = bits
      let frequency = impacts.frequency(pair)
      if frequency == Impacts.saturatedFrequency { return most }
      best = max(best, factor * Double(frequency) / (Double(frequency) + (base + slope * Double(impacts.length(pair)))))
    }
    return grid.rounded(best)
  }
}
