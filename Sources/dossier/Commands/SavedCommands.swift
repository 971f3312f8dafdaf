import QualityRecords

extension Command {
  private static let nameWord = Words("NAME", count: 1...1)
  /// What a saved question keeps; the other flags of search bear on one run alone.
  private static let savedFlags = Command.search.ownFlags.filter {
    !["cursor", "explain", "count", "jsonl", "profile", "query-json", "rank"].contains($0.name)
  }

  static let save = Command(
    "save", group: .saved, "keep a question under a name",
    words: Words("NAME QUERY…", count: 2...Int.max, mayBeginWithDash: true), flags: savedFlags,
    details: [
      "What it finds now counts as seen by watch, and as its last run for diff. A name is of letters, digits, - _ and . inside; one that is taken is saved anew. @last is the last question that was searched."
    ],
    examples: [
      Example("dossier save lead-toys 'lead product:toys' --kind inspection", "a question with its flags"),
      Example("dossier save hongda-watch @last", "the last search"),
    ],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let words = invocation.arguments.words
    try SavedSearch.check(words[0])
    let options = try invocation.searchOptions(words.dropFirst().joined(separator: " "))
    var index: QualityIndex?
    do throws(QualityError) {
      index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    } catch {
      // A question may be saved before there is an index.
      guard error.code == "index-missing" else { throw error }
    }
    let state = try invocation.state(create: true)
    let isReplaced = try state.save(words[0], options, index)
    let saved = try state.savedSearches().filter { $0.name == words[0] }
    if invocation.wantsJSON { invocation.writeJSON(SavedAnswer(saved)) }
    let found = saved.first?.lastRun.map { ", \(Numbers.grouped($0.total)) found now" } ?? ", no index yet"
    invocation.say(Screen.shown("saved \(words[0])\(isReplaced ? " anew" : "")\(found)"))
    return .done
  }

  static let run = Command(
    "run", group: .saved, "search again what is saved", words: nameWord,
    flags: [SearchFlags.jsonLines, StateFlags.state],
    timeLimit: .whole,
    examples: [Example("dossier run lead-toys", "as search shows it")],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let isForPeople = !invocation.wantsJSON && !invocation.arguments.has(SearchFlags.jsonLines)
    let clock = ContinuousClock.now
    let index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    let (answer, options) = try invocation.state(create: false).run(
      invocation.arguments.line, index, fields: isForPeople ? SearchScreen.factFields : [])
    SearchOutput(invocation).write(answer, options, fields: options.fields)
    SearchTalk(invocation).say(answer, ContinuousClock.now - clock)
    invocation.remember(answer, options, index)
    return answer.exitCode
  }

  static let list = Command(
    "list", group: .saved, "list what is saved", flags: [StateFlags.state], takesIndex: false,
    examples: [Example("dossier list", "names, questions, what the last run found")],
    exitCodes: [.done, .nothingFound, .inputOutput]
  ) { invocation throws(QualityError) in
    var searches: [SavedSearch] = []
    do throws(QualityError) { searches = try invocation.state(create: false).savedSearches() } catch {
      guard error.code == "no-state" else { throw error }
    }
    let answer = SavedAnswer(searches)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    var table = TextTable([
      .init("name"), .init("found", isNumber: true), .init("commit", isNumber: true), .init("query"),
    ])
    for search in searches {
      table.append([
        search.name, search.lastRun.map { String($0.total) } ?? "-", search.lastRun.map { String($0.commit) } ?? "-",
        search.options.query,
      ])
    }
    if searches.isEmpty {
      invocation.talk.write(
        ErrorScreen(screen: invocation.talkScreen).note("nothing is saved", hint: "dossier save NAME QUERY"))
      return answer.exitCode
    }
    for line in table.lines(invocation.screen) { invocation.output.writeLine(line) }
    return answer.exitCode
  }

  private static let new = Flag("new", "only what is new or has changed; so it is without, too")

  static let watch = Command(
    "watch", group: .saved, "show what a saved search finds that it had not found", words: nameWord,
    flags: [new, StateFlags.state],
    timeLimit: .whole,
    details: [
      "Each record is shown once for each content that it has, with the reason: new or changed, and the words that matched. Loading the same records again, or deleting and adding them unchanged, shows nothing. Exit code 10 when there is something, 1 and silence when not: made for cron.",
      "In a pipe each is one line: new or changed, kind/id, date, the words and where they stand, title, passage, separated by tabs.",
    ],
    examples: [Example("dossier watch lead-toys --new", "since save, or since the last watch")],
    exitCodes: [.newHits, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    let answer = try invocation.state(create: false).watch(invocation.arguments.line, index)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.write(SavedScreen(screen: invocation.screen).text(answer))
    }
    return answer.exitCode
  }

  static let diff = Command(
    "diff", group: .saved, "compare what a saved search finds with its last run", words: nameWord,
    flags: [StateFlags.state],
    timeLimit: .whole,
    details: [
      "Added, gone, and changed in content. The last run is that of run, or of save. A line each: added, gone or changed, a tab, kind/id."
    ],
    examples: [Example("dossier diff lead-toys", "what became of it since the last run")],
    exitCodes: [.done, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    let answer = try invocation.state(create: false).diff(invocation.arguments.line, index)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.write(SavedScreen(screen: invocation.screen).text(answer))
      let from = answer.from.map { "commit \($0)" } ?? "no run yet"
      invocation.say(
        "\(from) to commit \(answer.to): \(answer.added.count) added, \(answer.gone.count) gone, "
          + "\(answer.changed.count) changed")
    }
    return answer.exitCode
  }
}
