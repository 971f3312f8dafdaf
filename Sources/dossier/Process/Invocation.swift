import QualityRecords
import SearchEngine

/// One run of a command: its words, where answers go, and how they look.
struct Invocation {
  let arguments: ParsedArguments
  let commands: [Command]
  /// Data.
  let output: OutputStream
  /// Talk.
  let talk: OutputStream
  let screen: Screen
  /// The look of standard error.
  let talkScreen: Screen

  var wantsJSON: Bool { arguments.has(CommonFlags.json) }

  /// The indexes to read: flags, else `$DOSSIER_INDEX`, else `./index`.
  var indexes: [String] {
    let given = arguments.texts(CommonFlags.index)
    if !given.isEmpty { return given }
    return [Environment.value("DOSSIER_INDEX") ?? Self.defaultIndex]
  }

  static let defaultIndex = "index"

  /// Whether the files of an index are mapped; else they are read into memory.
  var isMapped: Bool { !arguments.has(CommonFlags.noMapping) }

  /// The indexes, open for asking.
  /// - Throws: what opening them throws.
  func openIndex(thesaurus: String? = nil) throws(QualityError) -> QualityIndex {
    try QualityIndex(
      paths: indexes, mapped: isMapped, allowRollback: arguments.has(CommonFlags.allowRollback), thesaurus: thesaurus)
  }

  /// Milliseconds that an answer may take where nothing is said: the longest that a server would grant.
  static let usualTime = 30_000
  /// Milliseconds that a partial answer has to be written down behind its time, as a server's has.
  private static let writingTime = 5_000

  /// The time that an answer may take.
  var answerTime: Duration { .milliseconds(arguments.integer(CommonFlags.timeout) ?? Self.usualTime) }

  /// Runs the command, its queries bounded by the time that it may take (``Command/TimeLimit``).
  /// - Throws: what the command throws; `deadline` where its time was up and it has no partial answer.
  func run() throws(QualityError) -> ExitCode {
    let command = arguments.command
    if command.buildsSample { try SampleIndex(self).buildIfMissing() }
    let time: Duration
    switch command.timeLimit {
    case .none: return try command.run(self)
    case .partial: time = answerTime + .milliseconds(Self.writingTime)
    case .whole: time = answerTime
    }
    let limit = WorkLimit(deadline: .now + time)
    return try WorkLimit.$current.withValue(limit) { () -> Result<ExitCode, QualityError> in
      do throws(QualityError) { return .success(try command.run(self)) } catch { return .failure(error) }
    }.get()
  }

  /// The one index that a command may write.
  /// - Throws: `usage` when several are named.
  func writableIndex() throws(QualityError) -> String {
    guard indexes.count == 1 else {
      throw QualityError("usage", "\(arguments.command.name) works on one index, not on \(indexes.count)")
    }
    return indexes[0]
  }

  /// Writes an answer as JSON, one line.
  func writeJSON(_ answer: some Answer) {
    output.write(answer.json())
    output.write("\n")
  }

  /// A line of talk, highlighted word first.
  func say(_ text: String) {
    talk.writeLine(text)
    talk.flush()
  }
}
