import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// Whatever is added, replaced, deleted, flushed, merged, committed and reopened in whatever order: the index says the same
/// as one that was built from the final records at once.
@Suite struct IndexWriterPropertyTests {
  static func options(memory: Int, merges: Bool) -> IndexWriter.Options {
    var options = IndexWriter.Options()
    options.memory = memory
    options.mergesAsItGoes = merges
    options.derivedKinds = ["file": ["piece"]]
    return options
  }

  static func fresh(_ model: IndexModel, _ schemas: [Schema]) throws -> IndexContent {
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: schemas, options: options(memory: 64 << 20, merges: false))
    for entry in model.entries { _ = try writer.add(entry.record, derived: entry.pieces) }
    _ = try writer.commit()
    return try IndexContent(Snapshot.open(fileSystem))
  }

  static func expectClean(_ fileSystem: any FileSystem, _ context: String, deep: Bool = true) {
    let report = IndexCheck.run(fileSystem, deep: deep)
    #expect(report.isClean, "\(context): \(report.problems.prefix(3))")
    #expect(report.leftovers.isEmpty, "\(context)")
  }

  @Test(arguments: 0..<(Full.isOn ? 60 : 8))
  func anIndexIsWhatItsRecordsAre(number: Int) throws {
    let seed = 7_000 + UInt64(number)
    var source = RandomRecords(seed: seed)
    var model = IndexModel()
    let fileSystem = InMemoryFileSystem()
    let memory = [0, 0, 4 << 20, 64 << 20][number % 4]
    let options = Self.options(memory: memory, merges: number % 3 > 0)
    var writer: IndexWriter? = try IndexWriter(fileSystem, schemas: source.schemas, options: options)
    for step in 0..<40 {
      let action = Int.random(in: 0..<20, using: &source.random)
      if action == 18 {
        _ = try writer?.commit()
        // The lock goes with the writer.
        writer = nil
        writer = try IndexWriter(fileSystem, schemas: source.schemas, options: options)
      }
      let current = try #require(writer)
      switch action {
      case 0..<9:
        let id = "r\(Int.random(in: 0..<30, using: &source.random))"
        let (record, pieces) = (source.record(id), source.pieces(id))
        let expected = model.put(record, pieces)
        #expect(try current.add(record, derived: pieces) == expected, "seed \(seed), step \(step)")
      case 9, 10:
        guard let entry = model.entries.randomElement(using: &source.random) else { continue }
        #expect(try current.add(entry.record, derived: entry.pieces) == .unchanged, "seed \(seed), step \(step)")
      case 11, 12, 13:
        let id = model.ids.randomElement(using: &source.random) ?? "none"
        let expected = model.delete(id)
        #expect(try current.delete(kind: "file", id: id) == expected, "seed \(seed), step \(step)")
      case 14: try current.mergeFully()
      case 15: try current.merge()
      case 16, 17:
        _ = try current.commit()
        let found = try IndexContent.records(Snapshot.open(fileSystem))
        #expect(found == model.records, "seed \(seed), step \(step)")
        Self.expectClean(fileSystem, "seed \(seed), step \(step)")
      case 18: break
      default: _ = try current.attach(.thesaurus, [UInt8(step)])
      }
      #expect(try #require(writer).recordCount(kind: "file") == model.entries.count, "seed \(seed), step \(step)")
    }
    _ = try writer?.commit()
    var before = try IndexContent(Snapshot.open(fileSystem))
    before.attachments = [:]
    let fresh = try Self.fresh(model, source.schemas)
    #expect(before.difference(fresh) == nil, "live content, seed \(seed)")
    try writer?.mergeFully()
    _ = try writer?.commit()
    Self.expectClean(fileSystem, "merged, seed \(seed)")
    let merged = try Snapshot.open(fileSystem)
    var after = try IndexContent(merged)
    after.attachments = [:]
    #expect(after.difference(fresh) == nil, "merged, seed \(seed)")
    for segment in merged.segments { #expect(segment.live == nil) }
    #expect(Set(merged.segments.map(\.kind)).count == merged.segments.count)
  }

  // MARK: Regressions

  private func single(_ id: String, _ value: String) -> Record {
    Record(kind: "piece", id: id, body: JSONObject([.init(name: "text", value: .string(value))]))
  }

  /// A value longer than a column takes was cut inside a character: the column then held no UTF-8, and merging it failed.
  @Test func longValuesAreCutBetweenCharacters() throws {
    let schema = Schema(kind: "piece", fields: [FieldDefinition(name: "text", type: .keyword)])
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: [schema])
    _ = try writer.add(single("1", "a" + String(repeating: "甲", count: 500)))
    _ = try writer.commit()
    _ = try writer.add(single("2", "ab" + String(repeating: "甲", count: 500)))
    _ = try writer.commit()
    try writer.mergeFully()
    _ = try writer.commit()
    Self.expectClean(fileSystem, "long values")
    #expect(try IndexContent(Snapshot.open(fileSystem)).kinds["piece"]?.values["text"]?.count == 2)
  }

  /// A record with an id longer than a column takes was never found again: replacing it made a second one.
  @Test func recordsWithLongIdsAreReplaced() throws {
    let schema = Schema(kind: "piece", fields: [FieldDefinition(name: "text", type: .text)])
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: [schema])
    let id = String(repeating: "号", count: 600)
    #expect(try writer.add(single(id, "one")) == .added)
    _ = try writer.commit()
    #expect(try writer.add(single(id, "one")) == .unchanged)
    #expect(try writer.add(single(id, "two")) == .replaced)
    _ = try writer.commit()
    #expect(try Snapshot.open(fileSystem).recordCount() == 1)
  }

  /// An attachment was compared with the last commit's, not with the one given since: going back to it had no effect.
  @Test func anAttachmentCanBeTakenBack() throws {
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: [])
    try writer.attach(.thesaurus, [1])
    _ = try writer.commit()
    try writer.attach(.thesaurus, [2])
    try writer.attach(.thesaurus, [1])
    _ = try writer.commit()
    #expect(try Snapshot.open(fileSystem).attachment(.thesaurus) == [1])
    let generation = try writer.commit()
    try writer.attach(.thesaurus, [1])
    #expect(try writer.commit() == generation)
    try writer.attach(.thesaurus, nil)
    #expect(try writer.commit() == generation + 1)
    #expect(try Snapshot.open(fileSystem).attachment(.thesaurus) == nil)
  }

  /// A value without a word took no place on the line: its term stood where the next item began.
  @Test func aValueWithoutWordsStaysInItsItem() throws {
    let schema = Schema(kind: "file", fields: [FieldDefinition(name: "items.code", type: .keyword)])
    let item = { (code: String) in JSONValue.object(JSONObject([.init(name: "code", value: .string(code))])) }
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: [schema])
    let body = JSONObject([.init(name: "items", value: .array([item("—"), item("A1"), item("…")]))])
    _ = try writer.add(Record(kind: "file", id: "1", body: body))
    _ = try writer.commit()
    let segment = try #require(Snapshot.open(fileSystem).segments.first)
    var units = DocumentUnits()
    try segment.units?.units(of: 0, into: &units)
    let items = units.units.filter { $0.kind == .item }
    #expect(items.count == 3 && items.allSatisfy { $0.start < $0.end })
    for (value, expected) in [("—", 0), ("A1", 1), ("…", 2)] {
      let term = TermKey.keyword(field: 0, FoldedValue.bytes(value))
      let info = try #require(try term.withBytes { (bytes) throws(IndexError) in try segment.dictionary.find(bytes) })
      let cursor = try segment.postings(info)
      var positions: [UInt32] = []
      _ = try cursor.next()
      try cursor.positions(into: &positions)
      let position = try #require(positions.first)
      #expect(items[expected].start <= position && position < items[expected].end, "\(value)")
    }
    Self.expectClean(fileSystem, "values without words")
  }

  @Test func weightsBeyondWhatIsCountedAreRefused() throws {
    for weights in [[1, 2, 3, 4, 5], [128]] {
      let fields = weights.enumerated().map { FieldDefinition(name: "f\($0)", type: .text, weight: $1) }
      let schema = Schema(kind: "piece", fields: fields, keepsUnknownFields: false)
      #expect(throws: IndexError.self) { try IndexWriter(InMemoryFileSystem(), schemas: [schema]) }
    }
  }
}
