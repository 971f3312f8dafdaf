/// A1: the process is killed at every call of the file system; A3: every call fails, in every way.
struct KillRuns {
  let runner: ShimmedRun
  let script = usualScript

  /// The script of all runs under the shim, and the words that run it.
  static let usualScript = FaultScript(seed: 7, commits: 6)
  static func work(_ place: String) -> [String] { ["work", place, "7", "6"] }

  init(shim: String, directory: String) { runner = ShimmedRun(shim: shim, directory: directory) }

  struct Figures {
    var runs = 0
    var fired = 0
    var failures: [String] = []
    var calls = 0
  }

  /// Kills at call 1, 1 + step, … until a run ends by itself.
  /// - Parameter torn: half of a write is done first.
  func kills(step: Int, torn: Bool) -> Figures {
    var figures = Figures()
    var at = 1
    while figures.failures.count < 10 {
      let (end, child) = run(at: at, action: torn ? "torn" : "kill", times: 1)
      figures.runs += 1
      switch end {
      case .signalled(9):
        figures.fired += 1
        judge(child, at, "killed at call \(at)", &figures)
      case .exited(0): break
      default: figures.failures.append("call \(at): \(end)")
      }
      // There is no such call any more: the run has come to its end.
      if end == .exited(0), at > runner.callsSeen { break }
      at += step
    }
    figures.calls = at
    return figures
  }

  /// Kills at calls drawn at random, half of them inside writes.
  func randomKills(rounds: Int, seed: UInt64) -> Figures {
    var figures = Figures()
    var random = Sequence64(state: seed)
    // A whole run of each kind says how many calls there are to draw from: writes are few among them.
    let counts = ["kill", "torn"].map { action in
      _ = run(at: 0, action: action, times: 1)
      return max(1, runner.callsSeen)
    }
    for _ in 0..<rounds where figures.failures.count < 10 {
      let torn = random.below(2)
      let at = 1 + random.below(counts[torn])
      let (end, child) = run(at: at, action: torn == 1 ? "torn" : "kill", times: 1)
      figures.runs += 1
      if end == .signalled(9) { figures.fired += 1 }
      if end == .hung { figures.failures.append("call \(at) hung") }
      judge(child, at, "killed at call \(at), seed \(seed)", &figures)
    }
    figures.calls = counts[0]
    return figures
  }

  /// Every call reports an error, once or from then on: the run ends with an error or well, never by a signal, and the last
  /// commit stands.
  /// - Parameter number: of the error among ``ShimmedRun/actions``.
  func errors(_ number: Int, step: Int, persists: Bool) -> Figures {
    var figures = Figures()
    let action = ShimmedRun.actions[number]
    // The steps of the errors are shifted against each other, so that all calls are met by some.
    var at = 1 + number * step / ShimmedRun.actions.count
    while figures.failures.count < 10 {
      let times = persists ? (action.name == "EINTR" ? 100 : 1_000_000) : 1
      let (end, child) = run(at: at, action: action.value, times: times)
      figures.runs += 1
      let context = "\(action.name) at call \(at), \(persists ? "from then on" : "once")"
      switch end {
      case .exited(0), .exited(3): break
      default: figures.failures.append("\(context): \(end) \(child?.output ?? "")")
      }
      if end == .exited(3) { figures.fired += 1 }
      judge(child, at, context, &figures)
      guard child != nil, at <= runner.callsSeen else { break }
      at += step
    }
    figures.calls = at
    return figures
  }

  // MARK: One run

  private func run(at: Int, action: String, times: Int) -> (Child.End, Child?) {
    SmallFiles.clear(runner.place)
    return runner.run(Self.work(runner.place), at: at, action: action, times: times)
  }

  private func judge(_ child: Child?, _ at: Int, _ context: String, _ figures: inout Figures) {
    guard let child else {
      figures.failures.append("no process can be made")
      return
    }
    let judge = Judge(script: script)
    if let problem = judge.problem(runner.place, acknowledged: child.acknowledged, isDeep: at % 50 == 1) {
      figures.failures.append("\(context): \(problem)")
    }
  }
}
