import Storage
import Testing

@Suite struct BlockCompressionTests {
  static func compress(_ bytes: [UInt8], _ compressor: BlockCompressor = BlockCompressor()) -> [UInt8] {
    var output: [UInt8] = []
    bytes.withUnsafeBytes { compressor.compress($0, into: &output) }
    return output
  }

  static func decompress(_ bytes: [UInt8], _ count: Int) throws(BlockCompression.Failure) -> [UInt8] {
    var result: Result<[UInt8], BlockCompression.Failure> = .success([])
    bytes.withUnsafeBytes { pointer in
      result = Result { () throws(BlockCompression.Failure) in
        try BlockCompression.decompress(pointer, expectedCount: count)
      }
    }
    return try result.get()
  }

  /// Bytes of every degree of repetition: 0 is random, 7 nearly one byte.
  static func sample(_ count: Int, _ degree: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      if degree > 0, !bytes.isEmpty, Int.random(in: 0..<8, using: &random) < degree {
        let distance = Int.random(in: 1...min(bytes.count, degree > 5 ? 9 : 70_000), using: &random)
        for _ in 0..<Int.random(in: 1...(degree > 4 ? 400 : 20), using: &random) {
          bytes.append(bytes[bytes.count - distance])
        }
      } else {
        bytes += random.bytes(Int.random(in: 1...30, using: &random))
      }
    }
    return Array(bytes[..<count])
  }

  @Test func roundTrips() throws {
    var random = SeededGenerator(seed: 21)
    let compressor = BlockCompressor()
    for round in 0..<1500 {
      let count = round < 400 ? round / 8 : Int.random(in: 0...(round % 50 == 0 ? 300_000 : 5000), using: &random)
      let bytes = Self.sample(count, round % 8, &random)
      let compressed = Self.compress(bytes, compressor)
      #expect(compressed.count <= BlockCompression.bound(count))
      // What was compressed before makes no difference.
      if round % 10 == 0 { #expect(compressed == Self.compress(bytes)) }
      #expect(try Self.decompress(compressed, count) == bytes, "round \(round), count \(count)")
    }
  }

  @Test func repetitionShrinksAndNoiseHardlyGrows() throws {
    var random = SeededGenerator(seed: 22)
    let zeros = [UInt8](repeating: 0, count: 100_000)
    #expect(Self.compress(zeros).count < 450)
    let noise = random.bytes(100_000)
    #expect(Self.compress(noise).count <= 100_000 + 100_000 / 255 + 16)
    let text = Array(String(repeating: "the factory was inspected and the batch sealed; ", count: 500).utf8)
    #expect(Self.compress(text).count < text.count / 50)
    #expect(Self.compress([]) == [0])
  }

  @Test func appendsToTheOutput() throws {
    var output: [UInt8] = [7, 7]
    [1, 2, 3].withUnsafeBytes { BlockCompression.compress($0, into: &output) }
    #expect(output == [7, 7, 0x30, 1, 2, 3] || output.count > 6)
    #expect(output[..<2] == [7, 7])
  }

  /// Blocks written by hand from the format's description.
  @Test func readsHandmadeBlocks() throws {
    #expect(try Self.decompress([0x00], 0) == [])
    #expect(try Self.decompress([0x30, 1, 2, 3], 3) == [1, 2, 3])
    // One literal, a match of 4 + 3 at distance 1, then five literals.
    #expect(
      try Self.decompress([0x13, 9, 1, 0, 0x50, 1, 2, 3, 4, 5], 13) == [9, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 4, 5])
    // A length of 15 + 255 + 2 + 4 at distance 2.
    let long: [UInt8] = [0x2f, 1, 2, 2, 0, 255, 2, 0x10, 7]
    let expected = (0..<278).map { UInt8($0 % 2 + 1) } + [7]
    #expect(try Self.decompress(long, 279) == expected)
    // Twenty literals: 15 + 5.
    #expect(try Self.decompress([0xf0, 5] + (0..<20).map { UInt8($0) }, 20) == (0..<20).map { UInt8($0) })
  }

  @Test func refusesWhatIsNoBlock() {
    let table: [([UInt8], Int, BlockCompression.Failure)] = [
      ([], 0, .truncated(offset: 0)),
      ([0x30, 1, 2], 3, .truncated(offset: 1)),
      ([0xf0], 100, .truncated(offset: 1)),
      ([0x13, 9, 1], 13, .truncated(offset: 2)),
      ([0x13, 9, 1, 0], 8, .truncated(offset: 4)),
      ([0x13, 9, 0, 0, 0x00], 8, .badOffset(offset: 2, distance: 0, produced: 1)),
      ([0x13, 9, 2, 0, 0x00], 8, .badOffset(offset: 2, distance: 2, produced: 1)),
      ([0x30, 1, 2, 3], 2, .tooLong(offset: 1, expected: 2)),
      ([0x13, 9, 1, 0, 0x00], 7, .tooLong(offset: 4, expected: 7)),
      ([0x30, 1, 2, 3], 4, .tooShort(expected: 4, found: 3)),
      ([0x30, 1, 2, 3], 1 << 40, .tooShort(expected: 1 << 40, found: 4 * 255)),
      ([0x00], -1, .tooShort(expected: -1, found: 255)),
    ]
    for (bytes, count, expected) in table {
      do throws(BlockCompression.Failure) {
        let found = try Self.decompress(bytes, count)
        Issue.record("\(bytes) became \(found)")
      } catch {
        #expect(error == expected)
        #expect(error.description.contains("compressed block"))
      }
    }
    // A length that goes on for ever ends at the expected count.
    let endless = [0x0f] + [UInt8](repeating: 255, count: 10_000)
    #expect(throws: BlockCompression.Failure.self) { try Self.decompress([0x1f, 1, 1, 0] + endless, 1000) }
  }

  /// Changed, shortened and invented blocks, decoded between guard bytes: nothing outside is touched and nothing traps.
  @Test func hostileBlocksDoNoHarm() throws {
    let seed: UInt64 = 23
    var random = SeededGenerator(seed: seed)
    let compressor = BlockCompressor()
    var refused = 0
    let guardBytes = 32
    for round in 0..<2000 {
      let original = Self.sample(Int.random(in: 1...600, using: &random), round % 8, &random)
      let block = Self.compress(original, compressor)
      var memory = [UInt8](repeating: 0xa5, count: original.count + 2 * guardBytes)
      for mutation in 0..<100 {
        var hostile = block
        switch mutation % 5 {
        case 0: hostile[Int.random(in: hostile.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        case 1: hostile.removeLast(Int.random(in: 0...hostile.count, using: &random))
        case 2: hostile[Int.random(in: hostile.indices, using: &random)] = 255
        case 3:
          hostile.insert(UInt8.random(in: 0...255, using: &random), at: Int.random(in: hostile.indices, using: &random))
        default: hostile = random.bytes(Int.random(in: 0...40, using: &random))
        }
        let accepted = hostile.withUnsafeBytes { source in
          memory.withUnsafeMutableBytes { all in
            let target = UnsafeMutableRawBufferPointer(rebasing: all[guardBytes..<(all.count - guardBytes)])
            do {
              try BlockCompression.decompress(source, into: target)
              return true
            } catch { return false }
          }
        }
        if !accepted { refused += 1 }
        guard memory.prefix(guardBytes).allSatisfy({ $0 == 0xa5 }), memory.suffix(guardBytes).allSatisfy({ $0 == 0xa5 })
        else {
          Issue.record("wrote outside; seed \(seed), round \(round), mutation \(mutation)")
          return
        }
      }
    }
    #expect(refused > 100_000, "most of 200,000 changes are noticed, seed \(seed)")
  }
}
