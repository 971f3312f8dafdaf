/// Reads numbers and runs of bytes from a verified slice, checking every step against its end. The one place, with the
/// block decoders, that looks into mapped memory. All integers are little-endian.
struct ByteReader {
  let slice: ByteSlice
  private(set) var position: Int
  let end: Int

  /// - Precondition: `from <= to <= slice.count`, and the range has been verified.
  init(slice: ByteSlice, from: Int, to: Int) {
    precondition(from >= 0 && from <= to && to <= slice.count)
    self.slice = slice
    position = from
    end = to
  }

  var remaining: Int { end &- position }
  var isAtEnd: Bool { position == end }

  @inline(__always)
  private mutating func take(_ length: Int) throws(IndexError) -> UnsafeRawPointer {
    guard length >= 0, length <= end &- position else { throw truncated(length) }
    let pointer = slice.base + position
    position &+= length
    return pointer
  }

  @inline(never)
  private func truncated(_ length: Int) -> IndexError {
    slice.damaged(at: position, expected: "\(length) more bytes", found: "\(end - position)")
  }

  mutating func uint8() throws(IndexError) -> UInt8 { try take(1).load(as: UInt8.self) }

  mutating func uint16() throws(IndexError) -> UInt16 {
    UInt16(littleEndian: try take(2).loadUnaligned(as: UInt16.self))
  }

  mutating func uint32() throws(IndexError) -> UInt32 {
    UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self))
  }

  mutating func uint64() throws(IndexError) -> UInt64 {
    UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
  }

  /// LEB128, at most 10 bytes, the last one checked.
  mutating func varint() throws(IndexError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try uint8()
      if shift == 63, byte > 1 {
        throw slice.damaged(at: position - 1, expected: "a varint of 64 bits", found: "a longer one")
      }
      value |= UInt64(byte & 0x7f) &<< shift
      if byte < 0x80 { return value }
      shift &+= 7
      if shift > 63 { throw slice.damaged(at: position - 1, expected: "a varint of 10 bytes", found: "a longer one") }
    }
  }

  /// A varint that must not exceed `limit`; the count of things that follow, an offset, a length.
  mutating func count(atMost limit: Int) throws(IndexError) -> Int {
    let start = position
    let value = try varint()
    guard value <= UInt64(clamping: limit) else {
      throw slice.damaged(at: start, expected: "a number of at most \(limit)", found: "\(value)")
    }
    return Int(truncatingIfNeeded: value)
  }

  mutating func uint32Varint() throws(IndexError) -> UInt32 {
    UInt32(truncatingIfNeeded: try count(atMost: Int(UInt32.max)))
  }

  /// The next `length` bytes, in place.
  mutating func bytes(_ length: Int) throws(IndexError) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: try take(length), count: length)
  }

  /// A length (varint) and as many bytes.
  mutating func sizedBytes() throws(IndexError) -> UnsafeRawBufferPointer {
    try bytes(try count(atMost: remaining))
  }

  /// A length (varint) and as many bytes of valid UTF-8.
  mutating func string() throws(IndexError) -> String {
    let start = position
    let bytes = try sizedBytes()
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw slice.damaged(at: start, expected: "UTF-8 text", found: "other bytes")
    }
    return string
  }

  mutating func skip(_ length: Int) throws(IndexError) { _ = try take(length) }

  /// A reader over the next `length` bytes, which this one skips. Throws when there are not so many.
  mutating func part(_ length: Int) throws(IndexError) -> ByteReader {
    let start = position
    try skip(length)
    return ByteReader(slice: slice, from: start, to: position)
  }

  func damaged(expected: String, found: String) -> IndexError {
    slice.damaged(at: position, expected: expected, found: found)
  }
}
