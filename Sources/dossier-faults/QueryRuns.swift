/// D1 and D3: the program under queries that are made to run long or to fall.
struct QueryRuns {
  let program: String
  let index: String
  /// Milliseconds that an answer may take.
  let deadline: Int

  /// The commands that take a query, and what stands before it.
  static let commands: [(name: String, words: [String])] = [
    ("search", ["--"]), ("enterprises", ["--"]), ("passages", ["--"]), ("suggest", ["--"]), ("history", ["--"]),
    ("trace", ["--"]), ("quote-check", ["--"]), ("refs", ["--"]), ("thesaurus", ["--"]),
    ("verify", ["--", "R-0000-0000-0000-0000"]), ("pivot", ["kind", "province", "--where"]),
  ]

  /// What one command took over the whole catalogue.
  private struct Times {
    /// What a process takes to start, open the index and answer a plain word, by the clock and on a processor.
    var idle = (clock: 0, processor: 0)
    var longest = (clock: 0, processor: 0, query: "")
    var cut = 0

    /// Milliseconds beyond the deadline, the time of a plain word apart.
    func overrun(_ deadline: Int) -> (clock: Int, processor: Int) {
      (max(0, longest.clock - deadline - idle.clock), max(0, longest.processor - deadline - idle.processor))
    }
  }

  /// Each query by each command: answered, refused or cut, and none later than its deadline by much.
  /// - Returns: figures whose `calls` is the longest overrun in milliseconds of a processor, and whose `fired` are the
  ///   answers that were cut.
  func run() -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    for command in Self.commands {
      var times = Times()
      for (number, query) in (["lead"] + HostileQueries.all).enumerated() {
        let before = [command.name, "--index", index, "--json", "--timeout", "\(deadline)"]
        guard let child = Child(before + command.words + [query], program: program) else { continue }
        let start = ContinuousClock.now
        let end = child.wait(seconds: 30)
        let time = (ContinuousClock.now - start).components
        let clock = Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000)
        let processor = child.processorMilliseconds
        figures.runs += 1
        switch end {
        case .exited(0), .exited(1), .exited(2): break
        case .exited(3): times.cut += 1
        default: figures.failures.append("\(command.name) \(query.prefix(60)): \(end)")
        }
        if number == 0 { times.idle = (clock, processor) }
        times.longest.clock = max(times.longest.clock, clock)
        if processor > times.longest.processor {
          (times.longest.processor, times.longest.query) = (processor, String(query.prefix(30)))
        }
      }
      let overrun = times.overrun(deadline)
      figures.fired += times.cut
      figures.calls = max(figures.calls, overrun.processor)
      print(
        "  \(command.name): \(times.cut) cut, idle \(times.idle.processor) ms, longest \(times.longest.processor) ms on a "
          + "processor (\(times.longest.query)), over by \(overrun.processor) ms, by the clock \(overrun.clock) ms")
    }
    return figures
  }
}
