import Testing

@testable import SearchEngine

/// The word-by-word work of joins against bit by bit.
@Suite struct JoinedSetTests {
  private static func bits(_ random: inout RandomCollection, one share: Int) -> WindowBuffer {
    let buffer = WindowBuffer()
    for bit in 0..<WindowBits.length where Int.random(in: 0..<share, using: &random) == 0 { buffer.bits.insert(bit) }
    return buffer
  }

  private static func members(_ bits: WindowBits) -> [Int] { (0..<WindowBits.length).filter { bits.contains($0) } }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func agreesWithBitByBit(seed: UInt64) throws {
    var random = RandomCollection(seed: seed)
    let links = try HubLinks("enterprise", [])
    for _ in 0..<20 {
      let count = Int.random(in: 1...10_000, using: &random)
      var set = JoinedSet(links)
      set.words = Array(repeating: 0, count: (count + 63) / 64)
      for _ in 0..<(count / 2) { set.insert(UInt32.random(in: 0..<UInt32(count), using: &random)) }
      let first = Int.random(in: 0...count, using: &random)
      let result = Self.bits(&random, one: 2)
      set.copy(from: first, to: result.bits)
      #expect(
        Self.members(result.bits)
          == (0..<WindowBits.length).filter { set.contains(UInt32(first + $0)) }, "seed \(seed)")

      // Documents of two windows, some belonging to none.
      let numbers = (0..<Int.random(in: 1...6_000, using: &random)).map { _ in
        Int.random(in: 0..<4, using: &random) == 0
          ? HubLinks.none : UInt32.random(in: 0..<UInt32(count), using: &random)
      }
      for start in [0, WindowBits.length] {
        let candidates = Self.bits(&random, one: Int.random(in: 1...40, using: &random))
        let inside = Self.members(candidates.bits).filter { start + $0 < numbers.count }
        result.bits.clear()
        set.select(numbers, from: start, candidates.bits, into: result.bits)
        #expect(Self.members(result.bits) == inside.filter { set.contains(numbers[start + $0]) }, "seed \(seed)")
        var grown = set
        grown.insert(numbers, from: start, candidates.bits)
        var expected = set
        for bit in inside where numbers[start + bit] != HubLinks.none { expected.insert(numbers[start + bit]) }
        #expect(grown.words == expected.words, "seed \(seed)")
      }
    }
  }
}
