/// The checksums of a run of bytes that starts a file: one CRC-32C a block, and one over those.
///
/// The whole-file checksum is the CRC-32C of the little-endian block checksums in order, so that every byte is hashed
/// once, while it is still in the cache, and a reader can verify one block on first touch or the whole file with the
/// same numbers. An empty run has no blocks and the checksum 0.
public struct ContentChecksums: Hashable, Sendable {
  /// 64 KiB: small enough that the first touch of a block costs microseconds, large enough that the table of
  /// checksums is 1/16384 of the file.
  public static let blockSize = 65536

  /// The number of bytes covered.
  public let count: Int
  /// One for every `blockSize` bytes, the last block being whatever is left.
  public let blocks: [UInt32]
  /// CRC-32C of `blocks` as little-endian bytes.
  public let checksum: UInt32

  /// `blocks` are trusted to be those of `count` bytes.
  init(count: Int, blocks: [UInt32]) {
    self.count = count
    self.blocks = blocks
    self.checksum = Self.combine(blocks)
  }

  /// Computes the checksums of bytes in memory. Cost: one pass.
  public init(of bytes: UnsafeRawBufferPointer) {
    var blocks: [UInt32] = []
    blocks.reserveCapacity(bytes.count / Self.blockSize + 1)
    var start = 0
    while start < bytes.count {
      let end = min(start + Self.blockSize, bytes.count)
      blocks.append(CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
      start = end
    }
    self.init(count: bytes.count, blocks: blocks)
  }

  /// The whole-file checksum that belongs to block checksums.
  public static func combine(_ blocks: [UInt32]) -> UInt32 {
    var crc: UInt32 = 0
    for block in blocks {
      crc = withUnsafeBytes(of: block.littleEndian) { CRC32C.checksum($0, seed: crc) }
    }
    return crc
  }
}
