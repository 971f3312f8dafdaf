import QualityRecords

extension Command {
  private enum Flags {
    static let steps = Flag("limit", .integer("N", 0...TraceRequest.longestList), "notes of each stage; default 20")
    static let by = Flag(
      "by", .choice(DutiesRequest.Grouping.allCases.map(\.rawValue)), "who answers; default bureau")
    static let duties = Flag("limit", .integer("N", 0...DutiesRequest.longestList), "notes of each group; default 20")
    static let day = Flag("as-of", .text("DATE"), "the day as of whose end things are overdue; default today")
  }

  static let trace = Command(
    "trace", group: .answers, "follow a licence, a batch or a product along the chain of stages",
    words: Words("CODE|BATCH|PRODUCT", count: 1...Int.max), flags: [Flags.steps],
    timeLimit: .whole,
    details: [
      "The stages are design, materials, production, sale, export and after-sale; those without a record are shown as gaps. A code is taken in every spelling. Of a licence, the chain holds the notes that give its code and those on the products under it.",
      "In a pipe each note is one line: stage, date (- where there is none), record, enterprise, product, batch, result, disposition, separated by tabs; a gap has only its stage.",
    ],
    examples: [
      Example("dossier trace XK16-204-00123", "a production licence"),
      Example("dossier trace H0706-020", "a batch"),
      Example("dossier trace plush toy --limit 5", "a product, and all that lies under it in the product tree"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    var request = TraceRequest(invocation.arguments.line)
    if let limit = invocation.arguments.integer(Flags.steps) { request.limit = limit }
    let answer = try invocation.openIndex().trace(request)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.write(TraceScreen(screen: invocation.screen).text(answer))
    }
    invocation.output.flush()
    invocation.say(answer.notes)
    return answer.exitCode
  }

  static let duties = Command(
    "duties", group: .answers, "what is overdue, and who answers for it",
    flags: [Flags.by, Flags.day, Flags.duties],
    timeLimit: .whole,
    details: [
      "Overdue is a rectification whose due date is past and which no dated passing note has followed up. Sealings that none has followed up are listed beside them: records do not tell otherwise when a seal is lifted.",
      "In a pipe each duty is one line: the group, rectify, seal or target, days, due date, record, enterprise, inspector, separated by tabs.",
    ],
    examples: [
      Example("dossier duties --by province --as-of 2007-12-31", "at the end of 2007, province by province"),
      Example("dossier duties --by inspector --limit 3", "today, the three longest overdue of each inspector"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var request = DutiesRequest()
    if let by = arguments.text(Flags.by).flatMap({ DutiesRequest.Grouping(rawValue: $0) }) { request.by = by }
    request.asOf = arguments.text(Flags.day)
    if let limit = arguments.integer(Flags.duties) { request.limit = limit }
    let answer = try invocation.openIndex().duties(request)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.write(DutiesScreen(screen: invocation.screen).text(answer))
    }
    invocation.output.flush()
    invocation.say(answer.notes)
    return answer.exitCode
  }
}
