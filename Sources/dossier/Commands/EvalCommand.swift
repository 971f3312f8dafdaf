import Evaluation
import QualityRecords
import Records

extension Command {
  private enum Flags {
    static let docs = Flag("docs", .file("FILE"), "documents with id, title, text; default: the records of the index")
    static let queries = Flag("queries", .file("FILE"), "topics with id and query; needed")
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
      "With --docs the words of a topic are taken as words, any of them counting, over an index made in memory; without, a topic is a query as search takes it. The measures are means over the judged topics.",
      "Documents and topics are JSON (objects a line, or a list; the id may also be called _id, docno or docid, the text contents or body), tab-separated (id, text; of documents also id, title, text), or in SMART's (.I .T .W) or TREC's tagged form (<DOC>, <top>). Judgments have three columns, or TREC's four; a first line of column names is passed over.",
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
    let topics = try EvaluationFile.topics(queries)
    var judgments = try EvaluationFile.judgments(qrels)
    var run = Run()
    if let docs = arguments.text(Flags.docs) {
      let index = try EvaluationCollection(documents: docs)
      judgments = judgments.named(asIn: topics.map(\.id), documents: index.ids)
      for warning in warnings(topics, judgments, index.ids) { invocation.say(warning) }
      for topic in topics {
        let found = try index.search(topic.query, depth: Flags.depth)
        run.set(found.map { Run.Hit(document: $0.id, score: $0.score) }, for: topic.id)
      }
    } else {
      let index = try invocation.openIndex()
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

  /// What may be wrong with files that do not belong together.
  private static func warnings(_ topics: [Topic], _ judgments: Judgments, _ documents: Set<String>) -> [String] {
    var found: [String] = []
    let asked = Set(topics.map(\.id))
    let silent = judgments.topics.filter { !asked.contains($0) }
    if !silent.isEmpty {
      found.append(
        "warning: \(silent.count) of \(judgments.topics.count) judged topics are not among the queries and count as 0, "
          + "as '\(silent[0])'")
    }
    let judged = Set(judgments.grades.values.flatMap { $0.filter { $0.value > 0 }.keys })
    let missing = judged.subtracting(documents)
    if let example = missing.min() {
      found.append(
        "warning: \(missing.count) of \(judged.count) relevant documents are not among the documents, as '\(example)'")
    }
    return found
  }
}
