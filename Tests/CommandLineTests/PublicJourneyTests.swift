import Foundation
import Testing

/// The users' journeys over public data that is no part of the project: `PublicJourneys/*.txt`.
///
/// A line that begins with `$ ` is a command for the shell. Under it stand what its screen of 80 columns must hold, each line
/// behind `has `, and how it looks as a whole: `[N lines, DIGEST]`, the digest being that of all its lines, since the data
/// itself is not copied. `DOSSIER_UPDATE=1` writes the digests anew. Where the data is absent the tests skip and say so:
/// `$DOSSIER_DATA`, else `../shared/data` beside the project.
@Suite("Journeys over public data", .serialized)
struct PublicJourneyTests {
  private static let folder = Workspace.root.appendingPathComponent("Tests/CommandLineTests/PublicJourneys")

  /// The data set's folder, or nil with a notice.
  private static func data(_ name: String) -> URL? {
    let base =
      ProcessInfo.processInfo.environment["DOSSIER_DATA"].map { URL(fileURLWithPath: $0) }
      ?? Workspace.root.appendingPathComponent("../shared/data")
    let folder = base.appendingPathComponent(name)
    guard FileManager.default.isReadableFile(atPath: folder.path) else {
      print("skipped: no \(folder.path)")
      return nil
    }
    return folder
  }

  private static func unpack(_ workspace: Workspace, _ command: String) throws -> Bool {
    let shown = try workspace.shell("command -v gzip >/dev/null && \(command) && echo unpacked", width: 80, index: "-")
    if !shown.hasPrefix("unpacked") {
      print("skipped: gzip is not installed, or the data is not as expected: \(shown)")
    }
    return shown.hasPrefix("unpacked")
  }

  @Test("histories and enterprises: San Francisco's restaurant inspections")
  func sanFrancisco() throws {
    guard let data = Self.data("sf_food_inspections") else { return }
    let workspace = try Workspace()
    let names = ["businesses", "inspections", "violations"]
    let unpacking = names.map { "gzip -dc '\(data.path)/\($0).jsonl.gz' > \($0).jsonl" }.joined(separator: " && ")
    guard try Self.unpack(workspace, unpacking) else { return }
    let mappings = Workspace.root.appendingPathComponent("seeds/mappings/examples").path
    for (name, mapping) in [("businesses", "sf-businesses"), ("inspections", "sf-inspections")] {
      let run = try workspace.run(
        "index", "\(name).jsonl", "--mapping", "\(mappings)/\(mapping).json", "--index", "index")
      // Some violations belong to no inspection and are rejected: a partial answer.
      #expect(run.code == 0 || run.code == 3, "\(run.errors)")
    }
    try replay("san-francisco.txt", workspace)
  }

  @Test("passages: Chinese laws")
  func laws() throws {
    guard let data = Self.data("laws_zh_cn") else { return }
    let workspace = try Workspace()
    // The first 300 of them: all take minutes.
    guard try Self.unpack(workspace, "gzip -dc '\(data.path)/docs.jsonl.gz' | head -n 300 > laws.jsonl") else { return }
    let mapping = Workspace.root.appendingPathComponent("seeds/mappings/examples/laws-zh-cn.json").path
    let run = try workspace.run("index", "laws.jsonl", "--mapping", mapping, "--index", "index")
    #expect(run.code == 0, "\(run.errors)")
    try replay("laws.txt", workspace)
  }

  private func replay(_ name: String, _ workspace: Workspace) throws {
    let file = Self.folder.appendingPathComponent(name)
    let isUpdate = ProcessInfo.processInfo.environment["DOSSIER_UPDATE"] != nil
    let index = workspace.folder.appendingPathComponent("index").path
    var output = ""
    var shown = ""
    var command = ""
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        command = String(line.dropFirst(2))
        shown = try workspace.shell(command, width: 80, index: index)
        if let folder = ProcessInfo.processInfo.environment["DOSSIER_SCREENS"] {
          let screens = URL(fileURLWithPath: folder).appendingPathComponent(name)
          let before = (try? String(contentsOf: screens, encoding: .utf8)) ?? ""
          try (before + "$ \(command)\n\(shown)\n").write(to: screens, atomically: true, encoding: .utf8)
        }
      } else if line.hasPrefix("has ") {
        #expect(shown.contains(line.dropFirst(4)), "\(name): \(command)\n--- wanted\n\(line)\n--- shown\n\(shown)")
      } else if line.hasPrefix("[") {
        let digest = Self.digest(of: shown)
        if isUpdate {
          output += digest + "\n"
          continue
        }
        #expect(digest == line, "\(name): \(command)\n--- shown\n\(shown)")
      }
      output += line + "\n"
    }
    output.removeLast()
    if isUpdate { try output.write(to: file, atomically: true, encoding: .utf8) }
  }

  /// FNV-1a over the screen: enough to notice a change. Times are left out of it already.
  private static func digest(of screen: String) -> String {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in screen.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return
      "[\(screen.split(separator: "\n", omittingEmptySubsequences: false).count - 1) lines, \(String(sum, radix: 16))]"
  }
}
