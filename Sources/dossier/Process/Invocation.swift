import QualityRecords

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
