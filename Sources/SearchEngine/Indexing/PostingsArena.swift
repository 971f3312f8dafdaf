/// One growing byte stream for each term, all in one block of memory: runs of 16 bytes, then 32, … 4,096, each ending in
/// a link to the next (byte slices as in Lucene's and Tantivy's in-memory indexes). Three bytes a token on English text.
///
/// The block is taken once, at the size of the memory budget, and used again for every segment: pages that were never
/// touched cost nothing, and clearing fresh pages was the largest single cost of indexing when buffers came and went.
struct PostingsArena: ~Copyable {
  /// SAFETY: `capacity` bytes; every offset handed out lies in a run that was reserved below `used`.
  let base: UnsafeMutableRawPointer
  let capacity: Int
  private(set) var used = 0

  /// Lengths of successive runs, their links included. Doubling keeps the waste of short lists and the links of long ones low.
  static let firstRunLength = 16
  static let lastRunLength = 4096
  private static let linkLength = 4
  /// - Precondition: `capacity` is below 4 GB, so that offsets fit 32 bits.
  init(capacity: Int) {
    precondition(capacity > Self.lastRunLength && capacity < Int(UInt32.max))
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 4096)
  }

  deinit { base.deallocate() }

  mutating func removeAll() { used = 0 }

  /// A term's stream: where its next byte goes and where its run ends.
  struct Stream {
    var first: UInt32
    var next: UInt32
    /// Where the link at the end of the run begins.
    var limit: UInt32
    var runLength: UInt32
  }

  /// A new stream, or nil when the arena is full.
  mutating func makeStream() -> Stream? {
    guard let offset = reserveRun(Self.firstRunLength) else { return nil }
    return Stream(
      first: offset, next: offset, limit: Self.limit(offset, Self.firstRunLength),
      runLength: UInt32(Self.firstRunLength))
  }

  private static func limit(_ offset: UInt32, _ length: Int) -> UInt32 {
    offset &+ UInt32(truncatingIfNeeded: length - linkLength)
  }

  private mutating func reserveRun(_ length: Int) -> UInt32? {
    guard capacity - used >= length else { return nil }
    let offset = UInt32(used)
    used += length
    return offset
  }

  /// Writes one number (LEB128). Returns false when the arena is full: the caller flushes between records, well before.
  @inline(__always)
  mutating func append(_ value: UInt64, to stream: inout Stream) -> Bool {
    var value = value
    var next = stream.next
    while true {
      if next == stream.limit {
        stream.next = next
        guard extend(&stream) else { return false }
        next = stream.next
      }
      if value < 0x80 {
        base.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: Int(next), as: UInt8.self)
        stream.next = next &+ 1
        return true
      }
      base.storeBytes(of: UInt8(truncatingIfNeeded: value) | 0x80, toByteOffset: Int(next), as: UInt8.self)
      next &+= 1
      value &>>= 7
    }
  }

  @inline(never)
  private mutating func extend(_ stream: inout Stream) -> Bool {
    let length = min(Int(stream.runLength) * 2, Self.lastRunLength)
    guard let offset = reserveRun(length) else { return false }
    base.storeBytes(of: offset, toByteOffset: Int(stream.limit), as: UInt32.self)
    stream.next = offset
    stream.limit = Self.limit(offset, length)
    stream.runLength = UInt32(length)
    return true
  }

  /// Reads a stream back from its first byte.
  struct Reader {
    private let base: UnsafeMutableRawPointer
    private var position: UInt32
    private var limit: UInt32
    private var runLength: UInt32
    private let end: UInt32

    init(_ arena: borrowing PostingsArena, _ stream: Stream) {
      base = arena.base
      position = stream.first
      runLength = UInt32(PostingsArena.firstRunLength)
      limit = PostingsArena.limit(position, PostingsArena.firstRunLength)
      end = stream.next
    }

    @inline(__always)
    var isAtEnd: Bool { position == end }

    @inline(__always)
    mutating func next() -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        if position == limit { follow() }
        let byte = base.load(fromByteOffset: Int(position), as: UInt8.self)
        position &+= 1
        value |= UInt64(byte & 0x7f) &<< shift
        if byte < 0x80 { return value }
        shift &+= 7
      }
    }

    @inline(never)
    private mutating func follow() {
      position = base.loadUnaligned(fromByteOffset: Int(limit), as: UInt32.self)
      runLength = min(runLength &* 2, UInt32(PostingsArena.lastRunLength))
      limit = PostingsArena.limit(position, Int(runLength))
    }
  }
}
