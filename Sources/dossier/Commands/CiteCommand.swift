import QualityRecords

extension Command {
  enum CiteFlags {
    static let style = Flag(
      "style", .choice(CiteAnswer.Style.allCases.map(\.rawValue) + ["all"]), "the form of the citation; default all")
  }

  static let cite = Command(
    "cite", group: .answers, "cite a paragraph, with a link that survives re-issue",
    words: Words("ID#pN", count: 1...Int.max), flags: [CiteFlags.style],
    timeLimit: .whole,
    details: [
      "The paragraph may be named by its number, ID#pN; by a place, ID 第十二条 or 'Article 12 of TITLE'; or by a link of an earlier citation. Behind the tilde of a link stands a fingerprint of the words: where a re-issue moved or changed the paragraph, the link still finds it, and what became of it is said.",
      "In a pipe each form is one line: its name, a tab, the citation with line ends as spaces. --style gives that form alone, as it is.",
    ],
    examples: [
      Example("dossier cite dir-0001#p3", "plain text, Markdown and Chinese"),
      Example("dossier cite dir-0001#p3 --style markdown", "for a report"),
    ],
    exitCodes: [.done, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let answer = try invocation.openIndex().cite(invocation.arguments.line)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    let style = invocation.arguments.text(CiteFlags.style).flatMap { CiteAnswer.Style(rawValue: $0) }
    invocation.output.write(CitationScreen(screen: invocation.screen).text(answer, style))
    invocation.output.flush()
    if let change = answer.change { invocation.talk.write(ErrorScreen(screen: invocation.talkScreen).note(change)) }
    return answer.exitCode
  }
}
