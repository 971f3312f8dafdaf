import Evaluation
import Testing

@testable import QualityRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Test collections in the forms in which others hand them on, and topics whose words are codes or written without spaces.
@Suite struct EvaluationFileTests {
  private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let path = "/tmp/dossier-evaluation-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    try #require(descriptor >= 0)
    defer { unlink(path) }
    var bytes = Array(text.utf8)
    let written = write(descriptor, &bytes, bytes.count)
    close(descriptor)
    #expect(written == bytes.count)
    return try body(path)
  }

  private static let forms = [
    #"""
    {"id":"1","title":"heat flow","text":"in wings"}
    {"id":"2","text":"wing lift"}
    """#,
    #"""
    {"_id":1,"Title":"heat flow","contents":"in wings","metadata":{}}

    {"_id":2,"title":null,"body":"wing lift"}
    """#,
    #"""
    [{"docno":"1","title":"heat flow","text":"in wings"},
     {"docno":"2","title":"","text":["wing","lift"]}]
    """#,
    #"""
    {
      "documents": [{"docid":"1","title":"heat flow","text":"in wings"}, {"docid":"2","text":"wing lift"}]
    }
    """#,
    #"{"1":{"title":"heat flow","text":"in wings"},"2":"wing lift"}"#,
    "1\theat flow\tin wings\n2\twing lift\n", "\u{FEFF}id\ttitle\ttext\r\n1\theat flow\tin wings\r\n2\t\twing lift\r\n",
    ".I 1\n.T\nheat flow\n.A\n.W\nin\nwings\n.X\nlift\n.I 2\n.W\nwing lift\n",
    "<DOC>\n<DOCNO> 1 </DOCNO>\n<TITLE>heat flow</TITLE><TEXT>in wings</TEXT>\n</DOC>\n<DOC><DOCNO>2</DOCNO>wing lift</DOC>\n",
  ]

  @Test(arguments: forms) func documentsInEveryForm(text: String) throws {
    try withFile(text) { path in
      let collection = try EvaluationCollection(documents: path)
      #expect(collection.ids == ["1", "2"], "\(text)")
      #expect(try collection.search("heat").map(\.id) == ["1"])
      #expect(try collection.search("lift").map(\.id) == ["2"])
      #expect(Set(try collection.search("wings").map(\.id)) == ["1", "2"])
      let plain = try EvaluationCollection(documents: path, titleWeight: 1)
      #expect(try collection.search("heat")[0].score > plain.search("heat")[0].score, "the title weighs more")
    }
  }

  @Test(
    arguments: [
      #"{"qid":1,"query":"heat flow"}"#, #"[{"_id":"1","text":"heat flow","metadata":{}}]"#, #"{"1":"heat flow"}"#,
      "1\theat flow", ".I 1\n.W\nheat flow", "<top><num>1<title>heat flow</top>",
    ])
  func topicsInEveryForm(text: String) throws {
    let topics = try withFile(text) { path in try EvaluationFile.topics(path) }
    #expect(topics == [Topic(id: "1", query: "heat flow")])
  }

  @Test func judgmentsAsObjects() throws {
    let judgments = try withFile(#"{"query-id":"1","corpus-id":7,"score":2}"#) { path in
      try EvaluationFile.judgments(path)
    }
    #expect(judgments.grades == ["1": ["7": 2]])
  }

  @Test(
    arguments: [
      (#"{"text":"no id"}"#, "expected"), ("no tab", "line 1"), ("<p>x</p>", "<doc>"),
      ("{\"id\":\"1\"}\n{broken", "line 2"),
      ("\u{1F}", "found none"), ("<DOC><TEXT>x</TEXT></DOC>", "DOCNO"),
    ])
  func errorsSayWhere(text: String, part: String) throws {
    try withFile(text) { path in
      let error = #expect(throws: QualityError.self) { try EvaluationCollection(documents: path) }
      #expect(
        error?.message.contains(part) == true && error?.message.contains(path) == true, "\(String(describing: error))")
    }
  }

  /// Where any word counts, a run without spaces is its pairs, and a code is one word among others.
  @Test func runsAndCodesCountInPart() throws {
    let lines = [
      #"{"id":"1","text":"食品安全标准的制定"}"#, #"{"id":"2","text":"安全生产的规定"}"#, #"{"id":"3","text":"没有关系"}"#,
      #"{"id":"4","text":"masks against covid-19 at home"}"#, #"{"id":"5","text":"covid 19 vaccine"}"#,
      #"{"id":"6","text":"masks for theatre"}"#,
    ]
    try withFile(lines.joined(separator: "\n")) { path in
      let collection = try EvaluationCollection(documents: path)
      #expect(try collection.search("请问食品安全有哪些规定").map(\.id).prefix(1) == ["1"])
      #expect(Set(try collection.search("请问食品安全有哪些规定").map(\.id)) == ["1", "2"])
      #expect(try collection.search("covid-19 masks").map(\.id).first == "4")
      #expect(Set(try collection.search("covid-19 masks").map(\.id)) == ["4", "5", "6"])
      #expect(try collection.search("covid-19").map(\.id) == ["4"])
    }
  }
}
