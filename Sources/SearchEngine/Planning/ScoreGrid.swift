/// Rounds what each word adds to a score to a multiple of one power of two, so that sums of parts are exact in `Double`:
/// the order of additions, and with it the way in which a query is evaluated, cannot show in a score's bits.
///
/// The step is 2^-44 of the power of two above the sum of all factors: some 10^-13 of the highest score there can be. Up to
/// 2^9 times that sum is still exact. Decision 22 has the numbers.
struct ScoreGrid: Sendable {
  /// 1.5 · 2^52 steps: between 2^52 and 2^53 of them neighbouring numbers are one step apart.
  private let shift: Double

  /// Binary digits of the sum of all factors, in steps. 44 of 53: the rest is headroom for words that count twice.
  private static let digits = 44

  /// `total`: the sum of the factors of the query's words. Where it is no positive finite number nothing is rounded.
  init(total: Double) {
    guard total > 0, total.isFinite, total < 0x1p900, total > 0x1p-900 else {
      shift = 0
      return
    }
    shift = Double(sign: .plus, exponent: Int(total.exponent) + 1 - Self.digits + 52, significand: 1.5)
  }

  /// Distance of two neighbouring multiples; 0 where nothing is rounded.
  var step: Double { shift / 0x1.8p52 }

  /// The nearest multiple of the step. Rises with `part`, never falls.
  @inline(__always)
  func rounded(_ part: Double) -> Double { (part + shift) - shift }

  /// The same of two.
  @inline(__always)
  func rounded(_ parts: SIMD2<Double>) -> SIMD2<Double> { (parts + shift) - shift }
}
