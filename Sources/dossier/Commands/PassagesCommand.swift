import QualityRecords
import Records

extension Command {
  static let passages = Command(
    "passages", group: .answers, "find paragraphs of directives, in their context",
    words: Words("QUERY…", count: 1...Int.max, mayBeginWithDash: true),
    flags: [
      SearchFlags.limit, SearchFlags.cursor, SearchFlags.sort, SearchFlags.facet, SearchFlags.collapse,
      SearchFlags.rungs, SearchFlags.any, SearchFlags.strict, SearchFlags.explain, SearchFlags.total,
      SearchFlags.fields, SearchFlags.count, SearchFlags.jsonLines,
    ],
    timeLimit: .partial, buildsSample: true,
    details: [
      "A query as that of search, asked of paragraphs: each hit is one, with the sentence before and behind what matched. Of NEAR, SAME and quotes only what makes them match is marked.",
      "Places are filters: ¶3, para 3, 第3段 for the number of the paragraph; Article 12, clause 12, 第十二条 for articles; Chapter 2, 第二章 for all under a heading. In quotes they are text.",
    ],
    examples: [
      Example("dossier passages production capacity toys ratified", "best paragraph first"),
      Example("dossier passages '第十二条 缺陷'", "in articles of that number"),
      Example("dossier passages '\"quality file\"' --collapse directive", "the best paragraph of each directive"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput, .interrupted]
  ) { invocation throws(QualityError) in
    var options = SearchOptions(invocation.arguments.line)
    options.take(invocation.arguments)
    options.deadline = invocation.answerTime
    let isForPeople = !invocation.wantsJSON && !invocation.arguments.has(SearchFlags.jsonLines)
    let shownFields = options.fields
    if isForPeople { options.fields += PassageScreen.factFields.filter { !shownFields.contains($0) } }
    let clock = ContinuousClock.now
    let answer = try invocation.openIndex().passages(options)
    let elapsed = ContinuousClock.now - clock
    invocation.write(answer, options) { screen in PassageScreen(screen: screen, fields: shownFields).text(answer) }
    invocation.output.flush()
    SearchTalk(invocation).say(answer, elapsed)
    return answer.exitCode
  }
}

extension SearchOptions {
  /// What the flags of search say.
  mutating func take(_ arguments: ParsedArguments) {
    if let given = arguments.integer(Command.SearchFlags.limit) { limit = given }
    cursor = arguments.text(Command.SearchFlags.cursor)
    sort = arguments.text(Command.SearchFlags.sort)
    facets = arguments.list(Command.SearchFlags.facet)
    collapse = arguments.text(Command.SearchFlags.collapse)
    rungs = arguments.list(Command.SearchFlags.rungs)
    any = arguments.has(Command.SearchFlags.any)
    strict = arguments.has(Command.SearchFlags.strict)
    explain = arguments.has(Command.SearchFlags.explain)
    if let given = arguments.text(Command.SearchFlags.total) { total = given }
    fields = arguments.list(Command.SearchFlags.fields)
    countsOnly = arguments.has(Command.SearchFlags.count)
  }
}

extension Invocation {
  /// Writes the answer to a search in the form that the flags ask for; `text` makes that for people.
  func write(_ answer: SearchAnswer, _ options: SearchOptions, text: (Screen) -> String) {
    if wantsJSON {
      writeJSON(answer)
    } else if arguments.has(Command.SearchFlags.jsonLines) {
      for hit in answer.hits {
        output.write(answer.line(of: hit))
        output.write("\n")
      }
    } else if options.countsOnly {
      output.writeLine(String(answer.total))
    } else {
      output.write(text(screen))
    }
  }
}
