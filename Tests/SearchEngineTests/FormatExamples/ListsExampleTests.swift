import Storage
import Testing

@testable import SearchEngine

/// The examples of `Postings.md` and `Positions.md`: three terms and one that stands in a single record.
struct ListsExampleTests {
  /// A posting: its record, its weighted frequency and where in the record the term stands.
  struct Posting: Equatable {
    let document: UInt32
    let frequency: UInt32
    let positions: [UInt32]
  }

  static let identity = FileIdentity(index: 0x0123_4567_89ab_cdef, segment: 1)
  static let documentCount = 400
  /// Record `d` is `10 + d % 7` long.
  static let lengths = (0..<UInt32(documentCount)).map { 10 + $0 % 7 }

  /// Three records, one of them with the term in a field of weight 2.
  static let short = [
    Posting(document: 2, frequency: 1, positions: [4]),
    Posting(document: 5, frequency: 4, positions: [0, 7, 8]),
    Posting(document: 9, frequency: 1, positions: [3]),
  ]
  /// 128 records: the first 64 of the segment, and 64 that begin at 164.
  static let dense = (0..<128).map { (k: UInt32) in
    Posting(document: k < 64 ? k : k + 100, frequency: 1, positions: [k & 1])
  }
  /// 130 records, one after another.
  static let long = (0..<130).map { (k: UInt32) in
    Posting(document: k + 10, frequency: k == 3 ? 2 : 1, positions: k == 3 ? [5, 6] : [5])
  }
  static let single = [Posting(document: 7, frequency: 2, positions: [6, 20])]

  /// Writes the four lists and returns the two DATA sections and what the dictionary would hold.
  private func write() throws -> (postings: IndexFile, positions: IndexFile, infos: [TermInfo]) {
    let fileSystem = InMemoryFileSystem()
    var infos: [TermInfo] = []
    let entries = try Self.lengths.withUnsafeBufferPointer { lengths in
      let postings = try PostingsWriter(
        fileSystem, name: "p", identity: Self.identity, lengths: try #require(lengths.baseAddress))
      let positions = try PositionsWriter(fileSystem, name: "q", identity: Self.identity)
      for list in [Self.short, Self.dense, Self.long, Self.single] {
        postings.beginTerm()
        positions.beginTerm()
        for posting in list {
          let isFull = postings.add(document: posting.document, frequency: posting.frequency)
          var before: UInt32 = 0
          for position in posting.positions {
            positions.add(gap: position - before)
            before = position
          }
          positions.endPosting(frequency: posting.frequency)
          if isFull { positions.endBlock() }
        }
        infos.append(try postings.endTerm(positionsOffset: try positions.endTerm()))
      }
      return (try postings.finish(), try positions.finish())
    }
    return (
      try IndexFile(fileSystem, entries.0, kind: .postings, identity: Self.identity),
      try IndexFile(fileSystem, entries.1, kind: .positions, identity: Self.identity), infos
    )
  }

  private func bytes(_ file: IndexFile, _ tag: SectionTag) throws -> [UInt8] {
    var reader = try file.section(tag).reader()
    return Array(try reader.bytes(reader.remaining))
  }

  @Test func pagesShowWhatIsWritten() throws {
    let written = try write()
    let postings = try bytes(written.postings, PostingsFormat.data)
    let starts = written.infos.map { Int($0.postingsOffset) }
    #expect(starts.prefix(3).elementsEqual([0, 4, 38]), "\(starts)")
    let page = try DocumentedExample("Postings")
    page.expect(0, postings[starts[0]..<starts[1]])
    page.expect(1, postings[starts[1]..<starts[2]])
    page.expect(2, postings[starts[2]...])
    let positions = try bytes(written.positions, PositionsFormat.data)
    let places = written.infos.map { Int($0.positionsOffset) }
    let second = try DocumentedExample("Positions")
    second.expect(0, positions[places[0]..<places[1]])
    second.expect(1, positions[places[1]..<places[2]])
    second.expect(2, positions[places[2]..<places[3]])
    second.expect(3, positions[places[3]...])
  }

  @Test func whatIsWrittenReadsBack() throws {
    let written = try write()
    let reader = try PostingsReader(
      postings: written.postings, positions: written.positions, documentCount: UInt32(Self.documentCount))
    for (info, list) in zip(written.infos, [Self.short, Self.dense, Self.long, Self.single]) {
      let cursor = try reader.cursor(info)
      var read: [Posting] = []
      var positions: [UInt32] = []
      while try cursor.next() != PostingsCursor.exhausted {
        try cursor.positions(into: &positions)
        read.append(
          Posting(document: cursor.document, frequency: try cursor.frequency(), positions: positions))
      }
      #expect(read == list)
    }
  }
}
