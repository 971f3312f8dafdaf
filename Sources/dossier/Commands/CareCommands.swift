import QualityRecords

extension Command {
  private enum Flags {
    static let query = Flag("query", .text("QUERY"), "delete what answers this query rather than ids")
    static let kind = Flag(
      "kind", .list("KIND,…", of: SearchFlags.kinds), repeats: true, "with a query: only records of these kinds")
    static let full = Flag("full", "all segments of a kind into one, without what is deleted")
  }

  static let delete = Command(
    "delete", group: .index, "delete records by id or by query",
    words: Words("ID…", count: 0...Int.max), flags: [Flags.query, Flags.kind],
    details: ["Ids may be KIND/ID. All of them are deleted or, where one is not there or not clear, none."],
    examples: [
      Example("dossier delete INS-2007-0661", "one note"),
      Example("dossier delete --query 'until:2004' --kind inspection", "old notes"),
    ],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    let index = try invocation.writableIndex()
    let answer: ChangeAnswer
    switch (arguments.words.isEmpty, arguments.text(Flags.query)) {
    case (true, let query?):
      answer = try CareJobs.delete(
        query: query, kinds: arguments.list(Flags.kind), index: index, mapped: invocation.isMapped)
    case (false, nil):
      guard !arguments.has(Flags.kind) else {
        throw QualityError("usage", "--kind goes with --query", hint: "write the kind before the id: KIND/ID")
      }
      answer = try CareJobs.delete(ids: arguments.words, index: index, mapped: invocation.isMapped)
    default:
      throw QualityError("usage", "delete takes ids or --query, one of the two", hint: "dossier help delete")
    }
    if invocation.wantsJSON { invocation.writeJSON(answer) }
    invocation.say("deleted \(answer.deleted), commit \(answer.commit)")
    return answer.exitCode
  }

  static let merge = Command(
    "merge", group: .index, "merge the segments of an index", flags: [Flags.full],
    details: ["Merging makes searches faster and gives back the room of what was deleted; answers stay the same."],
    examples: [Example("dossier merge --full", "the smallest and fastest form")],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let answer = try CareJobs.merge(
      full: invocation.arguments.has(Flags.full), index: try invocation.writableIndex(),
      mapped: invocation.isMapped)
    if invocation.wantsJSON { invocation.writeJSON(answer) }
    invocation.say(
      "segments \(answer.segmentsBefore) -> \(answer.segments), \(Numbers.bytes(answer.bytesBefore)) -> "
        + "\(Numbers.bytes(answer.bytes)), commit \(answer.commit)")
    return answer.exitCode
  }

  static let stats = Command(
    "stats", group: .index, "show figures of an index",
    examples: [Example("dossier stats", "records, segments, bytes, the commit, names that are not clear")],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let answer = try invocation.openIndex().stats()
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    invocation.output.write(StatsScreen(screen: invocation.screen).text(answer))
    return answer.exitCode
  }
}
