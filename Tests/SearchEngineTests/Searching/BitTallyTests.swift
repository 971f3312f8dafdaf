import Testing

@testable import SearchEngine

@Suite struct BitTallyTests {
  @Test("Rows are counted bit by bit as one counts them one by one", arguments: [0, 1, 2, 7, 15, 16, 17, 63, 1_000])
  func likeOneByOne(rows: Int) {
    var random = SeededGenerator(UInt64(rows) &+ 77)
    var (narrow, wide) = (BitTally<SIMD4<UInt64>>(), BitTally<SIMD8<UInt64>>())
    var expected = [Int](repeating: 0, count: 512)
    for _ in 0..<rows {
      var (four, eight) = (SIMD4<UInt64>.zero, SIMD8<UInt64>.zero)
      for lane in 0..<8 {
        let word = random.next() & random.next()
        if lane < 4 { four[lane] = word }
        eight[lane] = word
        for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 { expected[lane * 64 + bit] += 1 }
      }
      narrow.add(four)
      wide.add(eight)
    }
    #expect(wide.counts == expected)
    #expect(narrow.counts == Array(expected.prefix(256)))
  }
}
