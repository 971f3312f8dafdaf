import QualityRecords
import SearchEngine

extension Command {
  private enum Flags {
    static let deep = Flag("deep", "compare what the files say against each other, too")
    static let repair = Flag("repair", "keep what is whole, index again what can be read, list what is lost")
  }

  static let check = Command(
    "check", group: .index, "check every byte of an index, or repair it", flags: [Flags.deep, Flags.repair],
    details: [
      "--repair keeps what is whole, reads damaged segments record by record, indexes again what can be proved right, and lists by kind and id what cannot. It writes a new commit and removes the damaged one when the new one is found good by a deep check; the index is as it was when anything fails. With a backup at hand, dossier restore loses less. Exit code 3 when something was lost."
    ],
    examples: [
      Example("dossier check --deep", "checksums, and whether the files agree"),
      Example("dossier check --repair", "drop what is damaged, and say what that was"),
    ],
    exitCodes: [.done, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    if invocation.arguments.has(Flags.repair) { return try repair(invocation) }
    let answer = try CheckAnswer(
      checking: invocation.indexes, deep: invocation.arguments.has(Flags.deep), mapped: invocation.isMapped)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    for structure in answer.structures {
      invocation.output.writeLine(
        "\(structure.name): \(Numbers.grouped(Int(clamping: structure.items))) checked, \(Numbers.bytes(structure.bytes)), "
          + (structure.problems == 0 ? "good" : "\(structure.problems) problems"))
    }
    for problem in answer.problems {
      let place = problem.offset.map { " at byte \($0)" } ?? ""
      invocation.output.writeLine(Screen.shown("\(problem.index)/\(problem.file)\(place): \(problem.message)"))
    }
    let commit = answer.commit.map { "\($0)" } ?? "none"
    if answer.isGood {
      invocation.output.writeLine("good, commit \(commit)")
    } else {
      invocation.talk.write(
        ErrorScreen(screen: invocation.talkScreen).note(
          "the index is damaged: \(answer.problems.count) problems",
          hint: "restore a backup: dossier restore DIR; or keep what is whole: dossier check --repair"))
    }
    return answer.exitCode
  }

  private static func repair(_ invocation: Invocation) throws(QualityError) -> ExitCode {
    let answer = try RepairAnswer(repairing: try invocation.writableIndex(), mapped: invocation.isMapped)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    let report = answer.report
    guard let commit = report.commit else {
      invocation.say(
        report.removedOlder
          ? "commit \(report.damagedCommit) is whole; an older one, which was damaged, is removed"
          : "nothing is damaged, commit \(report.damagedCommit)")
      return .done
    }
    if report.rolledBack {
      invocation.output.writeLine(
        "the manifest of commit \(report.damagedCommit) is broken: the commit before it serves")
    }
    for segment in report.segments {
      let cause =
        segment.problems > 0 ? "\(segment.problems) problems, \(segment.message)" : "read again with the others"
      invocation.output.writeLine(
        Screen.shown("segment \(segment.id), \(segment.kind): kept \(segment.kept), lost \(segment.lost); \(cause)"))
    }
    for file in report.droppedFiles { invocation.output.writeLine("left out: the \(file.suffix) of the index") }
    for (word, records) in [("lost", report.lost), ("doubtful", report.doubtful)] {
      for record in records {
        let name = record.id ?? record.keyHash.map { "with the key \($0)" } ?? "whose id cannot be read"
        invocation.output.writeLine(Screen.shown("\(word)\t\(record.kind)/\(name)\t\(record.reason)"))
      }
    }
    let kept = report.segments.reduce(0) { $0 + $1.kept }
    invocation.say(
      "repaired: commit \(commit), \(Numbers.grouped(kept)) records indexed again, \(Numbers.grouped(report.lostCount)) lost"
        + (report.doubtfulCount > 0 ? ", \(Numbers.grouped(report.doubtfulCount)) kept in doubt" : ""))
    if !answer.isWhole {
      invocation.talk.write(
        ErrorScreen(screen: invocation.talkScreen).note(
          "what is lost comes back with the files it came from", hint: "dossier index PATH, or dossier restore DIR"))
    }
    return answer.exitCode
  }
}
