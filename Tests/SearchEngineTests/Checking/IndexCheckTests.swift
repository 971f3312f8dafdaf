import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// The check tells what is wrong, where, and goes on behind it.
@Suite struct IndexCheckTests {
  static let schema = Schema(
    kind: "file",
    fields: [FieldDefinition(name: "text", type: .text), FieldDefinition(name: "n", type: .number, weight: 0)])

  /// 300 records of which one word stands in all, so that there are lists of several blocks.
  static func index() throws -> InMemoryFileSystem {
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: [schema])
    for number in 0..<300 {
      let body = JSONObject([
        .init(
          name: "text", value: .string("lead painted paints w\(number) " + String(repeating: "x ", count: number % 7))),
        .init(name: "n", value: .number("\(number)")),
      ])
      _ = try writer.add(Record(kind: "file", id: "r\(number)", body: body))
    }
    _ = try writer.commit()
    return fileSystem
  }

  @Test func aSoundIndexIsCleanAndCounted() throws {
    let fileSystem = try Self.index()
    let deep = IndexCheck.run(fileSystem, deep: true)
    #expect(deep.isClean, "\(deep.problems)")
    #expect(deep.generation == 1 && deep.isDeep && deep.leftovers.isEmpty)
    let items = Dictionary(uniqueKeysWithValues: deep.structures.map { ($0.name, $0.items) })
    #expect(items["records"] == 300 && items["lengths"] == 300 && items["keys"] == 300)
    let segment = try #require(Snapshot.open(fileSystem).segments.first)
    #expect(items["terms"] == segment.dictionary.termCount)
    #expect((items["postings"] ?? 0) > 300 * 3)
    let bytes = deep.structures.reduce(0) { $0 + $1.bytes }
    #expect(bytes == fileSystem.files.values.reduce(0) { $0 + $1.count })
    let shallow = IndexCheck.run(fileSystem, deep: false)
    #expect(shallow.isClean && shallow.structures.allSatisfy { $0.items == 1 })
  }

  @Test func aDirectoryWithoutIndexIsAProblem() {
    let report = IndexCheck.run(InMemoryFileSystem(), deep: true)
    #expect(report.generation == nil && report.problems.count == 1)
  }

  /// Changes a file of the only segment, its checksums made right again, and checks that segment deeply.
  private func problems(
    _ kind: FileKind, _ body: (inout [UInt8], Range<Int>) -> Void
  ) throws -> [String: [IndexCheckReport.Problem]] {
    let fileSystem = try Self.index()
    let manifest = try Snapshot.open(fileSystem).manifest
    var entry = try #require(manifest.segments.first)
    let file = try #require(entry.files[kind])
    let changed = SealedFile.change(try fileSystem.read(file.name, limit: .max), file, body)
    try fileSystem.overwrite(file.name, with: changed.bytes)
    entry.files[kind] = changed.entry
    var log = CheckLog(isDeep: true)
    SegmentCheck(
      fileSystem: fileSystem, entry: entry, schema: Self.schema, index: manifest.index, manifestName: "m", mapped: true
    ).run(&log)
    return Dictionary(uniqueKeysWithValues: log.report.structures.map { ($0.name, $0.problems) })
  }

  @Test func aLengthThatIsNotItsRecordsIsFound() throws {
    let found = try problems(.fieldLengths) { bytes, range in bytes[range.lowerBound] &+= 1 }
    #expect(found["lengths"]?.isEmpty == false)
    #expect(found["records"]?.isEmpty == true)
  }

  @Test func impactsThatBoundNothingAreFound() throws {
    // The list of "lead" has three blocks; its impacts are pairs (frequency 1, code of the least length).
    let found = try problems(.postings) { bytes, range in
      var changed = 0
      for place in range where place + 8 <= range.upperBound && changed < 3 {
        // A frequency of 1 in all four pairs.
        let isImpact = stride(from: 0, to: 8, by: 2).allSatisfy { bytes[place + $0] == 1 && bytes[place + $0 + 1] > 2 }
        guard isImpact else { continue }
        for pair in stride(from: 0, to: 8, by: 2) { bytes[place + pair] = 0 }
        changed += 1
      }
      #expect(changed > 0)
    }
    #expect(found["postings"]?.contains { $0.message.contains("impact") } == true, "\(found)")
  }

  @Test func aContentHashOfAnotherRecordIsFound() throws {
    let found = try problems(.recordKeys) { bytes, range in bytes[range.lowerBound + 12] ^= 1 }
    #expect(found["records"]?.count == 1)
    #expect(found["keys"]?.isEmpty == true)
  }

  @Test func keysThatNameADocumentTwiceAreFound() throws {
    let found = try problems(.recordKeys) { bytes, range in
      for place in 0..<4 { bytes[range.lowerBound + 8 + place] = bytes[range.lowerBound + 28 + place] }
    }
    #expect(found["keys"]?.count == 1)
  }

  @Test func problemsOfAFileOfRubbishAreBounded() throws {
    // Every record's content hash is wrong.
    let found = try problems(.recordKeys) { bytes, range in
      for entry in 0..<300 { bytes[range.lowerBound + entry * 20 + 12] ^= 0x55 }
    }
    #expect(found["records"]?.count == IndexCheckReport.problemLimit)
  }

  /// A manifest that says other than its files: live documents, kinds, totals.
  @Test func countsOfTheManifestAreCompared() throws {
    let fileSystem = try Self.index()
    let manifest = try Snapshot.open(fileSystem).manifest
    let sound = try #require(manifest.segments.first)
    var fewer = sound
    fewer.liveCount = 7
    let longer = SegmentEntry(
      id: sound.id, kind: sound.kind, documentCount: sound.documentCount, totalLength: sound.totalLength + 1,
      liveCount: sound.liveCount, files: sound.files)
    var without = sound
    without.files[.postings] = nil
    for (entry, structure) in [(fewer, "live"), (longer, "lengths"), (without, "postings")] {
      var log = CheckLog(isDeep: true)
      SegmentCheck(
        fileSystem: fileSystem, entry: entry, schema: Self.schema, index: manifest.index, manifestName: "m",
        mapped: true
      ).run(&log)
      let found = log.report.structures.filter { $0.problemCount > 0 }.map(\.name)
      #expect(found == [structure])
      var changed = manifest
      changed.segments = [entry]
      #expect(throws: IndexError.self) { try Snapshot.open(changed, fileSystem, pin: nil) }
    }
  }

  /// Several damaged files are all reported, and what is sound behind them is still walked.
  @Test func theCheckGoesOnBehindDamage() throws {
    let fileSystem = try Self.index()
    let manifest = try Snapshot.open(fileSystem).manifest
    let entry = try #require(manifest.segments.first)
    var damaged: Set<String> = []
    for kind in [FileKind.postings, .storedRecords, .docValues] {
      let file = try #require(entry.files[kind])
      var bytes = try fileSystem.read(file.name, limit: .max)
      bytes[IndexFileFormat.headerLength + 3] ^= 0x10
      try fileSystem.overwrite(file.name, with: bytes)
      damaged.insert(file.name)
    }
    let report = IndexCheck.run(fileSystem, deep: true)
    #expect(Set(report.problems.map(\.file)).isSuperset(of: damaged))
    let items = Dictionary(uniqueKeysWithValues: report.structures.map { ($0.name, $0.items) })
    #expect(items["keys"] == 300 && items["lengths"] == 300 && (items["terms"] ?? 0) > 300)
  }
}
