import QualityRecords

extension Command {
  enum PackFlags {
    static let pack = Flag(
      "pack", .folder("DIR"), "write an evidence folder: hits, passages, records, receipt, digests of all")
  }
}

/// `export --pack`: the whole answer as a folder to hand on.
struct PackRunner {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run(_ folder: String) throws(QualityError) -> ExitCode {
    guard !invocation.arguments.words.isEmpty else {
      throw QualityError("usage", "--pack needs a query", hint: "'*' is every record, @last the last query")
    }
    let options = try invocation.searchOptions(invocation.arguments.line)
    let answer = try invocation.openIndex(thesaurus: try invocation.thesaurusText()).pack(
      options, to: folder)
    for file in answer.files {
      invocation.output.writeLine(Screen.shown("\(file.name)\t\(file.bytes)\t\(file.digest)"))
    }
    invocation.say("\(Numbers.grouped(answer.total)) hits in \(Screen.shown(folder)), receipt \(answer.receipt)")
    invocation.say("check it: dossier verify \(ShellWord.quoted(folder))")
    return answer.exitCode
  }
}
