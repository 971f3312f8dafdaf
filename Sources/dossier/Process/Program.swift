import QualityRecords
import Storage

/// The process from its first word to its exit code.
enum Program {
  /// The release, as `--version` gives it.
  static let version = "0.1.0"

  static func run(_ arguments: [String]) -> Int32 {
    ProcessSignals.ignoreFileSizeLimitAndBrokenPipe()
    let output = OutputStream(descriptor: 1)
    let talk = OutputStream(descriptor: 2)
    let code = run(arguments, output, talk)
    output.flush()
    talk.flush()
    if let failure = output.failure {
      talk.writeLine("dossier: standard output: \(Environment.message(failure))")
      talk.flush()
      return ExitCode.inputOutput.rawValue
    }
    return code.rawValue
  }

  private static func run(_ arguments: [String], _ output: OutputStream, _ talk: OutputStream) -> ExitCode {
    let commands = CommandTable.commands
    var screen = Screen(output, color: nil, ascii: false)
    var talkScreen = Screen(talk, color: nil, ascii: false)
    var parsed: ParsedArguments?
    do throws(QualityError) {
      switch try ArgumentParser(commands: commands).parse(arguments) {
      case .help(nil): output.write(HelpText(screen: screen).overview(commands))
      case .help(let command?): output.write(HelpText(screen: screen).page(command))
      case .version: output.writeLine("dossier \(version)")
      case .nothing:
        talk.write(HelpText(screen: talkScreen).overview(commands))
        return .usage
      case .run(let arguments):
        parsed = arguments
        let (color, ascii) = (arguments.text(CommonFlags.color), arguments.has(CommonFlags.ascii))
        screen = Screen(output, color: color, ascii: ascii)
        talkScreen = Screen(talk, color: color, ascii: ascii)
        let invocation = Invocation(
          arguments: arguments, commands: commands, output: output, talk: talk, screen: screen, talkScreen: talkScreen)
        return try invocation.run()
      }
      return .done
    } catch {
      // What was answered before the error comes first.
      output.flush()
      let wantsJSON = parsed.map { $0.has(CommonFlags.json) } ?? arguments.contains("--json")
      if wantsJSON {
        output.write(error.json())
        output.write("\n")
      }
      talk.write(ErrorScreen(screen: talkScreen).text(error, query: parsed?.line ?? ""))
      return error.exitCode
    }
  }
}
