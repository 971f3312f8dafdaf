import Testing

@testable import SearchEngine
@testable import Storage

/// Whatever a crash leaves: the last acknowledged commit or the one in flight, whole, and a writer that goes on.
@Suite struct CrashTests {
  @Test(arguments: 0..<(Full.isOn ? 20 : 1))
  func everyCrashLeavesAWholeCommit(number: Int) throws {
    let seed = 41 + UInt64(number)
    let script = CommitScript(seed: seed, commits: Full.isOn ? 4 : 3)
    let recorder = RecordingFileSystem()
    try script.run(recorder) { recorder.mark("\($0)") }
    let states = CrashStates(
      recorder.recording, exhaustiveOperations: 3, samplesPerCut: Full.isOn ? 12 : 1, seed: seed)
    var written = 0
    var number = 0
    let summary = states.forEach { state in
      number += 1
      let acknowledged = UInt64(state.marks.last ?? "0") ?? 0
      do {
        let generation = try Self.readable(state.fileSystem, script, acknowledged)
        guard number % (Full.isOn ? 2 : 20) == 0 else { return }
        written += 1
        try Self.writable(state.fileSystem, script, generation, isDeep: number % 50 == 0)
      } catch { Issue.record("\(error): \(state.description), seed \(seed)") }
    }
    print(
      "crash states: \(summary.states) of \(summary.cuts) cuts (\(summary.exhaustiveCuts) exhaustive), "
        + "\(written) written to, seed \(seed)")
    #expect(summary.states > 500)
  }

  /// The protocol needs its syncs: without those of files, or of the directory, the same run breaks, and this test sees it.
  @Test(arguments: [true, false])
  func aProtocolWithoutSyncsIsSeenToBreak(ofFiles: Bool) throws {
    let script = CommitScript(seed: 43, commits: 2)
    let recorder = RecordingFileSystem()
    try script.run(recorder) { recorder.mark("\($0)") }
    var recording = recorder.recording
    recording.operations.removeAll { operation in
      switch operation {
      case .sync: ofFiles
      case .syncDirectory: !ofFiles
      default: false
      }
    }
    var broken = 0
    CrashStates(recording, exhaustiveOperations: 2, samplesPerCut: 1, seed: 43).forEach { state in
      let acknowledged = UInt64(state.marks.last ?? "0") ?? 0
      do { _ = try Self.readable(state.fileSystem, script, acknowledged) } catch { broken += 1 }
    }
    #expect(broken > 10)
  }

  struct Broken: Error { let message: String }

  /// Opens the newest commit and compares all its records. Returns its number, 0 where there is none.
  static func readable(
    _ fileSystem: any FileSystem, _ script: CommitScript, _ acknowledged: UInt64, mayBeNext: Bool = true
  ) throws -> UInt64 {
    let snapshot: Snapshot
    do throws(IndexError) { snapshot = try Snapshot.open(fileSystem) } catch {
      guard case .missing = error, acknowledged == 0 else { throw error }
      return 0
    }
    let generation = snapshot.generation
    guard generation == acknowledged || mayBeNext && generation == acknowledged + 1,
      Int(generation) < script.contents.count
    else { throw Broken(message: "commit \(generation) after \(acknowledged) was acknowledged") }
    guard try IndexContent.records(snapshot) == script.contents[Int(generation)] else {
      throw Broken(message: "commit \(generation) has other records")
    }
    let report = IndexCheck.run(fileSystem, deep: false)
    guard report.isClean else { throw Broken(message: "check: \(report.problems)") }
    return generation
  }

  /// A new writer commits, and nothing is left over.
  static func writable(
    _ fileSystem: any FileSystem, _ script: CommitScript, _ generation: UInt64, isDeep: Bool
  ) throws {
    let writer = try IndexWriter(fileSystem, schemas: script.schemas, options: CommitScript.options)
    guard writer.generation == generation else { throw Broken(message: "the writer begins at \(writer.generation)") }
    _ = try writer.add(script.extra)
    guard try writer.commit() == generation + 1 else { throw Broken(message: "another number") }
    var expected = script.contents[Int(generation)]
    expected["piece", default: []].append(IndexModel.bytes(script.extra))
    guard try IndexContent.records(Snapshot.open(fileSystem)) == expected else {
      throw Broken(message: "other records after the next commit")
    }
    if let failure = writer.garbageFailure { throw failure }
    let report = IndexCheck.run(fileSystem, deep: isDeep)
    guard report.isClean, report.leftovers.isEmpty else {
      throw Broken(message: "check after the next commit: \(report.problems), left over \(report.leftovers)")
    }
  }
}
