import Storage
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What every file system promises, tried on each of them.
@Suite struct FileSystemContractTests {
  enum Kind: CaseIterable { case posix, memory, recording, fault }

  /// A new empty directory, and what keeps it.
  static func make(_ kind: Kind) throws -> (any FileSystem, TemporaryDirectory?) {
    switch kind {
    case .posix:
      let temporary = try TemporaryDirectory()
      return (try PosixFileSystem(path: temporary.path, create: false), temporary)
    case .memory: return (InMemoryFileSystem(), nil)
    case .recording: return (RecordingFileSystem(), nil)
    case .fault: return (FaultInjectingFileSystem(InMemoryFileSystem()), nil)
    }
  }

  static func write(_ directory: any FileSystem, _ name: String, _ bytes: [UInt8]) throws(StorageError) {
    let file = try directory.create(name)
    try file.write(bytes)
    _ = try file.finish()
  }

  @Test(arguments: Kind.allCases) func writesListsReadsRenamesRemoves(_ kind: Kind) throws {
    let (directory, temporary) = try Self.make(kind)
    defer { withExtendedLifetime(temporary) {} }
    #expect(try directory.list() == [])
    try Self.write(directory, "b", [1, 2, 3])
    try Self.write(directory, "a", [])
    try directory.syncDirectory()
    #expect(try directory.list() == ["a", "b"])
    #expect(try directory.count(of: "b") == 3)
    for mapping in [true, false] {
      let contents = try directory.open("b", expectedCount: 3, mapping: mapping)
      contents.advise(.random)
      contents.advise(.willNeed)
      #expect(contents.withBytes { Array($0) } == [1, 2, 3])
      #expect(try directory.open("a", expectedCount: 0, mapping: mapping).count == 0)
    }
    #expect(try directory.read("b", limit: 3) == [1, 2, 3])
    try directory.rename("b", to: "c")
    #expect(try directory.contains("b") == false)
    #expect(try directory.contains("c"))
    try directory.remove("c")
    #expect(try directory.list() == ["a"])
    #expect(try directory.freeSpace() > 0)
  }

  @Test(arguments: Kind.allCases) func refusals(_ kind: Kind) throws {
    let (directory, temporary) = try Self.make(kind)
    defer { withExtendedLifetime(temporary) {} }
    try Self.write(directory, "a", [1, 2, 3])
    try Self.write(directory, "b", [4])
    let inA = directory.path + "/a"
    let inX = directory.path + "/x"
    typealias Work = () throws(StorageError) -> Void
    let table: [(Work, StorageError)] = [
      ({ () throws(StorageError) in _ = try directory.create("a") }, .exists(path: inA)),
      ({ () throws(StorageError) in try directory.rename("b", to: "a") }, .exists(path: inA)),
      ({ () throws(StorageError) in try directory.rename("x", to: "y") }, .missing(path: inX)),
      ({ () throws(StorageError) in try directory.remove("x") }, .missing(path: inX)),
      ({ () throws(StorageError) in _ = try directory.open("x") }, .missing(path: inX)),
      ({ () throws(StorageError) in _ = try directory.count(of: "x") }, .missing(path: inX)),
      ({ () throws(StorageError) in _ = try directory.read("x", limit: 9) }, .missing(path: inX)),
      ({ () throws(StorageError) in _ = try directory.pin("x") }, .missing(path: inX)),
      (
        { () throws(StorageError) in _ = try directory.open("a", expectedCount: 4, mapping: true) },
        .wrongLength(path: inA, expected: 4, found: 3)
      ),
      (
        { () throws(StorageError) in _ = try directory.open("a", expectedCount: 2, mapping: false) },
        .wrongLength(path: inA, expected: 2, found: 3)
      ),
      (
        { () throws(StorageError) in _ = try directory.read("a", limit: 2) },
        .limit(which: "the file's length", allowed: 2, found: 3, path: inA)
      ),
    ]
    for (work, expected) in table { #expect(storageError(work) == expected) }
    for name in ["", ".", "..", "a/b", "/etc", "a\0b", String(repeating: "x", count: 256)] {
      #expect(storageError { () throws(StorageError) in _ = try directory.create(name) } == .invalidName(name))
      #expect(storageError { () throws(StorageError) in _ = try directory.open(name) } == .invalidName(name))
      #expect(storageError { () throws(StorageError) in try directory.rename("a", to: name) } == .invalidName(name))
    }
    #expect(try directory.read("a", limit: 3) == [1, 2, 3])
  }

  @Test(arguments: Kind.allCases) func secondWriterIsRefusedAtOnce(_ kind: Kind) throws {
    let (directory, temporary) = try Self.make(kind)
    defer { withExtendedLifetime(temporary) {} }
    let first = try directory.lockExclusively("write.lock")
    #expect(
      storageError { () throws(StorageError) in _ = try directory.lockExclusively("write.lock") }
        == .locked(path: directory.path + "/write.lock"))
    first.release()
    first.release()
    do {
      let second = try directory.lockExclusively("write.lock")
      #expect(second.path == directory.path + "/write.lock")
      #expect(storageError { () throws(StorageError) in _ = try directory.lockExclusively("write.lock") } != nil)
    }
    // Let go with the last reference; the file stays, and stays empty.
    _ = try directory.lockExclusively("write.lock")
    #expect(try directory.read("write.lock", limit: 0) == [])
  }

  @Test(arguments: Kind.allCases) func pinnedFileStays(_ kind: Kind) throws {
    let (directory, temporary) = try Self.make(kind)
    defer { withExtendedLifetime(temporary) {} }
    try Self.write(directory, "manifest-1", [1])
    #expect(try directory.isPinned("manifest-1") == false)
    let one = try directory.pin("manifest-1")
    let two = try directory.pin("manifest-1")
    #expect(try directory.isPinned("manifest-1"))
    one.release()
    #expect(try directory.removeUnlessPinned("manifest-1") == false)
    two.release()
    #expect(try directory.isPinned("manifest-1") == false)
    #expect(try directory.removeUnlessPinned("manifest-1"))
    #expect(try directory.list() == [])
  }

  @Test(arguments: Kind.allCases) func removedFileStaysReadable(_ kind: Kind) throws {
    let (directory, temporary) = try Self.make(kind)
    defer { withExtendedLifetime(temporary) {} }
    var random = SeededGenerator(seed: 5)
    let bytes = random.bytes(300_000)
    try Self.write(directory, "a", bytes)
    let mapped = try directory.open("a", expectedCount: bytes.count, mapping: true)
    let copied = try directory.open("a", expectedCount: bytes.count, mapping: false)
    try directory.remove("a")
    try Self.write(directory, "a", [9])
    #expect(mapped.withBytes { $0.elementsEqual(bytes) })
    #expect(copied.withBytes { $0.elementsEqual(bytes) })
    #expect(copied.isMapped == false)
  }

  @Test(arguments: Kind.allCases, [true, false]) func copiesToAnotherDirectory(_ kind: Kind, _ linking: Bool) throws {
    let (directory, temporary) = try Self.make(kind)
    defer { withExtendedLifetime(temporary) {} }
    try Self.write(directory, "a", [1, 2, 3])
    for other in Kind.allCases {
      let (target, keeper) = try Self.make(other)
      defer { withExtendedLifetime(keeper) {} }
      try directory.copy("a", to: target, linking: linking)
      #expect(try target.read("a", limit: 9) == [1, 2, 3])
      #expect(
        storageError { () throws(StorageError) in try directory.copy("a", to: target, linking: linking) }
          == .exists(path: target.path + "/a"))
    }
    #expect(
      storageError { () throws(StorageError) in try directory.copy("x", to: InMemoryFileSystem(), linking: linking) }
        == .missing(path: directory.path + "/x"))
  }
}
