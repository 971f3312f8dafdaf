/// The members of a ZIP file that is held in memory (PKWARE APPNOTE 6.3): names from the central directory, contents
/// stored or deflated, unpacked as they are read.
///
/// Offsets and lengths are never trusted; a member's length and CRC-32 are checked at its end.
struct ZipArchive {
  /// The largest archive that is read: office documents are far below.
  static let largestArchive = 256 << 20
  /// Members that are looked at; a workbook has one a sheet and some twenty more.
  static let mostMembers = 20_000

  private struct Member {
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    var packedLength: Int
    var length: Int
    var offset: Int
  }

  private let bytes: [UInt8]
  /// Of all members together, however often one is opened: a thousand names of one member are a small file, too.
  private let expansion: ArchiveExpansion
  private var members: [String: Member] = [:]

  /// Names in the archive, sorted.
  var names: [String] { members.keys.sorted() }

  /// - Parameter freeExpansion: bytes that may come out of all members together, whatever the archive's size is.
  /// - Throws: `RecordError` when the bytes are no archive, or one that cannot be read.
  init(_ bytes: [UInt8], freeExpansion: Int = ExpansionLimit.free) throws(RecordError) {
    self.bytes = bytes
    expansion = ArchiveExpansion(free: freeExpansion, packedLength: bytes.count)
    guard let end = Self.endRecord(bytes) else { throw Self.damage("its directory is missing") }
    let count = number(end + 10, 2)
    var offset = number(end + 16, 4)
    guard count <= Self.mostMembers else { throw Self.damage("it has \(count) members") }
    for _ in 0..<count {
      guard offset >= 0, offset + 46 <= bytes.count, number(offset, 4) == 0x0201_4B50 else {
        throw Self.damage("its directory is cut")
      }
      let nameLength = number(offset + 28, 2)
      let extraLength = number(offset + 30, 2)
      let next = offset + 46 + nameLength + extraLength + number(offset + 32, 2)
      guard next <= bytes.count else { throw Self.damage("its directory is cut") }
      var member = Member(
        method: number(offset + 10, 2), isEncrypted: number(offset + 8, 2) & 1 == 1,
        checksum: UInt32(truncatingIfNeeded: number(offset + 16, 4)), packedLength: number(offset + 20, 4),
        length: number(offset + 24, 4), offset: number(offset + 42, 4))
      readLargeNumbers(offset + 46 + nameLength, extraLength, &member)
      let name = String(decoding: bytes[(offset + 46)..<(offset + 46 + nameLength)], as: UTF8.self)
      if members[name] == nil { members[name] = member }
      offset = next
    }
  }

  /// The whole of a source. Throws when it is longer than ``largestArchive``.
  static func readAll(_ source: any ByteSource) throws(RecordError) -> [UInt8] {
    var source = source
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<min(count, buffer.count)]))
      guard bytes.count <= largestArchive else {
        throw RecordError(
          .tooLarge, message: "an archive of more than \(largestArchive >> 20) MB: export it as CSV or text")
      }
    }
  }

  /// The content of a member; nil where there is none of that name.
  /// - Throws: `RecordError` for one that is encrypted, compressed in another way or out of bounds.
  func open(_ name: String) throws(RecordError) -> (any ByteSource)? {
    guard let member = members[name] else { return nil }
    guard !member.isEncrypted else {
      throw RecordError(.unreadable, message: "\(name) is encrypted: save the file without a password")
    }
    let header = member.offset
    guard header >= 0, header <= bytes.count - 30, number(header, 4) == 0x0403_4B50 else {
      throw Self.damage("\(name) is not where its directory says")
    }
    let start = header + 30 + number(header + 26, 2) + number(header + 28, 2)
    guard member.packedLength >= 0, member.length >= 0, start <= bytes.count,
      member.packedLength <= bytes.count - start
    else { throw Self.damage("\(name) is cut") }
    let packed = MemoryByteSource(Array(bytes[start..<(start + member.packedLength)]))
    switch member.method {
    case 0:
      return ZipMemberSource(
        packed, name, member.length, member.checksum, packedLength: member.packedLength, of: expansion)
    case 8:
      return ZipMemberSource(
        InflatingSource(Inflater(packed)), name, member.length, member.checksum, packedLength: member.packedLength,
        of: expansion)
    default:
      throw RecordError(.unreadable, message: "\(name) is compressed in a way (\(member.method)) that is not read")
    }
  }

  /// The last end-of-directory record whose remark reaches to the end.
  private static func endRecord(_ bytes: [UInt8]) -> Int? {
    var place = bytes.count - 22
    let first = max(0, place - 65_535)
    while place >= first {
      if bytes[place] == 0x50, bytes[place + 1] == 0x4B, bytes[place + 2] == 0x05, bytes[place + 3] == 0x06,
        place + 22 + Int(bytes[place + 20]) + Int(bytes[place + 21]) << 8 <= bytes.count
      {
        return place
      }
      place -= 1
    }
    return nil
  }

  /// Lengths of 64 bits stand in an extra field where the directory holds 0xFFFFFFFF.
  private func readLargeNumbers(_ start: Int, _ length: Int, _ member: inout Member) {
    var place = start
    let end = start + length
    while place + 4 <= end {
      let fieldEnd = min(place + 4 + number(place + 2, 2), end)
      if number(place, 2) == 1 {
        var next = place + 4
        func large(_ value: inout Int) {
          guard value == 0xFFFF_FFFF, next + 8 <= fieldEnd else { return }
          value = number(next, 8)
          next += 8
        }
        large(&member.length)
        large(&member.packedLength)
        large(&member.offset)
      }
      place = fieldEnd
    }
  }

  /// A little-endian number; what is too large for an `Int`, or lies outside, is the largest.
  private func number(_ offset: Int, _ width: Int) -> Int {
    guard offset >= 0, offset <= bytes.count - width else { return .max }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return Int(clamping: value)
  }

  private static func damage(_ what: String) -> RecordError {
    RecordError(.unreadable, message: "the ZIP archive is damaged: \(what)")
  }
}

/// Deflated bytes, unpacked.
struct InflatingSource: ByteSource {
  private let inflater: Inflater

  init(_ inflater: Inflater) { self.inflater = inflater }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int { try inflater.read(into: buffer) }
}

/// What has been unpacked from an archive so far.
private final class ArchiveExpansion {
  private var limit: ExpansionLimit

  init(free: Int, packedLength: Int) { limit = ExpansionLimit(free: free) { packedLength } }

  func add(_ count: Int) throws(RecordError) { try limit.add(count) }
}

/// A member's content, checked at its end, refused where it grows beyond what it says or beyond measure.
private final class ZipMemberSource: ByteSource {
  private var source: any ByteSource
  private let name: String
  private let length: Int
  private let expected: UInt32
  private var limit: ExpansionLimit
  private let expansion: ArchiveExpansion
  private var checksum = CRC32()
  private var count = 0

  init(
    _ source: any ByteSource, _ name: String, _ length: Int, _ checksum: UInt32, packedLength: Int,
    of expansion: ArchiveExpansion
  ) {
    self.expansion = expansion
    self.source = source
    self.name = name
    self.length = length
    expected = checksum
    limit = ExpansionLimit { packedLength }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    guard buffer.count > 0 else { return 0 }
    let read = try source.read(into: buffer)
    if read > 0 {
      checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
      count += read
      try limit.add(read)
      try expansion.add(read)
      guard count <= length else { throw wrong("longer than its directory says") }
      return read
    }
    guard count == length else { throw wrong("\(count) bytes long, not \(length)") }
    guard checksum.value == expected else { throw wrong("not what its checksum says") }
    return 0
  }

  private func wrong(_ what: String) -> RecordError {
    RecordError(.unreadable, message: "the ZIP archive is damaged: \(name) is \(what)")
  }
}
