import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// A commit that is opened beside an earlier one shares with it what is the same, and answers as if it did not.
@Suite struct SharedSegmentsTests {
  /// Hits, scores and totals of some queries: words, phrases, words by prefix, several times, so that sets are kept.
  private static func answers(_ snapshot: Snapshot) throws -> [String] {
    let searcher = Searcher(snapshots: [snapshot])
    var found: [String] = []
    for query in [
      "lead", "lead coating", "\"lead coating\"", "le*", "lead OR paint", "tag:a", "NOT lead", "lead",
      "\"lead coating\"",
    ] {
      var request = SearchRequest(try QueryParser.parse(query).syntax)
      request.limit = 50
      let result = try searcher.search(request)
      let hits = try result.hits.map { hit in
        "\(try searcher.record(hit, of: result)["id"]?.stringValue ?? "") \(hit.score)"
      }
      found.append("\(query) \(result.total) \(hits)")
    }
    return found
  }

  @Test func whatStaysIsOpenedOnceAndAnswersAlike() throws {
    var random = SeededGenerator(0x5348_4152)
    let files = try RepairTests.index(&random)
    var open = try Snapshot.open(files)
    _ = try Self.answers(open)
    var reused = 0
    var opened = 0
    for round in 0..<12 {
      let writer = try IndexWriter(files, schemas: RepairTests.schemas, options: RepairTests.options)
      for number in 0..<3 { _ = try writer.add(RepairTests.record(100 + round * 3 + number, &random)) }
      // A replacement or a deletion changes an old segment; a merge takes its place.
      if round % 3 == 1 { _ = try writer.add(RepairTests.record(round, &random)) }
      if round % 3 == 2 { _ = try writer.delete(kind: "file", id: "r\(100 + round)") }
      if round == 8 { try writer.mergeFully() }
      _ = try writer.commit()
      let fresh = try Snapshot.open(files)
      let shared = try Snapshot.open(files, sharing: open)
      #expect(shared.manifest == fresh.manifest)
      #expect(shared.segments.map(\.entry) == fresh.segments.map(\.entry))
      for reader in shared.segments {
        let isShared = open.segments.contains { $0 === reader }
        #expect(isShared == open.segments.contains { $0.entry == reader.entry })
        if isShared { reused += 1 } else { opened += 1 }
      }
      #expect(try Self.answers(shared) == Self.answers(fresh), "round \(round)")
      open = shared
    }
    #expect(reused > 20 && opened >= 12, "\(reused) shared, \(opened) opened")
  }

  @Test func nothingIsSharedWithAnotherIndex() throws {
    var random = SeededGenerator(0x4F54_4852)
    var again = SeededGenerator(0x4F54_4852)
    let one = try Snapshot.open(try RepairTests.index(&random))
    let other = try Snapshot.open(try RepairTests.index(&again), sharing: one)
    #expect(other.manifest.index != one.manifest.index)
    #expect(other.segments.allSatisfy { reader in !one.segments.contains { $0 === reader } })
  }
}
