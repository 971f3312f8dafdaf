import JSONText
import QualityRecords
import Records

extension Command {
  private enum Flags {
    static let from = Flag("from", .file("FILE"), "the source whose fields are to be mapped; needed")
    static let kind = Flag("kind", .choice(Schema.recordKinds.map(\.kind)), "the kind of its records; default: guessed")
    static let output = Flag("output", .file("FILE"), "save the mapping here rather than print it")
  }

  static let initialize = Command(
    "init", group: .records, "guess the mapping of a source onto a kind of records",
    flags: [Flags.from, Flags.kind, Flags.output], takesIndex: false,
    details: [
      "The headings, in English or Chinese, and the values of the first rows are looked at. The mapping is printed as JSON, to be read and mended by people and given to index --mapping; three records as it reads them, and what needs a look, follow on standard error."
    ],
    examples: [
      Example("dossier init --from notes.csv > notes.json", "a mapping to begin with"),
      Example("dossier init --from 企业.csv --kind enterprise --output 企业.json", "headings in Chinese"),
    ],
    exitCodes: [.done, .nothingFound, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    guard let path = arguments.text(Flags.from) else {
      throw QualityError("usage", "init needs --from FILE", hint: "for example: dossier init --from notes.csv")
    }
    let rows = try sampleRows(of: path)
    guard let guess = MappingGuesser().guess(rows: rows, kind: arguments.text(Flags.kind)) else {
      throw QualityError(
        "nothing-guessed", "no heading of \(path) names a field that is known",
        hint: "write a mapping: {\"kind\":\"inspection\",\"id\":\"{…}\",\"fields\":{…}}", exitCode: .nothingFound)
    }
    let mapping = JSONValue.object(guess.json).text(isPretty: true) + "\n"
    if let target = arguments.text(Flags.output) {
      let stream = try OutputStream.file(target)
      stream.write(mapping)
      try stream.close(target)
      invocation.say("saved \(target); use it: dossier index \(path) --mapping \(target)")
    }
    if invocation.wantsJSON {
      invocation.output.writeLine(answer(guess).text())
    } else if !arguments.has(Flags.output) {
      invocation.output.write(mapping)
    }
    talk(guess, invocation)
    return .done
  }

  private static func sampleRows(of path: String) throws(QualityError) -> [JSONObject] {
    do throws(RecordError) {
      let source = try RecordSource.openFile(path)
      var reader: any RowReader = try openRows(path: path, source: source, format: nil, kind: nil)
      var rows: [JSONObject] = []
      // A file of nothing but bad rows is not read to its end.
      var looked = 0
      while rows.count < MappingGuesser.sampleSize, looked < 10 * MappingGuesser.sampleSize,
        let result = try reader.next()
      {
        looked += 1
        if case .row(let row) = result { rows.append(row.members) }
      }
      return rows
    } catch { throw QualityError(error) }
  }

  private static func sample(_ sample: MappingGuess.RecordSample) -> JSONValue {
    switch sample {
    case .record(let record):
      var object = JSONObject(
        [("kind", .string(record.kind)), ("id", .string(record.id))].map { .init(name: $0, value: $1) })
      object.members += record.body.members
      return .object(object)
    case .rejected(let problem): return ["rejected": .string(problem.description)]
    }
  }

  private static func answer(_ guess: MappingGuess) -> JSONValue {
    [
      "kind": .string(guess.kind), "mapping": .object(guess.json),
      "unmapped": .array(guess.unmapped.map { .string($0) }), "notes": .array(guess.notes.map { .string($0) }),
      "samples": .array(guess.samples.map(sample)),
    ]
  }

  private static func talk(_ guess: MappingGuess, _ invocation: Invocation) {
    let notes = ErrorScreen(screen: invocation.talkScreen)
    for (index, each) in guess.samples.enumerated() {
      invocation.say("sample \(index + 1): \(Screen.shown(sample(each).text()))")
    }
    if !guess.unmapped.isEmpty {
      invocation.talk.write(notes.note("kept under their own names: \(guess.unmapped.joined(separator: ", "))"))
    }
    for note in guess.notes { invocation.talk.write(notes.note(note)) }
  }
}
