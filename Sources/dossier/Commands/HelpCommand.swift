import QualityRecords

extension Command {
  static let help = Command(
    "help", group: .program, "show help, of all or of one command",
    words: Words("[COMMAND]", .commands, count: 0...1), takesIndex: false, answersInJSON: false,
    examples: [Example("dossier help search", "everything about search")],
    exitCodes: [.done]
  ) { invocation throws(QualityError) in
    let page = HelpText(screen: invocation.screen)
    guard let name = invocation.arguments.words.first else {
      invocation.output.write(page.overview(invocation.commands))
      return .done
    }
    guard let command = invocation.commands.first(where: { $0.name == name }) else {
      let near = NearestWord.find(name, among: invocation.commands.map(\.name))
      throw QualityError(
        "usage", "there is no command '\(name)'",
        hint: near.map { "did you mean 'dossier help \($0)'?" } ?? "dossier help lists the commands")
    }
    invocation.output.write(page.page(command))
    return .done
  }

  static let manual = Command(
    "man", group: .program, "print the manual page, in troff", takesIndex: false, answersInJSON: false,
    examples: [Example("dossier man | man -l -", "read it")], exitCodes: [.done]
  ) { invocation in
    invocation.output.write(ManualPage(commands: invocation.commands).text())
    return .done
  }

  static let completions = Command(
    "completions", group: .program, "print completions for a shell",
    words: Words("bash|zsh|fish", .choice(Completions.Shell.allCases.map(\.rawValue)), count: 1...1),
    takesIndex: false, answersInJSON: false,
    examples: [Example("source <(dossier completions bash)", "complete commands and flags in this bash")],
    exitCodes: [.done]
  ) { invocation in
    if let shell = invocation.arguments.words.first.flatMap(Completions.Shell.init(rawValue:)) {
      invocation.output.write(Completions(commands: invocation.commands).text(for: shell))
    }
    return .done
  }
}
