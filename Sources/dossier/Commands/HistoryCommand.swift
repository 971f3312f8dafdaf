import QualityRecords

extension Command {
  /// Flags of the jobs that look at a stretch of time.
  enum TimeFlags {
    static let since = Flag("since", .text("DATE"), "events from this date on: 2007, 2007-Q3, 2007-03, 2007-03-14")
    static let until = Flag("until", .text("DATE"), "events up to this date")
    static let asOf = Flag(
      "as-of", .text("DATE"), "as of the end of this date, by the dates in the records: later ones are left out")
  }

  private enum Flags {
    static let repeats = Flag("repeats", "show the same violations found again")
    static let within = Flag("within", .text("SPAN"), "within which a violation is a repeat: 12m, 90d, 1y; default 12m")
    static let grain = Flag(
      "by", .choice(HistoryTimeline.Grain.allCases.map(\.rawValue)),
      "bars of the timeline; default quarter, or year where the history is long")
  }

  static let history = Command(
    "history", group: .answers, "the violation history of one enterprise",
    words: Words("ENTERPRISE", count: 1...Int.max),
    flags: [TimeFlags.since, TimeFlags.until, TimeFlags.asOf, Flags.repeats, Flags.within, Flags.grain],
    timeLimit: .whole,
    details: [
      "ENTERPRISE is an id or a name; several words are one name. A name that is not that of one enterprise alone lists those that it may mean, each with the reason (rung): none is chosen for you.",
      "Events are the inspection notes of the enterprise and the dates of its own file. A ~ behind a date says that it is less exact than a day; undated events come last. Severity is shown as signs and as a number: 1 minor to 4 critical; ? is ungraded.",
      "In a pipe each event is one line: date (- where there is none), kind, severity, what, record, the note it follows up, licences that were not in force on that day, separated by tabs.",
    ],
    examples: [
      Example("dossier history 4403-0187 --since 2005", "by id, from 2005 on"),
      Example("dossier history 新华家具厂", "a name that two enterprises have: both are listed"),
      Example("dossier history 4406-0502 --repeats --within 12m", "the same violation again within twelve months"),
      Example("dossier history 4403-0187 --as-of 2007-06-30 --json", "as things stood then, for another program"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var request = HistoryRequest(arguments.line)
    request.isSeveralWords = arguments.words.count > 1
    request.since = arguments.text(TimeFlags.since)
    request.until = arguments.text(TimeFlags.until)
    request.asOf = arguments.text(TimeFlags.asOf)
    if let within = arguments.text(Flags.within) { request.within = within }
    request.grain = arguments.text(Flags.grain).flatMap { HistoryTimeline.Grain(rawValue: $0) }
    let answer = try invocation.openIndex().history(request)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      let showsRepeats = arguments.has(Flags.repeats) || arguments.has(Flags.within)
      let screen = HistoryScreen(screen: invocation.screen, showsRepeats: showsRepeats)
      switch answer {
      case .history(let history): invocation.output.write(screen.text(history))
      case .candidates(let candidates): invocation.output.write(screen.text(candidates))
      }
    }
    invocation.output.flush()
    invocation.say(answer.notes)
    if case .candidates(let list) = answer, let first = list.candidates.first {
      let count = list.candidates.count
      invocation.say(
        (count == 1 ? "1 enterprise may be meant" : "\(count) enterprises may be meant")
          + ", none is chosen; pick: dossier history \(ShellWord.quoted(first.id))")
    }
    return answer.exitCode
  }
}

extension Invocation {
  /// Notes said at most: a query of a thousand words may have one for each, and drawing the query for each took 0.1 s.
  private static let mostNotes = 12

  /// Says the notes of an answer on standard error, the first dozen; `query`: what their places are in, if anything.
  func say(_ notes: [SearchAnswer.Note], query: String = "") {
    let screen = ErrorScreen(screen: talkScreen)
    for note in notes.prefix(Self.mostNotes) {
      talk.write(screen.note(note.message, query: query, at: note.at, hint: note.hint))
    }
    if notes.count > Self.mostNotes {
      let more = Numbers.grouped(notes.count - Self.mostNotes)
      talk.write(screen.note("\(more) more notes", hint: "--json has them all"))
    }
    talk.flush()
  }
}
