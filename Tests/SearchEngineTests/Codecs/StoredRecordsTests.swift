import Storage
import Testing

@testable import SearchEngine

@Suite("Stored records") struct StoredRecordsTests {
  static func fixture(_ records: [[UInt8]]) throws -> CodecFixture {
    try CodecFixture(.storedRecords) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try StoredRecordsWriter(fileSystem, name: name, identity: identity)
      for record in records {
        try record.withBytes { (bytes) throws(IndexError) in try writer.append(bytes) }
      }
      return try writer.finish()
    }
  }

  static func random(_ count: Int, seed: UInt64, longest: Int) -> [[UInt8]] {
    var random = SeededGenerator(seed)
    return (0..<count).map { number in
      if Int.random(in: 0..<10, using: &random) == 0 { return [] }
      let isText = Bool.random(using: &random)
      return (0..<Int.random(in: 0...longest, using: &random)).map { _ in
        isText ? UInt8.random(in: 97...99, using: &random) : UInt8.random(in: 0...255, using: &random)
      }
    }
  }

  @Test(arguments: [(0, 10), (1, 0), (1, 100_000), (10_000, 3), (2000, 500), (60, 30_000)])
  func givesBackWhatWasWritten(count: Int, longest: Int) throws {
    let records = Self.random(count, seed: UInt64(count), longest: longest)
    let reader = try StoredRecordsReader(file: Self.fixture(records).open())
    #expect(reader.documentCount == UInt32(count))
    try reader.verifyStructure()
    let handle = reader.handle()
    for (document, record) in records.enumerated() {
      #expect(try handle.withRecord(UInt32(document)) { Array($0) } == record)
    }
    for document in stride(from: count - 1, through: 0, by: -max(count / 20, 1)) {
      #expect(try reader.record(UInt32(document)) == records[document])
      #expect(try handle.withRecord(UInt32(document)) { Array($0) } == records[document])
    }
    #expect(throws: IndexError.self) { try reader.record(UInt32(count)) }
  }

  @Test func compressesText() throws {
    let line = "{\"id\":\"I-2007-000123\",\"kind\":\"inspection\",\"text\":\"lead in the coating of painted toys\"}"
    let records = (0..<2000).map { line.bytes + String($0).bytes }
    let fixture = try Self.fixture(records)
    #expect(fixture.bytes.count * 3 < records.reduce(0) { $0 + $1.count })
  }

  @Test func copiesBlocksUnopened() throws {
    let first = Self.random(3000, seed: 1, longest: 100)
    let second = Self.random(500, seed: 2, longest: 300)
    let readers = try [first, second].map { try StoredRecordsReader(file: Self.fixture($0).open()) }
    let merged = try CodecFixture(.storedRecords) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try StoredRecordsWriter(fileSystem, name: name, identity: identity)
      try "begin".bytes.withBytes { (bytes) throws(IndexError) in try writer.append(bytes) }
      for reader in readers {
        for block in 0..<reader.blockCount { try writer.append(try reader.rawBlock(block)) }
      }
      try "end".bytes.withBytes { (bytes) throws(IndexError) in try writer.append(bytes) }
      return try writer.finish()
    }
    let reader = try StoredRecordsReader(file: merged.open())
    try reader.verifyStructure()
    let expected = ["begin".bytes] + first + second + ["end".bytes]
    #expect(reader.documentCount == UInt32(expected.count))
    let handle = reader.handle()
    for (document, record) in expected.enumerated() {
      #expect(try handle.withRecord(UInt32(document)) { Array($0) } == record)
    }
  }

  static func use(_ file: IndexFile) throws(IndexError) {
    let reader = try StoredRecordsReader(file: file)
    let handle = reader.handle()
    for document: UInt32 in [0, 1, 60, 199, 200, .max] {
      _ = try? handle.withRecord(document) { $0.count }
    }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.fixture(Self.random(12, seed: 3, longest: 60)).expectEveryByteIsGuarded { (file) throws(IndexError) in
      try Self.use(file)
    }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    // Several small blocks: copied ones, each closed by the next.
    let parts = try (0..<5).map { part in
      try StoredRecordsReader(file: Self.fixture(Self.random(40, seed: UInt64(part), longest: 30)).open())
    }
    let fixture = try CodecFixture(.storedRecords) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try StoredRecordsWriter(fileSystem, name: name, identity: identity)
      for part in parts { try writer.append(try part.rawBlock(0)) }
      return try writer.finish()
    }
    let refused = fixture.mutate(cases: 6000, seed: 101) { (file) throws(IndexError) in try Self.use(file) }
    #expect(refused > 500)
  }
}
