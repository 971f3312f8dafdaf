import QualityRecords

extension Command {
  enum SuggestFlags {
    static let kind = Flag(
      "kind", .choice(SuggestAnswer.Kind.allCases.map(\.rawValue)), "only suggestions of this kind")
    static let limit = Flag(
      "limit", .integer("N", 1...SuggestRequest.longestList), "suggestions of each kind; default 5")
    static let noPinyin = Flag("no-pinyin", "leave out names that go on so only in their reading")
  }

  static let suggest = Command(
    "suggest", group: .answers, "what the index holds that goes on from what is typed",
    words: Words("PREFIX…", count: 1...Int.max, mayBeginWithDash: true),
    flags: [SuggestFlags.kind, SuggestFlags.limit, SuggestFlags.noPinyin],
    timeLimit: .whole,
    details: [
      "Enterprises by the beginning of their names, of a word in them, or of their reading in pinyin (hongda, hdwj); names of the product tree; codes in any spelling; directives by their titles; words. Each has its count and the query that finds its records.",
      "In a pipe each suggestion is one line: kind, text, count, rung and query, separated by tabs.",
    ],
    examples: [
      Example("dossier suggest hong", "enterprises, words and codes that begin so"),
      Example("dossier suggest XK16 --kind code --json", "for a search box"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var request = SuggestRequest(arguments.line)
    request.kind = arguments.text(SuggestFlags.kind).flatMap { SuggestAnswer.Kind(rawValue: $0) }
    if let limit = arguments.integer(SuggestFlags.limit) { request.limit = limit }
    request.takesPinyin = !arguments.has(SuggestFlags.noPinyin)
    let answer = try invocation.openIndex().suggest(request)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else if invocation.screen.isTerminal {
      var table = TextTable([.init("kind"), .init("text"), .init("count", isNumber: true), .init("query")])
      for suggestion in answer.suggestions {
        let text = suggestion.text + (suggestion.rung == "pinyin" ? " (by pinyin)" : "")
        table.append([suggestion.kind.rawValue, text, Numbers.grouped(suggestion.count), suggestion.query])
      }
      for line in table.lines(invocation.screen) { invocation.output.writeLine(line) }
    } else {
      for suggestion in answer.suggestions {
        let values = [
          suggestion.kind.rawValue, suggestion.text, String(suggestion.count), suggestion.rung, suggestion.query,
        ]
        invocation.output.writeLine(values.map(Screen.shown).joined(separator: "\t"))
      }
    }
    return answer.exitCode
  }
}
