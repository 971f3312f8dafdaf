import JSONText
import Records
import Testing

@Suite struct CanonicalizerTests {
  func record(_ text: String, kind: String? = nil, id: String? = nil) throws -> Record {
    try RecordCanonicalizer().record(
      from: JSONValue(parsing: text).objectValue ?? [:], kind: kind, defaultID: id)
  }

  @Test func everythingInItsPlace() throws {
    let record = try record(
      """
      {"weather":"rain","text":"  Sampled 4 pieces. ","violations":[{"severity":"Serious","text":"lead","page":3},
       "no licence",{},null],"date":"2007-03-14","kind":"inspection","id":" I-1 ","province":"","due":null,"batch":604,
       "enterprise":["4403-0187"],"empty":[]}
      """)
    #expect(
      record.json.text()
        == #"{"kind":"inspection","id":"I-1","enterprise":"4403-0187","date":"2007-03-14","batch":"604","#
        + #""text":"Sampled 4 pieces.","violations":[{"text":"lead","severity":"serious","page":3},"#
        + #"{"text":"no licence"}],"weather":"rain"}"#)
    #expect(RecordCanonicalizer().unknownMembers(of: record) == ["weather"])
  }

  @Test func enterprise() throws {
    let record = try record(
      """
      {"id":1,"name":"宏达","export":"是","aliases":"HD","formerNames":["宏达工艺厂"],"registered":2005,
       "products":[{"name":"bear","legalInspection":"no"},{"id":"1","name":"drum"},"ball"]}
      """, kind: "enterprise")
    #expect(
      record.json.text()
        == #"{"kind":"enterprise","id":"1","name":"宏达","aliases":["HD"],"formerNames":[{"name":"宏达工艺厂"}],"#
        + #""export":true,"products":[{"id":"2","name":"bear","legalInspection":false},{"id":"1","name":"drum"},"#
        + #"{"id":"3","name":"ball"}],"registered":"2005"}"#)
  }

  @Test func directiveParagraphs() throws {
    let text = try record(#"{"title":"T","text":"one\nmore\r\n\r\n  \n two \n\n\n"}"#, kind: "directive", id: "dir-1")
    #expect(text.id == "dir-1")
    #expect(
      text.body.text() == #"{"title":"T","paragraphs":[{"n":1,"text":"one\nmore"},{"n":2,"text":"two"}]}"#)
    let given = try record(#"{"id":"x","paragraphs":["a",{"n":5,"text":"b"},{"text":"c"}]}"#, kind: "directive")
    #expect(
      given.body.text() == #"{"paragraphs":[{"n":1,"text":"a"},{"n":5,"text":"b"},{"n":2,"text":"c"}]}"#)
    let list = try record(#"{"id":"x","text":["a","b\n\nc"]}"#, kind: "directive")
    #expect(list.body["paragraphs"]?.arrayValue?.count == 3)
  }

  @Test func canonicalFormIsAFixedPoint() throws {
    for text in [
      #"{"kind":"directive","id":"d","text":"a\n\nb","date":"--02-20","speakers":"Li","x":{"y":[1,null]}}"#,
      #"{"kind":"enterprise","id":"e","products":["a",{"id":"1"}],"export":"yes","name":" n "}"#,
      #"{"kind":"inspection","id":"i","violations":"lead","text":["p","q"],"followUpOf":12}"#,
    ] {
      let once = try record(text)
      #expect(try RecordCanonicalizer().record(from: once.json, kind: nil) == once)
    }
  }

  @Test(arguments: [
    (#"{"name":"x"}"#, "enterprise", "id"), (#"{"id":"","name":"x"}"#, "enterprise", "id"),
    (#"{"id":true}"#, "enterprise", "id"), (#"{"id":"a\nb"}"#, "enterprise", "id"),
    (#"{"id":"1","kind":"firm"}"#, "enterprise", "kind"), (#"{"id":"1","kind":"passage"}"#, "enterprise", "kind"),
    (#"{"id":"1","kind":7}"#, "enterprise", "kind"), (#"{"id":"1","name":{"a":1}}"#, "enterprise", "name"),
    (#"{"id":"1","name":["a","b"]}"#, "enterprise", "name"), (#"{"id":"1","export":"maybe"}"#, "enterprise", "export"),
    (#"{"id":"1","export":2}"#, "enterprise", "export"),
    (#"{"id":"1","aliases":[{"a":1}]}"#, "enterprise", "aliases[1]"),
    (#"{"id":"1","products":[7]}"#, "enterprise", "products[1]"),
    (#"{"id":"1","products":[{"id":"a"},{"id":"a"}]}"#, "enterprise", "products[2].id"),
    (#"{"id":"1","products":[{"examined":"soon"}]}"#, "enterprise", "products[1].examined"),
    (#"{"id":"1","date":"2007-13-01"}"#, "inspection", "date"), (#"{"id":"1","date":true}"#, "inspection", "date"),
    (#"{"id":"1","violations":[{"text":"x"},{"severity":"bad"}]}"#, "inspection", "violations[2].severity"),
    (#"{"id":"1","paragraphs":[{"n":0,"text":"x"}]}"#, "directive", "paragraphs[1].n"),
    (#"{"id":"1","paragraphs":[{"n":1,"text":"x"},{"n":1,"text":"y"}]}"#, "directive", "paragraphs[2].n"),
    (#"{"id":"1","paragraphs":[{"n":"one","text":"x"}]}"#, "directive", "paragraphs[1].n"),
    (#"{"id":"1","text":{"a":1}}"#, "directive", "text"),
  ])
  func refusals(text: String, kind: String, path: String) {
    let problem = #expect(throws: RecordProblem.self) { try record(text, kind: kind) }
    #expect(problem?.path == path, "\(String(describing: problem))")
  }

  @Test func noKindAtAll() {
    let problem = #expect(throws: RecordProblem.self) { try record(#"{"id":"1"}"#) }
    #expect(problem?.path == "kind")
  }

  @Test func schemas() {
    for schema in Schema.recordKinds + [.passage] {
      #expect(Set(schema.fields.map(\.name)).count == schema.fields.count && schema.fields.count <= 64)
    }
    #expect(
      Schema.inspection.memberShapes.first { $0.isGroup }?.fields.map(\.memberName) == ["code", "text", "severity"])
  }

  /// Values of the specification's own test vectors.
  @Test func contentHash() throws {
    #expect(XXHash64.hash([]) == 0xEF46_DB37_51D8_E999)
    #expect(XXHash64.hash(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
    #expect(XXHash64.hash(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    #expect(
      XXHash64.hash(Array("Nobody inspects the spammish repetition".utf8)) == 0xFBCE_A83C_8A37_8BF1)
    let first = try record(#"{"kind":"inspection","id":"1","text":"x"}"#)
    let same = try record(#"{"text":"x ","id":1}"#, kind: "inspection")
    #expect(first.contentHash == same.contentHash)
    #expect(try record(#"{"id":"2","text":"x"}"#, kind: "inspection").contentHash != first.contentHash)
    #expect(try record(#"{"id":"1","text":"x"}"#, kind: "enterprise").contentHash != first.contentHash)
  }
}
