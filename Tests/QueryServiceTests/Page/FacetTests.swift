import HTTPServer
import QualityRecords
import Testing

@testable import QueryService

/// What stands beside a facet is what is found behind it.
struct FacetTests {
  /// The number that a view announces.
  private func total(_ document: HTMLDocument) -> Int? {
    let text = document.elements.first { $0.attributes["role"] == "status" }?.text ?? ""
    let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
    return Int(digits)
  }

  private func total(behind link: HTMLDocument.Element) throws -> Int? {
    total(try SamplePage.document(link.attributes["href"] ?? ""))
  }

  /// The total at an address, by the options that its view asks with, without its hits.
  private func counted(_ address: String) throws -> Int? {
    let target = try RequestTarget.split(address)
    let context = PageContext(PageVisit(index: try SamplePage.index.get(), path: target.path, items: target.items))
    let query = try #require(context.value("q"))
    if target.path == ["enterprises"] {
      var options = EnterprisesPage(context).options(query)
      options.search.limit = 1
      return try context.index.enterprises(options).search.total
    }
    var options = SearchPage(context).options(query)
    options.limit = 1
    options.facets = []
    return try context.index.search(options).total
  }

  private func number(_ text: String) -> Int? { Int(text.filter(\.isNumber)) }

  static let questions = [
    "/?q=lead+coating", "/?q=lead+coating&kind=inspection", "/?q=kind:enterprise+toys&kind=enterprise", "/?q=furniture",
    "/?q=rectification+deadline", "/?q=quality&kind=directive", "/?q=%E7%94%B2%E9%86%9B", "/?q=lead+OR+formaldehyde",
    "/?q=rectifcation+furnitur", "/?q=sofa+zzzz+lead", "/?q=hongda+lead", "/?q=lead+NOT+coating",
    "/?q=lead+coating&rungs=exact,stem", "/enterprises?q=product:toys", "/enterprises?q=lead", "/enterprises",
    "/enterprises?q=formaldehyde+since:2007",
  ]

  @Test("the number beside each value of a facet is the total after the click", arguments: questions)
  func facets(address: String) throws {
    let document = try SamplePage.document(address)
    let lists = document.all("ul").filter { $0.has(class: "values") }
    #expect(!lists.isEmpty, "\(address)")
    // Of each list the first two and the last.
    for item in lists.flatMap({ Array($0.all("li").prefix(2)) + Array($0.all("li").dropFirst(2).suffix(1)) }) {
      guard let link = item.all("a").first, !link.has(class: "without"),
        let count = item.all("span").first(where: { $0.has(class: "count") }).flatMap({ number($0.text) }),
        let target = link.attributes["href"]
      else { continue }
      #expect(try counted(target) == count, "\(address): \(link.text) \(count), \(target)")
    }
  }

  @Test("leaving a value out leaves the others", arguments: ["/?q=lead+coating&kind=inspection", "/?q=furniture"])
  func without(address: String) throws {
    let document = try SamplePage.document(address)
    let all = try #require(total(document))
    for item in document.all("ul").filter({ $0.has(class: "values") }).flatMap({ $0.all("li") }).prefix(12) {
      guard let link = item.all("a").first(where: { $0.has(class: "without") }),
        let count = item.all("span").first(where: { $0.has(class: "count") }).flatMap({ number($0.text) })
      else { continue }
      let after = try SamplePage.document(link.attributes["href"] ?? "")
      #expect(total(after) == all - count, "\(link.attributes)")
    }
  }

  @Test("the number beside a place is the total there", arguments: ["/?q=lead+coating", "/?q=toys&kind=directive"])
  func places(address: String) throws {
    let document = try SamplePage.document(address)
    let nav = try #require(document.all("nav").first { $0.has(class: "places") })
    var seen = 0
    for link in nav.all("a") {
      guard let count = link.all("span").first.flatMap({ number($0.text) }) else { continue }
      seen += 1
      #expect(try total(behind: link) == count, "\(link.text)")
    }
    #expect(seen >= 2)
  }

  @Test(
    "bars of dates lead to as many as they say, and with the undated make up all",
    arguments: ["/?q=lead+coating&kind=inspection", "/?q=furniture&kind=inspection", "/?q=quality&kind=directive"])
  func bars(address: String) throws {
    let document = try SamplePage.document(address)
    let all = try #require(total(document))
    let bars = try #require(document.all("ol").first { $0.has(class: "bars") })
    var sum = 0
    for bar in bars.all("li") {
      let count = try #require(bar.all("span").last.flatMap { number($0.text) })
      sum += count
      guard let link = bar.all("a").first else { continue }
      let after = try #require(try total(behind: link))
      // Dates less exact than a quarter are possible ones of several.
      #expect(after >= count, "\(link.text): \(count), \(after) behind it")
    }
    #expect(sum == all, "\(address)")
  }

  @Test(
    "what the empty answer offers finds as many as it says",
    arguments: [
      "/?q=rectifcation", "/?q=zzzz+formaldehyde", "/?q=licence:XK16-204-0012", "/?q=%2Blead+%2Bzzzz",
      "/?q=product:toyz",
    ])
  func offers(address: String) throws {
    let document = try SamplePage.document(address)
    for item in document.all("ul").filter({ $0.has(class: "offers") }).flatMap({ $0.all("li") }) {
      guard let link = item.all("a").first?.attributes["href"],
        let count = item.all("span").first(where: { $0.has(class: "count") }).flatMap({ number($0.text) })
      else { continue }
      #expect(total(try SamplePage.document(link)) == count, "\(link)")
    }
  }

  @Test(
    "each cell of a table of counts leads to as many records",
    arguments: [
      "/pivot?a=severity&b=province&where=lead+kind:inspection", "/pivot?a=result&b=date:year&where=kind:inspection",
    ])
  func cells(address: String) throws {
    let document = try SamplePage.document(address)
    for link in document.all("td").flatMap({ $0.all("a") }).prefix(40) {
      let after = try #require(try total(behind: link))
      let count = try #require(number(link.text))
      #expect(address.contains("date") ? after >= count : after == count, "\(link.attributes) \(count)")
    }
  }

  @Test("a tick of an enterprise's targets agrees with the coverage's list of those missing")
  func ticks() throws {
    let index = try SamplePage.index.get()
    let coverage = try index.coverage(CoverageOptions())
    for enterprise in ["4403-0187", "4403-0488", "3505-0512", "4406-0502", "3713-0507", "4419-0501", "4401-0003"] {
      for (own, whole) in zip(try index.targets(of: enterprise), coverage.targets)
      where own.definition.grainName != "inspection" {
        let missing = whole.count.missing.filter { $0 == enterprise || $0.hasPrefix(enterprise + "#") }
        #expect(own.count.missingCount == missing.count, "\(enterprise), target \(own.definition.number)")
      }
    }
    var sums = Array(repeating: 0, count: coverage.targets.count)
    for enterprise in ["4403-0187", "4403-0488"] {
      for (place, own) in try index.targets(of: enterprise).enumerated() { sums[place] += own.count.population }
    }
    #expect(sums.reduce(0, +) > 0)
  }

  @Test("pages follow each other without a gap or a repeat")
  func pages() throws {
    var address: String? = "/?q=lead+coating&kind=inspection"
    var seen: [String] = []
    var all = 0
    while let current = address {
      let document = try SamplePage.document(current)
      all = try #require(total(document))
      seen += document.all("li").filter { $0.has(class: "hit") }.compactMap {
        $0.all("h2").first?.all("a").first?.attributes["href"]
      }
      address = document.all("a").first { $0.attributes["rel"] == "next" }?.attributes["href"]
    }
    #expect(seen.count == all)
    #expect(Set(seen).count == all)
  }
}
