import Evaluation
import QualityRecords
import Records

extension Command {
  private enum Flags {
    static let docs = Flag("docs", .file("FILE"), "documents with id, title, text; default: the records of the index")
    static let queries = Flag("queries", .file("FILE"), "topics: id, tab, query; needed")
    static let qrels = Flag("qrels", .file("FILE"), "judgments: topic, document, grade; needed")
    static let run = Flag("run", .file("FILE"), "save the rankings in TREC's form")
    /// What `trec_eval` looks at by custom.
    static let depth = 1_000
    /// A ranking of records comes with their snippets; the measures but MAP look no deeper.
    static let recordDepth = 100
  }

  static let eval = Command(
    "eval", group: .program, "measure the ranking over topics with judgments",
    flags: [Flags.docs, Flags.queries, Flags.qrels, Flags.run],
    details: [
      "With --docs the words of a topic are taken as words, any of them counting, over an index made in memory; without, a topic is a query as search takes it. The measures are means over the judged topics."
    ],
    examples: [
      Example("dossier eval --docs docs.jsonl --queries queries.tsv --qrels qrels.tsv --run run.txt", "a collection"),
      Example("dossier eval --queries seeds/queries.tsv --qrels seeds/qrels.tsv", "the sample's own questions"),
    ],
    exitCodes: [.done, .nothingFound, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    let arguments = invocation.arguments
    guard let queries = arguments.text(Flags.queries), let qrels = arguments.text(Flags.qrels) else {
      throw QualityError("usage", "eval needs --queries FILE and --qrels FILE", hint: "dossier help eval")
    }
    let topics = try parsed(queries, Topic.read)
    let judgments = try parsed(qrels, Judgments.read)
    var run = Run()
    if let docs = arguments.text(Flags.docs) {
      let index = try EvaluationCollection(documents: docs)
      for topic in topics {
        let found = try index.search(topic.query, depth: Flags.depth)
        run.set(found.map { Run.Hit(document: $0.id, score: $0.score) }, for: topic.id)
      }
    } else {
      let index = try QualityIndex(paths: invocation.indexes)
      for topic in topics {
        var options = SearchOptions(topic.query)
        options.any = true
        options.limit = Flags.recordDepth
        let hits = try index.search(options).hits
        run.set(hits.map { Run.Hit(document: $0.id, score: $0.score) }, for: topic.id)
      }
    }
    if let path = arguments.text(Flags.run) {
      let stream = try OutputStream.file(path)
      stream.write(run.trecText(tag: "dossier"))
      try stream.close(path)
    }
    let result = EvaluationResult(run: run, judgments: judgments)
    let answer = EvaluationAnswer(mean: result.mean, queries: result.topics.count)
    // Figures for a program unless somebody looks on.
    if invocation.wantsJSON || !invocation.screen.isTerminal {
      invocation.writeJSON(answer)
    } else {
      var table = TextTable([.init("measure"), .init("mean", isNumber: true)])
      for figure in answer.figures { table.append([figure.name, Numbers.decimal(figure.value, 4)]) }
      table.append(["queries", String(answer.queries)])
      for line in table.lines(invocation.screen) { invocation.output.writeLine(line) }
    }
    return answer.exitCode
  }

  private static func parsed<Value>(
    _ path: String, _ read: (String) throws(EvaluationError) -> Value
  ) throws(QualityError) -> Value {
    let text = try InputFile.text(path)
    do throws(EvaluationError) { return try read(text) } catch {
      throw QualityError("bad-file", "\(path): \(error)")
    }
  }
}
