/// Whether two systems differ by more than chance over the same topics: Fisher's paired randomisation test, two-sided
/// (Smucker, Allan and Carterette 2007, section 3.3). Each topic's difference gets a random sign; p is the share of
/// sign patterns whose mean is at least as far from 0 as the one seen.
public struct RandomisationTest: Hashable, Sendable {
  public let meanDifference: Double
  public let p: Double
  /// Whether all sign patterns were tried; otherwise a sample of them was, drawn from `seed`.
  public let isExact: Bool
  public let trials: Int
  public let seed: UInt64

  /// Compares values of two systems, topic by topic; the lists must be equally long.
  /// - Parameters:
  ///   - trials: patterns to draw when there are more than that; 100,000 gives p to about ±0.001 at 0.05.
  public init(_ first: [Double], _ second: [Double], trials: Int = 100_000, seed: UInt64 = 1) {
    precondition(first.count == second.count, "two values a topic")
    let differences = zip(first, second).map { $0 - $1 }.filter { $0 != 0 }
    let observed = abs(differences.reduce(0, +))
    // Sums taken in another order differ in their last bits; such a one is a tie, and ties count.
    let threshold = observed * (1 - 1e-12)
    self.seed = seed
    meanDifference = first.isEmpty ? 0 : zip(first, second).reduce(0) { $0 + $1.0 - $1.1 } / Double(first.count)
    isExact = differences.count < 30 && 1 << differences.count <= trials
    var extreme = 0
    if isExact {
      self.trials = 1 << differences.count
      for pattern in 0..<self.trials {
        var sum = 0.0
        for (index, difference) in differences.enumerated() {
          sum += pattern >> index & 1 == 0 ? difference : -difference
        }
        if abs(sum) >= threshold { extreme += 1 }
      }
      p = Double(extreme) / Double(self.trials)
    } else {
      self.trials = trials
      var state = seed
      for _ in 0..<trials {
        var sum = 0.0
        var bits: UInt64 = 0
        for (index, difference) in differences.enumerated() {
          if index % 64 == 0 { bits = Self.next(&state) }
          sum += bits & 1 == 0 ? difference : -difference
          bits >>= 1
        }
        if abs(sum) >= threshold { extreme += 1 }
      }
      // The pattern that was seen is one of them: p is never 0.
      p = Double(extreme + 1) / Double(trials + 1)
    }
  }

  /// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
