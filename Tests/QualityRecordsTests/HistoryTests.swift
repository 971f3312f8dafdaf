import JSONText
import QualityRecords
import Records
import SearchEngine
import Testing

/// Histories of the sample collection, and of small ones made for a rule.
struct HistoryTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  private func history(
    _ index: QualityIndex, _ enterprise: String, _ change: (inout HistoryRequest) -> Void = { _ in }
  ) throws -> EnterpriseHistory {
    var request = HistoryRequest(enterprise)
    change(&request)
    guard case .history(let history) = try index.history(request) else {
      throw Unclear(enterprise: enterprise)
    }
    return history
  }

  private struct Unclear: Error { let enterprise: String }

  private func indexed(_ lines: [String]) throws -> (TestDirectory, QualityIndex) {
    let directory = try TestDirectory()
    let path = try directory.write("records.jsonl", lines.joined(separator: "\n") + "\n")
    let answer = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
    #expect(answer.rejected == 0)
    return (directory, try QualityIndex(paths: [directory.index]))
  }

  @Test("H1: events of every enterprise are its notes and the dates of its file, by brute force")
  func eventsEqualBruteForce() throws {
    let index = try sample()
    let records = try AllRecords(index)
    for file in records.enterprises {
      let id = try #require(file["id"]?.stringValue)
      let history = try history(index, id)
      let notes = records.notes(of: id)
      let own = history.events.filter { $0.kind == "inspection" }
      #expect(own.map(\.id).sorted() == notes.sorted(), "\(id)")
      #expect(history.events.count - own.count == AllRecords.dates(file), "\(id)")
      let dated = history.events.filter { $0.days != nil }
      #expect(history.events.prefix(dated.count).allSatisfy { $0.days != nil }, "\(id): undated before dated")
      for (left, right) in zip(dated, dated.dropFirst()) {
        #expect((left.days?.first ?? 0) <= (right.days?.first ?? 0), "\(id)")
      }
      for event in own where event.followUpOf != nil {
        let earlier = history.events.first { $0.id == event.followUpOf }
        if let earlier { #expect(earlier.followedBy.contains(event.id), "\(event.id)") }
      }
    }
  }

  @Test("H1: a name, an alias, a former name and an id lead to one enterprise; others are candidates")
  func names() throws {
    let index = try sample()
    for name in ["4403-0187", "enterprise/4403-0187", "深圳市宏达毛绒玩具厂", "hongda plush toys co., ltd.", "HDPT", "宏达工艺厂"] {
      #expect(try history(index, name).file.id == "4403-0187", "\(name)")
    }
    guard case .candidates(let unclear) = try index.history(HistoryRequest("新华家具厂")) else {
      Issue.record("one was chosen")
      return
    }
    #expect(unclear.candidates.map(\.id) == ["1310-0514", "5101-0515"])
    #expect(unclear.candidates.allSatisfy { $0.rung == "exact" })
    for candidate in unclear.candidates {
      #expect(candidate.events == (try history(index, candidate.id).events.count))
    }
    let nobody = try index.history(HistoryRequest("zyzzyvaxq works"))
    #expect(nobody.exitCode == .nothingFound)
    #expect(try nobody.value["candidates"]?.arrayValue?.isEmpty == true)
    // A note that gives the shared name belongs to neither, and that is said.
    #expect(try history(index, "1310-0514").notes.contains { $0.code == "ambiguous-enterprise" })
  }

  @Test("H2: lead in the coating again after 225 days, minor then, serious now")
  func repeatInTheSample() throws {
    let found = try history(try sample(), "4403-0187").repeats
    let lead = try #require(found.first { $0.code == "V202" })
    #expect((lead.daysApart, lead.first.severity, lead.again.severity) == (225, "minor", "serious"))
    #expect((lead.first.note, lead.again.note) == ("INS-2006-0101", "INS-2007-0301"))
    #expect(try history(try sample(), "4403-0187") { $0.within = "224d" }.repeats.allSatisfy { $0.code != "V202" })
    #expect(try history(try sample(), "4403-0187") { $0.within = "225d" }.repeats.contains { $0.code == "V202" })
    let furniture = try history(try sample(), "4406-0502").repeats.filter { $0.code == "V101" }
    #expect(furniture.map(\.daysApart) == [219, 126])
  }

  @Test("H3: a violation without a grade is ungraded, never minor")
  func ungraded() throws {
    let (_, index) = try indexed([
      #"{"kind":"enterprise","id":"E1","name":"Harbour Toys"}"#,
      #"{"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","violations":[{"code":"V1","text":"x"}]}"#,
      #"{"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-04-14","violations":[{"code":"V1"},{"code":"V2","severity":"serious"}]}"#,
      #"{"kind":"inspection","id":"N3","enterprise":"E1","date":"2007-05-14","result":"pass"}"#,
    ])
    let history = try history(index, "E1")
    #expect(history.events.map(\.severity) == ["ungraded", "serious", nil])
    #expect(history.severities == ["ungraded": 1, "serious": 1])
    #expect(history.timeline.buckets.first?.violations == ["ungraded": 1])
    #expect(history.timeline.buckets.first?.worst == "ungraded")
    let value = try index.history(HistoryRequest("E1")).value
    #expect(value["counts"]?["severity"]?["minor"]?.intValue == 0)
    #expect(value["events"]?[0]?["violations"]?[0]?["severity"]?.stringValue == "ungraded")
  }

  @Test("H4: buckets sum to the events less the undated, whatever the grain; empty ones are there")
  func bucketsSum() throws {
    let index = try sample()
    let records = try AllRecords(index)
    for file in records.enterprises.prefix(60) + records.enterprises.suffix(20) {
      let id = try #require(file["id"]?.stringValue)
      for grain in [nil] + HistoryTimeline.Grain.allCases.map(Optional.some) {
        let history = try history(index, id) { $0.grain = grain }
        let sum = history.timeline.buckets.reduce(0) { $0 + $1.events }
        #expect(sum + history.undated + history.timeline.outside.count == history.events.count, "\(id)")
        for (left, right) in zip(history.timeline.buckets, history.timeline.buckets.dropFirst()) {
          #expect(left.to + 1 == right.from, "\(id): a gap between \(left.period) and \(right.period)")
        }
        #expect((history.timeline.buckets.first?.events ?? 1) > 0 && (history.timeline.buckets.last?.events ?? 1) > 0)
      }
    }
  }

  @Test("H4: an odd year is flagged, not charted")
  func oddYear() throws {
    let (_, index) = try indexed([
      #"{"kind":"enterprise","id":"E1","registered":"1999"}"#,
      #"{"kind":"inspection","id":"N1","enterprise":"E1","date":"9654-01-01"}"#,
    ])
    let history = try history(index, "E1")
    #expect(history.timeline.buckets.map(\.period) == ["1999-Q1"])
    #expect(history.timeline.buckets.first?.inexact == 1)
    #expect(history.notes.contains { $0.code == "odd-date" })
    #expect(history.events.count == 2)
  }

  @Test("H5: a sale while the licence was suspended is marked with the day from which on it was")
  func stateOnTheDay() throws {
    let events = try history(try sample(), "4403-0187").events
    let sale = try #require(events.first { $0.id == "INS-2007-0301" }?.state)
    let licence = try #require(sale.licences.first { $0.type == "licence" })
    #expect((licence.code, licence.state, licence.since) == ("XK16-204-00123", "suspended", "2007-05-14"))
    #expect(licence.isCertain && sale.guaranteeSigned == false)
    // On the day on which it ends it is over; before 2006-05 another name was used.
    let last = try #require(events.first { $0.id == "INS-2007-0412" }?.state)
    #expect(last.licences.first?.state == "issued")
    #expect(events.first { $0.id == "INS-2005-0401" }?.state?.name == "宏达工艺厂")
    #expect(events.first { $0.id == "INS-2006-0101" }?.state?.name == "深圳市宏达毛绒玩具厂")
    #expect(events.first { $0.id == "INS-2008-0012" }?.state == nil)
    let sealed = try history(try sample(), "4406-0502") { $0.asOf = "2008" }
    #expect(sealed.state?.seal?.note == "INS-2007-0422")
  }

  @Test("H5: licences by dates alone: not issued, issued, perhaps, unknown")
  func licenceStates() throws {
    let (_, index) = try indexed([
      #"{"kind":"enterprise","id":"E1","licence":"XK16-1-00009","products":[{"id":"p1","name":"rattle","licence":"XK16-1-00001","licenceIssued":"2007-05"},{"id":"p2","name":"kite","ccc":"CCC 2007-1","cccSuspended":{"from":"2007-03-01"}}]}"#,
      #"{"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-04-30","product":"rattle"}"#,
      #"{"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-05-10","product":"rattle"}"#,
      #"{"kind":"inspection","id":"N3","enterprise":"E1","date":"2007-05-31","product":"Rattle"}"#,
      #"{"kind":"inspection","id":"N4","enterprise":"E1","date":"2007-02-28","product":"kite"}"#,
      #"{"kind":"inspection","id":"N5","enterprise":"E1","date":"2007","product":"kite"}"#,
      #"{"kind":"inspection","id":"N6","enterprise":"E1","date":"2008-01-01","product":"kite"}"#,
    ])
    let events = try history(index, "E1").events
    func state(_ id: String, _ code: String) throws -> String {
      let licences = try #require(events.first { $0.id == id }?.state?.licences)
      let licence = try #require(licences.first { $0.code == code }, "\(id) has no \(code)")
      return licence.state + (licence.isCertain ? "" : "?")
    }
    #expect(try state("N1", "XK16-1-00001") == "not-issued")
    #expect(try state("N2", "XK16-1-00001") == "issued?")
    #expect(try state("N3", "XK16-1-00001") == "issued")
    #expect(try state("N1", "XK16-1-00009") == "unknown?")
    #expect(try state("N4", "CCC 2007-1") == "unknown?")
    #expect(try state("N5", "CCC 2007-1") == "suspended?")
    #expect(try state("N6", "CCC 2007-1") == "suspended")
    #expect(events.first { $0.id == "N1" }?.state?.licences.contains { $0.type == "ccc" } == false)
  }

  @Test("H6: search by a former name gives the record and when it was renamed")
  func formerName() throws {
    let history = try history(try sample(), "Suzhou Taihu Quilt Factory")
    #expect(history.file.id == "3205-0506")
    #expect(history.file.formerNames.map { $0.until?.description } == ["2000", "2005-11"])
    let renamed = history.events.filter { $0.field == "formerNames.until" }
    #expect(renamed.map(\.date) == ["2000", "2005-11"])
    #expect(history.events.first { $0.id == "INS-2005-0403" }?.named == "Suzhou Taihu Quilt Factory")
    #expect(history.events.first { $0.id == "INS-2005-0403" }?.state?.name == "Suzhou Taihu Quilt Factory")
  }

  @Test("H1: since, until and as-of leave out what is surely outside, and mark what may be")
  func spans() throws {
    let index = try sample()
    let all = try history(index, "4403-0187")
    let then = try history(index, "4403-0187") { $0.asOf = "2007-06-30" }
    #expect(then.asOf == "2007-06-30")
    #expect(then.events.map(\.id) == all.events.filter { ($0.days?.first ?? 0) <= 13_694 }.map(\.id))
    #expect(then.state?.licences.first?.state == "suspended")
    #expect(then.events.first { $0.id == "INS-2007-0214" }?.followedBy == [])
    #expect(all.events.first { $0.id == "INS-2007-0214" }?.followedBy == ["INS-2007-0412"])
    let since = try history(index, "4403-0187") {
      $0.since = "2006-05-15"
      $0.until = "2007-Q1"
    }
    #expect(since.events.map(\.date) == ["2006-05", "2006-11-08", "2007-03-26", nil])
    #expect(since.events.map(\.dateIs) == ["possible", "certain", "certain", "undated"])
    for bad in ["2007-13", "--02-20", "yesterday"] {
      let error = #expect(throws: QualityError.self) { _ = try history(index, "4403-0187") { $0.since = bad } }
      #expect(error?.code == "bad-date")
      #expect(error?.exitCode == .usage)
    }
    #expect(throws: QualityError.self) {
      _ = try history(index, "4403-0187") {
        $0.since = "2008"
        $0.asOf = "2007"
      }
    }
    for bad in ["", "m", "0m", "12", "-3d", "12x", "99999999999999999999d", "+3d"] {
      #expect(throws: QualityError.self, "\(bad)") { _ = try history(index, "4403-0187") { $0.within = bad } }
    }
  }

  @Test("H1: the same bytes every time, another receipt for another question")
  func receipts() throws {
    let index = try sample()
    var request = HistoryRequest("4403-0187")
    let first = try index.history(request).json()
    #expect(try index.history(request).json() == first)
    request.asOf = "2007"
    #expect(try index.history(request).value["receipt"] != JSONValue(parsing: first)["receipt"])
  }
}

/// Every record of an index, joined by a scan: what the fast paths are held against.
struct AllRecords {
  private(set) var enterprises: [JSONObject] = []
  private(set) var inspections: [JSONObject] = []
  private var ids: Set<String> = []
  private var owners: [String: Set<String>] = [:]
  private var notes: [String: [String]] = [:]

  init(_ index: QualityIndex) throws {
    var enterprises: [JSONObject] = []
    var inspections: [JSONObject] = []
    for snapshot in index.snapshots {
      _ = try snapshot.forEachRecord(kinds: ["enterprise", "inspection"]) { (bytes) throws(IndexError) in
        guard let record = (try? JSONValue(parsing: bytes))?.objectValue else { return true }
        if record["kind"]?.stringValue == "enterprise" {
          enterprises.append(record)
        } else {
          inspections.append(record)
        }
        return true
      }
    }
    self.enterprises = enterprises
    self.inspections = inspections
    for file in enterprises {
      guard let id = file["id"]?.stringValue else { continue }
      var names = [file["name"]?.stringValue].compactMap { $0 }
      names += file["aliases"]?.arrayValue?.compactMap(\.stringValue) ?? []
      names += file["formerNames"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
      ids.insert(id)
      for name in names { owners[TextTokens.folded(name), default: []].insert(id) }
    }
    for note in inspections {
      if let owner = owner(of: note), let id = note["id"]?.stringValue { notes[owner, default: []].append(id) }
    }
  }

  /// The enterprise that a note means; nil where it is none or not clear.
  func owner(of note: JSONObject) -> String? {
    guard let reference = note["enterprise"]?.stringValue else { return nil }
    if ids.contains(reference) { return reference }
    let named = owners[TextTokens.folded(reference)] ?? []
    return named.count == 1 ? named.first : nil
  }

  func notes(of id: String) -> [String] { notes[id] ?? [] }

  /// How many dates a file tells.
  static func dates(_ file: JSONObject) -> Int {
    let plain = ["registered", "qualityFile", "reexamined", "guaranteeSigned", "capacityRatified"]
    var count = plain.count { file[$0] != nil }
    for name in file["formerNames"]?.arrayValue ?? [] where name["until"] != nil { count += 1 }
    for suspension in file["licenceSuspended"]?.arrayValue ?? [] {
      count += ["from", "until"].count { suspension[$0] != nil }
    }
    for product in file["products"]?.arrayValue ?? [] {
      count += ["licenceIssued", "evidenceCollected", "examined"].count { product[$0] != nil }
    }
    return count
  }
}
