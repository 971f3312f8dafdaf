/// The bytes of a gzip file (RFC 1952), unpacked as they are read, one member after the other; length and CRC-32 of each
/// are checked.
final class GzipSource: ByteSource {
  private let inflater: Inflater
  private var limit: ExpansionLimit
  private var checksum = CRC32()
  private var length: UInt32 = 0
  private var isBegun = false
  private var isDone = false

  init(_ source: any ByteSource, freeExpansion: Int = ExpansionLimit.free) {
    let counted = CountingSource(source)
    inflater = Inflater(counted)
    limit = ExpansionLimit(free: freeExpansion) { counted.count }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    while !isDone, buffer.count > 0 {
      if !isBegun { try header() }
      let count = try inflater.read(into: buffer)
      if count > 0 {
        checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        length &+= UInt32(truncatingIfNeeded: count)
        try limit.add(count)
        return count
      }
      try trailer()
    }
    return 0
  }

  private func header() throws(RecordError) {
    guard try inflater.nextAlignedByte() == 0x1F, try inflater.nextAlignedByte() == 0x8B else {
      throw RecordError(.unreadable, message: "expected a gzip member, found other bytes")
    }
    try restOfHeader()
  }

  /// The header behind its two bytes of identification.
  private func restOfHeader() throws(RecordError) {
    guard try inflater.nextAlignedByte() == 8 else {
      throw RecordError(.unreadable, message: "gzip data in a way of compression that is not known")
    }
    let flags = try inflater.nextAlignedByte()
    try skip(6)
    if flags & 4 != 0 {
      let low = Int(try inflater.nextAlignedByte())
      try skip(low | Int(try inflater.nextAlignedByte()) << 8)
    }
    // Name, then remark, each up to a zero byte.
    for flag in [UInt8(8), 16] where flags & flag != 0 {
      while try inflater.nextAlignedByte() != 0 {}
    }
    if flags & 2 != 0 { try skip(2) }
    inflater.restart()
    checksum = CRC32()
    length = 0
    isBegun = true
  }

  private func trailer() throws(RecordError) {
    let checksum = try number()
    let length = try number()
    guard checksum == self.checksum.value else {
      throw RecordError(.unreadable, message: "gzip data is damaged: its checksum is not that of the content")
    }
    guard length == self.length else {
      throw RecordError(.unreadable, message: "gzip data is damaged: its length is not that of the content")
    }
    // Another member may follow; anything else behind the end is padding.
    isBegun = false
    while let byte = try inflater.optionalAlignedByte() {
      if byte == 0 { continue }
      guard byte == 0x1F, try inflater.optionalAlignedByte() == 0x8B else { break }
      return try restOfHeader()
    }
    isDone = true
  }

  private func skip(_ count: Int) throws(RecordError) {
    for _ in 0..<count { _ = try inflater.nextAlignedByte() }
  }

  private func number() throws(RecordError) -> UInt32 {
    var value: UInt32 = 0
    for shift in stride(from: UInt32(0), to: 32, by: 8) { value |= UInt32(try inflater.nextAlignedByte()) << shift }
    return value
  }
}

/// Counts what is read through it.
final class CountingSource: ByteSource {
  private var source: any ByteSource
  private(set) var count = 0

  init(_ source: any ByteSource) { self.source = source }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    let count = try source.read(into: buffer)
    self.count += max(0, count)
    return count
  }
}

/// Refuses data that unpacks to absurd amounts.
struct ExpansionLimit {
  /// Below this nothing is refused: any reader here takes it in its stride.
  static let free = 64 << 20
  /// Real tables and texts shrink by 3 to 50 times; DEFLATE ends at 1,032.
  static let factor = 250

  private let free: Int
  private let read: () -> Int
  private var written = 0

  /// - Parameter read: the packed bytes read so far.
  init(free: Int = ExpansionLimit.free, read: @escaping () -> Int) {
    self.free = free
    self.read = read
  }

  mutating func add(_ count: Int) throws(RecordError) {
    written += count
    guard written > free, written / Self.factor > read() else { return }
    throw RecordError(
      .tooLarge,
      message:
        "unpacks to more than \(Self.factor) times its size: unpack it yourself if it is meant"
    )
  }
}
