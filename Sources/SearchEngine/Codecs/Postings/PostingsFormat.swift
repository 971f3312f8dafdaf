import BitPacking

/// Layout of the postings file: for each term of two or more documents a list of (document, frequency). The page
/// `FileFormat/Postings.md` draws it; what is said here is what the writer and the cursor share.
enum PostingsFormat {
  /// All lists, one after another.
  static let data = SectionTag("DATA")
  /// Postings in a block. 128 fills the vectors of the packing and keeps a block's impacts tight.
  static let blockLength = BitPacking.blockLength
  /// Block offsets are written once a group; inside it they are sums of sizes told by the tags.
  static let groupLength = 8
  /// Bytes of a block's impacts: four pairs of (frequency, length code).
  static let impactsLength = 8
  /// Added to a document tag when the block is a set of bits; the rest is its length in words of 64 bits.
  static let bitSetFlag: UInt8 = 0x40
  /// A bit set is at most this many words: what still beats 128 packed gaps of 31 bits.
  static let maximumBitSetWords = 62

  /// Bytes of the header arrays of a list of `blocks` blocks (2 or more).
  static func headerLength(blocks: Int) -> Int {
    blocks * (4 + impactsLength + 2) + groupCount(blocks: blocks) * 4
  }

  static func groupCount(blocks: Int) -> Int { (blocks + groupLength - 1) / groupLength }

  /// Bytes of a full block's documents by its tag; nil for a tag that no writer makes.
  @inline(__always)
  static func documentsLength(tag: UInt8) -> Int? {
    if tag <= UInt8(BitPacking.maximumWidth) { return BitPacking.blockByteCount(width: Int(tag)) }
    let words = Int(tag & ~bitSetFlag)
    guard tag & bitSetFlag != 0, tag < 0x80, words >= 2, words <= maximumBitSetWords else { return nil }
    return words &* 8
  }
}

/// Packed numbers with patches: most values fit a small width, the few that do not leave their high bits in patches
/// behind the packed ones (after Zukowski and others 2006, PFOR; three bits of patch count as in Lucene's PForUtil).
///
/// The header byte is `width | patches << 5`. A patch is two bytes: the value's number in the block, and its bits above
/// `width`. Used for frequencies and positions; document gaps are summed up and so never patched.
enum PatchedPacking {
  static let maximumPatches = 7

  @inline(__always)
  static func width(_ header: UInt8) -> Int { Int(header & 31) }

  @inline(__always)
  static func patches(_ header: UInt8) -> Int { Int(header &>> 5) }

  /// Bytes after the header of a full block.
  @inline(__always)
  static func blockLength(_ header: UInt8) -> Int {
    BitPacking.blockByteCount(width: width(header)) &+ patches(header) &* 2
  }

  /// Bytes after the header of a run of `count` values.
  @inline(__always)
  static func runLength(_ header: UInt8, count: Int) -> Int {
    BitPacking.runByteCount(count: count, width: width(header)) &+ patches(header) &* 2
  }

  /// The header that takes the fewest bytes for `count` values (1...128), each below 2^31.
  static func header(_ values: UnsafePointer<UInt32>, count: Int) -> UInt8 {
    // histogram[w]: how many values need exactly w bits.
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 33) { histogram in
      histogram.initialize(repeating: 0)
      for k in 0..<count { histogram[32 - values[k].leadingZeroBitCount] += 1 }
      var widest = 31
      while widest > 0, histogram[widest] == 0 { widest -= 1 }
      var best = widest
      var bestPatches = 0
      var bestCost = count * widest
      var over = 0
      var width = widest
      while width > 0, widest - (width - 1) <= 8 {
        over += Int(histogram[width])
        width -= 1
        guard over <= maximumPatches else { break }
        let cost = count * width + over * 16
        if cost < bestCost {
          best = width
          bestPatches = over
          bestCost = cost
        }
      }
      return UInt8(best | bestPatches << 5)
    }
  }

  /// Appends the packed values and their patches (not the header). `isBlock`: 128 values in the block layout. The values
  /// are left masked to the width.
  static func append(
    _ values: UnsafeMutablePointer<UInt32>, count: Int, header: UInt8, isBlock: Bool, to buffer: inout ByteBuffer
  ) {
    let width = width(header)
    let mask: UInt32 = (1 &<< UInt32(width)) &- 1
    let length = isBlock ? BitPacking.blockByteCount(width: width) : BitPacking.runByteCount(count: count, width: width)
    let start = buffer.reserve(length + maximumPatches * 2)
    var written = length
    if patches(header) > 0 {
      for k in 0..<count where values[k] > mask {
        start.storeBytes(of: UInt8(truncatingIfNeeded: k), toByteOffset: written, as: UInt8.self)
        start.storeBytes(
          of: UInt8(truncatingIfNeeded: values[k] &>> UInt32(width)), toByteOffset: written + 1, as: UInt8.self)
        written += 2
        values[k] &= mask
      }
    }
    if isBlock {
      BitPacking.packBlock(values, width: width, into: start)
    } else {
      BitPacking.packRun(values, count: count, width: width, into: start)
    }
    buffer.advance(by: written)
  }

  /// Decodes a full block into slot order.
  ///
  /// SAFETY (caller's proof): `source` has ``blockLength(_:)`` readable bytes, `out` room for 128.
  @inline(__always)
  static func decodeBlock(_ source: UnsafeRawPointer, header: UInt8, into out: UnsafeMutablePointer<UInt32>) {
    let width = width(header)
    BitPacking.unpackBlock(source, width: width, into: out)
    var patch = source + BitPacking.blockByteCount(width: width)
    for _ in 0..<patches(header) {
      let slot = BitPacking.slot(of: Int(patch.load(as: UInt8.self) & 127))
      out[slot] |= UInt32(patch.load(fromByteOffset: 1, as: UInt8.self)) &<< UInt32(width)
      patch += 2
    }
  }

  /// Value `k` of a full block alone.
  ///
  /// SAFETY (caller's proof): `source` has ``blockLength(_:)`` readable bytes, and `k` is in 0..<128.
  @inline(__always)
  static func value(_ k: Int, of source: UnsafeRawPointer, header: UInt8) -> UInt32 {
    let width = width(header)
    var value = BitPacking.value(k, of: source, width: width)
    var patch = source + BitPacking.blockByteCount(width: width)
    for _ in 0..<patches(header) {
      if Int(patch.load(as: UInt8.self) & 127) == k {
        value |= UInt32(patch.load(fromByteOffset: 1, as: UInt8.self)) &<< UInt32(width)
      }
      patch += 2
    }
    return value
  }

  /// Decodes a run into natural order. A patch outside the run is ignored: the caller's counts do not depend on it.
  ///
  /// SAFETY (caller's proof): `source` has ``runLength(_:count:)`` readable bytes, `out` room for `count`.
  static func decodeRun(_ source: UnsafeRawPointer, header: UInt8, count: Int, into out: UnsafeMutablePointer<UInt32>) {
    let width = width(header)
    BitPacking.unpackRun(source, count: count, width: width, into: out)
    var patch = source + BitPacking.runByteCount(count: count, width: width)
    for _ in 0..<patches(header) {
      let index = Int(patch.load(as: UInt8.self))
      if index < count { out[index] |= UInt32(patch.load(fromByteOffset: 1, as: UInt8.self)) &<< UInt32(width) }
      patch += 2
    }
  }
}
