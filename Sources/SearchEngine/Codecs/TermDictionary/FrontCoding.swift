#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Front coding of sorted byte strings: a string is stored as the number of bytes it shares with the one before it and
/// the bytes that follow (Witten, Moffat, Bell, *Managing Gigabytes*, section 4.1).
///
/// ```
/// ┌────────────────────────┬──────────────┬──────────────┬──────────────┐
/// │ shared 4 │ suffix 4    │ varint if 15 │ varint if 15 │ suffix bytes │
/// └────────────────────────┴──────────────┴──────────────┴──────────────┘
///   high       low nibble    shared - 15    suffix - 15
/// ```
enum FrontCoding {
  /// A nibble of this value means: the number is this plus the varint that follows. English suffixes are 1 to 8 long.
  static let escape = 15

  /// Bytes that both begin with. Cost: linear in the result.
  @inline(__always)
  static func sharedLength(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int {
    let limit = min(first.count, second.count)
    var length = 0
    while length < limit, first[length] == second[length] { length &+= 1 }
    return length
  }

  /// Appends `term` as coded after `previous`.
  static func append(
    _ term: UnsafeRawBufferPointer, after previous: UnsafeRawBufferPointer, to buffer: inout ByteBuffer
  ) {
    let shared = sharedLength(previous, term)
    let suffix = term.count - shared
    buffer.append(UInt8(min(shared, escape) << 4 | min(suffix, escape)))
    if shared >= escape { buffer.appendVarint(shared - escape) }
    if suffix >= escape { buffer.appendVarint(suffix - escape) }
    buffer.append(UnsafeRawBufferPointer(rebasing: term[shared...]))
  }

  /// Negative, zero or positive as `first` sorts before, with or after `second`: unsigned bytes, the shorter first.
  @inline(__always)
  static func compare(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int {
    let limit = min(first.count, second.count)
    if limit > 0, let a = first.baseAddress, let b = second.baseAddress {
      let order = memcmp(a, b, limit)
      if order != 0 { return Int(order) }
    }
    return first.count &- second.count
  }

  /// The first eight bytes as a number that sorts as they do, zeros behind a shorter string.
  @inline(__always)
  static func sortKey(_ term: UnsafeRawBufferPointer) -> UInt64 {
    if term.count >= 8 { return UInt64(bigEndian: term.loadUnaligned(as: UInt64.self)) }
    var key: UInt64 = 0
    for byte in term { key = key << 8 | UInt64(byte) }
    return term.isEmpty ? 0 : key << UInt64((8 - term.count) * 8)
  }
}

extension ByteReader {
  /// The two numbers of a front-coded string, then its suffix in place. Throws when more is shared than the string
  /// before it has, or when the result is longer than `maximum`.
  @inline(__always)
  mutating func frontCoded(
    previousLength: Int, maximum: Int
  ) throws(IndexError) -> (shared: Int, suffix: UnsafeRawBufferPointer) {
    let head = try uint8()
    var shared = Int(head >> 4)
    var length = Int(head & 15)
    if shared == FrontCoding.escape { shared &+= try count(atMost: maximum) }
    if length == FrontCoding.escape { length &+= try count(atMost: maximum) }
    guard shared <= previousLength, shared &+ length <= maximum else {
      throw damaged(
        expected: "at most \(previousLength) shared bytes and \(maximum) in all", found: "\(shared) and \(length) more")
    }
    return (shared, try bytes(length))
  }
}
