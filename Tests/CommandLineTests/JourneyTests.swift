import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The users' journeys as they are typed: `Journeys/*.txt` hold commands and what a terminal of 80 columns shows for them.
///
/// A line that begins with `$ ` is a command for the shell, with `dossier` on its path and an index of `seeds/`; the lines
/// under it are its standard output, those that begin with `2> ` its standard error (times left out), and `[exit N]` ends one that does not
/// exit with 0. What stands before `| head` is `dossier`, which is quiet when nobody reads on; other tools complain of it
/// where the signal is ignored. Lines that begin with `#` are remarks. `DOSSIER_UPDATE=1` writes the files anew, to be read before they
/// are committed.
@Suite("Journeys")
struct JourneyTests {
  static let folder = Workspace.root.appendingPathComponent("Tests/CommandLineTests/Journeys")

  static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  /// An index of the sample collection, made once for all journeys.
  private static let index: Result<Workspace, any Error> = Result {
    let workspace = try Workspace()
    let seeds = Workspace.root.appendingPathComponent("seeds").path
    let run = try workspace.run("index", seeds, "--index", "index")
    #expect(run.code == 0, "\(run.errors)")
    return workspace
  }

  /// A server among the tests ignores SIGPIPE, and every process started after that inherits it: so it is here always,
  /// and the order of the tests changes nothing.
  init() { _ = signal(SIGPIPE, SIG_IGN) }

  @Test("each command gives what its journey says", arguments: names)
  func journey(name: String) throws {
    let index = try Self.index.get().folder.appendingPathComponent("index").path
    let workspace = try Workspace()
    let file = Self.folder.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    var output = ""
    for step in Self.steps(of: text) {
      output += step.remarks
      guard let command = step.command else { continue }
      let shown = try workspace.shell(command, width: 80, index: index)
      output += "$ \(command)\n\(shown)"
      if ProcessInfo.processInfo.environment["DOSSIER_UPDATE"] == nil, shown != step.expected {
        Issue.record("\(name): \(command)\n--- expected\n\(step.expected)--- shown\n\(shown)")
      }
    }
    if ProcessInfo.processInfo.environment["DOSSIER_UPDATE"] != nil {
      try output.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  /// `sort | head -1` said "Broken pipe" in one run of ten: whether `sort` has written all before `head` ends is a race.
  @Test("only dossier's own answers are cut short by head", arguments: names)
  func toolsAreReadToTheEnd(name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    for command in Self.steps(of: text).compactMap(\.command) {
      let parts = command.split(separator: ";").flatMap { $0.split(separator: "|").map { $0.drop { $0 == " " } } }
      for (place, part) in parts.enumerated() where place > 0 && part.hasPrefix("head") {
        #expect(parts[place - 1].hasPrefix("dossier "), "\(command)")
      }
    }
  }

  @Test("there are journeys for all three groups of users")
  func journeys() { #expect(Set(Self.names).isSuperset(of: ["analyst.txt", "clerk.txt", "investigator.txt"])) }

  private struct Step {
    var remarks = ""
    var command: String?
    var expected = ""
  }

  private static func steps(of text: String) -> [Step] {
    var steps: [Step] = []
    var current = Step()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("$ ") {
        if current.command != nil {
          steps.append(current)
          current = Step()
        }
        current.command = String(line.dropFirst(2))
      } else if line.hasPrefix("#") {
        if current.command != nil {
          steps.append(current)
          current = Step()
        }
        current.remarks += line + "\n"
      } else if current.command != nil {
        current.expected += line + "\n"
      } else {
        current.remarks += line + "\n"
      }
    }
    steps.append(current)
    return steps
  }
}

extension Workspace {
  /// What a shell's command shows on a terminal of some width: standard output as it is, standard error behind it.
  func shell(_ command: String, width: Int, index: String) throws -> String {
    let environment = [
      "PATH": "\(Self.executable.deletingLastPathComponent().path):/usr/bin:/bin", "NO_COLOR": "1",
      "DOSSIER_INDEX": index, "DOSSIER_STATE": folder.appendingPathComponent("state").path,
    ]
    let errors = folder.appendingPathComponent(".errors").path
    let run = try runOnTerminal(
      program: URL(fileURLWithPath: "/bin/sh"), ["-c", "exec 2>'\(errors)'; \(command)"], width: width,
      environment: environment)
    var shown = run.output
    if !shown.isEmpty, !shown.hasSuffix("\n") { shown += "\n" }
    let talk = try String(contentsOfFile: errors, encoding: .utf8)
    for line in talk.split(separator: "\n") { shown += "2> \(Self.withoutTimes(String(line)))\n" }
    if run.code != 0 { shown += "[exit \(run.code)]\n" }
    // Lines of a terminal may end in blanks that nobody sees.
    return shown.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
  }

  /// `61.0 ms` and `1.2 s` as `… ms`.
  private static func withoutTimes(_ line: String) -> String {
    var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for place in words.indices.dropFirst() where ["ms", "s", "µs"].contains(words[place]) {
      if Double(words[place - 1].replacingOccurrences(of: ",", with: "")) != nil {
        words[place - 1] = "…"
        words[place] = "ms"
      }
    }
    return words.joined(separator: " ")
  }
}
