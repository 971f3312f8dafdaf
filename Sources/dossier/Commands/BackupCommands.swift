import QualityRecords

extension Command {
  private enum Flags {
    static let copy = Flag("copy", "copy the files even where hard links would do: safe from damage of the one disk")
  }

  static let backup = Command(
    "backup", group: .index, "copy the newest commit of an index into a folder, verified",
    words: Words("DIR", .paths, count: 1...1), flags: [Flags.copy],
    details: [
      "Searches and changes go on meanwhile; the backup is one commit, whole. Files are linked where DIR is in the same file system, which takes neither time nor room, else copied; every byte is compared with its checksum. DIR must be empty or new; it is an index itself: dossier search --index DIR."
    ],
    examples: [
      Example("dossier backup /backups/2026-11-22", "a folder of its own for each"),
      Example("dossier backup --copy /media/disk/dossier", "bytes of their own, on another disk or not"),
    ],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let answer = try CopyAnswer(
      backingUp: try invocation.writableIndex(), to: invocation.arguments.words.first ?? "",
      linking: !invocation.arguments.has(Flags.copy))
    return write(answer, "backed up", invocation)
  }

  static let restore = Command(
    "restore", group: .index, "make a backup the newest commit of an index",
    words: Words("DIR", .paths, count: 1...1),
    details: [
      "The backup is verified and copied, and takes its place as any commit does: at once, with readers undisturbed, or not at all. An index that is damaged may be in the way; what it held is removed by the next commit."
    ],
    examples: [Example("dossier restore /backups/2026-11-22", "as it was then")],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let answer = try CopyAnswer(
      restoring: invocation.arguments.words.first ?? "", to: try invocation.writableIndex())
    return write(answer, "restored", invocation)
  }

  private static func write(_ answer: CopyAnswer, _ done: String, _ invocation: Invocation) -> ExitCode {
    if invocation.wantsJSON { invocation.writeJSON(answer) }
    invocation.say(
      Screen.shown(
        "\(done) \(answer.from) to \(answer.to): commit \(answer.commit), \(answer.files) files, \(Numbers.bytes(answer.bytes)), verified"
      ))
    return answer.exitCode
  }
}
