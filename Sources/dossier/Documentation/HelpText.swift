import QualityRecords

/// Help from the table of commands: examples first.
struct HelpText {
  let screen: Screen

  /// The page of `dossier help`.
  func overview(_ commands: [Command]) -> String {
    var text = "\(heading("dossier")) - search quality files, inspection notes and directives\n\n"
    text += "\(heading("Examples"))\n"
    text += "  dossier search formaldehyde furniture\n"
    text += "  dossier index records/ --rejects rejects.jsonl\n"
    text += "  dossier help search\n"
    let width = commands.map(\.name.count).max() ?? 0
    for group in Command.Group.allCases {
      let members = commands.filter { $0.group == group }
      guard !members.isEmpty else { continue }
      text += "\n\(heading(group.rawValue))\n"
      for command in members { text += entry(command.name, command.summary, width: width) }
    }
    return text + "\n\(heading("Exit codes"))\n" + ExitCode.listed.map(exitLine).joined()
  }

  /// The page of `dossier help COMMAND`.
  func page(_ command: Command) -> String {
    var text = "\(heading("dossier \(command.name)")) - \(command.summary)\n\n\(heading("Examples"))\n"
    for example in command.examples {
      text += "  \(example.line)\n"
      text += wrapped(example.meaning, indent: 6)
    }
    text += "\n\(heading("Usage"))\n" + wrapped(command.usage, indent: 2, hanging: 6)
    for paragraph in command.details { text += "\n" + wrapped(paragraph, indent: 0) }
    let width = min(command.flags.map(\.usage.count).max() ?? 0, 28)
    if !command.ownFlags.isEmpty {
      text += "\n\(heading("Flags"))\n" + command.ownFlags.map { entry($0.usage, $0.summary, width: width) }.joined()
    }
    let common = command.flags.filter { !command.ownFlags.contains($0) }
    text += "\n\(heading("Common flags"))\n" + common.map { entry($0.usage, $0.summary, width: width) }.joined()
    let codes = ExitCode.listed.filter { command.exitCodes.contains($0) || $0 == .usage }
    return text + "\n\(heading("Exit codes"))\n" + codes.map(exitLine).joined()
  }

  private func heading(_ text: String) -> String { screen.styled(text, .bold) }

  private func exitLine(_ code: ExitCode) -> String { entry(String(code.rawValue), code.meaning, width: 3) }

  /// A word and its meaning beside it, or below it where the word is long.
  private func entry(_ word: String, _ meaning: String, width: Int) -> String {
    let indent = width + 4
    let body = wrapped(meaning, indent: indent)
    if word.count > width { return "  \(word)\n\(body)" }
    return "  \(word.padded(width))  \(body.drop { $0 == " " })"
  }

  private func wrapped(_ text: String, indent: Int, hanging: Int? = nil) -> String {
    let first = String(repeating: " ", count: indent)
    let rest = String(repeating: " ", count: hanging ?? indent)
    let lines = MarkedText(text).wrapped(min(screen.width, 100) - (hanging ?? indent))
    return lines.enumerated().map { ($0.offset == 0 ? first : rest) + $0.element.drawn(screen) + "\n" }.joined()
  }
}
