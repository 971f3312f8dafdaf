import QualityRecords

extension Command {
  static let whyNot = Command(
    "why-not", group: .answers, "why a record does not answer a query",
    words: Words("ID QUERY…", count: 2...Int.max, mayBeginWithDash: true),
    timeLimit: .whole,
    details: [
      "The query is evaluated clause by clause on that record alone. Named are the first clause that fails, the nearest form that the record holds, and what would have been needed: a rung, a distance, a date. Of a record that matches, its place among the hits.",
      "Ends with 0 when the record matches, with 1 when it does not.",
    ],
    examples: [
      Example("dossier why-not INS-2007-0412 'licence revoked'", "the word that is missing, and what stands there"),
      Example("dossier why-not dir-0001#p3 'toys NEAR/3 ratified'", "of a paragraph: how far apart they are"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let words = invocation.arguments.words
    let query = words.dropFirst().joined(separator: " ")
    let answer = try invocation.openIndex().whyNot(words.first ?? "", query)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.write(WhyNotScreen(screen: invocation.screen).text(answer))
    }
    return answer.exitCode
  }
}
