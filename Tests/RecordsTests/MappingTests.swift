import JSONText
import Records
import Testing

@Suite struct MappingTests {
  static let inspections = """
    {"kind":"inspection", "id":"{business_id}-{date}",
     "fields":{"enterprise":"business_id", "date":{"from":"date","pattern":"yyyyMMdd"}, "text":["description","comment"],
               "province":{"value":"California"},
               "type":{"from":"type","values":{"routine":"routine","complaint":"complaint","*":"routine"}}},
     "fold":[{"path":"violations.jsonl","on":"{business_id}-{date}","into":"violations","fields":{"text":"description"}}]}
    """

  func mapping(_ text: String) throws -> Mapping { try Mapping(parsing: text, file: "m.json") }
  func row(_ text: String) throws -> JSONObject { try JSONValue(parsing: text).objectValue ?? [:] }

  @Test func theExampleOfTheDesign() throws {
    let mapped = try mapping(Self.inspections).apply(
      to: row(
        #"{"business_id":"19","score":"94","date":"20171211","type":"reinspection","description":"d","comment":"c"}"#)
    ) { index, key in
      #expect(index == 0 && key == "19-20171211")
      return [["text": "one"], ["text": "two"]]
    }
    #expect(mapped.problem == nil)
    #expect(
      mapped.members.text()
        == #"{"kind":"inspection","id":"19-20171211","enterprise":"19","date":"2017-12-11","text":"d\nc","#
        + #""province":"California","type":"routine","violations":[{"text":"one"},{"text":"two"}]}"#)
  }

  @Test func sources() throws {
    let mapping = try mapping(
      """
      {"kind":"enterprise","id":"{{{a.b}}}","fields":{
        "name":"a.name","address":["street","town"],"aliases":["short","a.list"],
        "products":{"from":"goods","split":";"},"export":{"from":"out","values":{"Y":true,"N":false}},
        "status":{"from":"state","values":{"":"unknown"}},"licence":"x.y","floor":"area","colours":"list",
        "registered":{"from":"since","pattern":["ROCMMdd","yyyy"]}},"rest":true}
      """)
    let mapped = try mapping.apply(
      to: row(
        """
        {"a":{"b":7,"name":"N","list":["p",["q",""]]},"street":"S","town":"T","short":"n","goods":" bear ;; drum",
         "out":"Y","state":"","x.y":"XK1","area":3.5,"list":["r","g"],"since":"0770602","more":{"z":1},"id":"no"}
        """))
    #expect(
      mapped.members.text()
        == #"{"kind":"enterprise","id":"{7}","name":"N","address":"S\nT","aliases":["n","p","q"],"#
        + #""products":["bear","drum"],"export":true,"status":"unknown","licence":"XK1","floor":3.5,"colours":["r","g"],"#
        + #""registered":"1988-06-02","more":{"z":1}}"#)
    #expect(mapped.problem == nil)
    let record = try RecordCanonicalizer().record(from: mapped.members, kind: nil)
    #expect(record.body["products"]?.value(at: "1.name") == "drum")
  }

  @Test func pathsThroughLists() throws {
    let mapping = try mapping(#"{"kind":"inspection","fields":{"id":"n","violations":"v.t","product":"p.name"}}"#)
    let mapped = try mapping.apply(
      to: row(#"{"n":1,"v":[{"t":"a"},{"u":1},{"t":["b","c"]}],"p":[{"name":"x"},{"name":"y"}]}"#))
    #expect(
      mapped.members.text() == #"{"kind":"inspection","id":1,"violations":["a","b","c"],"product":"x, y"}"#)
  }

  @Test func whatIsNotUnderstoodStays() throws {
    let mapped = try mapping(Self.inspections).apply(to: row(#"{"business_id":"19","date":"2017-12-11"}"#))
    #expect(mapped.problem?.path == "date")
    #expect(mapped.members["date"] == "2017-12-11" && mapped.members["id"] == "19-2017-12-11")
    let noKey = try mapping(Self.inspections).apply(to: row(#"{"date":"20171211","business_id":" "}"#))
    #expect(noKey.problem?.description.contains("business_id") == true)
  }

  @Test(arguments: [
    ("[]", "expected an object"), ("{}", "fields"), (#"{"fields":{},"feilds":{}}"#, "feilds"),
    (#"{"kind":"firm","fields":{}}"#, "kind: expected one of"), (#"{"id":"{a","fields":{}}"#, "id: "),
    (#"{"id":"a","fields":{}}"#, "names no field"), (#"{"id":"a}","fields":{}}"#, "without its {"),
    (#"{"id":"{}","fields":{}}"#, "id: "), (#"{"id":7,"fields":{}}"#, "id: expected a template"),
    (#"{"fields":{"a":7}}"#, "fields.a"), (#"{"fields":{"a":{}}}"#, "fields.a: expected \"from\""),
    (#"{"fields":{"a":[]}}"#, "fields.a"), (#"{"fields":{"a":""}}"#, "fields.a"),
    (#"{"fields":{"a":{"from":"b","patern":"yyyy"}}}"#, "patern"),
    (#"{"fields":{"a":{"from":"b","pattern":"MM"}}}"#, "fields.a.pattern"),
    (#"{"fields":{"a":{"from":"b","values":[]}}}"#, "fields.a.values"),
    (#"{"fields":{"a":{"from":"b","split":""}}}"#, "fields.a.split"), (#"{"fields":{"kind":"b"}}"#, "fields.kind"),
    (#"{"fields":{},"fold":[{"path":"f","on":"{a}","into":"x"}]}"#, "fold[1].fields"),
    (#"{"fields":{},"fold":[{"path":"f","on":"{a","into":"x","fields":{}}]}"#, "fold[1].on"),
    (#"{"fields":{},"fold":[{"on":"{a}","into":"x","fields":{}}]}"#, "fold[1].path"),
    (#"{"kind":"inspection","fields":{},"fold":[{"path":"f","on":"{a}","into":"text","fields":{}}]}"#, "fold[1].into"),
    (#"{"fields":{},"fold":[7]}"#, "fold[1]"), (#"{"fields":{},"rest":"yes"}"#, "rest"),
    ("{\n\"fields\" {}}", "m.json:2:10"),
  ])
  func refusals(text: String, where place: String) {
    let error = #expect(throws: RecordError.self) { try Mapping(parsing: text, file: "m.json") }
    #expect(error?.description.contains(place) == true, "\(String(describing: error))")
    #expect(error?.description.hasPrefix("m.json:") == true)
  }

  @Test func guessesChineseRegister() throws {
    let rows = try [
      #"{"id":"1","工廠名稱":"櫻王針織","工廠地址":"臺中市","工廠登記狀態":"公告廢止","工廠登記核准日期":"","主要產品":["布"],"產業類別":[]}"#,
      #"{"id":"2","工廠名稱":"良多利工業","工廠地址":"豐原區","工廠登記狀態":"生產中","工廠登記核准日期":"0770503","主要產品":[],"產業類別":["x"]}"#,
    ].map(row)
    let guess = try #require(MappingGuesser().guess(rows: rows))
    #expect(guess.kind == "enterprise")
    #expect(
      guess.json.text()
        == #"{"kind":"enterprise","id":"{id}","fields":{"name":"工廠名稱","address":"工廠地址","status":"工廠登記狀態","#
        + #""products":"主要產品","registered":{"from":"工廠登記核准日期","pattern":"ROCMMdd"}},"rest":true}"#)
    #expect(guess.unmapped == ["產業類別"] && guess.notes.count == 1 && guess.notes[0].contains("1988-05-03"))
    guard case .record(let sample)? = guess.samples.last else {
      Issue.record("the second sample is no record")
      return
    }
    #expect(sample.id == "2" && sample.body["registered"] == "1988-05-03" && sample.body["產業類別"] == ["x"])
  }

  @Test(arguments: [
    (#"{"记录编号":"I1","企业名称":"宏达","检查日期":"2006/07/10","检查结果":"不合格","批号":"C1"}"#, "inspection", "检查日期"),
    (
      #"{"Inspection ID":"I1","Firm":"Hongda","Inspection Date":"20060710","Result":"fail"}"#, "inspection",
      "Inspection Date"
    ),
    (#"{"标题":"关于开展专项整治的通知","发文机关":"总局","发布日期":"2007年8月20日","正文":"一。"}"#, "directive", "发布日期"),
    (
      #"{"Company Name":"Hongda","Address":"1 Road","License No.":"XK1","Registration Date":"2005-01-02"}"#,
      "enterprise", ""
    ),
  ])
  func guesses(text: String, kind: String, dated: String) throws {
    let guess = try #require(try MappingGuesser().guess(rows: [row(text)]))
    #expect(guess.kind == kind)
    #expect(guess.notes.contains { $0.hasPrefix(dated) })
    #expect(throws: Never.self) { try Mapping(.object(guess.json), file: "guess") }
  }

  @Test func guessesNothingFromNothing() throws {
    #expect(MappingGuesser().guess(rows: []) == nil)
    #expect(MappingGuesser().guess(rows: [["qwerty": 1]]) == nil)
  }
}
