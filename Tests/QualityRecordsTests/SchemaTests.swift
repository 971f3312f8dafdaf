import Glibc
import JSONText
import QualityRecords
import Records
import Testing

/// Real answers against their JSON Schemas, by an outside validator (PyPI jsonschema) where it is installed.
struct SchemaTests {
  private func answers() throws -> [(String, [UInt8])] {
    let (directory, indexed) = try SampleIndex.shared.get()
    let index = try QualityIndex(paths: [directory.index])
    var options = SearchOptions("lead paint date:2007")
    options.facets = ["kind", "result"]
    options.explain = true
    options.fields = ["result"]
    var passages = SearchOptions("质量")
    passages.kinds = ["passage"]
    var found: [any Answer] = [
      indexed, try index.search(options), try index.search(SearchOptions("zyzzyvaxq")), try index.search(passages),
      try index.search(SearchOptions("“hongda")), try index.show("dir-0001"), try index.show("dir-0001#p1"),
      try index.stats(), try index.check(deep: false), AnalyzeAnswer(analyzing: "GB 6675-2014 toys 玩具 tested"),
      QualityError("bad-date", "13 is no month", at: 3..<5), QualityError("usage", "nothing"),
    ]
    found.append(try index.history(HistoryRequest("4403-0187")))
    found.append(try index.history(HistoryRequest("新华家具厂")))
    found.append(try index.history(HistoryRequest("zyzzyvaxq")))
    var then = HistoryRequest("3205-0506")
    then.asOf = "2006-05"
    found.append(try index.history(then))
    for text in ["XK16-204-00123", "H0706-020", "toys", "zyzzyvaxq 7"] {
      found.append(try index.trace(TraceRequest(text)))
    }
    var duties = DutiesRequest()
    duties.asOf = "2007-12-31"
    found.append(try index.duties(duties))
    found += [
      try index.passages(SearchOptions("¶3 evidence")), try index.cite("dir-0001#p3"),
      try index.show(index.cite("dir-0001#p3").link), try index.cite(index.cite("dir-0001#p3").link),
      try index.refs("dir-0001#p3"), try index.refs("dir-0101#p1"),
      try index.quoteCheck("Help comes after punishment for firms that report"), try index.quoteCheck("zyzzyva qqq"),
      try index.whyNot("dir-0001", "toys revoked"), try index.whyNot("dir-0001", "toys"),
    ]
    var coverage = CoverageOptions()
    coverage.by = "province"
    coverage.asOf = "2007"
    found += [try index.coverage(), try index.coverage(coverage)]
    var enterprises = EnterpriseOptions("lead paint")
    enterprises.per = 3
    enterprises.by = "province"
    enterprises.search.fields = ["status"]
    found += [
      try index.enterprises(enterprises), try index.enterprises(EnterpriseOptions("zyzzyvaxq")),
      try index.pivot(PivotOptions(rows: "category", columns: "date:year")),
    ]
    var job = try MatchJob(
      MatchOptions(nameColumn: "name"), path: "list.csv", source: MemoryByteSource("name\n新华家具厂\nnobody\n"),
      index: index)
    found.append(try job.run { _ in true })
    found += [try index.thesaurus(of: "toys"), try index.thesaurus(of: "toyz")]
    found.append(DoctorJob.run(DoctorJob(indexes: [directory.index, "/nowhere"], paths: [Seeds.path])))
    let care = try TestDirectory()
    found.append(try CopyAnswer(backingUp: directory.index, to: care.index, linking: false))
    for file in care.listing() where file.hasSuffix(".records") {
      #expect(runShell("printf X | dd of=\(care.index)/\(file) bs=1 seek=3000 conv=notrunc status=none"))
    }
    found.append(try RepairAnswer(repairing: care.index))
    found += try keepingAnswers(index)
    let other = try TestDirectory()
    let text = "{\"kind\":\"enterprise\",\"id\":\"A\"}\n{\"kind\":\"directive\",\"id\":\"A\",\"title\":\"t\"}\n{}\n"
    var request = IndexRequest(paths: [try other.write("a.jsonl", text)], index: other.index)
    request.rejects = "\(other.path)/rejects.jsonl"
    found.append(try IndexJob.run(request))
    found.append(try QualityIndex(paths: [other.index]).show("A"))
    found.append(try CareJobs.merge(full: true, index: other.index))
    return found.map { (type(of: $0).schemaName, $0.json()) }
  }

  /// Receipts, evidence, saved searches.
  private func keepingAnswers(_ index: QualityIndex) throws -> [any Answer] {
    let kept = try TestDirectory()
    let state = try StateFolder(path: "\(kept.path)/state", create: true)
    let lead = SearchOptions("lead date:2007")
    _ = try state.save("lead", lead, nil)
    let receipt = try index.search(lead).receipt
    var found: [any Answer] = [
      try state.watch("lead", index), try state.watch("lead", index), try state.diff("lead", index),
      SavedAnswer(try state.savedSearches()), try index.verify(code: receipt, lead),
      try index.verify(code: receipt, SearchOptions("tin")),
      try index.pack(SearchOptions("quality files"), to: "\(kept.path)/pack"),
      try EvidenceCheck.run("\(kept.path)/pack", index: index),
    ]
    _ = try kept.write("pack/added", "")
    found += [
      try EvidenceCheck.run("\(kept.path)/pack"), try state.run("lead", index).0, try state.diff("lead", index),
      SavedAnswer(try state.savedSearches()),
    ]
    let trail = try AuditTrail(folder: "\(kept.path)/audit", name: "t", keepsQueries: true)
    try trail.append(
      AuditTrail.Entry(
        id: "1", token: nil, address: "::1", action: "search", collections: ["a"], query: "q", total: 1, commit: 1,
        status: 200), at: "2007-03-14T00:00:00.000Z", isDurable: true)
    trail.close()
    found.append(try AuditCheck(folder: "\(kept.path)/audit"))
    _ = try kept.write("audit/t.audit.jsonl", "nothing of the sort\n")
    found.append(try AuditCheck(folder: "\(kept.path)/audit"))
    found.append(try index.suggest(SuggestRequest("toy")))
    found.append(try ParseAnswer(parsing: "toys (lead OR 铅"))
    return found
  }

  @Test func everyAnswerHasASchema() throws {
    let names = Set(try answers().map(\.0))
    #expect(names == Set(AnswerSchemas.all.keys))
    for (name, text) in AnswerSchemas.all {
      let schema = try JSONValue(parsing: text)
      #expect(schema["title"]?.stringValue == name)
    }
  }

  @Test func answersObeyTheirSchemas() throws {
    guard system("python3 -c 'import jsonschema' 2>/dev/null") == 0 else {
      print("skipped: python3 with jsonschema is not installed")
      return
    }
    let directory = try TestDirectory()
    var lines = ""
    for (name, bytes) in try answers() {
      let schema = try JSONValue(parsing: try #require(AnswerSchemas.all[name]))
      lines +=
        JSONValue.object([
          "name": .string(name), "schema": schema, "answer": try JSONValue(parsing: bytes),
        ]).text() + "\n"
    }
    let data = try directory.write("answers.jsonl", lines)
    let script = try directory.write(
      "validate.py",
      """
      import json, sys, jsonschema
      bad = 0
      for line in open(sys.argv[1], encoding="utf-8"):
          case = json.loads(line)
          jsonschema.Draft202012Validator.check_schema(case["schema"])
          for error in jsonschema.Draft202012Validator(case["schema"]).iter_errors(case["answer"]):
              print(case["name"], list(error.absolute_path), error.message[:300])
              bad += 1
      sys.exit(1 if bad else 0)

      """)
    #expect(
      system("python3 \(script) \(data) > \(directory.path)/out.txt 2>&1") == 0, "\(directory.read("out.txt") ?? "")")
  }
}
