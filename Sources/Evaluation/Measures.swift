#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The measures of one ranking, or their means, by the definitions of `trec_eval` 9: `ndcg_cut_10`, `map`,
/// `recip_rank`, `P_10`, `recall_100`.
public struct Measures: Hashable, Sendable {
  /// Normalised discounted cumulative gain of the first ten: gain is the grade, discount log2(rank + 1) (Järvelin and
  /// Kekäläinen 2002); the ideal ranking is made of all judged documents of the topic.
  public var nDCG10 = 0.0
  /// Average precision: precision at each relevant document, summed, over the number of relevant documents.
  public var averagePrecision = 0.0
  /// One over the rank of the first relevant document.
  public var reciprocalRank = 0.0
  /// Relevant documents among the first ten, over ten.
  public var precision10 = 0.0
  /// Relevant documents among the first hundred, over all relevant ones.
  public var recall100 = 0.0

  public init() {}

  /// Measures a ranking without duplicates. A topic without relevant documents measures 0 throughout.
  public init(ranking: [String], grades: [String: Int]) {
    let relevant = grades.values.filter { $0 > 0 }
    guard !relevant.isEmpty else { return }
    var gain = 0.0
    var found = 0
    for (index, document) in ranking.enumerated() {
      let grade = grades[document] ?? 0
      guard grade > 0 else { continue }
      found += 1
      if index < 10 {
        gain += Double(grade) / log2(Double(index + 2))
        precision10 += 0.1
      }
      if index < 100 { recall100 += 1 }
      if found == 1 { reciprocalRank = 1 / Double(index + 1) }
      averagePrecision += Double(found) / Double(index + 1)
    }
    averagePrecision /= Double(relevant.count)
    recall100 /= Double(relevant.count)
    let ideal = relevant.sorted(by: >).prefix(10).enumerated()
      .reduce(0.0) { $0 + Double($1.element) / log2(Double($1.offset + 2)) }
    nDCG10 = gain / ideal
  }
}

/// A run measured against judgments.
public struct EvaluationResult: Hashable, Sendable {
  /// Every judged topic, in the order of its text; one that the run has no answer to measures 0 (`trec_eval -c`).
  public let topics: [String]
  public let perTopic: [Measures]
  public let mean: Measures

  public init(run: Run, judgments: Judgments) {
    topics = judgments.topics
    perTopic = topics.map { Measures(ranking: run.documents(for: $0), grades: judgments.grades[$0] ?? [:]) }
    var mean = Measures()
    let count = Double(max(topics.count, 1))
    mean.nDCG10 = perTopic.reduce(0) { $0 + $1.nDCG10 } / count
    mean.averagePrecision = perTopic.reduce(0) { $0 + $1.averagePrecision } / count
    mean.reciprocalRank = perTopic.reduce(0) { $0 + $1.reciprocalRank } / count
    mean.precision10 = perTopic.reduce(0) { $0 + $1.precision10 } / count
    mean.recall100 = perTopic.reduce(0) { $0 + $1.recall100 } / count
    self.mean = mean
  }
}
