import JSONText
import Testing

@testable import QueryService

@Suite("Files of the page over HTTP")
struct AssetHeaderTests {
  @Test("kept for ever under the digest's address, 304 where the browser has them, the same for everybody")
  func headers() throws {
    let fixture = try ServiceFixture()
    var options = ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)])
    options.tokens = TestTokens.text([("r", "0123456789abcdef0123456789abcdef", ["main"], [], nil)])
    let service = try QueryService(options)
    for asset in PageAssets.all {
      // No token: the page that asks for one needs its style.
      let seen = try service.get(asset.address)
      #expect(seen.status == 200 && seen.body == asset.bytes)
      #expect(seen.fields["Content-Type"] == asset.type.description)
      #expect(seen.fields["Cache-Control"] == "public, max-age=31536000, immutable")
      #expect(seen.fields["Vary"] == nil && seen.fields["Set-Cookie"] == nil)
      #expect(seen.fields["X-Content-Type-Options"] == "nosniff")
      let tag = try #require(seen.fields["ETag"])
      for field in [tag, "W/" + tag, "*", "\"other\", " + tag, "\"other\",W/\(tag) "] {
        let again = try service.get(asset.address, ["If-None-Match": field])
        #expect(again.status == 304 && again.body.isEmpty && again.fields["ETag"] == tag, "\(field)")
        #expect(again.fields["Cache-Control"] == seen.fields["Cache-Control"])
      }
      for field in ["\"other\"", String(tag.dropLast()), tag.uppercased(), "w/" + tag, ""] {
        #expect(try service.get(asset.address, ["If-None-Match": field]).status == 200, "\(field)")
      }
      #expect(try service.get(asset.address + "x").status == 404)
      #expect(try service.get(asset.address, ["If-None-Match": tag], method: "HEAD").status == 304)
    }
    let mark = try service.get("/favicon.ico")
    #expect(mark.status == 200 && mark.fields["Cache-Control"] == "public, max-age=86400")
  }

  @Test("the table of a search holds what the search found: kinds of matches and all")
  func csv() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(
      ServiceOptions(collections: [
        try fixture.index(
          "main",
          ServiceFixture.sample + [
            ServiceFixture.note("N3", "formaldehyd in glue"), ServiceFixture.note("N4", "coated with leads"),
            ServiceFixture.note("N5", "lead"), ServiceFixture.note("N6", "leads"),
          ])
      ]))
    var rows: [Int] = []
    for address in [
      "/?q=lead", "/?q=lead&rungs=exact", "/?q=lead&rungs=exact,stem", "/?q=formaldehyde&rungs=exact,fuzzy",
      "/?q=lead&kind=inspection&rungs=exact", "/?q=lead&rungs=exact&sort=date:asc",
    ] {
      let document = try HTMLDocument(try service.get(address).text)
      let link = try #require(
        document.all("a").compactMap { $0.attributes["href"] }.first {
          $0.hasPrefix("/v1/export") && $0.contains("csv")
        })
      #expect(link.contains("rungs=") == address.contains("rungs="), "\(address): \(link)")
      let table = try service.get(link)
      #expect(table.status == 200 && table.fields["Content-Type"] == "text/csv; charset=utf-8", "\(link)")
      let lines = table.text.split(whereSeparator: \.isNewline).count - 1
      let found = try service.get("/v1/search?limit=0&" + address.dropFirst(2)).json?["total"]?.intValue
      #expect(lines == found, "\(address): \(lines) rows, \(found ?? -1) found")
      rows.append(lines)
    }
    // Exact matches alone are fewer.
    #expect(rows[1] < rows[0] && rows[1] <= rows[2])
  }
}
