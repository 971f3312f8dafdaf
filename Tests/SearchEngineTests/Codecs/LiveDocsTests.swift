import Storage
import Testing

@testable import SearchEngine

@Suite("Live documents") struct LiveDocsTests {
  static func fixture(_ live: LiveDocsBuilder) throws -> CodecFixture {
    try CodecFixture(.liveDocs) { (fileSystem, name, identity) throws(IndexError) in
      try LiveDocsWriter.write(live, fileSystem, name: name, identity: identity)
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 4096, 5000])
  func givesBackWhatWasWritten(count: Int) throws {
    var random = SeededGenerator(UInt64(count))
    var builder = LiveDocsBuilder(documentCount: UInt32(count))
    var deleted = Set<UInt32>()
    for _ in 0..<count / 3 {
      let document = UInt32.random(in: 0..<UInt32(count), using: &random)
      #expect(builder.delete(document) == deleted.insert(document).inserted)
    }
    let live = try LiveDocs(file: Self.fixture(builder).open(), documentCount: UInt32(count))
    #expect(live.liveCount == UInt32(count - deleted.count))
    for document in 0..<UInt32(count) {
      #expect(live.contains(document) != deleted.contains(document))
      #expect(builder.contains(document) == live.contains(document))
    }
    #expect(!live.contains(UInt32(count)))
    var again = LiveDocsBuilder(live)
    #expect(again.words == builder.words)
    for document in 0..<UInt32(count) { again.delete(document) }
    #expect(again.liveCount == 0 && again.words.allSatisfy { $0 == 0 })
  }

  @Test func refusesAnotherNumberOfDocuments() throws {
    let fixture = try Self.fixture(LiveDocsBuilder(documentCount: 100))
    #expect(throws: IndexError.self) { try LiveDocs(file: fixture.open(), documentCount: 101) }
  }

  static func use(_ file: IndexFile) throws(IndexError) {
    let live = try LiveDocs(file: file, documentCount: 200)
    for document: UInt32 in [0, 199, 200, .max] { _ = live.contains(document) }
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.fixture(LiveDocsBuilder(documentCount: 200)).expectEveryByteIsGuarded { (file) throws(IndexError) in
      try Self.use(file)
    }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let refused = try Self.fixture(LiveDocsBuilder(documentCount: 200)).mutate(cases: 6000, seed: 71) {
      (file) throws(IndexError) in try Self.use(file)
    }
    #expect(refused > 3000)
  }
}
