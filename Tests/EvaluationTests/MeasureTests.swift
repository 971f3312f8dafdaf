import Evaluation
import Testing

@Suite struct MeasureTests {
  func near(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 1e-9 }

  /// Worked by hand. Grades a2 b1 c3 d1 (e judged 0); ranking x a e b c.
  @Test func workedExample() {
    let measures = Measures(ranking: ["x", "a", "e", "b", "c"], grades: ["a": 2, "b": 1, "c": 3, "d": 1, "e": 0])
    // Gains 2/log2(3) + 1/log2(5) + 3/log2(6); ideal 3 + 2/log2(3) + 1/2 + 1/log2(5).
    #expect(near(measures.nDCG10, 0.5494606972558563))
    #expect(near(measures.averagePrecision, (1.0 / 2 + 2.0 / 4 + 3.0 / 5) / 4))
    #expect(near(measures.reciprocalRank, 0.5))
    #expect(near(measures.precision10, 0.3))
    #expect(near(measures.recall100, 0.75))
  }

  @Test func edges() {
    #expect(Measures(ranking: ["a"], grades: [:]) == Measures())
    #expect(Measures(ranking: [], grades: ["a": 1]) == Measures())
    #expect(Measures(ranking: ["a"], grades: ["a": -1, "b": 0]) == Measures())
    let perfect = Measures(ranking: ["a", "b"], grades: ["a": 3, "b": 1])
    #expect(near(perfect.nDCG10, 1) && near(perfect.averagePrecision, 1) && near(perfect.precision10, 0.2))
    let late = Measures(ranking: (0..<100).map { "x\($0)" } + ["a"], grades: ["a": 1])
    #expect(late.recall100 == 0 && late.nDCG10 == 0 && near(late.averagePrecision, 1.0 / 101))
    let eleven = Measures(
      ranking: (0..<11).map { "d\($0)" }, grades: Dictionary(uniqueKeysWithValues: (0..<11).map { ("d\($0)", 1) }))
    #expect(near(eleven.nDCG10, 1) && near(eleven.precision10, 1) && near(eleven.recall100, 1))
  }

  @Test func meansCountEveryJudgedTopic() throws {
    let judgments = try Judgments.read("1\ta\t1\n2\tb\t1\r\n3 0 c 0\n")
    let run = Run(topics: try Topic.read("1\tfirst question\n9\tnot judged\n")) { topic in
      [Run.Hit(document: topic.id == "1" ? "a" : "z", score: 1)]
    }
    let result = EvaluationResult(run: run, judgments: judgments)
    #expect(result.topics == ["1", "2", "3"])
    #expect(near(result.mean.averagePrecision, 1.0 / 3))
  }

  @Test func filesThatCannotBeRead() {
    for text in ["1 a\n", "1\ta\tx\n", "a\n", "1\ta\t1\t2\t3\n"] {
      #expect(throws: EvaluationError.self) { try Judgments.read(text) }
    }
    for text in ["no tab\n", "\tx\n", "1\ta\n1\tb\n"] { #expect(throws: EvaluationError.self) { try Topic.read(text) } }
    let error = #expect(throws: EvaluationError.self) { try Topic.read("1\ta\n\nx\n") }
    #expect(error?.line == 3)
  }

  @Test func runFilesKeepTheOrder() throws {
    var run = Run()
    run.set(
      [("b", 2.5), ("a", 2.5), ("c", 2.5), ("with space", 1), ("b", 0.5)].map { Run.Hit(document: $0.0, score: $0.1) },
      for: "7")
    run.set([Run.Hit(document: "z", score: .nan), Run.Hit(document: "y", score: 3)], for: "8")
    let text = run.trecText(tag: "dossier")
    #expect(text.hasPrefix("7 Q0 b 1 2.5 dossier\n7 Q0 a 2 2.4999998 dossier\n"))
    let again = try Run.read(text)
    #expect(again.documents(for: "7") == ["b", "a", "c", "with_space"])
    #expect(again.documents(for: "8") == ["z", "y"])
    #expect(throws: EvaluationError.self) { try Run.read("7 Q0 b 1 x tag\n") }
  }

  @Test func randomisation() {
    let same = RandomisationTest([1, 2, 3], [1, 2, 3])
    #expect(same.p == 1 && same.meanDifference == 0)
    // All eight patterns of three equal differences: only all plus and all minus are as extreme.
    let three = RandomisationTest([1, 1, 1], [0, 0, 0])
    #expect(three.isExact && near(three.p, 0.25) && three.meanDifference == 1)
    let many = RandomisationTest((0..<60).map { Double($0 % 7) + 1 }, (0..<60).map { Double($0 % 7) }, trials: 10_000)
    #expect(!many.isExact && many.p < 0.001 && many.p > 0)
    let mixed = (0..<60).map { $0 % 2 == 0 ? 0.1 : -0.1 }
    #expect(RandomisationTest(mixed, [Double](repeating: 0, count: 60), trials: 10_000).p > 0.9)
    #expect(
      RandomisationTest(mixed, mixed.reversed(), seed: 5) == RandomisationTest(mixed, mixed.reversed(), seed: 5))
  }
}
