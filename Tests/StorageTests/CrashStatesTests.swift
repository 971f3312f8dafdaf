import Storage
import Testing

@Suite struct CrashStatesTests {
  /// Four commits with garbage collection, recorded.
  static func record(_ omission: MiniatureCommit.Omission) throws -> Recording {
    let directory = RecordingFileSystem()
    let commits = MiniatureCommit(directory: directory, omission: omission)
    let lock = try directory.lockExclusively("write.lock")
    defer { lock.release() }
    for generation in 1...4 {
      try commits.commit(generation)
      directory.mark("acknowledged \(generation)")
      try commits.collectGarbage(generation)
    }
    return directory.recording
  }

  /// What is wrong with a state, if anything.
  static func judge(_ state: CrashStates.State) -> String? {
    let acknowledged = state.marks.count
    do {
      let found = try MiniatureCommit.open(state.fileSystem) ?? 0
      if found == acknowledged || found == acknowledged + 1 { return nil }
      return "found \(found), acknowledged \(acknowledged); \(state.description)"
    } catch {
      return "\(error); \(state.description)"
    }
  }

  @Test func fullProtocolLosesNothing() throws {
    let recording = try Self.record(.nothing)
    let states = CrashStates(recording, exhaustiveOperations: 3, samplesPerCut: 800, seed: 41)
    var wrong: [String] = []
    let summary = states.forEach { state in
      if let fault = Self.judge(state) { wrong.append(fault) }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(3))")
    #expect(summary.cuts == recording.operations.count + 1)
    #expect(summary.states > 5000)
    print("crash states: \(summary)")
  }

  /// The negative control: each omission is seen to lose data, in the exhaustive part and in the random one.
  @Test(arguments: MiniatureCommit.Omission.allCases.filter { $0 != .nothing }, [3, -1])
  func omissionsAreSeen(_ omission: MiniatureCommit.Omission, _ exhaustiveOperations: Int) throws {
    let recording = try Self.record(omission)
    let states = CrashStates(
      recording, exhaustiveOperations: exhaustiveOperations, samplesPerCut: 200, seed: 42)
    var wrong = 0
    let summary = states.forEach { state in
      if Self.judge(state) != nil { wrong += 1 }
    }
    #expect(wrong > 0, "\(summary)")
  }

  /// All states of one small file, counted by hand: name lost; or the name with a length of 0, 1 or 2, or two bytes of
  /// which the last, or both, are zero.
  @Test func statesOfOneFile() throws {
    let directory = RecordingFileSystem(InMemoryFileSystem(["old": [9]]))
    let file = try directory.create("a")
    try file.write([1, 2])
    try file.close()
    var found: Set<[String: [UInt8]]> = []
    let states = CrashStates(directory.recording)
    let summary = states.forEach { state in
      if state.cut == 2 { found.insert(state.fileSystem.files) }
    }
    let old: [String: [UInt8]] = ["old": [9]]
    #expect(found == Set([old] + [[], [1], [1, 2], [1, 0], [0, 0]].map { old.merging(["a": $0]) { $1 } }))
    #expect(summary.exhaustiveCuts == 3 && summary.mostUnsynced == 2)
    #expect(summary.states == 1 + 2 + 6)
  }

  @Test func namesMoveIndependently() throws {
    let directory = RecordingFileSystem(InMemoryFileSystem(["a": [1], "b": [2]]))
    try directory.rename("a", to: "c")
    try directory.remove("b")
    let file = try directory.create("b")
    try file.write([3])
    try file.sync()
    try file.close()
    directory.mark("done")
    let last = directory.recording.operations.count
    var found: Set<[String: [UInt8]]> = []
    CrashStates(directory.recording).forEach { state in
      if state.cut == last {
        found.insert(state.fileSystem.files)
        #expect(state.marks == ["done"])
      }
    }
    // Renamed or not; and b old, gone, or new, the new one with its synced byte whether or not the old was removed.
    var expected: Set<[String: [UInt8]]> = []
    for first in [["a": [UInt8(1)]], ["c": [1]]] {
      for second in [[:], ["b": [UInt8(2)]], ["b": [3]]] { expected.insert(first.merging(second) { $1 }) }
    }
    #expect(found == expected)
  }

  @Test func syncedStaysForEver() throws {
    let directory = RecordingFileSystem()
    let file = try directory.create("a")
    try file.write([1, 2, 3])
    try file.sync()
    try directory.syncDirectory()
    try file.write([4])
    try file.close()
    let synced = 4
    CrashStates(directory.recording).forEach { state in
      guard state.cut >= synced else { return }
      #expect(state.fileSystem.files["a"]?.starts(with: [1, 2, 3]) == true)
    }
  }

  @Test func sameSeedSameStates() throws {
    let recording = try Self.record(.nothing)
    func descriptions(_ seed: UInt64) -> [String] {
      var all: [String] = []
      CrashStates(recording, exhaustiveOperations: 0, samplesPerCut: 20, seed: seed).forEach {
        all.append($0.description)
      }
      return all
    }
    #expect(descriptions(1) == descriptions(1))
    #expect(descriptions(1) != descriptions(2))
  }

  /// A crash while the leftovers of a crash are cleared away.
  @Test func crashDuringRecovery() throws {
    var states: [CrashStates.State] = []
    CrashStates(try Self.record(.nothing), exhaustiveOperations: 2, samplesPerCut: 6, seed: 43).forEach {
      if $0.cut % 5 == 0 { states.append($0) }
    }
    var checked = 0
    for first in states {
      let directory = RecordingFileSystem(first.fileSystem)
      let generation = try MiniatureCommit.open(directory) ?? 0
      for name in try directory.list() where name.hasSuffix(".tmp") { try directory.remove(name) }
      try MiniatureCommit(directory: directory).commit(generation + 1, attempt: 1)
      directory.mark("acknowledged")
      CrashStates(directory.recording, exhaustiveOperations: 1, samplesPerCut: 10, seed: 44).forEach { second in
        checked += 1
        let found = (try? MiniatureCommit.open(second.fileSystem)) ?? 0
        let atLeast = generation + second.marks.count
        #expect(found == atLeast || found == generation + 1, "\(first.description), then \(second.description)")
      }
    }
    #expect(checked > 1000)
  }
}
