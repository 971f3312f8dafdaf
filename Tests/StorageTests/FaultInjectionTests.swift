import Testing

@testable import Storage

/// A miniature of an index's commit, with the parts that may be left out to see that the tests would notice.
struct MiniatureCommit {
  /// A step left out, or none.
  enum Omission: CaseIterable {
    case nothing, segmentSync, manifestSync, directorySyncBeforeManifest, directorySyncAfterRename
    case directorySyncBetweenRemovals
  }

  let directory: any FileSystem
  var omission = Omission.nothing

  /// A segment is of so many files.
  static let partCount = 2

  static func segment(_ generation: Int, _ part: Int) -> [UInt8] {
    (0..<(20 + generation + part)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ generation &* 31 &+ part) }
  }

  /// Writes generation `generation`, whose one segment of two files stands for its content, then drops generation - 2.
  /// `attempt` makes names that no earlier attempt has used.
  func commit(_ generation: Int, attempt: Int = 0) throws(StorageError) {
    var described = ""
    var files: [AppendFile] = []
    for part in 0..<Self.partCount {
      let name = "segment-\(generation)-\(attempt)-\(part)"
      let segment = try directory.create(name)
      let bytes = Self.segment(generation, part)
      // In pieces, each of which may be lost.
      for start in stride(from: 0, to: bytes.count, by: 10) {
        try segment.write(Array(bytes[start..<min(start + 10, bytes.count)]))
        try segment.flush()
      }
      let checksums = segment.checksums()
      described += "\(name) \(checksums.count) \(checksums.checksum) "
      files.append(segment)
    }
    for segment in files {
      if omission != .segmentSync { try segment.sync() }
      try segment.close()
    }
    if omission != .directorySyncBeforeManifest { try directory.syncDirectory() }

    let temporary = "manifest-\(generation)-\(attempt).tmp"
    let manifest = try directory.create(temporary)
    try manifest.write(Array(described.utf8))
    try manifest.write(littleEndian: manifest.checksums().checksum)
    if omission != .manifestSync { try manifest.sync() }
    try manifest.close()
    try directory.rename(temporary, to: "manifest-\(generation)")
    if omission != .directorySyncAfterRename { try directory.syncDirectory() }
  }

  /// Removes what generations before the last two left: the manifest first, durably, then its segment.
  func collectGarbage(_ generation: Int) throws(StorageError) {
    guard generation > 2, try directory.removeUnlessPinned("manifest-\(generation - 2)") else { return }
    if omission != .directorySyncBetweenRemovals { try directory.syncDirectory() }
    for name in try directory.list() where name.hasPrefix("segment-\(generation - 2)-") {
      try directory.remove(name)
    }
  }

  /// The highest generation; nil if there is none. Throws what is wrong with it.
  static func open(_ directory: any FileSystem) throws -> Int? {
    let generations = try directory.list().compactMap { name -> Int? in
      guard name.hasPrefix("manifest-") else { return nil }
      return Int(name.dropFirst("manifest-".count))
    }
    // All manifests with their final names must be whole, the older one too, as one may go back to it.
    for generation in generations {
      let bytes = try directory.read("manifest-\(generation)", limit: 1000)
      guard bytes.count > 4 else { throw Damage(what: "manifest \(generation) has \(bytes.count) bytes") }
      let body = Array(bytes.dropLast(4))
      let recorded = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let found = body.withUnsafeBytes { ContentChecksums(of: $0).checksum }
      guard recorded == found else { throw Damage(what: "manifest \(generation) is broken") }
      let words = String(decoding: body, as: UTF8.self).split(separator: " ")
      for part in 0..<partCount {
        let segment = try directory.open(
          String(words[part * 3]), expectedCount: Int(words[part * 3 + 1]), mapping: true)
        guard String(segment.withBytes { ContentChecksums(of: $0).checksum }) == words[part * 3 + 2] else {
          throw Damage(what: "segment of \(generation) is broken")
        }
        guard segment.withBytes({ $0.elementsEqual(Self.segment(generation, part)) }) else {
          throw Damage(what: "wrong segment")
        }
      }
    }
    return generations.max()
  }

  struct Damage: Error { let what: String }
}

@Suite struct FaultInjectionTests {
  /// Every call of two commits fails once, and from then on, in three ways: what was acknowledged stays readable, and
  /// once the fault is gone the next commit succeeds.
  @Test(arguments: [Fault.Effect.refused, .partial, .done], [false, true])
  func everyCallMayFail(_ effect: Fault.Effect, _ persists: Bool) throws {
    var cases = 0
    for errno in [Int32(5), 28, 24, 12] {
      for call in 1... {
        let memory = InMemoryFileSystem()
        let faulty = FaultInjectingFileSystem(
          memory, fault: Fault(call: call, errno: errno, effect: effect, persists: persists))
        let commits = MiniatureCommit(directory: faulty)
        var acknowledged = 0
        var inFlight = 0
        let error = storageError { () throws(StorageError) in
          for generation in 1...3 {
            inFlight = generation
            try commits.commit(generation)
            acknowledged = generation
          }
          try commits.collectGarbage(3)
        }
        guard faulty.fired else {
          #expect(error == nil && acknowledged == 3)
          break
        }
        cases += 1
        guard case .io(errno, _, _)? = error else {
          Issue.record("call \(call) failed with \(errno), reported as \(String(describing: error))")
          return
        }
        let found = try MiniatureCommit.open(memory) ?? 0
        #expect(found == acknowledged || found == inFlight, "call \(call)")
        faulty.setFault(nil)
        // After a failure whose outcome is unknown the writer looks at what there is before it goes on.
        try commits.commit(found + 1, attempt: 1)
        #expect(try MiniatureCommit.open(memory) == found + 1)
      }
    }
    #expect(cases > 100)
    print("fault injection, \(effect), persists \(persists): \(cases) cases")
  }

  @Test func failedSyncIsNotAskedAgain() throws {
    let faulty = FaultInjectingFileSystem(InMemoryFileSystem())
    let file = try faulty.create("a")
    try file.write([1, 2, 3, 4])
    faulty.setFault(Fault(call: 2, errno: 5))
    for _ in 0..<3 { #expect(storageError { () throws(StorageError) in try file.sync() } != nil) }
    #expect(faulty.log.filter { $0.operation == "sync" }.map(\.failed) == [true])
  }

  @Test func partialWriteLeavesHalf() throws {
    let memory = InMemoryFileSystem()
    let faulty = FaultInjectingFileSystem(memory)
    let file = try faulty.create("a")
    try file.write([1, 2, 3, 4])
    faulty.setFault(Fault(call: 1, errno: 28, effect: .partial))
    #expect(storageError { () throws(StorageError) in try file.close() }?.isExhaustion == true)
    #expect(memory.files["a"] == [1, 2])
  }
}
