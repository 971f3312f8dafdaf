import Evaluation
import JSONText
import QualityRecords

/// How good a ranking is: means over the judged topics.
struct EvaluationAnswer: Answer {
  static let schemaName = "eval"

  let mean: Measures
  /// Topics that somebody judged.
  let queries: Int

  var exitCode: ExitCode { queries > 0 ? .done : .nothingFound }

  var figures: [(name: String, value: Double)] {
    [
      ("nDCG@10", mean.nDCG10), ("MAP", mean.averagePrecision), ("MRR", mean.reciprocalRank),
      ("P@10", mean.precision10), ("Recall@100", mean.recall100),
    ]
  }

  /// Figures rounded to six decimals: more than any difference that counts.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for figure in figures { writer.member(figure.name, (figure.value * 1e6).rounded() / 1e6) }
    writer.member("queries", queries)
    writer.endObject()
  }
}
