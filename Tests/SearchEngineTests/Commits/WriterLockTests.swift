import Storage
import Testing

@testable import SearchEngine

/// One writer at a time; readers keep what they have.
@Suite struct WriterLockTests {
  @Test func aSecondWriterIsRefusedAtOnce() throws {
    let script = CommitScript(seed: 5, commits: 1)
    let fileSystem = InMemoryFileSystem()
    do {
      let first = try IndexWriter(fileSystem, schemas: script.schemas)
      for _ in 0..<3 {
        do throws(IndexError) {
          _ = try IndexWriter(fileSystem, schemas: script.schemas)
          Issue.record("two writers")
        } catch {
          guard case .storage(.locked) = error else {
            Issue.record("\(error)")
            return
          }
        }
      }
      _ = try first.add(script.extra)
      _ = try first.commit()
    }
    let second = try IndexWriter(fileSystem, schemas: script.schemas)
    #expect(second.generation == 1)
  }

  /// Readers of every commit, all held while the writer goes on: each answers as it did at first.
  @Test func readersKeepTheirCommit() throws {
    var source = RandomRecords(seed: 99)
    var model = IndexModel()
    let fileSystem = InMemoryFileSystem()
    let writer = try IndexWriter(fileSystem, schemas: source.schemas, options: CommitScript.options)
    var held: [(snapshot: Snapshot, content: IndexContent)] = []
    for commit in 0..<12 {
      for _ in 0..<4 {
        let id = "r\(Int.random(in: 0..<8, using: &source.random))"
        let (record, pieces) = (source.record(id), source.pieces(id))
        _ = model.put(record, pieces)
        _ = try writer.add(record, derived: pieces)
      }
      if commit % 3 == 2 { try writer.mergeFully() }
      _ = try writer.commit()
      let snapshot = try Snapshot.open(fileSystem)
      held.append((snapshot, try IndexContent(snapshot)))
      if commit % 4 == 3 { held.remove(at: 0) }
      for (snapshot, content) in held {
        #expect(try IndexContent(snapshot).difference(content) == nil, "commit \(snapshot.generation)")
        // Its files are there for whoever opens them anew.
        for name in snapshot.manifest.fileNames { #expect(try fileSystem.contains(name), "\(name)") }
        let again = try Snapshot.open(snapshot.manifest, fileSystem, pin: nil)
        #expect(try IndexContent.records(again) == content.records)
      }
    }
    held = []
    _ = try writer.add(source.record("last"))
    _ = try writer.commit()
    #expect(try CommitStore(fileSystem: fileSystem).generations() == [12, 13])
    IndexWriterPropertyTests.expectClean(fileSystem, "after the readers went")
  }

  /// A manifest that goes between its being listed and its being read is no missing index.
  @Test func aReaderStartsOverWhenItsCommitGoes() throws {
    let script = CommitScript(seed: 6, commits: 2)
    let base = InMemoryFileSystem()
    try script.run(base) { _ in }
    let racing = VanishingFileSystem(base, vanishing: "manifest-000009", times: 3)
    #expect(try Snapshot.open(racing).generation == 2)
  }

  /// Names of other programs are left alone; our own are cleared away.
  @Test func strangersFilesStay() throws {
    let strangers = [
      "notes.records", "apikey.keys", "manifest-readme", "seg-x.terms", "seg-1.txt", "my-1.terms", "targets.targets",
      "seg-99999999999999999999.terms", "seg-18446744073709551614.terms", "manifest-1.bak",
    ]
    let ours = ["seg-000900.terms", "seg-000007-12.live", "targets-4.targets", "manifest-000009.tmp"]
    let fileSystem = InMemoryFileSystem(
      Dictionary(uniqueKeysWithValues: (strangers + ours).map { ($0, [1, 2, 3]) }))
    let script = CommitScript(seed: 6, commits: 2)
    try script.run(fileSystem) { _ in }
    for name in strangers { #expect(try fileSystem.contains(name), "\(name)") }
    for name in ours { #expect(try !fileSystem.contains(name), "\(name)") }
    #expect(IndexCheck.run(fileSystem, deep: true).isClean)
  }

  /// An older commit's manifest is damaged: commits go on, and no file is removed while nobody knows who needs it.
  @Test func aDamagedOlderManifestDoesNotStopCommits() throws {
    let script = CommitScript(seed: 8, commits: 2)
    let fileSystem = InMemoryFileSystem()
    try script.run(fileSystem) { _ in }
    try fileSystem.overwrite("manifest-000001", with: [1, 2, 3])
    let pin = try fileSystem.pin("manifest-000001")
    do {
      let writer = try IndexWriter(fileSystem, schemas: script.schemas, options: CommitScript.options)
      _ = try writer.add(script.extra)
      #expect(try writer.commit() == 3)
      #expect(writer.garbageFailure == nil)
    }
    #expect(!IndexCheck.run(fileSystem, deep: false).isClean)
    pin.release()
    let writer = try IndexWriter(fileSystem, schemas: script.schemas, options: CommitScript.options)
    try writer.attach(.targets, [9])
    #expect(try writer.commit() == 4)
    IndexWriterPropertyTests.expectClean(fileSystem, "after the damaged one went")
  }
}

/// A directory that at first still lists a file that has gone.
final class VanishingFileSystem: FileSystem {
  private let base: InMemoryFileSystem
  private let ghost: String
  private let left: LockedCount

  init(_ base: InMemoryFileSystem, vanishing ghost: String, times: Int) {
    self.base = base
    self.ghost = ghost
    left = LockedCount(times)
  }

  var path: String { base.path }
  func list() throws(StorageError) -> [String] { left.take() ? [ghost] : try base.list() }
  func count(of name: String) throws(StorageError) -> Int { try base.count(of: name) }
  func create(_ name: String) throws(StorageError) -> AppendFile { try base.create(name) }
  func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents {
    try base.open(name, expectedCount: expectedCount, mapping: mapping)
  }
  func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] { try base.read(name, limit: limit) }
  func rename(_ name: String, to newName: String) throws(StorageError) { try base.rename(name, to: newName) }
  func remove(_ name: String) throws(StorageError) { try base.remove(name) }
  func syncDirectory() throws(StorageError) { try base.syncDirectory() }
  func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError) {
    try base.copy(name, to: other, linking: linking)
  }
  func freeSpace() throws(StorageError) -> UInt64 { try base.freeSpace() }
  func lockExclusively(_ name: String) throws(StorageError) -> FileLock { try base.lockExclusively(name) }
  func pin(_ name: String) throws(StorageError) -> FileLock { try base.pin(name) }
  func isPinned(_ name: String) throws(StorageError) -> Bool { try base.isPinned(name) }
  func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool { try base.removeUnlessPinned(name) }
}

/// A count that several threads may take from.
final class LockedCount: @unchecked Sendable {
  // Unchecked: used by one test on one thread.
  private var count: Int
  init(_ count: Int) { self.count = count }
  func take() -> Bool {
    count -= 1
    return count >= 0
  }
}
