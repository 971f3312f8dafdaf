import Evaluation
import QualityRecords
import SearchEngine

/// `dossier-bench rank`: measures the shipped ranking, its parts and plain BM25 on a test collection, topic by topic, with
/// paired significance tests and times.
///
/// Plain BM25 has titles weigh 1, every word of a topic count fully, and k1 and b chosen by grid: for each fold of five on
/// the other four.
struct BenchRanking {
  private var docs = ""
  private var queries = ""
  private var qrels = ""
  private var matchesAny = true
  private var isKnownItem = false
  /// No times, and of the shipped ranking only what tells whether it does harm.
  private var isQuick = false

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      if flag == "--all" || flag == "--known-item" || flag == "--quick" {
        isQuick = isQuick || flag == "--quick"
        matchesAny = matchesAny && flag != "--all"
        isKnownItem = isKnownItem || flag == "--known-item"
        continue
      }
      guard let value = rest.popFirst() else { throw BenchError("\(flag) wants a value") }
      switch flag {
      case "--docs": docs = value
      case "--queries": queries = value
      case "--qrels": qrels = value
      default: throw BenchError("unknown flag \(flag)")
      }
    }
    guard !docs.isEmpty, !queries.isEmpty, !qrels.isEmpty else { throw BenchError("--docs, --queries, --qrels wanted") }
  }

  /// One ranking and what it measured.
  private struct Row {
    let name: String
    let result: EvaluationResult
    /// Microseconds of a page.
    let median: Double
    let slow: Double

    var precisions: [Double] { result.perTopic.map(\.averagePrecision) }
  }

  func run() throws {
    let topics = try EvaluationFile.topics(queries)
    var weighted = try EvaluationCollection(documents: docs)
    let judgments = try EvaluationFile.judgments(qrels).named(asIn: topics.map(\.id), documents: weighted.ids)
    weighted.matchesAny = matchesAny
    print("documents \(weighted.searcher.snapshots[0].recordCount()), bytes \(bytes(weighted))")
    var rows: [Row] = []
    var first = RankingParameters()
    first.candidates = 0
    first.pairBonus = PairWeights(ordered: 0, near: 0)
    if !isKnownItem { rows.append(try plain(topics, judgments)) }
    rows.append(try measure("first pass without pairs", weighted, first, topics, judgments))
    var bonus = RankingParameters()
    bonus.candidates = 0
    rows.append(try measure("A: first pass", weighted, bonus, topics, judgments))
    var pairs = RankingParameters()
    pairs.neighbourShare = 0
    pairs.ranksRunsAgain = true
    rows.append(try measure("pairs in the second pass", weighted, pairs, topics, judgments))
    rows.append(try measure("shipped", weighted, RankingParameters(), topics, judgments))
    var runs = bonus
    runs.pairsRuns = true
    rows.append(try measure("A: for runs too", weighted, runs, topics, judgments))
    runs = RankingParameters()
    runs.ranksRunsAgain = true
    rows.append(try measure("B: for runs too", weighted, runs, topics, judgments))
    for share in [0.0, 0.1, 0.2] {
      runs.neighbourShare = share
      rows.append(try measure("B, share \(share)", weighted, runs, topics, judgments))
    }
    for row in rows { report(row, against: rows[0]) }
  }

  private func report(_ row: Row, against base: Row) {
    let mean = row.result.mean
    let test = RandomisationTest(row.precisions, base.precisions, trials: 10_000)
    let change = (mean.averagePrecision / base.result.mean.averagePrecision - 1) * 100
    let better = zip(row.result.perTopic, base.result.perTopic).count { $0.reciprocalRank > $1.reciprocalRank }
    let worse = zip(row.result.perTopic, base.result.perTopic).count { $0.reciprocalRank < $1.reciprocalRank }
    let figures = [mean.nDCG10, mean.averagePrecision, mean.reciprocalRank, mean.precision10, mean.recall100]
    print(
      "\(row.name): nDCG@10 MAP MRR P@10 R@100 \(figures.map { rounded($0, 4) }) change \(rounded(change, 1)) % "
        + "p \(rounded(test.p, 4)) first hit earlier \(better) later \(worse) µs/topic median \(rounded(row.median, 0)) p90 \(rounded(row.slow, 0))"
    )
  }

  private func rounded(_ value: Double, _ digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    return (value * scale).rounded() / scale
  }

  private func bytes(_ collection: EvaluationCollection) -> String {
    var sums: [FileKind: Int] = [:]
    for segment in collection.searcher.snapshots[0].manifest.segments {
      for (kind, file) in segment.files { sums[kind, default: 0] += file.length }
    }
    return sums.sorted { $0.value > $1.value }.map { "\($0.key.suffix) \($0.value)" }.joined(separator: ", ")
  }

  private func measure(
    _ name: String, _ collection: EvaluationCollection, _ parameters: RankingParameters, _ topics: [Topic],
    _ judgments: Judgments
  ) throws -> Row {
    var collection = collection
    collection.parameters = parameters
    var run = Run()
    let clock = ContinuousClock()
    for topic in topics {
      run.set(
        try collection.search(topic.query).map { Run.Hit(document: $0.id, score: $0.score) }, for: topic.id)
    }
    // The time of one page: of each topic, the least of five; the median and the ninetieth hundredth of topics.
    var times: [Double] = []
    for topic in isQuick || name.hasPrefix("plain") ? [] : topics {
      var least = Double.infinity
      for _ in 0..<5 {
        let start = clock.now
        _ = try collection.search(topic.query, depth: 10)
        let parts = (clock.now - start).components
        least = min(least, Double(parts.seconds) * 1e6 + Double(parts.attoseconds) / 1e12)
      }
      times.append(least)
    }
    times.sort()
    return Row(
      name: name, result: EvaluationResult(run: run, judgments: judgments),
      median: times.isEmpty ? 0 : times[times.count / 2], slow: times.isEmpty ? 0 : times[times.count * 9 / 10])
  }

  private func plain(_ topics: [Topic], _ judgments: Judgments) throws -> Row {
    var collection = try EvaluationCollection(documents: docs, titleWeight: 1)
    collection.matchesAny = matchesAny
    var rows: [Row] = []
    for k1 in isQuick ? [0.9, 1.2, 2.0, 3.0] : [0.6, 0.9, 1.2, 1.6, 2.0, 2.5, 3.0, 4.0] {
      for b in isQuick ? [0.4, 0.6, 0.75] : [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9] {
        var parameters = RankingParameters.plain
        parameters.k1 = k1
        parameters.b = b
        parameters.functionWordWeight = 1
        parameters.requestWordWeight = 1
        rows.append(try measure("plain BM25, k1 \(k1), b \(b)", collection, parameters, topics, judgments))
      }
    }
    guard let best = rows.max(by: { $0.result.mean.averagePrecision < $1.result.mean.averagePrecision }) else {
      throw BenchError("no topics")
    }
    let folds = 5
    var sum = 0.0
    for fold in 0..<folds {
      func mean(_ row: Row, inside: Bool) -> Double {
        row.precisions.enumerated().reduce(0) { $0 + (($1.offset % folds == fold) == inside ? $1.element : 0) }
      }
      let chosen = rows.max { mean($0, inside: false) < mean($1, inside: false) } ?? best
      sum += mean(chosen, inside: true)
    }
    print("plain BM25 by grid per fold: MAP \(rounded(sum / Double(max(1, best.precisions.count)), 4))")
    return best
  }
}
