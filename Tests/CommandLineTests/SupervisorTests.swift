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

  /// Waits until `condition` holds, some seconds at most.
  private func holds(within seconds: Double = 10, _ condition: () -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if condition() { return true }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return condition()
  }

  /// Whether a process runs; one that has ended and waits for its parent does not.
  private func runs(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
  }

  @Test("B4: a server whose worker is killed serves again; one whose parent is killed leaves nobody behind")
  func serverComesBack() throws {
    let workspace = try Workspace()
    let seeds = Workspace.root.appendingPathComponent("seeds").path
    #expect(try workspace.run("index", seeds, "--index", "index").code == 0)
    let server = try ServeProcess(workspace, ["--index", "index"])
    guard let worker = server.worker else {
      print("skipped: no /proc here, so the worker is not known")
      return
    }
    _ = kill(worker, SIGKILL)
    #expect(holds { server.lines.filter { $0.contains("listening on") }.count == 2 })
    #expect(server.lines.contains { $0.contains("ended by signal 9") })
    let next = try #require(server.worker)
    #expect(next != worker && runs(next) && !runs(worker))
    _ = kill(server.parent, SIGKILL)
    #expect(holds { !runs(next) })
  }
}
