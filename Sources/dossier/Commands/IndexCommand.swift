import QualityRecords
import Records

extension Command {
  private enum Flags {
    static let kind = Flag("kind", .choice(Schema.recordKinds.map(\.kind)), "kind of records that do not say theirs")
    static let mapping = Flag("mapping", .file("FILE"), "how the fields of any source become those of a kind")
    static let dryRun = Flag("dry-run", "read and check everything, write nothing")
    static let threads = Flag(
      "threads", .integer("N", 1...256),
      "1: reading and indexing take turns; 2 or more: so many index while one reads; default 2")
    static let memory = Flag(
      "memory", .integer("MB", 16...65_536), "memory that records being indexed may take; default 256")
    static let rejects = Flag("rejects", .file("FILE"), "write rejected rows here, to be mended and indexed again")
    static let commitEvery = Flag(
      "commit-every", .integer("N", 1...Int.max), "commit after so many records, too, and say so each time")
  }

  static let index = Command(
    "index", group: .index, "add or replace records from files",
    words: Words("PATH…", .paths, count: 1...Int.max),
    flags: [
      Flags.kind, Flags.mapping, Flags.dryRun, Flags.threads, Flags.memory, Flags.rejects, Flags.commitEvery,
    ],
    details: [
      "A path is a file, a folder, or - for standard input. A folder's collection.json says which files are what; without one, files are taken by their extension and README files are passed over. Formats: JSON, JSON Lines, CSV, TSV, Markdown, text, HTML, XML.",
      "Records are told apart by kind and id: one that is there already is replaced, or left when nothing in it has changed. All of a run is one commit. Stopped by Ctrl-C, the index stays as the last commit left it.",
    ],
    examples: [
      Example("dossier index seeds/", "the sample collection"),
      Example("dossier index notes.csv --mapping notes.json --rejects rejects.jsonl", "a table with its own headings"),
      Example("generate | dossier index - --kind inspection", "from another program"),
    ],
    exitCodes: [.done, .partial, .index, .inputOutput, .interrupted]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var request = IndexRequest(paths: arguments.words, index: try invocation.writableIndex())
    request.kind = arguments.text(Flags.kind)
    request.mapping = arguments.text(Flags.mapping)
    request.isMapped = invocation.isMapped
    request.isDryRun = arguments.has(Flags.dryRun)
    if let threads = arguments.integer(Flags.threads) { request.threads = threads }
    request.memory = arguments.integer(Flags.memory)
    request.rejects = arguments.text(Flags.rejects)
    request.commitEvery = arguments.integer(Flags.commitEvery)
    let answer = try IndexRunner(invocation).run(request)
    if invocation.wantsJSON { invocation.writeJSON(answer) }
    return answer.exitCode
  }
}

/// Runs an index job with its talk: progress on a terminal, acknowledged commits, rejects, and the last line.
struct IndexRunner {
  private let invocation: Invocation
  private var notes: ErrorScreen { ErrorScreen(screen: invocation.talkScreen) }

  /// Rejects that are shown; the answer and the rejects file have more.
  private static let shownRejects = 5
  private static let shownFields = 12

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run(_ request: IndexRequest) throws(QualityError) -> IndexAnswer {
    Interrupt.listen()
    let progress = ProgressLine(stream: invocation.talk, screen: invocation.talkScreen)
    var done: IndexProgress?
    let answer: IndexAnswer
    do throws(QualityError) {
      answer = try IndexJob.run(request, isCancelled: { Interrupt.isRaised }) { event in
        switch event {
        case .progress(let state):
          done = state
          progress.draw(state)
        case .committed(let commit, let records):
          guard request.commitEvery != nil else { return }
          progress.clear()
          invocation.say("commit \(commit): \(Numbers.grouped(records)) records")
        }
      }
    } catch {
      progress.clear()
      throw error
    }
    progress.clear()
    for reject in answer.rejects.prefix(Self.shownRejects) {
      invocation.say("rejected \(reject.file):\(reject.line):\(reject.column): \(Screen.shown(reject.reason))")
    }
    let more = answer.rejected - min(answer.rejects.count, Self.shownRejects)
    if more > 0 { invocation.say("rejected: \(Numbers.grouped(more)) more") }
    if answer.rejected > 0, answer.rejectsFile == nil {
      invocation.talk.write(notes.note("--rejects FILE keeps the rejected rows, to be mended and indexed again"))
    }
    if !answer.unknownFields.isEmpty {
      let named = answer.unknownFields.prefix(Self.shownFields).map { "\($0.field) (\(Numbers.grouped($0.count)))" }
      let rest = answer.unknownFields.count - named.count
      invocation.talk.write(
        notes.note(
          "fields that no schema names, kept and searchable as text: \(named.joined(separator: ", "))"
            + (rest > 0 ? " and \(rest) more" : "")))
    }
    for note in answer.notes { invocation.talk.write(notes.note(note)) }
    if answer.isInterrupted {
      // Its figures count what was read, not what stands.
      invocation.say("interrupted: the index is as the last commit left it")
      return answer
    }
    if answer.isDryRun { invocation.say("nothing was written (--dry-run)") }
    if invocation.talkScreen.isTerminal, let done, let rate = done.recordsPerSecond {
      invocation.say(
        "\(Numbers.bytes(done.bytesDone)) in \(Numbers.clock(done.elapsed.inSeconds)), "
          + "\(Numbers.grouped(Int(min(rate, 1e15)))) records a second")
    }
    invocation.say(answer.summary)
    return answer
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
