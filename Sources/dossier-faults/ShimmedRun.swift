/// One run of this program under the preloaded shim: which call fails, and how.
struct ShimmedRun {
  let shim: String
  let directory: String

  /// The index under test.
  var place: String { "\(directory)/index" }
  private var log: String { "\(directory)/calls" }

  /// Errors that every call is made to report, and a write that does half of what it should. An interrupt that never ends is
  /// none of the system's: it comes a hundred times.
  static let actions: [(name: String, value: String)] = [
    ("ENOSPC", "28"), ("EIO", "5"), ("EDQUOT", "122"), ("EINTR", "4"), ("EMFILE", "24"), ("ENOMEM", "12"),
    ("short", "short"),
  ]

  /// - Parameters:
  ///   - words: the command of the process that is run.
  ///   - at: the call that fails; 0: none.
  ///   - action: `kill`, `torn`, `short` or the number of an error.
  ///   - times: calls that fail from that one on.
  /// - Returns: its end, and the process; nil when none can be made.
  func run(_ words: [String], at: Int, action: String, times: Int) -> (Child.End, Child?) {
    SmallFiles.remove(log)
    guard
      let child = Child(
        words,
        environment: [
          "LD_PRELOAD": shim, "FAULT_DIR": place, "FAULT_AT": "\(at)", "FAULT_ACTION": action,
          "FAULT_TIMES": "\(times)", "FAULT_LOG": log, "FAULT_ONLY": action == "torn" ? "write" : "",
        ])
    else { return (.exited(-1), nil) }
    return (child.wait(seconds: 5), child)
  }

  /// Calls that the last run made, when it lived to count them.
  var callsSeen: Int { SmallFiles.number(log) ?? 0 }
}
