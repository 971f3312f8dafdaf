import Storage
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@testable import SearchEngine

/// Every call to the file system fails once, or from then on: a typed error, the last commit as it was, and the next writer
/// goes on as if nothing had been.
@Suite struct FaultTests {
  static let errors: [Int32] = [ENOSPC, EIO, EDQUOT, EMFILE, ENOMEM, EACCES, EFBIG]

  @Test(arguments: [Fault.Effect.refused, .partial, .done], [false, true])
  func everyFailureLeavesAWholeCommit(effect: Fault.Effect, persists: Bool) throws {
    let script = CommitScript(seed: 77, commits: 3)
    var runs = 0
    var failures = 0
    var call = 1
    let step = Full.isOn ? 1 : 19
    while true {
      var fired = false
      // The errors take turns: what the engine does hangs on none of them.
      for errno in [Self.errors[call % Self.errors.count]] {
        let base = InMemoryFileSystem()
        let faulty = FaultInjectingFileSystem(
          base, fault: Fault(call: call, errno: errno, effect: effect, persists: persists))
        var acknowledged: UInt64 = 0
        var isUnknown = false
        var failure: IndexError?
        do throws(IndexError) {
          try script.run(faulty) { acknowledged = $0 }
        } catch {
          failure = error
          if case .commitOutcomeUnknown = error { isUnknown = true }
        }
        fired = faulty.fired
        runs += 1
        let context = "call \(call) errno \(errno) \(effect) \(persists): \(failure.map { "\($0)" } ?? "no error")"
        if let failure {
          failures += 1
          switch failure {
          case .storage, .commitOutcomeUnknown: break
          default: Issue.record("\(context)")
          }
        }
        do {
          let generation = try CrashTests.readable(base, script, acknowledged, mayBeNext: isUnknown)
          try CrashTests.writable(base, script, generation, isDeep: false)
        } catch { Issue.record("\(error): \(context)") }
        Self.expectNoSecondSync(faulty.log, context)
      }
      guard fired else { break }
      call += step
    }
    print("faults, \(effect), \(persists ? "from then on" : "once"): \(runs) runs, \(failures) failed, \(call) calls")
    #expect(failures > 20)
  }

  /// A file whose sync has failed is never synced again (A5).
  private static func expectNoSecondSync(_ log: [FaultInjectingFileSystem.Call], _ context: String) {
    var failed: Set<String> = []
    for call in log {
      switch call.operation {
      case "create": failed.remove(call.name)
      case "sync":
        #expect(!failed.contains(call.name), "\(call.name) synced again, \(context)")
        if call.failed { failed.insert(call.name) }
      default: break
      }
    }
  }

  /// A commit that stands is not reported as failed because of what could not be removed after it.
  @Test func aCommitStandsWhenGarbageStays() throws {
    let script = CommitScript(seed: 78, commits: 3)
    var stood = 0
    var call = 1
    while true {
      let base = InMemoryFileSystem()
      try script.run(base) { _ in }
      let faulty = FaultInjectingFileSystem(base)
      let writer = try IndexWriter(faulty, schemas: script.schemas, options: CommitScript.options)
      _ = try writer.add(script.extra)
      faulty.setFault(Fault(call: call, errno: EIO, persists: true))
      do throws(IndexError) {
        #expect(try writer.commit() == 4)
        #expect(try Snapshot.open(base).generation == 4)
        if writer.garbageFailure != nil { stood += 1 }
      } catch {
        if case .commitOutcomeUnknown = error {} else { #expect(try Snapshot.open(base).generation == 3) }
        do throws(IndexError) {
          _ = try writer.commit()
          Issue.record("a failed writer went on")
        } catch { if case .writerFailed = error {} else { Issue.record("\(error)") } }
      }
      guard faulty.fired else { break }
      call += Full.isOn ? 1 : 2
    }
    #expect(stood > 2)
  }
}
