import QualityRecords

extension Command {
  enum RefsFlags {
    static let limit = Flag("limit", .integer("N", 0...1_000), "records listed that cite it; default 20")
  }

  static let refs = Command(
    "refs", group: .answers, "what cites a paragraph, and what it cites",
    words: Words("ID#pN", count: 1...Int.max), flags: [RefsFlags.limit],
    timeLimit: .whole,
    details: [
      "By number: records and paragraphs that name the directive by id or title and this paragraph or its article, in any spelling. By wording: those that share eight words in a row with it, or twelve characters in Chinese.",
      "In a pipe each line is a direction (cites, cited-by), a way or kind, the id, and the words, separated by tabs.",
    ],
    examples: [Example("dossier refs dir-0001#p3", "notes that cite or echo it")],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let limit = invocation.arguments.integer(RefsFlags.limit) ?? 20
    let answer = try invocation.openIndex().refs(invocation.arguments.line, limit: limit)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    invocation.output.write(ReferencesScreen(screen: invocation.screen).text(answer))
    invocation.output.flush()
    let notes = ErrorScreen(screen: invocation.talkScreen)
    if answer.isPartial {
      invocation.talk.write(notes.note("more records might cite it than were looked at: the counts are lower bounds"))
    }
    if answer.exitCode == .nothingFound { invocation.talk.write(notes.note("it cites nothing and nothing cites it")) }
    return answer.exitCode
  }
}
