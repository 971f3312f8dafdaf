import QualityRecords

extension Command {
  static let doctor = Command(
    "doctor", group: .index, "what is wrong around an index, and the command that mends it",
    words: Words("[PATH…]", .paths, count: 0...Int.max), flags: [StateFlags.state],
    details: [
      "Looks at the index (damage, leftovers, who may write), the machine (room on the disk, open files), the files it was made from (changed, gone), its records (dates that cannot be, notes without date, licences and enterprises that are missing) and, for each PATH, at the configuration and the files that nobody reads.",
      "In a pipe each finding is one line: weight, code, subject, message, command, separated by tabs. Exit code 0 when nothing but gaps in records is found, 1 otherwise, 4 when the index cannot be trusted.",
    ],
    examples: [
      Example("dossier doctor", "the index"),
      Example("dossier doctor seeds", "the folder that it is made from, too"),
    ],
    exitCodes: [.done, .nothingFound, .index]
  ) { invocation throws(QualityError) in
    let answer = DoctorJob.run(
      DoctorJob(
        indexes: invocation.indexes, paths: invocation.arguments.words, state: invocation.statePath,
        mapped: invocation.isMapped))
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    for finding in answer.findings {
      guard invocation.screen.isTerminal else {
        let cells = [finding.weight.rawValue, finding.code, finding.subject, finding.message, finding.command]
        invocation.output.writeLine(cells.map { Screen.shown($0) }.joined(separator: "\t"))
        continue
      }
      invocation.output.write(
        ErrorScreen(screen: invocation.screen).finding(
          "\(finding.weight.rawValue):", "\(finding.subject): \(finding.message)", command: finding.command))
    }
    if answer.findings.isEmpty {
      invocation.say("nothing is wrong: looked at \(answer.looked.joined(separator: ", "))")
    }
    return answer.exitCode
  }
}
