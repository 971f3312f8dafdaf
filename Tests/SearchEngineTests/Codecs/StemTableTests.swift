import Storage
import Testing

@testable import SearchEngine

@Suite("Stem table") struct StemTableTests {
  static func fixture(_ entries: [StemEntry]) throws -> CodecFixture {
    try CodecFixture(StemTableFormat.kind) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try StemTableWriter(fileSystem, name: name, identity: identity)
      for entry in entries { try writer.add(entry) }
      return try writer.finish()
    }
  }

  static func random(_ count: Int, seed: UInt64) -> [StemEntry] {
    var random = SeededGenerator(seed)
    var stems = Set<[UInt8]>()
    while stems.count < count {
      let length = Int.random(in: 1...10, using: &random)
      stems.insert((0..<length).map { _ in UInt8.random(in: 97...100, using: &random) })
    }
    return stems.sorted { $0.lexicographicallyPrecedes($1) }.map { stem in
      var forms = Set<[UInt8]>()
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let kept = stem.prefix(Int.random(in: 0...stem.count, using: &random))
        let length = Int.random(in: 0...20, using: &random)
        forms.insert(kept + (0..<length).map { _ in UInt8.random(in: 97...99, using: &random) })
      }
      return StemEntry(
        stem: stem, documentFrequency: UInt32.random(in: 1...(.max), using: &random),
        forms: forms.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 1000])
  func givesBackWhatWasWritten(count: Int) throws {
    let entries = Self.random(count, seed: UInt64(count) + 3)
    let reader = try StemTableReader(file: Self.fixture(entries).open())
    #expect(reader.stemCount == UInt64(count))
    try reader.verifyStructure()
    for entry in entries {
      #expect(try entry.stem.withBytes { (stem) throws(IndexError) in try reader.entry(stem) } == entry)
      let longer = entry.stem + [0]
      #expect(try longer.withBytes { (stem) throws(IndexError) in try reader.forms(of: stem) } == nil)
    }
    #expect(try "zzz".bytes.withBytes { (stem) throws(IndexError) in try reader.entry(stem) } == nil)
    #expect(try "".bytes.withBytes { (stem) throws(IndexError) in try reader.entry(stem) } == nil)
    let cursor = reader.cursor()
    var walked: [StemEntry] = []
    while let entry = try cursor.next() { walked.append(entry) }
    #expect(walked == entries)
    var visited = 0
    try reader.forEach { (entry) throws(IndexError) in visited += entry.forms.isEmpty ? 0 : 1 }
    #expect(visited == count)
  }

  @Test func isNotMistakenForADictionary() throws {
    let stems = try Self.fixture(Self.random(5, seed: 1))
    #expect(throws: IndexError.self) { try TermDictionaryReader(file: stems.open()) }
    let terms = try TermDictionaryTests.fixture(TermDictionaryTests.random(5, seed: 1))
    #expect(throws: IndexError.self) { try StemTableReader(file: terms.open()) }
  }

  @Test func refusesMoreThanItsLimits() throws {
    let long = [UInt8](repeating: 97, count: 30_000)
    let heavy = (0..<40).map { long + String(100 + $0).bytes }
    let many = (0...StemTableFormat.maximumForms).map { String(100_000 + $0).bytes }
    for forms in [heavy, many] {
      #expect(throws: IndexError.self) {
        try Self.fixture([StemEntry(stem: "a".bytes, documentFrequency: 1, forms: forms)])
      }
    }
  }

  static func use(_ file: IndexFile, _ stems: [[UInt8]]) throws(IndexError) {
    let reader = try StemTableReader(file: file)
    for stem in stems { _ = try? stem.withBytes { (bytes) throws(IndexError) in _ = try reader.entry(bytes) } }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.fixture(Self.random(20, seed: 3)).expectEveryByteIsGuarded { (file) throws(IndexError) in
      try Self.use(file, [])
    }
  }

  /// The last entry's length, one more than the bytes behind it, once trapped.
  @Test func survivesEveryValueOfEveryByte() throws {
    let entries = Self.random(5, seed: 6)
    let refused = try Self.fixture(entries).changeEveryByte { (file) throws(IndexError) in
      try Self.use(file, entries.map(\.stem))
    }
    #expect(refused > 1000)
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let entries = Self.random(60, seed: 4)
    let probes = entries.map(\.stem).enumerated().filter { $0.offset % 7 == 0 }.map(\.element)
    let refused = try Self.fixture(entries).mutate(cases: 6000, seed: 111) { (file) throws(IndexError) in
      try Self.use(file, probes)
    }
    #expect(refused > 1000)
  }
}
