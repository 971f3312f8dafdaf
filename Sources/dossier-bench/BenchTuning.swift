import Evaluation
import QualityRecords
import SearchEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `dossier-bench tune`: chooses the numbers of the ranking by coordinate search over several test collections together,
/// cross-validated, and says how far the shipped numbers are from what it finds.
///
/// Topics of each collection are dealt into folds by a seeded shuffle. For each fold the search starts at the shipped
/// numbers and goes through the parameters in turn, taking for each the value with the best mean, over collections, of
/// mean average precision relative to the shipped numbers', on the topics of the other folds. The topics of the fold itself
/// then measure what was found. A value replaces another only when it gains 0.1 % or more: ties stay with what is shipped.
/// At last the same search runs over all topics; its numbers are what the procedure yields. Equal input, equal output.
struct BenchTuning {
  private struct Source {
    var docs: String
    var queries: String
    var qrels: String
  }

  /// One point of the search. The title's weight is part of the index, the rest of the request.
  private struct Point: Hashable {
    var titleWeight = 3
    var parameters = RankingParameters()
  }

  private struct Coordinate {
    let name: String
    let values: [Double]
    let set: (inout Point, Double) -> Void
    let get: (Point) -> Double
  }

  /// A collection, indexed once a weight of titles, and what points measured on it.
  private final class Bed {
    let name: String
    let topics: [Topic]
    let judgments: Judgments
    let indexes: [Int: EvaluationCollection]
    var measured: [Point: [Double]] = [:]

    init(_ source: Source, titleWeights: [Int]) throws {
      name = source.docs.split(separator: "/").dropLast().last.map(String.init) ?? source.docs
      var indexes: [Int: EvaluationCollection] = [:]
      for weight in titleWeights {
        indexes[weight] = try EvaluationCollection(documents: source.docs, titleWeight: weight)
      }
      let topics = try EvaluationFile.topics(source.queries)
      judgments = try EvaluationFile.judgments(source.qrels)
        .named(asIn: topics.map(\.id), documents: indexes.first?.value.ids ?? [])
      let judged = Set(judgments.topics)
      self.topics = topics.filter { judged.contains($0.id) }
      self.indexes = indexes
    }

    /// Average precision by topic.
    func precisions(_ point: Point) throws -> [Double] {
      if let known = measured[point] { return known }
      guard var index = indexes[point.titleWeight] else { throw BenchError("no index of that weight of titles") }
      index.parameters = point.parameters
      var found: [Double] = []
      for topic in topics {
        let hits = try index.search(topic.query).map(\.id)
        found.append(Measures(ranking: hits, grades: judgments.grades[topic.id] ?? [:]).averagePrecision)
      }
      measured[point] = found
      return found
    }
  }

  private static let titleWeights = [2, 3, 4]
  /// A gain below this share is noise: 0.1 %.
  private static let leastGain = 0.001

  private static func coordinates() -> [Coordinate] {
    func number(_ name: String, _ values: [Double], _ path: WritableKeyPath<RankingParameters, Double>) -> Coordinate {
      Coordinate(
        name: name, values: values, set: { $0.parameters[keyPath: path] = $1 }, get: { $0.parameters[keyPath: path] })
    }
    func count(_ name: String, _ values: [Double], _ path: WritableKeyPath<RankingParameters, Int>) -> Coordinate {
      Coordinate(
        name: name, values: values, set: { $0.parameters[keyPath: path] = Int($1) },
        get: { Double($0.parameters[keyPath: path]) })
    }
    return [
      number("k1", [1.2, 1.5, 2.0, 2.5, 3.0], \.k1),
      number("b", [0.4, 0.5, 0.6, 0.7, 0.75], \.b),
      Coordinate(
        name: "title weight", values: titleWeights.map(Double.init), set: { $0.titleWeight = Int($1) },
        get: { Double($0.titleWeight) }),
      number("function words", [0, 0.05, 0.1, 0.2], \.functionWordWeight),
      number("request words", [0.25, 0.5, 0.75, 1], \.requestWordWeight),
      number("pairs in order", [0, 0.2, 0.3, 0.4, 0.5], \.pairs.ordered),
      number("pairs near", [0, 0.1, 0.15, 0.2, 0.3], \.pairs.near),
      number("neighbours' share", [0.2, 0.3, 0.4, 0.5, 0.6], \.neighbourShare),
      count("neighbours", [5, 10, 15, 20], \.neighbours),
      count("words compared", [32, 64, 96, 128], \.vectorTerms),
      count("candidates", [100, 200, 300, 500], \.candidates),
    ]
  }

  private var sources: [Source] = []
  private var guards: [Source] = []
  private var seed: UInt64 = 1
  private var folds = 5
  private var rounds = 2

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      if flag == "--collection" || flag == "--guard" {
        guard rest.count >= 3 else { throw BenchError("\(flag) wants DOCS QUERIES QRELS") }
        let source = Source(docs: rest.removeFirst(), queries: rest.removeFirst(), qrels: rest.removeFirst())
        if flag == "--guard" { guards.append(source) } else { sources.append(source) }
        continue
      }
      guard let value = rest.popFirst(), let number = Int(value), number > 0 else {
        throw BenchError("\(flag) wants a whole number")
      }
      switch flag {
      case "--seed": seed = UInt64(number)
      case "--folds": folds = max(2, number)
      case "--rounds": rounds = number
      default: throw BenchError("unknown flag \(flag)")
      }
    }
    guard !sources.isEmpty else { throw BenchError("--collection DOCS QUERIES QRELS wanted, once or more") }
  }

  func run() throws {
    let beds = try sources.map { try Bed($0, titleWeights: Self.titleWeights) }
    let dealt = beds.map { deal($0.topics.count) }
    print("seed \(seed), folds \(folds), rounds \(rounds)")
    for (bed, folds) in zip(beds, dealt) {
      print("\(bed.name): \(bed.indexes[3]?.ids.count ?? 0) documents, \(bed.topics.count) judged topics")
      print("  fold of each topic: " + zip(bed.topics, folds).map { "\($0.id):\($1)" }.joined(separator: " "))
    }
    let shipped = try beds.map { try $0.precisions(Point()) }
    var held = shipped.map { [Double](repeating: 0, count: $0.count) }
    for fold in 0..<folds {
      print(
        "| fold \(fold): parameter | values, relative to the shipped numbers on the other folds | taken |\n|---|---|---|"
      )
      let found = try search(beds, shipped) { bed, topic in dealt[bed][topic] != fold }
      for (number, bed) in beds.enumerated() {
        let precisions = try bed.precisions(found)
        for topic in precisions.indices where dealt[number][topic] == fold { held[number][topic] = precisions[topic] }
      }
    }
    print("| all topics: parameter | values | taken |\n|---|---|---|")
    let yielded = try search(beds, shipped) { _, _ in true }
    print(
      "| collection | shipped MAP | yielded, cross-validated (p) | yielded, on its own topics (p) |\n|---|---|---|---|")
    for (number, bed) in beds.enumerated() {
      try report(bed, shipped[number], [held[number], bed.precisions(yielded)])
    }
    for source in guards {
      let bed = try Bed(source, titleWeights: [3, yielded.titleWeight])
      try report(bed, bed.precisions(Point()), [[], bed.precisions(yielded)])
    }
  }

  private func report(_ bed: Bed, _ shipped: [Double], _ others: [[Double]]) throws {
    let columns = others.map { other -> String in
      if other.isEmpty { return "not tuned on" }
      let test = RandomisationTest(other, shipped, trials: 10_000, seed: seed)
      let change = rounded((mean(other) / max(mean(shipped), 1e-9) - 1) * 100, 2)
      return "\(rounded(mean(other), 4)), \(change) % (\(rounded(test.p, 3)))"
    }
    print("| \(bed.name) | \(rounded(mean(shipped), 4)) | \(columns.joined(separator: " | ")) |")
  }

  private func search(
    _ beds: [Bed], _ shipped: [[Double]], on isUsed: (Int, Int) -> Bool
  ) throws -> Point {
    func worth(_ point: Point) throws -> Double {
      var sum = 0.0
      for (number, bed) in beds.enumerated() {
        let precisions = try bed.precisions(point)
        let used = precisions.indices.filter { isUsed(number, $0) }
        sum += mean(used.map { precisions[$0] }) / max(mean(used.map { shipped[number][$0] }), 1e-9)
      }
      return sum / Double(beds.count)
    }
    let coordinates = Self.coordinates()
    var best = Point()
    var bestWorth = 1.0
    for round in 0..<rounds {
      let before = best
      for coordinate in coordinates {
        var cells: [String] = []
        let start = best
        for value in coordinate.values {
          var point = start
          coordinate.set(&point, value)
          let found = try worth(point)
          cells.append("\(value): \(rounded(found, 4))")
          if found > bestWorth * (1 + Self.leastGain) {
            best = point
            bestWorth = found
          }
        }
        print("| \(coordinate.name), round \(round + 1) | \(cells.joined(separator: ", ")) | \(coordinate.get(best)) |")
        // Ten minutes are long: each line is seen when it is there.
        fflush(nil)
      }
      if best == before { break }
    }
    return best
  }

  /// The fold of each topic: a shuffle by the seed (Fisher and Yates), dealt in turn.
  private func deal(_ count: Int) -> [Int] {
    var state = seed
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      // SplitMix64 (Steele, Lea and Flood 2014).
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
      order.swapAt(place, Int((value ^ value >> 31) % UInt64(place + 1)))
    }
    var dealt = [Int](repeating: 0, count: count)
    for (place, topic) in order.enumerated() { dealt[topic] = place % folds }
    return dealt
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

  private func rounded(_ value: Double, _ digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    return (value * scale).rounded() / scale
  }
}
