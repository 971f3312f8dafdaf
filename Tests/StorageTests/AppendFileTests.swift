import Storage
import Testing

@Suite struct AppendFileTests {
  /// Whatever the pieces in which it is written, the file and its checksums are those of the whole.
  @Test(arguments: [0, 1, 65535, 65536, 65537, 262_143, 262_144, 262_145, 700_001])
  func piecesDoNotMatter(_ count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let bytes = random.bytes(count)
    let expected = bytes.withUnsafeBytes { ContentChecksums(of: $0) }
    for longest in [1 << 20, 70_000, 4096, 999] {
      let directory = InMemoryFileSystem()
      let file = try directory.create("a")
      var position = 0
      while position < count {
        let end = min(position + Int.random(in: 1...longest, using: &random), count)
        try file.write(Array(bytes[position..<end]))
        position = end
        #expect(file.position == position)
        // Asking midway changes nothing.
        if Int.random(in: 0..<4, using: &random) == 0 {
          let sofar = bytes[..<position].withUnsafeBytes { ContentChecksums(of: $0) }
          #expect(file.checksums() == sofar)
        }
      }
      #expect(try file.finish() == expected)
      #expect(directory.files["a"] == bytes)
    }
  }

  @Test func checksumIsThatOfTheBlockChecksums() {
    var random = SeededGenerator(seed: 3)
    let bytes = random.bytes(150_000)
    let checksums = bytes.withUnsafeBytes { ContentChecksums(of: $0) }
    let blocks = [bytes[..<65536], bytes[65536..<131_072], bytes[131_072...]].map { CRC32C.checksum(Array($0)) }
    #expect(checksums.blocks == blocks)
    let littleEndian = blocks.flatMap { block in (0..<4).map { UInt8(truncatingIfNeeded: block >> ($0 * 8)) } }
    #expect(checksums.checksum == CRC32C.checksum(littleEndian))
    #expect(ContentChecksums.combine(checksums.blocks) == checksums.checksum)
    #expect(checksums.count == 150_000)
  }

  @Test func integersAndPadding() throws {
    let directory = InMemoryFileSystem()
    let file = try directory.create("a")
    try file.write(littleEndian: UInt32(0x0102_0304))
    try file.pad(to: 8)
    try file.pad(to: 8)
    try file.write(littleEndian: UInt8(9))
    try file.close()
    #expect(directory.files["a"] == [4, 3, 2, 1, 0, 0, 0, 0, 9])
  }

  @Test func isUnusableOnceClosedOrFailed() throws {
    let faulty = FaultInjectingFileSystem(InMemoryFileSystem())
    let closed = try faulty.create("closed")
    try closed.close()
    #expect(storageError { () throws(StorageError) in try closed.write([1]) } != nil)
    #expect(storageError { () throws(StorageError) in try closed.sync() } != nil)
    #expect(storageError { () throws(StorageError) in try closed.close() } != nil)

    let failing = try faulty.create("failing")
    try failing.write([1])
    faulty.setFault(Fault(call: 2, errno: 5))
    #expect(storageError { () throws(StorageError) in try failing.sync() }?.isExhaustion == false)
    let before = faulty.callCount
    // The system would say yes now; it is not asked.
    guard case .unusable? = storageError({ () throws(StorageError) in try failing.sync() }) else {
      Issue.record("a failed sync is final")
      return
    }
    #expect(storageError { () throws(StorageError) in _ = try failing.finish() } != nil)
    #expect(faulty.callCount == before)
  }

  @Test func verifierFindsTheBlockAndTouchesNoOther() throws {
    var random = SeededGenerator(seed: 4)
    var bytes = random.bytes(200_000)
    let checksums = bytes[..<190_000].withUnsafeBytes { ContentChecksums(of: $0) }
    bytes[70_000] ^= 1
    bytes[195_000] ^= 1
    let directory = InMemoryFileSystem(["a": bytes])
    let contents = try directory.open("a")
    let verifier = try #require(BlockVerifier(contents, checksums: checksums.blocks, covering: 190_000))
    try verifier.verify(0..<65_536)
    try verifier.verify(131_072..<200_000)
    try verifier.verify(5..<5)
    do {
      try verifier.verify(65_535..<65_537)
      Issue.record("the changed byte was not found")
    } catch {
      #expect(error.offset == 65_536 && error.count == 65_536 && error.found != error.expected)
    }
    #expect(BlockVerifier(contents, checksums: checksums.blocks, covering: 200_001) == nil)
    #expect(BlockVerifier(contents, checksums: checksums.blocks + [1], covering: 190_000) == nil)
    #expect(BlockVerifier(contents, checksums: [], covering: 0) != nil)
  }
}
