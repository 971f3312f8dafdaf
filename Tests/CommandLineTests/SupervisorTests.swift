import Foundation
import Testing

@testable import dossier

/// A worker that is killed is back in less than two seconds; what ends by itself stays ended.
@Suite(.serialized) struct SupervisorTests {
  /// Supervises a script of the shell that notes its process in a file, and waits until the supervisor ends.
  private func supervise(_ script: String, _ workspace: Workspace) -> (code: Int32, said: [String]) {
    final class Said: @unchecked Sendable { var lines: [String] = [] }
    let said = Said()
    let supervisor = Supervisor(
      program: "/bin/sh", arguments: ["-c", "cd '\(workspace.folder.path)'; \(script)"],
      say: { said.lines.append($0) })
    return (supervisor.run(), said.lines)
  }

  @Test func aKilledWorkerIsBackInLessThanTwoSeconds() throws {
    let workspace = try Workspace()
    // The first three are killed from inside, by the signals that a trap, a cut mapping and a lack of memory raise.
    let script = """
      date +%s%N >> starts
      n=$(wc -l < starts)
      case $n in 1) kill -ILL $$;; 2) kill -BUS $$;; 3) kill -KILL $$;; esac
      exit 7
      """
    let (code, said) = supervise(script, workspace)
    #expect(code == 7)
    #expect(said.count == 3)
    let starts = try workspace.read("starts").split(separator: "\n").compactMap { Double($0) }
    #expect(starts.count == 4)
    for (one, next) in zip(starts, starts.dropFirst()) { #expect((next - one) / 1e9 < 2, "\(starts)") }
    print("back after \(zip(starts, starts.dropFirst()).map { Int(($1 - $0) / 1e6) }) ms")
  }

  @Test func anExitCodeIsHandedOn() throws {
    for code in [0, 4, 5] as [Int32] {
      let (found, said) = supervise("exit \(code)", try Workspace())
      #expect(found == code && said.isEmpty)
    }
  }

  @Test func aWorkerThatFallsAtOnceAgainAndAgainIsLeft() throws {
    let (code, said) = supervise("kill -SEGV $$", try Workspace())
    #expect(code == 5)
    #expect(said.last?.contains("not started again") == true)
  }
}
