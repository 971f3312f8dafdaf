import JSONText
import QualityRecords

extension Command {
  private enum Flags {
    static let by = Flag(
      "by", .text("FIELD"), "count the enterprises by a field, rows only where --limit asks for them")
    static let facet = Flag(
      "facet", .list("FIELD,…", of: []), repeats: true,
      "what is counted beside the rows; default: \(EnterpriseOptions.defaultFacets.joined(separator: ","))")
    static let sort = Flag("sort", .choice(EnterpriseOptions.sorts), "the order; default: score, the best match first")
    static let per = Flag("per", .integer("N", 1...EnterpriseOptions.mostPassages), "passages shown of each; default 1")
    static let limit = Flag(
      "limit", .integer("N", 0...SearchOptions.longestPage), "enterprises of a page; default 10; 0: header and counts")
  }

  static let enterprises = Command(
    "enterprises", group: .answers, "find enterprises, one row each, by their files and their notes",
    words: Words("QUERY…", count: 1...Int.max, mayBeginWithDash: true),
    flags: [
      Flags.by, Flags.facet, Flags.sort, Flags.per, Flags.limit, SearchFlags.cursor, SearchFlags.rungs,
      SearchFlags.any, SearchFlags.strict, SearchFlags.fields, SearchFlags.count, SearchFlags.jsonLines,
    ],
    timeLimit: .partial, buildsSample: true,
    details: [
      "An enterprise is found when its quality file or one of its notes answers the query. It counts under a value when one of those records has it: each count ends with the clause that, added to the query, leaves exactly those.",
      "--sort violations puts those with most violations first, severity those with the worst, recency those with the latest note; these look at all notes of an enterprise, whatever was asked.",
      "In a pipe each enterprise is one line: id, name, province, matching records, violations, worst severity, date of the latest note, the best passage, separated by tabs. The counts follow where --facet or --by asks for them.",
    ],
    examples: [
      Example("dossier enterprises product:toys export:yes --sort violations", "who makes toys for export"),
      Example(
        "dossier enterprises 'kind:enterprise product:toys NOT has(inspection: since:2007-03 type:re-examination)' --count --by province",
        "the gap list"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var options = EnterpriseOptions(arguments.line)
    options.by = arguments.text(Flags.by)
    options.facets = arguments.list(Flags.facet)
    if let sort = arguments.text(Flags.sort) { options.sort = sort }
    if let per = arguments.integer(Flags.per) { options.per = per }
    if let limit = arguments.integer(Flags.limit) {
      options.search.limit = limit
    } else if options.by != nil {
      options.search.limit = 0
    }
    options.search.cursor = arguments.text(SearchFlags.cursor)
    options.search.rungs = arguments.list(SearchFlags.rungs)
    options.search.any = arguments.has(SearchFlags.any)
    options.search.strict = arguments.has(SearchFlags.strict)
    options.search.fields = arguments.list(SearchFlags.fields)
    options.search.deadline = invocation.answerTime
    options.search.countsOnly = arguments.has(SearchFlags.count)
    // What is not shown is not counted: a page in a pipe is its rows.
    let asksForCounts = !options.facets.isEmpty || options.by != nil || options.search.limit == 0
    let clock = ContinuousClock.now
    let answer = try invocation.openIndex().enterprises(options)
    let elapsed = ContinuousClock.now - clock
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else if arguments.has(SearchFlags.jsonLines) {
      for (hit, row) in zip(answer.search.hits, answer.rows) {
        var writer = JSONWriter()
        EnterprisesAnswer.write(hit, row, to: &writer)
        invocation.output.write(writer.bytes)
        invocation.output.write("\n")
      }
    } else if options.search.countsOnly, options.by == nil {
      invocation.output.writeLine(String(answer.search.total))
    } else {
      let screen = EnterprisesScreen(
        screen: invocation.screen, showsAllValues: !options.facets.isEmpty || options.search.limit == 0,
        showsCounts: asksForCounts || invocation.screen.isTerminal)
      invocation.output.write(screen.text(answer))
    }
    invocation.output.flush()
    sayEnterprises(answer, elapsed, invocation)
    return answer.exitCode
  }

  /// Notes, and at a terminal the time and the next commands.
  private static func sayEnterprises(_ answer: EnterprisesAnswer, _ elapsed: Duration, _ invocation: Invocation) {
    let notes = ErrorScreen(screen: invocation.talkScreen)
    invocation.say(answer.search.notes, query: answer.search.query)
    if answer.search.isPartial {
      invocation.talk.write(notes.note("the deadline cut the search: the answer is partial"))
    }
    if answer.search.total == 0, !answer.search.isPartial { invocation.talk.write(notes.note("nothing found")) }
    guard invocation.talkScreen.isTerminal, invocation.screen.isTerminal, !invocation.wantsJSON else { return }
    func faint(_ text: String) { invocation.say(invocation.talkScreen.styled(text, .faint)) }
    faint("\(Numbers.decimal(elapsed.inSeconds * 1_000, 1)) ms")
    if let next = answer.search.next {
      faint("more: \(invocation.arguments.commandLine(changing: SearchFlags.cursor, to: next))")
    }
    let clauses = answer.facets.lazy.flatMap(\.values).filter { $0.count < answer.search.total }.compactMap(\.clause)
    if let clause = clauses.first {
      let query = EnterprisesAnswer.narrowed(answer.search.query, by: clause)
      faint("narrow: dossier enterprises \(ShellWord.quoted(query))")
    }
    if let hit = answer.search.hits.first { faint("next: dossier show \(ShellWord.quoted(hit.id))") }
  }
}
