import Testing

@testable import Storage

@Suite struct CRC32CTests {
  /// RFC 3720, section B.4, and the check value of the CRC catalogue.
  static let vectors: [([UInt8], UInt32)] = [
    ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
    ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
    ((0..<32).map { UInt8($0) }, 0x46dd_794e),
    ((0..<32).reversed().map { UInt8($0) }, 0x113f_db5c),
    (
      [
        0x01, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0x14, 0, 0, 0, 0x18,
        0x28, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0,
      ], 0xd996_3a56
    ),
    (Array("123456789".utf8), 0xe306_9283),
    ([], 0),
  ]

  @Test(arguments: vectors) func publishedVectors(_ bytes: [UInt8], _ expected: UInt32) {
    #expect(CRC32C.checksum(bytes) == expected)
    #expect(bytes.withUnsafeBytes { CRC32C.slicingBy8($0, seed: 0) } == expected)
  }

  @Test func bothTwinsAgreeOnAllShortLengthsAndStarts() {
    var random = SeededGenerator(seed: 11)
    let bytes = random.bytes(320)
    bytes.withUnsafeBytes { all in
      for start in 0..<16 {
        for length in 0...300 {
          let part = UnsafeRawBufferPointer(rebasing: all[start..<(start + length)])
          let seed = UInt32(truncatingIfNeeded: random.next())
          let slow = Self.bytewise(part, seed: seed)
          guard slow == CRC32C.slicingBy8(part, seed: seed), slow == CRC32C.checksum(part, seed: seed) else {
            Issue.record("start \(start), length \(length), seed \(seed)")
            return
          }
        }
      }
    }
  }

  /// Around the multiples of three streams of 1024 bytes, where the kernel changes its step.
  @Test func bothTwinsAgreeOnLongLengths() {
    var random = SeededGenerator(seed: 12)
    let bytes = random.bytes(70_000)
    bytes.withUnsafeBytes { all in
      for length in [3071, 3072, 3073, 3079, 3080, 6143, 6144, 6145, 9216, 65535, 65536, 65537, 69_990] {
        for start in [0, 1, 3, 8] {
          let part = UnsafeRawBufferPointer(rebasing: all[start..<(start + length)])
          #expect(CRC32C.slicingBy8(part, seed: 7) == CRC32C.checksum(part, seed: 7), "start \(start), \(length)")
        }
      }
    }
  }

  @Test func goesOnFromASeed() {
    var random = SeededGenerator(seed: 13)
    let bytes = random.bytes(10_000)
    let whole = CRC32C.checksum(bytes)
    for cut in [0, 1, 7, 8, 9, 3072, 5000, 9999, 10_000] {
      #expect(CRC32C.checksum(Array(bytes[cut...]), seed: CRC32C.checksum(Array(bytes[..<cut]))) == whole)
    }
  }

  /// One bit at a time, by the definition.
  private static func bytewise(_ bytes: UnsafeRawBufferPointer, seed: UInt32) -> UInt32 {
    var crc = ~seed
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82f6_3b78 : crc >> 1 }
    }
    return ~crc
  }
}
