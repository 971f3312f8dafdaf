/// Compression of blocks of bytes in the LZ4 block format: fast, byte-aligned, without a frame.
///
/// Format: github.com/lz4/lz4, doc/lz4_Block_format.md (2022-07-31). A block is a run of sequences: a token (high half:
/// number of literals, low half: length of the match less 4; 15 goes on in bytes of 255), the literals, the offset of
/// the match in two bytes, least first. The last sequence has literals only. Neither the length of the block nor a
/// checksum is part of the format: both are kept outside, and so the decoder is told how much to expect.
public enum BlockCompression {
  /// Why compressed bytes were refused. Offsets count from the start of the compressed block.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The block ends inside a sequence.
    case truncated(offset: Int)
    /// A match begins before the start of the data, or its offset is 0.
    case badOffset(offset: Int, distance: Int, produced: Int)
    /// The block holds more than was expected.
    case tooLong(offset: Int, expected: Int)
    /// The block holds less than was expected.
    case tooShort(expected: Int, found: Int)

    public var description: String {
      switch self {
      case .truncated(let offset): return "compressed block ends inside a sequence at byte \(offset)"
      case .badOffset(let offset, let distance, let produced):
        return "compressed block refers \(distance) bytes back at byte \(offset), after \(produced) bytes of data"
      case .tooLong(let offset, let expected):
        return "compressed block holds more than the expected \(expected) bytes, seen at byte \(offset)"
      case .tooShort(let expected, let found):
        return "compressed block holds \(found) bytes of data, expected \(expected)"
      }
    }
  }

  /// Shortest match of the format.
  static let shortestMatch = 4
  /// The last bytes of a block are literals, by the format; and no match begins within the last `matchMargin`.
  static let lastLiterals = 5
  static let matchMargin = 12
  /// The farthest a match may refer back, by the format.
  static let farthestMatch = 65535

  /// The longest that `count` bytes can become: every 255 literals take one byte more.
  public static func bound(_ count: Int) -> Int { count + count / 255 + 16 }

  /// The most bytes that a compressed block of `count` bytes can stand for: what is checked before memory is taken for
  /// it. One byte stands for 255 bytes of a match at most.
  static func expansion(_ count: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: 255)
    return overflow ? .max : product
  }

  /// Appends the compressed form of `source` to `output`. For many blocks keep a `BlockCompressor`; this makes one.
  public static func compress(_ source: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    BlockCompressor().compress(source, into: &output)
  }

  /// The data of a compressed block.
  /// - Parameter expectedCount: how many bytes the block must hold; at most what the caller is ready to allocate. It is
  ///   refused before any allocation when no block of this length can hold it.
  /// - Throws: `Failure`, for any bytes that are not a block of exactly `expectedCount` bytes of data.
  public static func decompress(
    _ source: UnsafeRawBufferPointer, expectedCount: Int
  ) throws(Failure) -> [UInt8] {
    guard expectedCount >= 0, expectedCount <= expansion(source.count) else {
      throw .tooShort(expected: expectedCount, found: expansion(source.count))
    }
    var failure: Failure?
    let data = [UInt8](unsafeUninitializedCapacity: expectedCount) { target, count in
      do throws(Failure) {
        try decompress(source, into: UnsafeMutableRawBufferPointer(target))
        count = expectedCount
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return data
  }
}
