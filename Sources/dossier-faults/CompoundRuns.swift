/// A6: a fault while a fault is recovered from. The script is killed at some call; the writer that comes then is killed or
/// meets an error at some call of its own; what was acknowledged by either stands.
struct CompoundRuns {
  let runner: ShimmedRun
  let script: FaultScript

  init(shim: String, directory: String) {
    runner = ShimmedRun(shim: shim, directory: directory)
    script = KillRuns.usualScript
  }

  /// What the second process may meet: an end, or an error once or from then on.
  private static let faults: [(name: String, action: String, times: Int)] =
    [("a kill", "kill", 1), ("a kill inside a write", "torn", 1)]
    + ShimmedRun.actions.flatMap { action in
      [
        ("\(action.name) once", action.value, 1),
        ("\(action.name) from then on", action.value, action.name == "EINTR" ? 100 : 1_000_000),
      ]
    }

  /// - Returns: figures whose `fired` are the rounds in which the second process did not end well.
  func rounds(_ rounds: Int, seed: UInt64) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    var random = Sequence64(state: seed)
    SmallFiles.clear(runner.place)
    _ = runner.run(KillRuns.work(runner.place), at: 0, action: "kill", times: 1)
    let calls = max(1, runner.callsSeen)
    // Of each kind of fault: writes are few among the calls.
    let recovering = ["kill", "torn"].map { action in
      _ = runner.run(["recover", runner.place], at: 0, action: action, times: 1)
      return max(1, runner.callsSeen)
    }
    for _ in 0..<rounds where figures.failures.count < 10 {
      SmallFiles.clear(runner.place)
      let at = 1 + random.below(calls)
      let (end, child) = runner.run(KillRuns.work(runner.place), at: at, action: "kill", times: 1)
      let fault = Self.faults[random.below(Self.faults.count)]
      let second = 1 + random.below(recovering[fault.action == "torn" ? 1 : 0])
      let context = "killed at call \(at), then \(fault.name) at call \(second), seed \(seed)"
      figures.runs += 1
      guard let child, end == .signalled(9) || end == .exited(0) else {
        figures.failures.append("\(context): the first process \(end)")
        continue
      }
      recover(fault.action, second, fault.times, acknowledged: child.acknowledged, context, &figures)
    }
    figures.calls = calls
    return figures
  }

  private func recover(
    _ action: String, _ at: Int, _ times: Int, acknowledged: UInt64, _ context: String,
    _ figures: inout KillRuns.Figures
  ) {
    let judge = Judge(script: script)
    let standing: UInt64
    switch judge.standing(runner.place, acknowledged: acknowledged) {
    case .success(let generation): standing = generation
    case .failure(let problem): return figures.failures.append("\(context): \(problem.text)")
    }
    let (end, child) = runner.run(["recover", runner.place], at: at, action: action, times: times)
    switch end {
    case .exited(0): break
    case .exited(3), .signalled(9): figures.fired += 1
    default: figures.failures.append("\(context): the second process \(end)")
    }
    if let problem = judge.problem(
      runner.place, recoveredFrom: standing, acknowledged: child?.acknowledged ?? 0, isDeep: figures.runs % 50 == 1)
    {
      figures.failures.append("\(context): \(problem)")
    }
  }
}
