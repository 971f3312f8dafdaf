import QualityRecords
import Records
import SearchEngine

extension Command {
  /// The flags of search; other commands that ask share some of them.
  enum SearchFlags {
    static let kinds = Schema.recordKinds.map(\.kind)
    static let kind = Flag("kind", .list("KIND,…", of: kinds), repeats: true, "only records of these kinds")
    static let limit = Flag("limit", .integer("N", 0...SearchOptions.longestPage), "hits of a page; default 10")
    static let cursor = Flag("cursor", .text("CURSOR"), "go on behind an earlier answer, by its next")
    static let sort = Flag("sort", .text("FIELD[:asc]"), "order by a field rather than by score")
    static let facet = Flag(
      "facet", .list("FIELD,…", of: []), repeats: true, "count the values of fields; rung: why records matched")
    static let collapse = Flag("collapse", .text("FIELD"), "the best hit alone for each value of a field")
    static let rungs = Flag(
      "rungs", .list("RUNG,…", of: ["exact", "stem", "thesaurus", "name", "pinyin", "fuzzy"]), repeats: true,
      "why a record may match; default: all but fuzzy")
    static let noTransliteration = Flag("no-translit", "do not find Chinese names by their pinyin")
    static let any = Flag("any", "one word of the query suffices")
    static let strict = Flag("strict", "a query that would be repaired is an error")
    static let explain = Flag("explain", "say how each score came about")
    static let total = Flag("total", .choice(["exact", "bound"]), "bound: the total may be a lower bound")
    static let fields = Flag(
      "fields", .list("FIELD,…", of: []), repeats: true, "fields of the record to give with a hit")
    static let count = Flag("count", "the total alone")
    static let rank = Flag(
      "rank", .text("PROFILE"), "a ranking profile: relevance, recent, history, or a file; default: relevance")
    static let profile = Flag("profile", "say on standard error where the time went")
    static let queryJSON = Flag("query-json", .file("FILE"), "the query as a JSON tree; -: standard input")
    static let jsonLines = Flag("jsonl", "one hit a line, as a JSON object")
  }

  static let search = Command(
    "search", group: .answers, "find records, best first",
    words: Words("QUERY…", count: 0...Int.max, mayBeginWithDash: true),
    flags: [
      ThesaurusFlags.file, SearchFlags.kind, SearchFlags.limit, SearchFlags.cursor, SearchFlags.sort,
      SearchFlags.facet,
      SearchFlags.collapse, SearchFlags.rungs, SearchFlags.noTransliteration, SearchFlags.any, SearchFlags.strict,
      SearchFlags.explain,
      SearchFlags.total, SearchFlags.fields, SearchFlags.count, SearchFlags.rank,
      SearchFlags.profile, SearchFlags.queryJSON,
      SearchFlags.jsonLines, StateFlags.state,
    ],
    timeLimit: .partial, buildsSample: true,
    details: [
      "The words are joined by spaces to one query. All words are required; where no record holds them all, the answer falls back to those that hold most and says so. \"quality files\" finds the words as they stand, =inspected this spelling only; + - AND OR NOT and parentheses combine; field:word, date:2007, severity:>=serious look into fields; lead* finds what begins so.",
      "In a pipe each hit is one line: kind/id, date (- where there is none), rung, title, the first snippet, and the fields asked for by --fields, separated by tabs.",
      "Where neither --index nor $DOSSIER_INDEX is given, no ./index is built and a folder ./seeds is there, the index is built from it first.",
    ],
    examples: [
      Example("dossier search formaldehyde furniture", "both words, in any form"),
      Example("dossier search 甲醛 家具 --kind inspection --limit 5", "notes alone"),
      Example("dossier search 'lead NEAR/5 coating' since:2007-03 --facet province --json", "for another program"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput, .interrupted]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var options = try invocation.searchOptions(try SearchQuery.text(arguments))
    let asked = options
    options.deadline = invocation.answerTime
    let isForPeople = !invocation.wantsJSON && !arguments.has(SearchFlags.jsonLines)
    let shownFields = options.fields
    if isForPeople { options.fields += SearchScreen.factFields.filter { !shownFields.contains($0) } }

    let clock = ContinuousClock.now
    let profile = arguments.has(SearchFlags.profile) ? SearchProfile() : nil
    let index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    let opened = ContinuousClock.now
    let answer = try index.search(options, profile: profile)
    let elapsed = ContinuousClock.now - clock
    SearchOutput(invocation).write(answer, options, fields: shownFields)
    SearchTalk(invocation).say(answer, elapsed)
    if let profile {
      for line in ProfileScreen.lines(profile, opening: opened - clock, total: elapsed) { invocation.say(line) }
    }
    invocation.remember(answer, asked, index)
    return answer.exitCode
  }
}

/// What is said of a search on standard error: notes, repairs, the count, and the next command.
struct SearchTalk {
  let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func say(_ answer: SearchAnswer, _ elapsed: Duration) {
    let notes = ErrorScreen(screen: invocation.talkScreen)
    invocation.say(answer.notes, query: answer.query)
    if answer.total == 0, !answer.isPartial {
      let isSimple = invocation.arguments.words.count > 1 && !invocation.arguments.has(Command.SearchFlags.any)
      invocation.talk.write(
        notes.note("nothing found", hint: isSimple ? "--any finds records that hold one of the words" : ""))
    }
    // Figures and hints are for people at a terminal.
    guard invocation.talkScreen.isTerminal, invocation.screen.isTerminal, !invocation.wantsJSON else { return }
    let bound = answer.totalIsExact ? "" : " or more"
    let time = Numbers.decimal(elapsed.inSeconds * 1_000, 1)
    let records = answer.total == 1 ? "record" : "records"
    invocation.say(
      invocation.talkScreen.styled("\(Numbers.grouped(answer.total))\(bound) \(records), \(time) ms", .faint))
    if let next = answer.next {
      let more = invocation.arguments.commandLine(changing: Command.SearchFlags.cursor, to: next)
      invocation.say(invocation.talkScreen.styled("more: \(more)", .faint))
    }
    if let hit = answer.hits.first {
      invocation.say(
        invocation.talkScreen.styled(
          "next: dossier \(hit.kind == Schema.passage.kind ? "cite" : "show") \(ShellWord.quoted(hit.id))", .faint))
    }
  }
}

extension ParsedArguments {
  /// The command line again, one flag changed.
  func commandLine(changing changed: Flag, to value: String) -> String {
    var text = "dossier \(command.name)"
    if words.contains(where: { $0.hasPrefix("--") }) {
      // Words that look like flags stand behind two dashes, and those behind everything.
      return text + flagText(changing: changed, to: value) + " -- " + words.map(ShellWord.quoted).joined(separator: " ")
    }
    for word in words { text += " \(ShellWord.quoted(word))" }
    return text + flagText(changing: changed, to: value)
  }

  private func flagText(changing changed: Flag, to value: String) -> String {
    var text = ""
    for flag in command.flags where flag != changed {
      for given in texts(flag) {
        text += " \(flag.spelling)" + (flag.placeholder == nil ? "" : " \(ShellWord.quoted(given))")
      }
    }
    return text + " \(changed.spelling) \(ShellWord.quoted(value))"
  }
}
