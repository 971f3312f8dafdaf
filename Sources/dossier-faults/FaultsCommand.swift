import SearchEngine
import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The command line of the tool.
///
/// ```
/// dossier-faults kill    --shim FILE --dir DIR [--step N]           a kill before every N-th call, and inside writes
/// dossier-faults random  --shim FILE --dir DIR [--rounds N]         kills at random calls
/// dossier-faults compound --shim FILE --dir DIR [--rounds N]        a second fault while the first is recovered from
/// dossier-faults errors  --shim FILE --dir DIR [--step N] [--only E] seven errors at every N-th call, once and from then on
/// dossier-faults races   --dir DIR [--rounds N] [--processes N]     several writers at once
/// dossier-faults readers --dir DIR [--seconds N] [--count N]        readers beside a writer
/// dossier-faults full    --dir DIR [--rounds N]                     full disks (root)
/// dossier-faults power   --dir DIR [--rounds N] [--kind ext4|xfs]   power cuts (root)
/// dossier-faults bombs     --program FILE --dir DIR [--megabytes N]  files that swell, nest and never end
/// dossier-faults roundtrip --program FILE --dir DIR [--records N]    random records in and out again
/// dossier-faults queries   --program FILE --index DIR [--deadline MS] hostile queries, by every command that takes one
/// ```
/// Each prints one line of figures, and a line for each failure; ends with 1 when there is one.
struct FaultsCommand {
  private var words: [String] = []
  private var options: [String: String] = [:]

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--") { options[String(word.dropFirst(2))] = rest.popFirst() } else { words.append(word) }
    }
  }

  private func number(_ name: String, _ otherwise: Int) -> Int { options[name].flatMap { Int($0) } ?? otherwise }

  static func end(_ code: Int32) -> Never {
    fflush(nil)
    exit(code)
  }

  func run() -> Int32 {
    ProcessSignals.ignoreFileSizeLimitAndBrokenPipe()
    let directory = options["dir"] ?? "/tmp"
    let runs = KillRuns(shim: options["shim"] ?? "", directory: directory)
    let seed = UInt64(number("seed", 1))
    switch words.first {
    case "kill":
      return report("kills", runs.kills(step: number("step", 1), torn: false))
        + report("kills inside writes", runs.kills(step: max(1, number("step", 1) / 8), torn: true))
    case "random":
      return report(
        "random kills", runs.randomKills(rounds: number("rounds", 1000), seed: seed))
    case "compound":
      return report(
        "second faults",
        CompoundRuns(shim: options["shim"] ?? "", directory: directory).rounds(number("rounds", 100), seed: seed))
    case "errors":
      return errors(runs)
    case "races":
      return report(
        "races",
        SharedRuns(directory: directory).races(
          rounds: number("rounds", 50), processes: number("processes", 8), seed: seed))
    case "readers":
      return report(
        "readers", SharedRuns(directory: directory).readers(seconds: number("seconds", 10), count: number("count", 4)))
    case "full", "power":
      guard SmallFiles.isRoot else {
        print("skipped: mounting needs root")
        return 0
      }
      let disks = DiskRuns(directory: directory)
      return words.first == "full"
        ? report("full disks", disks.fullDisks(rounds: number("rounds", 50), seed: seed))
        : report(
          "power cuts", disks.powerCuts(rounds: number("rounds", 50), kind: options["kind"] ?? "ext4", seed: seed))
    case "bombs":
      return report(
        "bombs, calls is the peak in MB",
        ProgramRuns(program: options["program"] ?? "dossier", directory: directory).bombs(
          megabytes: number("megabytes", 64)))
    case "roundtrip":
      return report(
        "round trip",
        ProgramRuns(program: options["program"] ?? "dossier", directory: directory).roundTrip(
          records: number("records", 100_000), seed: seed))
    case "queries":
      return report(
        "queries, calls is the longest overrun in ms of a processor",
        QueryRuns(
          program: options["program"] ?? "dossier", index: options["index"] ?? "index",
          deadline: number("deadline", 100)
        ).run())
    case "work" where words.count >= 4: return work()
    case "recover" where words.count == 2:
      return acknowledging { (acknowledge) throws(IndexError) in
        try FaultScript.recover(words[1], acknowledge: acknowledge)
      }
    case "hold" where words.count == 3: return SharedRuns.hold(words[1], marker: words[2])
    case "write" where words.count == 3: return SharedRuns.write(words[1], seconds: Int(words[2]) ?? 1)
    case "read" where words.count == 4:
      return SharedRuns.read(words[1], seconds: Int(words[2]) ?? 1, seed: UInt64(words[3]) ?? 1)
    default:
      print(
        "dossier-faults kill | random | compound | errors | races | readers | full | power | bombs | roundtrip | queries"
      )
      return 2
    }
  }

  /// One line for each error and way: a run of every call takes long, and what was seen of it stands.
  private func errors(_ runs: KillRuns) -> Int32 {
    var code: Int32 = 0
    for (number, action) in ShimmedRun.actions.enumerated() where options["only"].map({ $0 == action.name }) ?? true {
      for persists in [false, true] {
        code += report(
          "\(action.name) \(persists ? "from then on" : "once")",
          runs.errors(number, step: self.number("step", 1), persists: persists))
      }
    }
    return min(1, code)
  }

  /// The process that is killed: runs the script, says what was acknowledged, ends with 3 after an error.
  private func work() -> Int32 {
    let script = FaultScript(
      seed: UInt64(words[2]) ?? 1, commits: Int(words[3]) ?? 1, words: words.count > 4 ? Int(words[4]) ?? 12 : 12)
    return acknowledging { (acknowledge) throws(IndexError) in try script.run(words[1], acknowledge: acknowledge) }
  }

  private func acknowledging(_ body: ((UInt64) -> Void) throws(IndexError) -> Void) -> Int32 {
    do throws(IndexError) {
      try body { generation in
        let line = Array("ack \(generation)\n".utf8)
        // What cannot be acknowledged is not gone on from: nobody would know what to expect.
        if write(1, line, line.count) != line.count { Self.end(3) }
      }
      return 0
    } catch { return 3 }
  }

  private func report(_ what: String, _ figures: KillRuns.Figures) -> Int32 {
    print(
      "\(what): \(figures.runs) runs, \(figures.fired) hit, \(figures.calls) calls, \(figures.failures.count) failures, "
        + "seed \(number("seed", 1))")
    for failure in figures.failures { print("  \(failure)") }
    fflush(nil)
    return figures.failures.isEmpty ? 0 : 1
  }
}
