import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// A backup is one commit, whole, whatever happens beside it; a restore is a commit like any other.
@Suite struct BackupTests {
  @Test func backupAndRestoreGiveTheSameRecords() throws {
    var random = SeededGenerator(80)
    let source = try RepairTests.index(&random)
    let records = try RepairTests.records(source)
    let backup = InMemoryFileSystem()
    let copied = try IndexBackup.backUp(source, to: backup, linking: true)
    #expect(copied.commit == 2)
    #expect(try RepairTests.records(backup) == records)
    let check = IndexCheck.run(backup, deep: true)
    #expect(check.isClean && check.leftovers.isEmpty)
    #expect(copied.bytes == (try Snapshot.open(source).byteCount))

    // Into an empty place: the same files under the same names.
    let fresh = InMemoryFileSystem()
    #expect(try IndexBackup.restore(from: backup, to: fresh).commit == 2)
    #expect(
      fresh.files.filter { !$0.key.hasPrefix("manifest") } == backup.files.filter { !$0.key.hasPrefix("manifest") })

    // Over an index that went on: a new commit above its own, and a writer goes on from there.
    let writer = try IndexWriter(source, schemas: RepairTests.schemas, options: RepairTests.options)
    for number in 40..<44 { _ = try writer.add(RepairTests.record(number, &random)) }
    _ = try writer.commit()
    #expect(throws: IndexError.self) { try IndexBackup.restore(from: backup, to: source) }
    withExtendedLifetime(writer) {}
    // The same files without that writer's lock.
    let other = InMemoryFileSystem(source.files)
    #expect(try IndexBackup.restore(from: backup, to: other).commit == 4)
    #expect(try RepairTests.records(other) == records)
    #expect(IndexCheck.run(other, deep: true).isClean)
    let next = try IndexWriter(other, schemas: RepairTests.schemas, options: RepairTests.options)
    _ = try next.delete(kind: "file", id: "r3")
    try next.mergeFully()
    #expect(try next.commit() == 5)
    #expect(try RepairTests.records(other).count == records.count - 2)
    #expect(IndexCheck.run(other, deep: true).isClean)
  }

  @Test func aDamagedIndexIsNotBackedUpAndABackupRepairsIt() throws {
    var random = SeededGenerator(81)
    let source = try RepairTests.index(&random)
    let records = try RepairTests.records(source)
    let backup = InMemoryFileSystem()
    _ = try IndexBackup.backUp(source, to: backup, linking: false)
    let name = try #require(try Snapshot.open(source).manifest.segments.last?.files[.storedRecords]?.name)
    var bytes = try source.read(name, limit: .max)
    bytes[70] ^= 1
    try source.overwrite(name, with: bytes)
    #expect(throws: IndexError.self) { try IndexBackup.backUp(source, to: InMemoryFileSystem(), linking: false) }
    #expect(try IndexBackup.restore(from: backup, to: source).commit == 3)
    #expect(try RepairTests.records(source) == records)
  }

  @Test func aPlaceThatHoldsSomethingIsRefused() throws {
    var random = SeededGenerator(82)
    let source = try RepairTests.index(&random)
    let taken = InMemoryFileSystem()
    _ = try IndexBackup.backUp(source, to: taken, linking: false)
    #expect(throws: IndexError.self) { try IndexBackup.backUp(source, to: taken, linking: false) }
    let strange = InMemoryFileSystem(["letter.txt": [1]])
    #expect(throws: IndexError.self) { try IndexBackup.backUp(source, to: strange, linking: false) }
    #expect(strange.files["letter.txt"] == [1])
    // What a backup that was cut short has left is begun anew.
    let cut = InMemoryFileSystem(taken.files.filter { !$0.key.hasPrefix("manifest") })
    #expect(try IndexBackup.backUp(source, to: cut, linking: false).commit == 2)
  }

  /// Commits, merges and garbage while a backup is made: each backup is one commit, whole.
  @Test func backupsWhileOthersWrite() throws {
    var random = SeededGenerator(83)
    let source = try RepairTests.index(&random)
    let writer = try IndexWriter(source, schemas: RepairTests.schemas, options: RepairTests.options)
    var contents: [UInt64: [String: [UInt8]]] = [:]
    for number in 50..<(Full.isOn ? 90 : 60) {
      let record = RepairTests.record(number % 7 + 50, &random)
      _ = try writer.add(record, derived: RepairTests.derive(record))
      if number % 3 == 0 { try writer.mergeFully() }
      contents[try writer.commit()] = try RepairTests.records(source)
      let backup = InMemoryFileSystem()
      let moving = Interfering(source) { _ = try? writer.commit() }
      let copied = try IndexBackup.backUp(moving, to: backup, linking: false)
      #expect(try RepairTests.records(backup) == contents[copied.commit])
    }
  }

  /// Does something of a writer's before each copy.
  private final class Interfering: FileSystem, @unchecked Sendable {
    let base: InMemoryFileSystem
    let body: () -> Void
    var path: String { base.path }

    init(_ base: InMemoryFileSystem, _ body: @escaping () -> Void) {
      self.base = base
      self.body = body
    }

    func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError) {
      body()
      try base.copy(name, to: other, linking: linking)
    }

    func list() throws(StorageError) -> [String] { try base.list() }
    func count(of name: String) throws(StorageError) -> Int { try base.count(of: name) }
    func create(_ name: String) throws(StorageError) -> AppendFile { try base.create(name) }
    func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents {
      try base.open(name, expectedCount: expectedCount, mapping: mapping)
    }
    func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] { try base.read(name, limit: limit) }
    func rename(_ name: String, to newName: String) throws(StorageError) { try base.rename(name, to: newName) }
    func remove(_ name: String) throws(StorageError) { try base.remove(name) }
    func syncDirectory() throws(StorageError) { try base.syncDirectory() }
    func freeSpace() throws(StorageError) -> UInt64 { try base.freeSpace() }
    func lockExclusively(_ name: String) throws(StorageError) -> FileLock { try base.lockExclusively(name) }
    func pin(_ name: String) throws(StorageError) -> FileLock { try base.pin(name) }
    func isPinned(_ name: String) throws(StorageError) -> Bool { try base.isPinned(name) }
    func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool { try base.removeUnlessPinned(name) }
  }
}
