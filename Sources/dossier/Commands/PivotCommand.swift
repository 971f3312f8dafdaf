import QualityRecords
import Records

extension Command {
  private enum Flags {
    static let filter = Flag("where", .text("QUERY"), "only records that answer this query")
    static let csv = Flag("csv", "the table as CSV")
  }

  static let pivot = Command(
    "pivot", group: .answers, "count records by two fields",
    words: Words("FIELD FIELD", count: 2...2),
    flags: [
      Flags.filter, Flags.csv, SearchFlags.kind, SearchFlags.any, SearchFlags.strict, OutputFlags.raw,
      OutputFlags.mark, OutputFlags.output,
    ],
    timeLimit: .partial, buildsSample: true,
    details: [
      "The first field makes the rows, the second the columns. A date is counted by a span: date:year, date:quarter, date:month, date:day; a date that is not known so exactly counts under the span that it is sure to be in. Records without a value count under (none), or (undated).",
      "A record with several values of a field counts in each of their cells: cells may then sum to more than the counts of rows, columns and the total, which are of records.",
    ],
    examples: [
      Example("dossier pivot category province", "how many of what, and where"),
      Example(
        "dossier pivot province date:year --where 'severity:>=serious since:2006' --csv -o p.csv", "for a spreadsheet"),
    ],
    exitCodes: [.done, .nothingFound, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    var options = PivotOptions(rows: arguments.words[0], columns: arguments.words[1])
    if let query = arguments.text(Flags.filter) { options.search.query = query }
    options.search.kinds = arguments.list(SearchFlags.kind)
    options.search.any = arguments.has(SearchFlags.any)
    options.search.strict = arguments.has(SearchFlags.strict)
    options.search.deadline = invocation.answerTime
    let answer = try invocation.openIndex().pivot(options)
    try ReplacedFile.write(to: arguments.text(OutputFlags.output), or: invocation.output) {
      stream throws(QualityError) in
      if invocation.wantsJSON {
        stream.write(answer.json())
        stream.write("\n")
      } else if arguments.has(Flags.csv) || arguments.has(OutputFlags.output) {
        if arguments.has(OutputFlags.mark) { stream.write(CSVWriter.byteOrderMark) }
        stream.write(answer.csv(guardsFormulas: !arguments.has(OutputFlags.raw)))
      } else {
        stream.write(PivotScreen(screen: invocation.screen).text(answer))
      }
    }
    let notes = ErrorScreen(screen: invocation.talkScreen)
    invocation.say(answer.notes, query: answer.query)
    if answer.total == 0 { invocation.talk.write(notes.note("nothing found")) }
    return answer.exitCode
  }
}
