import Testing

@testable import Records

@Suite("Inflate: RFC 1951 and 1952")
struct InflaterTests {
  private static func all(_ source: any ByteSource, piece: Int = 4096) throws(RecordError) -> [UInt8] {
    var source = source
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private static func inflated(_ bytes: [UInt8], piece: Int = 4096) throws(RecordError) -> [UInt8] {
    try all(InflatingSource(Inflater(MemoryByteSource(bytes))), piece: piece)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = CRC32()
    bytes.withUnsafeBytes { checksum.update($0) }
    return checksum.value
  }

  @Test("CRC-32 of the check string of its standard")
  func checkString() { #expect(Self.checksum(Array("123456789".utf8)) == 0xCBF4_3926) }

  // Streams that zlib wrote.
  private static let stored: [UInt8] = [0x01, 0x03, 0x00, 0xFC, 0xFF, 0x61, 0x62, 0x63]
  private static let fixed: [UInt8] = [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0x01]

  @Test("stored and fixed blocks", arguments: [1, 2, 7, 4096])
  func smallStreams(piece: Int) throws {
    #expect(try Self.inflated(Self.stored, piece: piece) == Array("abc".utf8))
    #expect(try Self.inflated(Self.fixed, piece: piece) == Array("hello hello hello hello".utf8))
  }

  @Test("a dynamic block, in pieces of any size", arguments: [1, 3, 258, 65_536])
  func dynamicBlock(piece: Int) throws {
    let zeros = try Self.inflated(DeflateBits.zeros(matches: 400), piece: piece)
    #expect(zeros.count == 1 + 400 * 258)
    #expect(zeros.allSatisfy { $0 == 0 })
  }

  @Test("every cut and every changed bit of a stream is an error or other bytes, never a trap")
  func damage() {
    let streams = [Self.stored, Self.fixed, DeflateBits.zeros(matches: 40)]
    var refused = 0
    for stream in streams {
      for length in 0..<stream.count {
        do throws(RecordError) { _ = try Self.inflated(Array(stream[..<length])) } catch { refused += 1 }
      }
      for bit in 0..<(stream.count * 8) {
        var changed = stream
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        do throws(RecordError) { _ = try Self.inflated(changed) } catch { refused += 1 }
      }
    }
    #expect(refused > 100)
  }

  private static func gzip(_ packed: [UInt8], of content: [UInt8], flags: UInt8 = 0, extra: [UInt8] = []) -> [UInt8] {
    func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) } }
    return [0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 3] + extra + packed + number(checksum(content))
      + number(UInt32(content.count))
  }

  @Test("gzip: name, remark, extra field and header checksum are passed over; members follow each other")
  func members() throws {
    let abc = Array("abc".utf8)
    let full = Self.gzip(
      Self.stored, of: abc, flags: 4 | 8 | 16 | 2, extra: [2, 0, 9, 9] + Array("a.txt\0remark\0".utf8) + [1, 2])
    let both = full + Self.gzip(Self.stored, of: abc) + [0, 0, 0]
    #expect(try Self.all(GzipSource(MemoryByteSource(both))) == abc + abc)
    var wrong = Self.gzip(Self.stored, of: abc)
    wrong[wrong.count - 8] ^= 1
    #expect(throws: RecordError.self) { try Self.all(GzipSource(MemoryByteSource(wrong))) }
    #expect(throws: RecordError.self) { try Self.all(GzipSource(MemoryByteSource(Array(full.dropLast(3))))) }
  }

  @Test("C2: a bomb is refused where it unpacks beyond measure")
  func bomb() throws {
    let packed = DeflateBits.zeros(matches: 60_000)
    let source = GzipSource(
      MemoryByteSource([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + packed), freeExpansion: 1 << 20)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { buffer.deallocate() }
    var total = 0
    let error = #expect(throws: RecordError.self) {
      while true {
        let count = try source.read(into: buffer)
        if count == 0 { break }
        total += count
      }
    }
    #expect(error?.kind == .tooLarge)
    #expect(total <= 65_536 + packed.count * ExpansionLimit.factor)
    #expect(total > 1 << 20)
  }
}
