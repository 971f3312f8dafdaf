import QualityRecords
import SearchEngine

/// The query of a command line: its words, or a JSON tree in a file.
enum SearchQuery {
  /// - Throws: `usage` when both are given or neither is; what reading the tree throws.
  static func text(_ arguments: ParsedArguments) throws(QualityError) -> String {
    let hasWords = !arguments.words.isEmpty
    guard let path = arguments.text(Command.SearchFlags.queryJSON) else {
      if hasWords { return arguments.line }
      throw QualityError(
        "usage", "expected QUERY… behind dossier \(arguments.command.name)",
        hint: "type a word, or * for every record; dossier \(arguments.command.name) --help shows examples")
    }
    if hasWords {
      throw QualityError("usage", "the query is given twice: as words and by --query-json", hint: "leave one out")
    }
    return try QueryTree.text(ofJSON: Array(try InputFile.text(path).utf8))
  }
}

/// Where the time of a search went, a step a line, in microseconds. The steps sum to the whole.
enum ProfileScreen {
  static func lines(_ profile: SearchProfile, opening: Duration, total: Duration) -> [String] {
    var steps = [("opening", opening)]
    var rest = total - opening
    for stage in SearchProfile.Stage.allCases {
      var time = profile[stage]
      // The second pass runs inside the step of matching.
      if stage == .matching { time -= profile[.secondPass] }
      steps.append((stage.name, time))
      rest -= time
    }
    steps += [("other", rest), ("total", total)]
    return steps.map { name, time in
      "profile: \(name)\(String(repeating: " ", count: max(0, 12 - name.count)))"
        + Numbers.decimal(max(0, time.inSeconds) * 1_000_000, 0).leftPadded(10) + " µs"
    }
  }
}
