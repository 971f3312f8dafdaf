import Foundation
import Testing

/// The forty hardest inputs, typed into the built program. `DOSSIER_HARD_INPUTS=FILE` keeps what it said.
@Suite(.serialized) struct HardInputTests {
  @Test("Q4, S1, S4: the hardest inputs at the command line")
  func hardInputs() throws {
    let workspace = try Workspace()
    let seeds = Workspace.root.appendingPathComponent("seeds").path
    #expect(try workspace.run("index", seeds, "--index", "sample").code == 0)
    let page = Workspace.root.appendingPathComponent("../shared/data/seed-directive.txt").path
    let hasPage = FileManager.default.fileExists(atPath: page)
    if hasPage {
      #expect(try workspace.run("index", page, "--kind", "directive", "--index", "page").code == 0)
    } else {
      print("skipped: inputs of the seed page, no \(page)")
    }
    var report = ""
    for (number, hard) in HardInputs.all.enumerated() where hasPage || !hard.isOfSeedPage {
      let run = try workspace.run(
        hard.arguments, environment: ["DOSSIER_INDEX": hard.isOfSeedPage ? "page" : "sample"], input: hard.input)
      let shown = hard.arguments.map { $0.count > 90 ? "\($0.prefix(60))… (\($0.count) characters)" : $0 }
      report += "\(number + 1). dossier \(shown.joined(separator: " | "))\n   exit \(run.code)\n"
      for line in run.output.split(separator: "\n").prefix(8) { report += "   > \(line.prefix(200))\n" }
      for line in run.errors.split(separator: "\n").prefix(12) { report += "   ! \(line.prefix(300))\n" }
      report += "\n"
      let name = Comment(rawValue: shown.joined(separator: " ") + "\n" + run.errors.prefix(600))
      #expect(run.code == hard.code, name)
      for phrase in hard.output { #expect(run.output.contains(phrase), "\(phrase): \(name)") }
      for phrase in hard.talk { #expect(run.errors.contains(phrase), "\(phrase): \(name)") }
      for phrase in hard.absent { #expect(!(run.output + run.errors).contains(phrase), "\(phrase): \(name)") }
      #expect(!run.errors.contains("Fatal error"), name)
    }
    if let file = ProcessInfo.processInfo.environment["DOSSIER_HARD_INPUTS"] {
      try report.write(toFile: file, atomically: true, encoding: .utf8)
    }
  }
}
