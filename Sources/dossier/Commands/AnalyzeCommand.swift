import QualityRecords
import SearchEngine

extension Command {
  static let analyze = Command(
    "analyze", group: .records, "show the tokens that a text is indexed as",
    words: Words("TEXT…", count: 1...Int.max, mayBeginWithDash: true), takesIndex: false,
    details: [
      "Each token has its position in the text, its term, its kind, and the bytes of the text that it stands for, from and to. Tokens at one position are forms of the same word."
    ],
    examples: [
      Example("dossier analyze 'GB 6675-2014 for toys'", "a standard is kept whole and in parts"),
      Example("dossier analyze 家具甲醛释放量", "text without spaces"),
    ],
    exitCodes: [.done]
  ) { invocation in
    let answer = AnalyzeAnswer(analyzing: invocation.arguments.line)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    var table = TextTable([
      .init("position", isNumber: true), .init("from", isNumber: true), .init("to", isNumber: true), .init("kind"),
      .init("stem"), .init("token"),
    ])
    for token in answer.tokens {
      table.append([
        String(token.position), String(token.range.lowerBound), String(token.range.upperBound), token.kind,
        token.stem ?? "", token.term,
      ])
    }
    for line in table.lines(invocation.screen) { invocation.output.writeLine(line) }
    return answer.exitCode
  }
}
