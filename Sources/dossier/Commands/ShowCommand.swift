import JSONText
import QualityRecords

extension Command {
  static let show = Command(
    "show", group: .answers, "show a record or a paragraph",
    words: Words("ID[#pN]", count: 1...1),
    timeLimit: .whole,
    details: [
      "ID may be KIND/ID. An id that records of several kinds have lists them. In a pipe each value is one line: its path, a tab, the value."
    ],
    examples: [
      Example("dossier show dir-0001", "a directive with its paragraphs"),
      Example("dossier show dir-0001#p3", "its third paragraph"),
      Example("dossier show enterprise/4419-0001 --json", "an enterprise, as it is stored"),
    ],
    exitCodes: [.done, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let answer = try invocation.openIndex().show(invocation.arguments.line)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    let record = RecordScreen(screen: invocation.screen)
    switch answer {
    case .record(let id, let kind, let members):
      let title = members["title"]?.stringValue ?? members["name"]?.stringValue
      let heading = title.map { "\(kind)/\(id)  \($0)" } ?? "\(kind)/\(id)"
      invocation.output.write(record.text(members, heading: heading))
    case .passage(let id, let text, let members):
      let title = members["title"]?.stringValue
      var shown = JSONObject(members.members.filter { !["title", "text", "n", "id", "kind"].contains($0.name) })
      shown.append("text", .string(text))
      invocation.output.write(record.text(shown, heading: title.map { "\(id)  \($0)" } ?? id))
    case .linked(let id, let text, let members, let outcome):
      let title = members["title"]?.stringValue
      var shown = JSONObject(members.members.filter { !["title", "text", "n", "id", "kind"].contains($0.name) })
      shown.append("text", .string(text))
      invocation.output.write(record.text(shown, heading: title.map { "\(id)  \($0)" } ?? id))
      invocation.talk.write(ErrorScreen(screen: invocation.talkScreen).note(outcome.description()))
    case .candidates(let candidates):
      var table = TextTable([.init("id"), .init("title")])
      for candidate in candidates { table.append(["\(candidate.kind)/\(candidate.id)", candidate.title]) }
      for line in table.lines(invocation.screen) { invocation.output.writeLine(line) }
      invocation.talk.write(
        ErrorScreen(screen: invocation.talkScreen).note(
          "\(candidates.count) records have this id", hint: "write the kind before it, as above"))
    }
    return answer.exitCode
  }
}
