import JSONText
import QualityRecords
import QueryLanguage
import SearchEngine

extension Command {
  static let parse = Command(
    "parse", group: .records, "show how a query is understood",
    words: Words("QUERY…", count: 1...Int.max, mayBeginWithDash: true), flags: [SearchFlags.strict],
    takesIndex: false,
    details: [
      "The canonical text, the tree under it, and on standard error what was mended, each with its place. No index is asked. With --json the tree is what dossier search --query-json takes."
    ],
    examples: [
      Example("dossier parse 'lead NEAR/5 coating -paint'", "the tree"),
      Example("dossier parse '“quality files AND' ", "what is mended, and how to write it"),
    ],
    exitCodes: [.done]
  ) { invocation throws(QualityError) in
    let query = invocation.arguments.line
    let answer = try ParseAnswer(parsing: query, strict: invocation.arguments.has(SearchFlags.strict))
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else {
      invocation.output.writeLine(Screen.shown(answer.parsed.canonical))
      for line in QueryTreeScreen.lines(answer.parsed.syntax.json, depth: 1) { invocation.output.writeLine(line) }
    }
    invocation.output.flush()
    let notes = ErrorScreen(screen: invocation.talkScreen)
    for note in answer.notes {
      invocation.talk.write(notes.note(note.message, query: query, at: note.at, hint: note.hint))
    }
    return answer.exitCode
  }
}

/// A query's tree as indented lines: the form, its text or name, its other properties.
enum QueryTreeScreen {
  static func lines(_ tree: JSONValue, depth: Int) -> [String] {
    guard let object = tree.objectValue else { return [] }
    var line = String(repeating: "  ", count: depth) + (object["type"]?.stringValue ?? "")
    for member in object.members where member.name != "type" && member.name != "children" {
      switch member.name {
      case "text", "name", "kind", "unit": line += " " + Screen.shown(member.value.text())
      default: line += " \(member.name) \(Screen.shown(member.value.text()))"
      }
    }
    return [line] + (object["children"]?.arrayValue ?? []).flatMap { lines($0, depth: depth + 1) }
  }
}
