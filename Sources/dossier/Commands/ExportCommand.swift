import QualityRecords

extension Command {
  /// Flags of commands that write a file.
  enum OutputFlags {
    static let output = Flag(
      "output", .file("FILE"), short: "-o", "write here (or -o FILE) rather than to standard output")
    static let raw = Flag("raw-csv", "CSV cells as they are, though a spreadsheet may take them for formulas")
    static let mark = Flag("bom", "begin with a byte order mark, by which some spreadsheets know UTF-8")
  }

  private enum Flags {
    static let format = Flag(
      "format", .choice(ExportFormat.allCases.map(\.rawValue)), "the form; default: jsonl, as index reads it again")
    static let sort = Flag("sort", .text("FIELD[:asc]"), "order by a field rather than as the records stand")
    static let fields = Flag(
      "fields", .list("FIELD,…", of: []), repeats: true, "only these members: province, violations.code")
  }

  static let export = Command(
    "export", group: .index, "write records as JSON Lines, CSV, Markdown or a page",
    words: Words("[QUERY…]", count: 0...Int.max, mayBeginWithDash: true),
    flags: [
      SearchFlags.kind, Flags.format, Flags.fields, Flags.sort, OutputFlags.raw, OutputFlags.mark, OutputFlags.output,
      PackFlags.pack, StateFlags.state,
    ],
    answersInJSON: false,
    details: [
      "Everything, or all that answers a query: the whole set, whatever its size, in the memory of a page of it.",
      "Cells of CSV that a spreadsheet would take for formulas get an apostrophe before them, unless --raw-csv is given. A file named by --output takes its name when it is whole.",
      "--pack writes an evidence folder of the answer: hits as JSON lines and as a table, a page with the passages, the full records, the request with its receipt, the digests of all. dossier verify checks it.",
    ],
    examples: [
      Example("dossier export > all.jsonl", "everything"),
      Example("dossier export severity:critical --kind inspection --output critical.jsonl", "what answers a query"),
      Example("dossier export product:toys --format csv --fields id,name,province -o toys.csv", "a table"),
      Example("dossier export --pack evidence 'lead paint since:2007-03'", "a folder to hand on, with its receipt"),
    ],
    exitCodes: [.done, .nothingFound, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    if let folder = arguments.text(PackFlags.pack) { return try PackRunner(invocation).run(folder) }
    let index = try invocation.openIndex()
    var options = ExportOptions(
      query: arguments.words.isEmpty ? nil : arguments.line, kinds: arguments.list(SearchFlags.kind))
    if let format = arguments.text(Flags.format).flatMap({ ExportFormat(rawValue: $0) }) { options.format = format }
    options.fields = arguments.list(Flags.fields)
    options.sort = arguments.text(Flags.sort)
    options.isRaw = arguments.has(OutputFlags.raw)
    options.writesMark = arguments.has(OutputFlags.mark)
    let target = arguments.text(OutputFlags.output)
    let asked = options
    let count = try ReplacedFile.write(to: target, or: invocation.output) { stream throws(QualityError) in
      try index.export(asked) { bytes throws(QualityError) in
        stream.write(bytes)
        return !stream.isClosed && stream.failure == nil
      }
    }
    if target != nil || invocation.talkScreen.isTerminal {
      invocation.say("exported \(Numbers.grouped(count)) \(count == 1 ? "record" : "records")")
    }
    return count > 0 || options.query == nil ? .done : .nothingFound
  }
}
