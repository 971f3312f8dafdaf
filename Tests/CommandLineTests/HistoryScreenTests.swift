import JSONText
import Testing

/// Histories, traces and duties of the sample collection as they are seen.
@Suite(.serialized) struct HistoryScreenTests {
  /// The sample collection, indexed once.
  private static let sample: Result<Workspace, any Error> = Result {
    let workspace = try Workspace()
    let run = try workspace.run("index", Workspace.root.appendingPathComponent("seeds").path)
    guard run.code == 0 else { throw Fixture.Failure(text: run.errors) }
    return workspace
  }

  private func screen(_ arguments: [String], width: Int) throws -> String {
    let workspace = try Self.sample.get()
    let (first, rest) = (arguments.first ?? "", arguments.dropFirst())
    // Up to four words behind the command.
    let words = Array(rest) + ["--color", "never"]
    let run: RunResult
    switch words.count {
    case 3: run = try workspace.runOnTerminal(first, words[0], words[1], words[2], width: width)
    case 4: run = try workspace.runOnTerminal(first, words[0], words[1], words[2], words[3], width: width)
    case 5: run = try workspace.runOnTerminal(first, words[0], words[1], words[2], words[3], words[4], width: width)
    default:
      run = try workspace.runOnTerminal(
        first, words[0], words[1], words[2], words[3], words[4], words[5], words[6], width: width)
    }
    return run.output
  }
}
