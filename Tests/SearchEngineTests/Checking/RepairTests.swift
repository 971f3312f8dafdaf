import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// A repair keeps what is whole, loses what no byte is left of, says which, and leaves an index that a deep check finds good.
@Suite struct RepairTests {
  static let schemas = [
    Schema(
      kind: "file",
      fields: [
        FieldDefinition(name: "text", type: .text), FieldDefinition(name: "tag", type: .keyword, weight: 0),
        FieldDefinition(name: "n", type: .number, weight: 0),
      ]),
    Schema(kind: "piece", fields: [FieldDefinition(name: "text", type: .text)]),
  ]

  static var options: IndexWriter.Options {
    var options = IndexWriter.Options()
    options.memory = IndexWriter.minimumMemory
    options.mergesAsItGoes = false
    options.derivedKinds = ["file": ["piece"]]
    return options
  }

  static func record(_ number: Int, _ random: inout SeededGenerator) -> Record {
    let words = (0..<Int.random(in: 3...30, using: &random)).map { _ in
      RandomRecords.words.randomElement(using: &random) ?? "lead"
    }
    return Record(
      kind: "file", id: "r\(number)",
      body: JSONObject([
        .init(name: "text", value: .string(words.joined(separator: " ") + " w\(number)")),
        .init(name: "tag", value: .string(["a", "b", "c"][number % 3])),
        .init(name: "n", value: .number("\(number)")),
      ]))
  }

  static func derive(_ record: Record) -> [Record] {
    guard record.kind == "file", let text = record.body["text"] else { return [] }
    return [Record(kind: "piece", id: "\(record.id)#p1", body: JSONObject([.init(name: "text", value: text)]))]
  }

  /// Two segments a kind, deletions and replacements in the first, targets, the commit before beside the last.
  static func index(_ random: inout SeededGenerator) throws -> InMemoryFileSystem {
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: schemas, options: options)
    for number in 0..<24 {
      let record = record(number, &random)
      _ = try writer.add(record, derived: derive(record))
    }
    try writer.attach(.targets, Array(0..<40))
    _ = try writer.commit()
    for number in [1, 5, 30, 31] {
      let record = record(number, &random)
      _ = try writer.add(record, derived: derive(record))
    }
    _ = try writer.delete(kind: "file", id: "r2")
    _ = try writer.commit()
    return fileSystem
  }

  static func records(_ fileSystem: any FileSystem) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    let snapshot = try Snapshot.open(fileSystem)
    for segment in snapshot.segments {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        let bytes = try segment.record(document)
        let object = try JSONValue(parsing: bytes)
        found["\(segment.kind)/\(object["id"]?.stringValue ?? "")"] = bytes
      }
    }
    return found
  }

  @Test func aByteChangedCostsAtMostTheRecordsItLiesIn() throws {
    let seed: UInt64 = 70
    var random = SeededGenerator(seed)
    let base = try Self.index(&random)
    let manifest = try Snapshot.open(base).manifest
    let before = try Self.records(base)
    let deleted: Set = ["file/r2", "piece/r2#p1"]
    var repaired = 0
    var lost = 0
    for (name, bytes) in base.files.sorted(by: { $0.key < $1.key }) where manifest.fileNames.contains(name) {
      guard !name.hasPrefix("manifest") else { continue }
      for _ in 0..<(Full.isOn ? 60 : 2) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let fileSystem = InMemoryFileSystem(base.files)
        var changed = bytes
        changed[place] ^= UInt8.random(in: 1...255, using: &random)
        try fileSystem.overwrite(name, with: changed)
        let context = "\(name) at \(place), seed \(seed)"
        let report = try IndexRepair.run(fileSystem, options: Self.options, derive: Self.derive)
        #expect(report.commit == 3, "\(context)")
        let after = try Self.records(fileSystem)
        let check = IndexCheck.run(fileSystem, deep: true)
        #expect(check.isClean && check.leftovers.isEmpty, "\(context): \(check.problems) \(check.leftovers)")
        let gone = Set(report.lost.map { "\($0.kind)/\($0.id ?? "?")" })
        let doubtful = Set(report.doubtful.map { "\($0.kind)/\($0.id ?? "?")" })
        for (key, bytes) in after where before[key] != bytes {
          #expect(deleted.contains(key) && name.contains(".live"), "\(context): \(key) is not what it was")
        }
        for key in before.keys where after[key] == nil {
          let parent = key.hasPrefix("piece/") ? "file/" + (key.dropFirst(6).split(separator: "#").first ?? "") : key
          #expect(gone.contains(parent), "\(context): \(key) is gone and not listed")
        }
        // Only stored records are told nowhere else.
        if !name.hasSuffix(".records")
          || manifest.segments.contains(where: {
            $0.kind == "piece" && $0.files[.storedRecords]?.name == name
          })
        {
          #expect(gone.isEmpty && report.lostCount == 0, "\(context): \(gone)")
        }
        #expect(gone.allSatisfy { before[$0] != nil }, "\(context): lost \(gone)")
        #expect(name.contains(".live") || doubtful.isEmpty, "\(context)")
        repaired += 1
        lost += report.lostCount
      }
    }
    print("repairs of one changed byte: \(repaired), \(lost) records lost and listed, seed \(seed)")
    #expect(repaired > 30 && lost > 0)
  }

  @Test func aFileMissingOrCutIsRepaired() throws {
    var random = SeededGenerator(71)
    let base = try Self.index(&random)
    let manifest = try Snapshot.open(base).manifest
    let before = try Self.records(base)
    for (name, bytes) in base.files.sorted(by: { $0.key < $1.key }) where manifest.fileNames.contains(name) {
      guard !name.hasPrefix("manifest") else { continue }
      for version in Full.isOn ? [nil, Array(bytes.prefix(bytes.count / 2)), []] : [nil] {
        var files = base.files
        files[name] = version
        let fileSystem = InMemoryFileSystem(files)
        let report = try IndexRepair.run(fileSystem, options: Self.options, derive: Self.derive)
        let after = try Self.records(fileSystem)
        #expect(IndexCheck.run(fileSystem, deep: true).isClean, "\(name)")
        let kept = after.keys.filter { $0.hasPrefix("file/") && $0 != "file/r2" }.count
        #expect(kept + report.lostCount == before.keys.filter { $0.hasPrefix("file/") }.count, "\(name)")
        if name.hasSuffix(".targets") { #expect(report.droppedFiles == [.targets]) }
      }
    }
  }

  @Test func aBrokenManifestGivesTheCommitBefore() throws {
    var random = SeededGenerator(72)
    let fileSystem = try Self.index(&random)
    let first = try RepairTests.records(InMemoryFileSystem(fileSystem.files.filter { $0.key != "manifest-000002" }))
    var bytes = try fileSystem.read("manifest-000002", limit: .max)
    bytes[100] ^= 1
    try fileSystem.overwrite("manifest-000002", with: bytes)
    #expect(throws: IndexError.self) { try Snapshot.open(fileSystem) }
    #expect(try Snapshot.open(fileSystem, allowRollback: true).generation == 1)
    let report = try IndexRepair.run(fileSystem, options: Self.options, derive: Self.derive)
    #expect(report.rolledBack && report.commit == 3 && report.lostCount == 0)
    #expect(try Self.records(fileSystem) == first)
    #expect(IndexCheck.run(fileSystem, deep: true).isClean)
  }

  @Test func aWholeIndexIsLeftAlone() throws {
    var random = SeededGenerator(73)
    let fileSystem = try Self.index(&random)
    let files = fileSystem.files
    let report = try IndexRepair.run(fileSystem, options: Self.options, derive: Self.derive)
    #expect(report.commit == nil && report.segments.isEmpty)
    #expect(fileSystem.files == files)
  }

  /// A repair that fails at any call leaves the damaged index as it was: nothing is removed before the new commit stands.
  @Test func aRepairThatFailsLosesNothing() throws {
    var random = SeededGenerator(74)
    let base = try Self.index(&random)
    let manifest = try Snapshot.open(base).manifest
    let whole = try Self.records(base)
    let name = try #require(manifest.segments.first?.files[.postings]?.name)
    var bytes = try base.read(name, limit: .max)
    bytes[60] ^= 0xff
    try base.overwrite(name, with: bytes)
    var call = 1
    var runs = 0
    while true {
      let memory = InMemoryFileSystem(base.files)
      let faulty = FaultInjectingFileSystem(
        memory, fault: Fault(call: call, errno: 5, effect: .refused, persists: true))
      _ = try? IndexRepair.run(faulty, options: Self.options, derive: Self.derive)
      guard faulty.fired else { break }
      _ = try IndexRepair.run(memory, options: Self.options, derive: Self.derive)
      #expect(try Self.records(memory) == whole, "call \(call)")
      #expect(IndexCheck.run(memory, deep: true).isClean, "call \(call)")
      runs += 1
      call += Full.isOn ? 1 : 61
    }
    print("repairs that failed at a call: \(runs), of \(call) calls")
    #expect(runs > 2)
  }
}
