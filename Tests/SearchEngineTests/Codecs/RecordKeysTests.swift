import Storage
import Testing

@testable import SearchEngine

@Suite("Record keys") struct RecordKeysTests {
  static func fixture(_ keys: [RecordKey]) throws -> CodecFixture {
    try CodecFixture(.recordKeys) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try RecordKeysWriter(fileSystem, name: name, identity: identity)
      for key in keys { try writer.add(key) }
      return try writer.finish()
    }
  }

  static func random(_ count: Int, seed: UInt64, bits: UInt64 = 64) -> [RecordKey] {
    var random = SeededGenerator(seed)
    return (0..<count).map {
      RecordKey(keyHash: random.next() >> (64 - bits), document: UInt32($0), contentHash: random.next())
    }.sorted()
  }

  @Test(arguments: [(0, 64), (1, 64), (2, 64), (5000, 64), (5000, 10), (5000, 1), (3000, 40)])
  func findsAllEntriesOfAHash(count: Int, bits: Int) throws {
    let keys = Self.random(count, seed: UInt64(count + bits), bits: UInt64(bits))
    let reader = try RecordKeysReader(file: Self.fixture(keys).open())
    #expect(reader.count == count)
    try reader.verifyStructure()
    let byHash = Dictionary(grouping: keys, by: \.keyHash)
    var probes = Array(byHash.keys.sorted().prefix(3000))
    probes += [0, 1, .max, .max - 1] + probes.prefix(100).map { $0 &+ 1 }
    for hash in probes {
      #expect(try reader.entries(keyHash: hash) == byHash[hash] ?? [])
      #expect(try reader.firstEntry(atLeast: hash) == keys.firstIndex { $0.keyHash >= hash } ?? count)
    }
    var cursor = reader.cursor()
    for hash in probes.sorted() {
      let found = try cursor.seek(hash)
      #expect(found == byHash[hash]?.first)
    }
    var walk = reader.cursor()
    var walked: [RecordKey] = []
    while let key = try walk.current() {
      walked.append(key)
      walk.advance()
    }
    #expect(walked == keys)
  }

  /// Vectors of the reference implementation (key 00…0f, input 00, 01, …), appendix A of the paper among them.
  @Test func hashesAsPublished() {
    let hash = SipHash(compressionRounds: 2, finalRounds: 4, 0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
    let vectors: [(Int, UInt64)] = [
      (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (2, 0x0d6c_8009_d9a9_4f5a),
      (3, 0x8567_6696_d7fb_7e2d), (15, 0xa129_ca61_49be_45e5),
    ]
    for (length, expected) in vectors {
      let input = (0..<length).map { UInt8($0) }
      #expect(input.withUnsafeBytes { hash.hash($0) } == expected, "\(length) bytes")
    }
  }

  @Test func hashesDependOnEveryByte() {
    var seen = Set<UInt64>()
    for length in 0..<40 {
      for place in 0..<max(length, 1) {
        var input = [UInt8](repeating: 7, count: length)
        if length > 0 { input[place] = 8 }
        seen.insert(input.withUnsafeBytes { RecordKeysFormat.contentHash($0) })
        seen.insert(input.withUnsafeBytes { RecordKeysFormat.keyHash($0) })
      }
    }
    #expect(seen.count == 2 * (1 + (1..<40).reduce(0, +)))
  }

  static func use(_ file: IndexFile) throws(IndexError) {
    let reader = try RecordKeysReader(file: file)
    var cursor = reader.cursor()
    for hash: UInt64 in [0, 1 << 20, 1 << 40, 1 << 63, .max] {
      _ = try? reader.entries(keyHash: hash)
      _ = try? cursor.seek(hash)
    }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.fixture(Self.random(20, seed: 3)).expectEveryByteIsGuarded { (file) throws(IndexError) in
      try Self.use(file)
    }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let refused = try Self.fixture(Self.random(60, seed: 4)).mutate(cases: 6000, seed: 91) {
      (file) throws(IndexError) in try Self.use(file)
    }
    #expect(refused > 500)
  }
}
