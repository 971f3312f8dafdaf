import Testing

@testable import SearchEngine

/// What is found does not depend on which nodes yield to others, and nodes that score see every candidate.
@Suite struct AnyMatcherTests {
  /// A fixed set of documents of window 0, which notes what it was asked of.
  private final class FixedMatcher: Matcher {
    let set: Set<Int>
    private let isLong: Bool
    private(set) var asked: Set<Int> = []

    init(_ set: Set<Int>, isLong: Bool) {
      self.set = set
      self.isLong = isLong
    }

    override var readsPositions: Bool { isLong }
    override var approximates: Bool { isLong }

    override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
      result.clear()
      for bit in AnyMatcherTests.members(candidates) {
        asked.insert(bit)
        if set.contains(bit) { result.insert(bit) }
      }
    }
  }

  private static func members(_ bits: WindowBits) -> [Int] {
    var found: [Int] = []
    var bit = bits.first(from: 0)
    while bit < WindowBits.length {
      found.append(bit)
      bit = bits.first(from: bit + 1)
    }
    return found
  }

  @Test func nodesThatYieldChangeNothing() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    for _ in 0..<300 {
      let count = Int.random(in: 1...7, using: &random)
      let minimum = Int.random(in: 1...2, using: &random)
      let nodes = (0..<count).map { _ in
        FixedMatcher(
          Set((0..<Int.random(in: 0...40, using: &random)).map { _ in Int.random(in: 0..<64, using: &random) }),
          isLong: Bool.random(using: &random))
      }
      let scores = nodes.map { _ in Bool.random(using: &random) }
      let candidates = WindowBuffer()
      for bit in 0..<64 where Int.random(in: 0..<4, using: &random) > 0 { candidates.bits.insert(bit) }
      let wanted = Self.members(candidates.bits).filter { bit in
        nodes.count { $0.set.contains(bit) } >= minimum
      }
      let matcher = AnyMatcher(nodes, scores: scores, minimum: minimum, counts: false, restrictsLeaves: false)
      let result = WindowBuffer()
      #expect(try matcher.nextWindow(from: 0) == 0)
      try matcher.fill(0, candidates.bits, result.bits)
      #expect(Self.members(result.bits) == wanted, "seed \(seed)")
      let all = Set(Self.members(candidates.bits))
      for (node, isScored) in zip(nodes, scores) where isScored || minimum > 1 {
        #expect(node.asked == all, "seed \(seed)")
      }
      guard matcher.approximates else { continue }
      // What an approximation leaves is confirmed as what matches.
      let rough = WindowBuffer()
      let again = AnyMatcher(nodes, scores: scores, minimum: minimum, counts: false, restrictsLeaves: false)
      _ = try again.nextWindow(from: 0)
      try again.approximate(0, candidates.bits, rough.bits)
      #expect(Set(Self.members(rough.bits)).isSuperset(of: wanted))
      try again.confirm(0, rough.bits, result.bits)
      #expect(Self.members(result.bits) == wanted, "seed \(seed)")
    }
  }
}
