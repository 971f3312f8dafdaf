import HTTPServer
import QualityRecords
import Testing

@testable import QueryService

/// Tables to keep: what a view shows, a line each, with a head that names the columns.
struct PageTableTests {
  /// The lines of a table, its head first.
  private func lines(_ address: String) throws -> [String] {
    guard case .csv(_, let bytes)? = try SamplePage.reply(address) else {
      Issue.record("no table at \(address)")
      return []
    }
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]), "\(address)")
    return String(decoding: bytes.dropFirst(3), as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  @Test("duties: a line for each, of one group its own alone")
  func duties() throws {
    var request = DutiesRequest()
    request.asOf = "2007-12-31"
    let answer = try SamplePage.index.get().duties(request)
    let all = try lines("/duties?asOf=2007-12-31&format=csv")
    #expect(all.count == 1 + answer.overdue + answer.openSeals)
    #expect(all.first?.hasPrefix("bureau,duty,id,date,due,days,") == true)
    #expect(all.filter { $0.contains(",rectify,") }.count == answer.overdue)
    let group = try #require(answer.groups.first)
    let name = try #require(group.value).replacing(" ", with: "+")
    let one = try lines("/duties?asOf=2007-12-31&group=\(name)&format=csv")
    #expect(one.count == 1 + group.overdueCount + group.openSealCount)
    #expect(Set(one.dropFirst()).isSubset(of: all))
    // Of one group only its records are read; the counts are of all.
    request.group = group.value
    request.limit = 3
    let listed = try SamplePage.index.get().duties(request)
    #expect(listed.overdue == answer.overdue && listed.groups.map(\.value) == answer.groups.map(\.value))
    #expect(listed.groups.allSatisfy { ($0.overdue.isEmpty && $0.openSeals.isEmpty) == ($0.value != group.value) })
  }

  @Test("duties: of groups beyond those that are open there are counts alone, and no record of theirs is read")
  func counted() throws {
    var request = DutiesRequest()
    (request.asOf, request.by, request.limit) = ("2007-12-31", .province, 5)
    let all = try SamplePage.index.get().duties(request)
    try #require(all.groups.count > 3)
    request.listedGroups = 2
    let some = try SamplePage.index.get().duties(request)
    #expect(some.groups.prefix(2) == all.groups.prefix(2))
    for (counted, listed) in zip(some.groups, all.groups).dropFirst(2) {
      #expect(counted.overdue.isEmpty && counted.openSeals.isEmpty)
      #expect(counted.overdueCount == listed.overdueCount && counted.openSealCount == listed.openSealCount)
    }
  }

  @Test("duties: of more than a table holds none is made, and whoever asks is told how to have them")
  func tooMany() throws {
    func page(_ address: String, longest: Int) throws -> DutiesPage {
      let target = try RequestTarget.split(address)
      let index = try SamplePage.index.get()
      return DutiesPage(
        PageContext(PageVisit(index: index, path: target.path, items: target.items)), longestTable: longest)
    }
    let address = "/duties?asOf=2007-12-31&format=csv"
    let most = try lines(address).count - 1
    guard case .csv(_, let whole) = try page(address, longest: most).reply() else {
      Issue.record("no table")
      return
    }
    #expect(whole.count { $0 == 0x0A } == 1 + most)
    let refused = #expect(throws: QualityError.self) { _ = try page(address, longest: most - 1).reply() }
    #expect(refused?.code == "usage" && refused?.hint == "open one group, and take its table")
    #expect(refused?.message == "\(most) duties are more than a table of \(most - 1) lines holds")
    // Group by group they can be had.
    let bureau = try #require(lines(address).dropFirst().first?.split(separator: ",").first).replacing(" ", with: "+")
    guard case .csv(_, let part) = try page("\(address)&group=\(bureau)", longest: most - 1).reply() else {
      Issue.record("no table of a group")
      return
    }
    let count = part.count { $0 == 0x0A }
    #expect(count > 1 && count <= most)
  }

  @Test("traces and paragraphs: a line for each")
  func others() throws {
    let index = try SamplePage.index.get()
    #expect(try lines("/trace?q=plush+toy&format=csv").count == 1 + index.trace(TraceRequest("plush toy")).total)
    let paragraphs = try lines("/passages?q=production+capacity+toys&format=csv")
    #expect(paragraphs.count == 1 + (try index.passages(SearchOptions("production capacity toys")).total))
    // A date without a year would be a formula.
    #expect(paragraphs.contains { $0.contains(",'--02-20,") })
  }

  @Test("every view that has a table links it, and its parameters go with it")
  func linked() throws {
    for (address, kept) in [
      ("/duties?by=inspector&asOf=2007-12-31", "by=inspector"), ("/trace?q=plush+toy", "q=plush"),
      ("/passages?q=quality&rungs=exact", "rungs=exact"), ("/coverage?target=3", "target=3"),
      ("/enterprises?q=product:toys&sort=violations", "sort=violations"),
      ("/enterprises/4403-0187?since=2006", "since=2006"),
      ("/pivot?a=severity&b=date:year&where=lead", "where=lead"),
    ] {
      let links = try SamplePage.document(address).all("a").compactMap { $0.attributes["href"] }
      let table = try #require(links.first { $0.contains("format=csv") }, "\(address)")
      #expect(table.contains(kept), "\(address): \(table)")
      #expect(try lines(table).count > 1, "\(table)")
    }
  }

  @Test("of many groups of duties twelve are open, the others names with their counts; together all")
  func groups() throws {
    var request = DutiesRequest()
    request.by = .inspector
    request.asOf = "2007-12-31"
    let answer = try SamplePage.index.get().duties(request)
    let document = try SamplePage.document("/duties?by=inspector&asOf=2007-12-31")
    #expect(answer.groups.count > 100)
    #expect(document.all("table").count == 12)
    let links = document.all("a").compactMap { $0.attributes["href"] }.filter { $0.contains("group=") }
    #expect(Set(links).count == answer.groups.count - 12)
    // The inspector of a group is not said again on each line.
    #expect(!document.all("th").contains { $0.text == "Inspector" })
    #expect(try SamplePage.document("/duties").all("th").contains { $0.text == "Inspector" })
    let one = try SamplePage.document(try #require(links.first))
    #expect(one.all("table").count == 1)
  }
}
