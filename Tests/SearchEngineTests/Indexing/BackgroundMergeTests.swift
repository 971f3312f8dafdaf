import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

@Suite struct BackgroundMergeTests {
  private static let schema = Schema(kind: "note", fields: [FieldDefinition(name: "text", type: .text)])

  private func record(_ id: Int, _ text: String) -> Record {
    Record(
      kind: "note", id: "n\(id)",
      body: JSONObject([JSONObject.Member(name: "text", value: .string(text))]))
  }

  /// Records that are replaced and deleted while their segments are being merged elsewhere are replaced and deleted in the
  /// merged segment too: what stays is exactly the final set.
  @Test(arguments: [true, false]) func deletionsDuringAMergeAreKept(inBackground: Bool) throws {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed)
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    // Little above what an empty segment takes, so that segments are many and small.
    options.memory = 1_300_000
    options.mergesInBackground = inBackground
    let writer = try IndexWriter(files, schemas: [Self.schema], options: options)
    var expected: [String: String] = [:]
    for step in 0..<5_000 {
      let id = Int.random(in: 0..<4_000, using: &generator)
      if step % 7 == 3 {
        let deleted = try writer.delete(kind: "note", id: "n\(id)")
        #expect(deleted == (expected.removeValue(forKey: "n\(id)") != nil), "seed \(seed)")
      } else {
        let text = (0..<30).map { _ in "word\(Int.random(in: 0..<5_000, using: &generator))" }.joined(separator: " ")
        let outcome = try writer.add(record(id, text))
        #expect((outcome == .added) == (expected["n\(id)"] == nil), "seed \(seed)")
        expected["n\(id)"] = text
      }
    }
    #expect(writer.statistics.flushes >= 8, "the test is about many segments: \(writer.statistics)")
    #expect(writer.statistics.merges > 0 || inBackground)
    _ = try writer.commit()
    #expect(writer.statistics.merges > 0)
    let snapshot = try Snapshot.open(files)
    #expect(snapshot.recordCount() == expected.count, "seed \(seed)")
    var found: [String: String] = [:]
    for segment in snapshot.segments {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        let value = try JSONValue(parsing: String(decoding: try segment.record(document), as: UTF8.self))
        let id = try #require(value["id"]?.stringValue)
        #expect(found[id] == nil, "\(id) stands twice, seed \(seed)")
        found[id] = value["text"]?.stringValue
      }
    }
    #expect(found == expected, "seed \(seed)")
  }
}
