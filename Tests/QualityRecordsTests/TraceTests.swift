import JSONText
import QualityRecords
import Records
import SearchEngine
import Testing

/// Traces and duties of the sample collection against a scan of all records.
struct TraceTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  private func trace(_ text: String, limit: Int = 1_000) throws -> TraceAnswer {
    var request = TraceRequest(text)
    request.limit = limit
    return try sample().trace(request)
  }

  @Test("trace: a licence in every spelling, with its chain, its file and the directives that name it")
  func licence() throws {
    let first = try trace("XK16-204-00123")
    #expect(first.subject == .licence)
    #expect(first.enterprises.records.map(\.id) == ["4403-0187"])
    #expect(first.enterprises.records.first?.products == ["毛绒玩具"])
    #expect(first.gaps == ["design"])
    let ids = first.stages.flatMap { $0.steps.map(\.id) }
    #expect(ids.count == first.total)
    #expect(Set(ids).count == ids.count)
    #expect(first.directives.records.map(\.id) == ["dir-0006"])
    let because = first.stages.flatMap(\.steps).reduce(into: [:]) { $0[$1.id] = $1.because }
    // About a rattle, which is under another code, but the note names the licence.
    #expect(because["INS-2007-0214"] == "code")
    #expect(because["INS-2006-0101"] == "product")
    for spelling in ["xk16 204 00123", "ＸＫ１６－２０４－００１２３", "XK16–204–00123", " XK16-204-00123 "] {
      let other = try trace(spelling)
      #expect(other.stages == first.stages, "\(spelling)")
      #expect(other.enterprises == first.enterprises, "\(spelling)")
    }
    let none = try trace("XK16-204-0012")
    #expect((none.subject, none.total) == (.product, 0))
    #expect(none.exitCode == .nothingFound)
    #expect(none.notes.contains { $0.code == "no-such-code" })
  }

  @Test("trace: a batch is found by brute force, stage by stage, in order of date")
  func batches() throws {
    let records = try AllRecords(sample())
    var batches: [String: [JSONObject]] = [:]
    for note in records.inspections {
      if let batch = note["batch"]?.stringValue { batches[batch, default: []].append(note) }
    }
    for (batch, notes) in batches.sorted(by: { $0.key < $1.key }).prefix(150) {
      let answer = try trace(batch)
      #expect(answer.subject == .batch)
      // Texts may name the batch, too.
      let found = Set(answer.stages.flatMap { $0.steps.map(\.id) })
      #expect(found.isSuperset(of: notes.compactMap { $0["id"]?.stringValue }), "\(batch)")
      #expect(found.count == answer.total, "\(batch)")
      for stage in answer.stages {
        #expect(stage.total == stage.steps.count)
        for step in stage.steps {
          let note = records.inspections.first { $0["id"]?.stringValue == step.id }
          #expect(note?["stage"]?.stringValue == stage.stage, "\(step.id)")
        }
        let dates = stage.steps.compactMap(\.date).filter { !$0.hasPrefix("-") }
        #expect(dates == dates.sorted { $0.prefix(4) < $1.prefix(4) } || dates.count < 2, "\(batch)")
      }
    }
  }

  @Test("trace: a product takes what lies under it; stages sum to the total; imports by what became of them")
  func product() throws {
    let toys = try trace("toys", limit: 5)
    #expect(toys.subject == .product)
    #expect(toys.total > (try trace("plush toy", limit: 5)).total)
    #expect(toys.stages.reduce(0) { $0 + $1.total } == toys.total)
    #expect(toys.stages.allSatisfy { $0.steps.count == min(5, $0.total) })
    #expect(toys.enterprises.total > 5 && toys.enterprises.records.count == 5)
    #expect(toys.imports.returned > 0 && toys.imports.destroyed > 0)
    #expect(toys.imports.failed == toys.imports.returned + toys.imports.destroyed + toys.imports.neither)
    let dish = try trace("dish liquid")
    #expect(dish.stages.first { $0.stage == "sale" }?.steps.contains { $0.id == "INS-2007-0436" } == true)
    #expect(dish.imports.neither >= 1)
    #expect(throws: QualityError.self) { _ = try trace("  ") }
  }

  @Test(
    "duties: overdue rectifications and open seals equal a scan of all notes",
    arguments: ["2006", "2007-06-30", "2009"])
  func duties(asOf: String) throws {
    let index = try sample()
    let records = try AllRecords(index)
    let day = try #require(try PartialDate(parsing: asOf).interval?.last)
    func days(_ note: JSONObject, _ field: String) -> DayInterval? {
      note[field]?.stringValue.flatMap { try? PartialDate(parsing: $0) }?.interval
    }
    func isSettled(_ note: JSONObject) -> Bool {
      records.inspections.contains { other in
        other["followUpOf"] == note["id"] && other["result"]?.stringValue == "pass"
          && (days(other, "date").map { $0.last <= day } ?? false)
      }
    }
    var overdue: [String: [String]] = [:]
    var seals: Set<String> = []
    for note in records.inspections {
      let id = note["id"]?.stringValue ?? ""
      let disposition = note["disposition"]?.stringValue
      if disposition == "rectify", let due = days(note, "due"), due.last < day, !isSettled(note),
        days(note, "date").map({ $0.first <= day }) ?? true
      {
        overdue[note["province"]?.stringValue ?? "", default: []].append(id)
      }
      if disposition == "seal", let date = days(note, "date"), date.last <= day, !isSettled(note) { seals.insert(id) }
    }
    var request = DutiesRequest()
    request.by = .province
    request.asOf = asOf
    request.limit = 10_000
    let answer = try index.duties(request)
    #expect(answer.overdue == overdue.values.reduce(0) { $0 + $1.count })
    #expect(Set(answer.groups.flatMap { $0.openSeals.map(\.id) }) == seals)
    for group in answer.groups {
      #expect(group.overdue.map(\.id).sorted() == (overdue[group.value ?? ""] ?? []).sorted())
      #expect(group.overdueCount == group.overdue.count)
      for duty in group.overdue { #expect(duty.days > 0) }
      #expect(zip(group.overdue, group.overdue.dropFirst()).allSatisfy { $0.days >= $1.days })
    }
    #expect(answer.groups.map(\.overdueCount) == answer.groups.map(\.overdueCount).sorted(by: >))
    for by in DutiesRequest.Grouping.allCases {
      request.by = by
      request.limit = 1
      let other = try index.duties(request)
      #expect(other.overdue == answer.overdue)
      #expect(other.groups.reduce(0) { $0 + $1.overdueCount } == answer.overdue)
      #expect(other.groups.allSatisfy { $0.overdue.count <= 1 && $0.openSeals.count <= 1 })
    }
  }

  @Test("duties: days overdue as of a day; a failed follow-up settles nothing, a late one does")
  func ruleByRule() throws {
    let directory = try TestDirectory()
    func note(_ id: String, _ rest: String) -> String { #"{"kind":"inspection","id":"\#(id)",\#(rest)}"# }
    let lines = [
      note("A", #""enterprise":"X","date":"2007-01-10","disposition":"rectify","due":"2007-02-01","bureau":"B1""#),
      note("A2", #""enterprise":"X","date":"2007-03-01","followUpOf":"A","result":"fail""#),
      note("A3", #""enterprise":"X","date":"2007-05-01","followUpOf":"A","result":"pass""#),
      note("B", #""enterprise":"X","date":"2007-01-10","disposition":"rectify","due":"2007-03","bureau":"B1""#),
      note("B2", #""enterprise":"X","followUpOf":"B","result":"pass""#),
      note("C", #""enterprise":"X","date":"2007-01-10","disposition":"rectify""#),
    ]
    let path = try directory.write("notes.jsonl", lines.joined(separator: "\n") + "\n")
    #expect(try IndexJob.run(IndexRequest(paths: [path], index: directory.index)).rejected == 0)
    let index = try QualityIndex(paths: [directory.index])
    func overdue(_ asOf: String) throws -> [String] {
      var request = DutiesRequest()
      request.asOf = asOf
      let answer = try index.duties(request)
      #expect(answer.withoutDue == 1)
      return answer.groups.flatMap { $0.overdue.map { "\($0.id) \($0.days) \($0.followUps.joined())" } }
    }
    #expect(try overdue("2007-02-01") == [])
    #expect(try overdue("2007-02-02") == ["A 1 "])
    #expect(try overdue("2007-03-31") == ["A 58 A2"])
    #expect(try overdue("2007-04-01") == ["A 59 A2", "B 1 B2"])
    #expect(try overdue("2007-05-01") == ["B 31 B2"])
  }
}
