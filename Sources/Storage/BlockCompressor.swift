/// A greedy compressor of the LZ4 block format with a table of recent positions that is kept between blocks.
/// Not thread-safe. The output depends on the block alone, not on the blocks before.
public final class BlockCompressor {
  /// 4096 entries of 4 bytes: half of a first-level cache, so that look-ups do not wait.
  private static let tableBits = 12
  /// After 2^6 misses in a row the search begins to skip bytes: data that does not compress passes quickly.
  private static let skipShift = 6
  /// Longest block, so that positions stay within 31 bits whatever came before.
  public static let longestBlock = 1 << 30

  /// `base` + the last position at which four bytes of that hash were seen. Values below `base` are of earlier blocks,
  /// so that the table need not be cleared.
  private let table: UnsafeMutablePointer<UInt32>
  private var base: UInt32 = 1
  /// Room for the longest output so far.
  private var scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: BlockCompression.bound(0), alignment: 16)

  public init() {
    table = .allocate(capacity: 1 << Self.tableBits)
    table.initialize(repeating: 0, count: 1 << Self.tableBits)
  }

  deinit {
    table.deallocate()
    scratch.deallocate()
  }

  /// Appends the compressed form of `source` to `output`; at most `BlockCompression.bound(source.count)` bytes.
  /// Precondition: `source` is no longer than `longestBlock`.
  public func compress(_ source: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    precondition(source.count <= Self.longestBlock, "a block is at most 1 GiB")
    if base > UInt32.max - UInt32(source.count) - 1 {
      table.update(repeating: 0, count: 1 << Self.tableBits)
      base = 1
    }
    let room = BlockCompression.bound(source.count) + 16
    if scratch.count < room {
      scratch.deallocate()
      scratch = .allocate(byteCount: room, alignment: 16)
    }
    guard let target = scratch.baseAddress else { return }
    let count = compress(source, to: target)
    output.append(contentsOf: scratch[..<count])
    base += UInt32(source.count) + 1
    // A large block's memory is not kept for the small ones that follow.
    if scratch.count > Self.keptLength {
      scratch.deallocate()
      scratch = .allocate(byteCount: Self.keptLength, alignment: 16)
    }
  }

  private static let keptLength = 1 << 20

  /// Compresses into memory of at least `bound` bytes; answers how many were written.
  private func compress(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) -> Int {
    let count = source.count
    var out = target
    guard let input = source.baseAddress else {
      out.storeBytes(of: 0, as: UInt8.self)
      return 1
    }
    let table = table
    let base = base
    /// Start of the literals that are not written yet.
    var anchor = 0
    let matchLimit = count - BlockCompression.lastLiterals
    let searchEnd = count - BlockCompression.matchMargin
    var position = 0
    if searchEnd > 0 {
      table[Self.slot(Self.eightBytes(input, 0))] = base
      position = 1
      while true {
        // Find a match.
        var candidate = 0
        var attempts = 1 << Self.skipShift
        var found = false
        while position < searchEnd {
          let bytes = Self.eightBytes(input, position)
          let slot = Self.slot(bytes)
          // An entry of an earlier block becomes the block's start, which is as good a candidate as any: one branch,
          // hardly ever taken, instead of a second that cannot be foreseen.
          candidate = Int(max(table[slot], base) &- base)
          table[slot] = base &+ UInt32(truncatingIfNeeded: position)
          if Self.word(input, candidate) == UInt32(truncatingIfNeeded: bytes),
            position &- candidate <= BlockCompression.farthestMatch
          {
            found = true
            break
          }
          position &+= attempts &>> Self.skipShift
          attempts &+= 1
        }
        guard found else { break }
        // Extend it backwards over literals, then forwards.
        while position > anchor, candidate > 0,
          input.load(fromByteOffset: position &- 1, as: UInt8.self)
            == input.load(fromByteOffset: candidate &- 1, as: UInt8.self)
        {
          position &-= 1
          candidate &-= 1
        }
        let length = Self.matchLength(input, candidate, position, limit: matchLimit)
        // Away from the block's end 16 bytes can be copied whatever the number of literals.
        Self.writeLiterals(
          input + anchor, position &- anchor, matchLength: length, hasRoom: anchor &+ 16 <= count, &out)
        out.storeBytes(of: UInt16(truncatingIfNeeded: position &- candidate).littleEndian, as: UInt16.self)
        out += 2
        let extra = length &- BlockCompression.shortestMatch
        if extra >= 15 { Self.writeLength(extra &- 15, &out) }
        position &+= length
        anchor = position
        guard position < searchEnd else { break }
        table[Self.slot(Self.eightBytes(input, position &- 2))] = base &+ UInt32(truncatingIfNeeded: position &- 2)
      }
    }
    Self.writeLiterals(
      input + anchor, count &- anchor, matchLength: BlockCompression.shortestMatch, hasRoom: false, &out)
    return out - target
  }

  @inline(__always)
  private static func word(_ input: UnsafeRawPointer, _ position: Int) -> UInt32 {
    UInt32(littleEndian: input.loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }

  @inline(__always)
  private static func eightBytes(_ input: UnsafeRawPointer, _ position: Int) -> UInt64 {
    UInt64(littleEndian: input.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// Hash of the first five of eight bytes, by 2^64 divided by the golden ratio (Knuth, volume 3, section 6.4): five,
  /// since the four that a match needs collide more in text.
  @inline(__always)
  private static func slot(_ bytes: UInt64) -> Int {
    Int(truncatingIfNeeded: (bytes &<< 24 &* 0x9e37_79b9_7f4a_7c15) &>> (64 - UInt64(tableBits)))
  }

  /// How long the bytes at both positions agree, the later one not going beyond `limit`; four at least are known to.
  @inline(__always)
  private static func matchLength(_ input: UnsafeRawPointer, _ earlier: Int, _ later: Int, limit: Int) -> Int {
    var length = BlockCompression.shortestMatch
    while later &+ length &+ 8 <= limit {
      let difference =
        UInt64(littleEndian: input.loadUnaligned(fromByteOffset: earlier &+ length, as: UInt64.self))
        ^ UInt64(littleEndian: input.loadUnaligned(fromByteOffset: later &+ length, as: UInt64.self))
      if difference != 0 { return length &+ difference.trailingZeroBitCount &>> 3 }
      length &+= 8
    }
    while later &+ length < limit,
      input.load(fromByteOffset: earlier &+ length, as: UInt8.self)
        == input.load(fromByteOffset: later &+ length, as: UInt8.self)
    {
      length &+= 1
    }
    return length
  }

  /// Writes a token and the literals.
  @inline(__always)
  private static func writeLiterals(
    _ literals: UnsafeRawPointer, _ count: Int, matchLength: Int, hasRoom: Bool,
    _ out: inout UnsafeMutableRawPointer
  ) {
    let low = min(matchLength &- BlockCompression.shortestMatch, 15)
    out.storeBytes(of: UInt8(truncatingIfNeeded: min(count, 15) &<< 4 | low), as: UInt8.self)
    out += 1
    if count >= 15 { writeLength(count &- 15, &out) }
    if count <= 16, hasRoom {
      out.storeBytes(of: literals.loadUnaligned(as: SIMD2<UInt64>.self), as: SIMD2<UInt64>.self)
    } else {
      out.copyMemory(from: literals, byteCount: count)
    }
    out += count
  }

  private static func writeLength(_ length: Int, _ out: inout UnsafeMutableRawPointer) {
    var rest = length
    while rest >= 255 {
      out.storeBytes(of: 255, as: UInt8.self)
      out += 1
      rest &-= 255
    }
    out.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
    out += 1
  }
}
