import QualityRecords
import Records

extension Command {
  private enum Flags {
    static let name = Flag("name", .text("COLUMN"), "the column with the names; needed")
    static let licence = Flag("licence", .text("COLUMN"), "the column with licence numbers")
    static let encoding = Flag(
      "encoding", .text("NAME"), "how the file is written (utf-8, gb18030, …); default: detected")
  }

  static let match = Command(
    "match", group: .answers, "check a list of enterprises",
    words: Words("FILE.csv", .paths, count: 1...1),
    flags: [Flags.name, Flags.licence, Flags.encoding, OutputFlags.raw, OutputFlags.mark, OutputFlags.output],
    details: [
      "Every row comes back, in order, with columns behind it: dossier_rung says how the enterprise was found (none: not at all), dossier_id and dossier_name which, dossier_confidence how sure that is, dossier_hits how many notes it has, dossier_last_violation when the last violation was noted, dossier_others who else it may be.",
      "Write accept or reject into dossier_verdict and give the file back: accepted enterprises stay, of rejected ones the next candidate comes forward.",
    ],
    examples: [
      Example("dossier match suppliers.csv --name 企业名称 --licence 许可证号 -o checked.csv", "names and licences"),
      Example("dossier match checked.csv --name 企业名称 -o checked.csv", "the same list, reviewed"),
    ],
    exitCodes: [.done, .partial, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    guard let name = arguments.text(Flags.name) else {
      throw QualityError("usage", "match needs --name COLUMN", hint: "the column with the names of the enterprises")
    }
    var options = MatchOptions(nameColumn: name)
    options.licenceColumn = arguments.text(Flags.licence)
    options.isRaw = arguments.has(OutputFlags.raw)
    if let label = arguments.text(Flags.encoding) {
      guard let encoding = TextEncoding(label: label) else {
        throw QualityError(
          "usage", "there is no encoding '\(label)'", hint: "utf-8, gb18030, utf-16le, utf-16be, windows-1252")
      }
      options.encoding = encoding
    }
    let index = try invocation.openIndex()
    let path = arguments.words[0]
    let source: any ByteSource
    do throws(RecordError) { source = try RecordSource.openFile(path) } catch { throw QualityError(error) }
    var job = try MatchJob(options, path: path, source: source, index: index)
    sayDetected(job, path, invocation)
    let target = arguments.text(OutputFlags.output)
    let progress = RowProgress(stream: invocation.talk, screen: invocation.talkScreen)
    // Where the answer is JSON, the rows go to a file or nowhere.
    let isSilent = invocation.wantsJSON && target == nil
    let answer = try ReplacedFile.write(to: target, or: invocation.output) { stream throws(QualityError) in
      if arguments.has(OutputFlags.mark), !isSilent { stream.write(CSVWriter.byteOrderMark) }
      return try job.run(progress: progress.draw) { bytes throws(QualityError) in
        if !isSilent { stream.write(bytes) }
        return !stream.isClosed && stream.failure == nil
      }
    }
    progress.clear()
    if invocation.wantsJSON { invocation.writeJSON(answer) }
    sayEnd(answer, target, invocation)
    return answer.exitCode
  }

  /// What the file was taken for, and, where that is not the usual, its first rows.
  private static func sayDetected(_ job: MatchJob, _ path: String, _ invocation: Invocation) {
    let separators = [",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"]
    let mark = job.hasMark ? " with a byte order mark" : ""
    invocation.say(
      "\(path): \(job.encoding.rawValue)\(mark), \(separators[job.separator] ?? job.separator), "
        + "\(job.columns.count) columns: \(Screen.shown(job.columns.joined(separator: ", ")))")
    guard job.encoding != .utf8 || job.separator != "," else { return }
    for row in job.sample {
      switch row {
      case .fields(let fields, _): invocation.say("  " + Screen.shown(fields.joined(separator: " | ")))
      case .malformed(_, let reason, let line): invocation.say("  line \(line): \(Screen.shown(reason))")
      }
    }
  }

  /// `5,000 rows: 3,112 exact, 811 name, 402 pinyin or fuzzy (review), 675 none · checked.csv has 5,000 rows`
  private static func sayEnd(_ answer: MatchAnswer, _ target: String?, _ invocation: Invocation) {
    func count(_ rungs: String...) -> Int {
      answer.byRung.reduce(0) { rungs.contains($1.rung) ? $0 + $1.count : $0 }
    }
    let weak = count("pinyin", "fuzzy")
    let strong = count("exact")
    let none = count("none")
    let named = answer.rows - weak - strong - none
    let counts =
      "\(Numbers.grouped(strong)) exact, \(Numbers.grouped(named)) name-key, "
      + "\(Numbers.grouped(weak)) pinyin or fuzzy (review), \(Numbers.grouped(none)) none"
    let rows = "\(Numbers.grouped(answer.rows)) \(answer.rows == 1 ? "row" : "rows")"
    let written = target.map { "\(invocation.talkScreen.separator)\($0) has \(rows)" } ?? ""
    invocation.say("\(rows): \(counts)\(written)")
    if answer.malformed > 0 {
      invocation.say("\(Numbers.grouped(answer.malformed)) of them are no rows of the table: dossier_note says why")
    }
  }
}

/// How many rows are done, on a terminal.
private final class RowProgress {
  private let stream: OutputStream
  private let screen: Screen
  private var isDrawn = false

  init(stream: OutputStream, screen: Screen) {
    self.stream = stream
    self.screen = screen
  }

  func draw(_ rows: Int) {
    guard screen.isTerminal else { return }
    isDrawn = true
    stream.write("\r\(Numbers.grouped(rows)) rows\u{1B}[K")
    stream.flush()
  }

  func clear() {
    guard isDrawn else { return }
    stream.write("\r\u{1B}[K")
    stream.flush()
  }
}
