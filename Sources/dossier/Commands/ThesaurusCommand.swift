import QualityRecords

extension Command {
  enum ThesaurusFlags {
    static let file = Flag(
      "thesaurus", .file("FILE"),
      "ask by this thesaurus instead of the one in the index; default $DOSSIER_THESAURUS, else the index's")
  }

  static let thesaurus = Command(
    "thesaurus", group: .answers, "what a term is widened to, and how many records hold each name",
    words: Words("TERM…", count: 1...Int.max), flags: [ThesaurusFlags.file],
    timeLimit: .whole,
    details: [
      "The term's names, what lies above it, under it and beside it, each with the number of records that hold it as it is written; the total is that of the term and all under it together. Queries climb down the tree, never up, and never to related terms.",
      "An edited thesaurus serves at once: --thesaurus FILE, here and in search, asks by it; indexing its collection again copies it into the index, no record is read anew.",
      "In a pipe each name is one line: relation (term, broader, narrower, related), depth, name and count, separated by tabs.",
    ],
    examples: [
      Example("dossier thesaurus toys", "what product:toys stands for"),
      Example("dossier thesaurus 毛绒玩具 --thesaurus my.txt", "by an edited file"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    let answer = try index.thesaurus(of: invocation.arguments.line)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      for line in ThesaurusScreen(screen: invocation.screen).lines(answer) { invocation.output.writeLine(line) }
    }
    invocation.output.flush()
    if answer.entries.isEmpty {
      let near = answer.nearest.isEmpty ? "" : "; nearest: \(answer.nearest.joined(separator: ", "))"
      invocation.talk.write(
        ErrorScreen(screen: invocation.talkScreen).note(
          "the thesaurus has no term '\(Screen.shown(answer.term))'\(Screen.shown(near))",
          hint: answer.nearest.first.map { "dossier thesaurus \(ShellWord.quoted($0))" } ?? ""))
    }
    return answer.exitCode
  }
}

extension Invocation {
  /// The text of the thesaurus that the flag, else `$DOSSIER_THESAURUS`, names; nil without either.
  /// - Throws: what reading it throws.
  func thesaurusText() throws(QualityError) -> String? {
    guard let path = arguments.text(Command.ThesaurusFlags.file) ?? Environment.value("DOSSIER_THESAURUS"),
      !path.isEmpty
    else { return nil }
    return try InputFile.text(path)
  }
}
