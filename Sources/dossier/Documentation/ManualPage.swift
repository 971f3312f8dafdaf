import QualityRecords

/// The manual page in troff, with the man macros (groff_man(7)).
struct ManualPage {
  let commands: [Command]

  func text() -> String {
    var page = ".TH DOSSIER 1 \"\" \"dossier \(Program.version)\" \"User Commands\"\n"
    page += ".SH NAME\ndossier \\- search quality files, inspection notes and directives\n"
    page += ".SH SYNOPSIS\n.B dossier\n.I command\n[\\fIwords\\fR] [\\fIflags\\fR]\n.SH DESCRIPTION\n"
    page += paragraphs([
      "Dossier keeps the quality files of enterprises, notes of inspections and directives in an index on disk and answers questions over them.",
      "Answers go to standard output, everything else to standard error. On a terminal answers are laid out in its width; in a pipe each hit or row is one line, its values separated by tabs, without headings, so that other programs can read it. With --json the answer is one object whose form is stable.",
      "A flag's value stands behind it or after an equals sign. Two dashes end the flags: what follows are words.",
    ])
    page += ".SH COMMANDS\n"
    for command in commands { page += section(command) }
    page += ".SH COMMON FLAGS\n" + CommonFlags.all.map(flag).joined()
    page += ".TP\n.B \\-\\-version\nshow the release and end (before any command)\n"
    page += ".SH EXIT STATUS\n"
    for code in ExitCode.listed { page += ".TP\n.B \(code.rawValue)\n\(escaped(code.meaning))\n" }
    page += ".SH ENVIRONMENT\n"
    for (name, meaning) in Self.environment { page += ".TP\n.B \(name)\n\(escaped(meaning))\n" }
    page += ".SH FILES\n"
    page += ".TP\n.I ./index\nthe index where neither --index nor $DOSSIER_INDEX names another\n"
    page += ".TP\n.I ./seeds\nthe sample collection that a first search builds an index from where there is none\n"
    return page
  }

  static let environment = [
    ("DOSSIER_INDEX", "the index where --index names none"),
    ("NO_COLOR", "set to anything: no highlighting"),
    ("COLUMNS", "the width to lay answers out in"),
    ("TERM", "dumb: no highlighting"),
  ]

  private func section(_ command: Command) -> String {
    var text = ".SS \(escaped(command.name))\n\(escaped(command.usage))\n.PP\n\(escaped(sentence(command.summary)))\n"
    text += paragraphs(command.details)
    text += command.ownFlags.map(flag).joined()
    for example in command.examples {
      text += ".PP\n.EX\n\(escaped(example.line))\n.EE\n.RS\n\(escaped(sentence(example.meaning)))\n.RE\n"
    }
    let codes = ExitCode.listed.filter { command.exitCodes.contains($0) || $0 == .usage }
    return text + ".PP\nExit status: \(codes.map { String($0.rawValue) }.joined(separator: ", ")).\n"
  }

  private func flag(_ flag: Flag) -> String {
    let value = flag.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
    return ".TP\n\\fB\(escaped(flag.spelling))\\fR\(value)\n\(escaped(flag.summary))\n"
  }

  private func paragraphs(_ texts: [String]) -> String { texts.map { ".PP\n\(escaped($0))\n" }.joined() }

  private func sentence(_ text: String) -> String {
    guard let first = text.first else { return "" }
    return first.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  /// Text that troff takes as it is: backslashes, dashes, what is not ASCII, a point or quote at a line's beginning.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case _ where scalar.value >= 0x80:
        // groff_char(7): at least four hexadecimal digits, capitals.
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }
}
