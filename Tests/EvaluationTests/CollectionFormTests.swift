import Evaluation
import Testing

/// The forms in which topics and judgments are handed on.
@Suite struct CollectionFormTests {
  @Test(
    arguments: [
      "1\theat flow\n2\twing lift\n", "id\tquery\r\n1\theat flow\r\n2\twing lift\r\n",
      ".I 1\n.W\nheat\nflow\n.I 2\n.W\nwing lift\n",
      ".I 1\n.T\nheat flow\n.I 2\n.B\nwing lift\n",
      "<top>\n<num> Number: 1\n<title> heat flow\n<desc> Description:\nanything\n</top>\n<top>\n<num>2<title>wing lift</top>",
      "<?xml version=\"1.0\"?><topics><!-- two --><topic number=\"1\"><query>heat flow</query><question>?</question></topic><topic number='2'><query>wing lift</query></topic></topics>",
    ])
  func topics(text: String) throws {
    #expect(
      try Topic.read(text) == [Topic(id: "1", query: "heat flow"), Topic(id: "2", query: "wing lift")], "\(text)")
  }

  @Test(arguments: [
    ".I\n.W\nx\n", "<top><title>no number</top>", "<top><num>1<title>open", "<p>nothing</p>",
    ".I 1\n.W\na\n.I 1\n.W\nb\n",
  ])
  func topicsThatCannotBeRead(text: String) { #expect(throws: EvaluationError.self) { try Topic.read(text) } }

  @Test func taggedText() throws {
    let text = """
      <DOC><DOCNO> A-1 </DOCNO><HEADLINE>Heat &amp; flow</HEADLINE><TEXT><P>a &lt; b</P><P>x < 3 &hyph; y &unknown; z &#65;</P></TEXT></DOC>
      """
    let entry = try #require(try TaggedEntry.read(text, names: ["doc"]).first)
    #expect(entry.first(["docno"]) == "A-1" && entry.first(["title", "headline"]) == "Heat & flow")
    #expect(entry.parts.filter { $0.name == "p" }.map(\.text).joined(separator: " ") == "a < b x < 3 - y z A")
    let unclosed = String(repeating: "<a", count: 100_000)
    #expect(throws: EvaluationError.self) { try TaggedEntry.read(unclosed, names: ["doc"]) }
  }

  @Test(
    arguments: [
      "1 0 a 1\n1 0 b 0\n2 0 c 2\n", "query-id\tcorpus-id\tscore\n1\ta\t1\n1\tb\t0\n2\tc\t2\n",
      "1 a 1\n1 b 0\n2 c 2.0\n\n",
      "1 Q0 a 1\r\n1 Q0 b 0\r\n2 Q0 c 2\r\n",
    ])
  func judgments(text: String) throws {
    let grades: [String: [String: Int]] = ["1": ["a": 1, "b": 0], "2": ["c": 2]]
    #expect(try Judgments.read(text).grades == grades, "\(text)")
  }

  @Test func judgmentsOfRelevantDocumentsAlone() throws {
    let judgments = try Judgments.read("     1     28\t0\t0.000000\n     1     35\t0\t0.000000\n")
    #expect(judgments.grades == ["1": ["28": 1, "35": 1]])
    // A document called 0 that was judged and not relevant, among others, is none of that form.
    #expect(try Judgments.read("1 0 0 0\n1 0 5 1\n").grades == ["1": ["0": 0, "5": 1]])
  }

  @Test func namesThatDifferByZeros() throws {
    let judgments = try Judgments.read("01 0 007 1\n2 0 8 1\n")
    #expect(
      judgments.named(asIn: ["1", "2"], documents: ["7", "8"]).grades == ["1": ["007": 1], "2": ["8": 1]],
      "one document is known by its name: they are taken as they are")
    #expect(judgments.named(asIn: ["1", "2"], documents: ["7"]).grades == ["1": ["7": 1], "2": ["8": 1]])
  }

  /// By hand, from trec_eval's definitions: ties stand in the order of the run, topics that nobody judged do not count,
  /// judged ones without an answer count as 0, relevant documents that are not there lower the recall.
  @Test("Evaluation: a worked example by trec_eval's definitions") func workedExample() throws {
    let judgments = try Judgments.read("1 0 a 1\n1 0 b 2\n1 0 gone 1\n1 0 x 0\n2 0 a 1\n4 0 z 1\n")
    let run = try Run.read(
      "1 Q0 x 1 3.0 t\n1 Q0 a 2 2.0 t\n1 Q0 b 3 2.0 t\n2 Q0 n 1 1 t\n2 Q0 a 2 0.5 t\n3 Q0 a 1 1 t\n")
    // Equal scores by name from the last: b before a.
    #expect(run.documents(for: "1") == ["x", "b", "a"])
    let result = EvaluationResult(run: run, judgments: judgments)
    #expect(result.topics == ["1", "2", "4"])
    func near(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 1e-9 }
    #expect(near(result.perTopic[0].averagePrecision, (1.0 / 2 + 2.0 / 3) / 3))
    // Gains 2 at rank 2 and 1 at rank 3; ideal 2, 1, 1.
    #expect(near(result.perTopic[0].nDCG10, (2 / 1.584962500721156 + 0.5) / (2 + 1 / 1.584962500721156 + 0.5)))
    #expect(near(result.perTopic[0].recall100, 2.0 / 3) && near(result.perTopic[0].precision10, 0.2))
    #expect(near(result.perTopic[1].averagePrecision, 0.5) && near(result.perTopic[1].reciprocalRank, 0.5))
    #expect(result.perTopic[2] == Measures())
    #expect(near(result.mean.averagePrecision, ((1.0 / 2 + 2.0 / 3) / 3 + 0.5) / 3))
    #expect(near(result.mean.reciprocalRank, (0.5 + 0.5) / 3))
  }
}
