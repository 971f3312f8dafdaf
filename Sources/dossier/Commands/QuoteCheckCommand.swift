import QualityRecords

extension Command {
  static let quoteCheck = Command(
    "quote-check", group: .answers, "hold a quotation against the closest paragraph",
    words: Words("TEXT…", count: 0...Int.max, mayBeginWithDash: true),
    timeLimit: .whole,
    details: [
      "Without TEXT it is read from standard input. The closest paragraph is shown with the words that differ: [-written-] {+quoted+}. An ellipsis in the quotation stands for any words. Marks of punctuation, case and width are no difference of words; 'verbatim' says that they are the same, too.",
      "Ends with 0 when the words are the same, with 1 when they differ or no paragraph is near.",
    ],
    examples: [
      Example("dossier quote-check 'newly-licensed products should be 100% randomly examined'", "two words differ"),
      Example("dossier quote-check < sentence.txt", "from a file"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let words = invocation.arguments.words
    let text = words.isEmpty ? try StandardInput.text() : invocation.arguments.line
    let answer = try invocation.openIndex().quoteCheck(text)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.write(QuotationScreen(screen: invocation.screen).text(answer))
    }
    return answer.exitCode
  }
}
