import QualityRecords
import SearchEngine

extension Command {
  static let verify = Command(
    "verify", group: .answers, "say whether an answer is still what its receipt says, or an evidence folder is whole",
    words: Words("CODE QUERY…|FOLDER", count: 1...Int.max, mayBeginWithDash: true),
    flags: Command.search.ownFlags.filter { $0.name != "query-json" },
    timeLimit: .whole,
    details: [
      "A receipt stands for the question, the commit, the versions of analysis and thesaurus, the total and the ids returned; give the query and the flags of the search that it is of. What changed is said as far as it is known: the state folder keeps the last receipts and what they were of, and for those the query may be left out.",
      "A folder that export --pack wrote is checked without an index: every file, no more and no fewer. Where an index is named, or ./index is there, it is also said whether the answer still holds.",
    ],
    examples: [
      Example("dossier verify R-7F3K-91C2-0ABC-DEFG lead paint --limit 5", "the same search again"),
      Example("dossier verify evidence/", "every byte of an evidence folder"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let words = invocation.arguments.words
    let state = try? invocation.state(create: false)
    if words.count == 1 {
      let code = Receipt.normalized(words[0])
      let isFolder = (try? PlainFolder(path: words[0], create: false)) != nil
      guard let code, !isFolder else { return try VerifyRunner(invocation).checkPack(words[0]) }
      guard let kept = state?.receipt(code) else {
        throw QualityError(
          "usage", "nothing is kept of the answer with this receipt",
          hint: "add its query: dossier verify \(code) QUERY")
      }
      return try VerifyRunner(invocation).verify(code, kept.options, state)
    }
    let query = words.dropFirst().joined(separator: " ")
    return try VerifyRunner(invocation).verify(words[0], try invocation.searchOptions(query), state)
  }
}

/// Verifies and says what came out.
struct VerifyRunner {
  private let invocation: Invocation

  /// Ids that a screen lists; the JSON answer has all.
  private static let shownIDs = 10

  init(_ invocation: Invocation) { self.invocation = invocation }

  func verify(_ code: String, _ options: SearchOptions, _ state: StateFolder?) throws(QualityError) -> ExitCode {
    // A code that is none is told before an index is missed.
    guard Receipt.normalized(code) != nil else {
      throw QualityError(
        "bad-receipt", "'\(code)' is no receipt, and no folder is called so",
        hint: "a receipt is R- and four groups of four letters and digits")
    }
    let index = try invocation.openIndex(thesaurus: try invocation.thesaurusText())
    let answer = try index.verify(code: code, options) { state?.receipt($0) }
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    let output = invocation.output
    guard !answer.isSame else {
      output.writeLine("same: \(answer.code), total \(answer.total), commit \(answer.commit)")
      return answer.exitCode
    }
    output.writeLine("changed: \(answer.code) is now \(answer.receipt)")
    for change in answer.changes {
      let then = change.then ?? "not known"
      output.writeLine(Screen.shown("\(change.what): then \(then), now \(change.now)"))
    }
    for (label, ids) in [("added", answer.added), ("gone", answer.gone)] {
      guard let ids, !ids.isEmpty else { continue }
      for id in ids.prefix(Self.shownIDs) { output.writeLine("\(label): \(Screen.shown(id))") }
      if ids.count > Self.shownIDs { output.writeLine("\(label): \(ids.count - Self.shownIDs) more") }
    }
    if answer.added == [], answer.gone == [] { output.writeLine("the ids returned are the same") }
    if answer.added == nil {
      invocation.talk.write(
        ErrorScreen(screen: invocation.talkScreen).note("what the answer was then is not kept in the state folder"))
    }
    return answer.exitCode
  }

  func checkPack(_ path: String) throws(QualityError) -> ExitCode {
    let isNamed =
      !invocation.arguments.texts(CommonFlags.index).isEmpty || Environment.value("DOSSIER_INDEX") != nil
    let index = isNamed ? try invocation.openIndex() : try? invocation.openIndex()
    let answer = try EvidenceCheck.run(path, index: index)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    for problem in answer.problems {
      invocation.output.writeLine(Screen.shown("\(problem.problem): \(problem.file): \(problem.message)"))
    }
    let receipt = answer.receipt ?? "none"
    if answer.isGood {
      invocation.output.writeLine(Screen.shown("same: \(answer.files) files as they were written, receipt \(receipt)"))
    }
    if let holds = answer.holds {
      let now = "\(answer.receiptNow ?? "") with a total of \(answer.totalNow ?? 0)"
      invocation.output.writeLine(
        Screen.shown(holds ? "the index gives the same answer" : "the index gives another answer now: \(now)"))
    }
    return answer.exitCode
  }
}
