import QualityRecords

extension Command {
  private enum Flags {
    static let by = Flag("by", .text("FIELD"), "split each target by province, bureau, category or another field")
    static let target = Flag("target", .list("N,…", of: []), repeats: true, "only these targets, by number")
    static let asOf = Flag(
      "as-of", .text("DATE"), "what was done by the end of that day, month, quarter or year, and the way there")
    static let missing = Flag("missing", .text("N|all"), "list so many of those missing; default 5, in JSON all")
    static let csv = Flag("csv", "rows of CSV, guarded for spreadsheets")
  }

  /// Missing ids that a screen lists.
  private static let shownMissing = 5

  static let coverage = Command(
    "coverage", group: .answers, "show how far the targets are reached, and who is missing",
    flags: [Flags.by, Flags.target, Flags.asOf, Flags.missing, Flags.csv],
    timeLimit: .whole, buildsSample: true,
    details: [
      "A target is two queries, its population and those of it that are done, over enterprises, products or notes. The collection's targets file has them; without one, the eight of the campaign serve. A product is named ID#productN, by its place in the enterprise's list.",
      "Words count by their own forms and stems. Dates count when they are certain; what dates that are not exact leave open is said beside. With --as-of, evidence dated later does not count; who belongs to a population is as the records have it.",
      "In a pipe: lines of target, number, name, group, done, population, percent; of missing, number, group, id; of series, number, date, done; separated by tabs.",
    ],
    examples: [
      Example("dossier coverage", "all targets"),
      Example("dossier coverage --target 2,7 --by province", "two of them, province by province"),
      Example("dossier coverage --as-of 2007-06 --json", "the state at the end of June 2007"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput, .interrupted]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var options = CoverageOptions()
    for text in arguments.list(Flags.target) {
      guard let number = Int(text), number > 0 else {
        throw QualityError("usage", "--target takes numbers of targets, not '\(text)'", hint: "--target 2,7")
      }
      options.targets.append(number)
    }
    options.by = arguments.text(Flags.by)
    options.asOf = arguments.text(Flags.asOf)
    options.missing = invocation.wantsJSON ? nil : shownMissing
    if let text = arguments.text(Flags.missing) {
      if text == "all" {
        options.missing = nil
      } else if let number = Int(text), number >= 0 {
        options.missing = number
      } else {
        throw QualityError("usage", "--missing takes a whole number or all, not '\(text)'")
      }
    }
    let answer = try invocation.openIndex().coverage(options)
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    let screen = CoverageScreen(screen: invocation.screen, language: Environment.language)
    invocation.output.write(arguments.has(Flags.csv) ? screen.csv(answer) : screen.text(answer))
    invocation.output.flush()
    invocation.say(answer.notes)
    return answer.exitCode
  }
}

extension Environment {
  /// `zh` where messages are wanted in Chinese, else `en` (POSIX: LC_ALL before LC_MESSAGES before LANG).
  static var language: String {
    let locale = value("LC_ALL") ?? value("LC_MESSAGES") ?? value("LANG") ?? ""
    return locale.hasPrefix("zh") ? "zh" : "en"
  }
}
