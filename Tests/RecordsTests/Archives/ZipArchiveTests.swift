import Testing

@testable import Records

@Suite struct ZipArchiveTests {
  /// An archive of one deflated member.
  private static func archive(_ packed: [UInt8], of plain: Int, checksum: UInt32) -> [UInt8] {
    func number(_ value: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let sizes = number(Int(checksum), 4) + number(packed.count, 4) + number(plain, 4) + number(1, 2)
    let local = [0x50, 0x4B, 3, 4] + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + sizes + number(0, 2)
    let directory =
      [0x50, 0x4B, 1, 2] + number(20, 2) + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + sizes
      + number(0, 12) + number(0, 4) + [0x61]
    let body = local + [0x61] + packed
    return body + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + number(1, 2) + number(1, 2)
      + number(directory.count, 4) + number(body.count, 4) + number(0, 2)
  }

  private static func read(_ archive: ZipArchive) throws(RecordError) -> Int {
    guard var source = try archive.open("a") else { return -1 }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { buffer.deallocate() }
    var count = 0
    while case let read = try source.read(into: buffer), read > 0 { count += read }
    return count
  }

  /// A thousand sheets of a workbook may name one member: each was below the limit, and all together some 64 GB out of a
  /// file of 64 kB.
  @Test func whatAMemberUnpacksToCountsEachTimeItIsOpened() throws {
    let matches = 400
    let plain = 1 + matches * 258
    var checksum = CRC32()
    [UInt8](repeating: 0, count: plain).withUnsafeBytes { checksum.update($0) }
    let archive = try ZipArchive(
      Self.archive(DeflateBits.zeros(matches: matches), of: plain, checksum: checksum.value), freeExpansion: 150_000)
    #expect(try Self.read(archive) == plain)
    let error = #expect(throws: RecordError.self) { try Self.read(archive) }
    #expect(error?.kind == .tooLarge)
  }
}
