import HTTPServer
import QualityRecords
import Testing

@testable import QueryService

struct PageTests {
  @Test("every language has a name of its own")
  func languages() {
    #expect(Set(PageLanguage.allCases.map(\.rawValue)).count == PageLanguage.allCases.count)
  }

  @Test("every text has words in both languages, with the same places to fill")
  func catalogue() {
    for text in PageText.allCases {
      let (english, chinese) = text.pair
      #expect(!english.isEmpty && !chinese.isEmpty, "\(text)")
      for place in ["{0}", "{1}", "{2}"] {
        #expect(english.contains(place) == chinese.contains(place), "\(text) \(place)")
      }
    }
    #expect(PageText.allCases.count > 300)
  }

  @Test("every view keeps the rules of accessibility and of the policy, in both languages")
  func rules() throws {
    for language in PageLanguage.allCases {
      for address in SamplePage.views {
        let document = try SamplePage.document(address, language: language)
        #expect(document.root.attributes["lang"] == language.tag)
        let faults = AccessRules(document: document).faults()
        #expect(faults.isEmpty, "\(language) \(address): \(faults.prefix(5))")
      }
    }
  }

  @Test("every link of every view leads to a view, a table or the other face")
  func links() throws {
    var seen: Set<String> = []
    for address in SamplePage.views {
      for link in try SamplePage.document(address).all("a") {
        guard let target = link.attributes["href"], !target.hasPrefix("#"), !target.hasPrefix("/v1/"),
          target != "/openapi.json"
        else { continue }
        seen.insert(String(target.split(separator: "#")[0]))
      }
    }
    #expect(seen.count > 300)
    // Each kind of link alike is followed a few times: by path and names of parameters.
    var followed: [String: Int] = [:]
    for target in seen.sorted() {
      let (path, items) = try RequestTarget.split(target)
      let shape = ([path.first ?? ""] + items.map(\.name)).joined(separator: " ")
      followed[shape, default: 0] += 1
      guard followed[shape, default: 0] <= 2 else { continue }
      let reply = try #require(try SamplePage.reply(target), "nothing at \(target)")
      if case .html(let status, _) = reply { #expect(status == 200 || status == 300, "\(status) \(target)") }
    }
  }

  @Test("a page of twenty hits is under 60 KB; style and script are under 22 KB and 10 KB")
  func size() throws {
    for address in ["/?q=lead+coating", "/?q=kind:inspection", "/enterprises?q=product:toys", "/passages?q=quality"] {
      for language in PageLanguage.allCases {
        let document = try SamplePage.document(address, language: language)
        #expect(document.source.utf8.count < 60_000, "\(address): \(document.source.utf8.count)")
      }
    }
    #expect(PageAssets.style.bytes.count < 22 << 10)
    #expect(PageAssets.script.bytes.count < 10_000)
  }

  @Test("files of the program are served by a name that holds their digest, and by no other")
  func assets() throws {
    for asset in PageAssets.all {
      guard case .asset(_, let bytes)? = try SamplePage.reply(asset.address) else {
        Issue.record("no \(asset.address)")
        continue
      }
      #expect(bytes == asset.bytes)
    }
    #expect(try SamplePage.reply("/assets/page-00000000.css") == nil)
    #expect(try SamplePage.reply("/nothing") == nil)
  }

  @Test("an address holds the whole state: what a view links to as itself gives the same view")
  func state() throws {
    for address in [
      "/?q=lead+coating&kind=inspection&sort=date:desc&rungs=exact,stem", "/?q=%22a+b%22+%2B%26%3D%23&sort=date:asc",
      "/enterprises?q=product:toys&sort=violations",
    ] {
      let target = try RequestTarget.split(address)
      let here = PageAddress(target.path, target.items.map { ($0.name, $0.value) })
      let again = try RequestTarget.split(here.text)
      #expect(again.path == target.path)
      #expect(again.items.map(\.name) == target.items.map(\.name))
      #expect(again.items.map(\.value) == target.items.map(\.value))
      let document = try SamplePage.document(address)
      #expect(document.element(id: "q")?.attributes["value"] == target.items.first { $0.name == "q" }?.value)
      #expect(try SamplePage.document(here.text).source == document.source)
    }
  }

  @Test("random addresses survive being written and read")
  func addresses() throws {
    var generator = SeededGenerator(seed: 20_070_314)
    let alphabet = Array("aZ09 -._~:/?#[]@!$&'()*+,;=%<>\"\\{}|^`é中\u{1F600}\u{202E}\n\t")
    for _ in 0..<500 {
      func text() -> String {
        String(
          (0..<Int.random(in: 1...9, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
      }
      let address = PageAddress([text(), text()], [(text(), text()), ("q", text())])
      let read = try RequestTarget.split(address.text)
      #expect(read.path == address.path, "\(address.text)")
      #expect(read.items.map(\.value) == address.items.map(\.value), "\(address.text)")
      #expect(HTML.local(address.text) == address.text)
    }
  }

  @Test("dates of the form become a clause of the query")
  func dates() throws {
    guard case .redirect(let target)? = try SamplePage.reply("/?q=lead&since=2007-03&until=2007-Q3") else {
      Issue.record("no redirect")
      return
    }
    #expect(target == "/?q=lead%20since:2007-03%20until:2007-Q3")
  }

  @Test("a wrong query says where, and keeps the text in the box")
  func errors() throws {
    let document = try SamplePage.document("/?q=lead+since:2007-13", status: 400)
    #expect(document.element(id: "q")?.attributes["value"] == "lead since:2007-13")
    #expect(document.all("mark").map(\.text) == ["2007-13"])
    #expect(AccessRules(document: document).faults().isEmpty)
  }

  @Test("files and values of a form are taken apart as they were")
  func forms() throws {
    let body = Array(
      ("--x-1\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n企业\r\n--x-1\r\nContent-Disposition: form-data; name=\"file\"; "
        + "filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n\r\n--x\r\n\r\n--x-1--\r\n").utf8)
    let form = try #require(MultipartForm(type: "multipart/form-data; boundary=x-1", body: body))
    #expect(form.values.map(\.value) == ["企业"])
    #expect(form.files.map(\.bytes) == [Array("a,b\r\n\r\n--x\r\n".utf8)])
    for end in 0..<body.count - 4 {
      #expect(MultipartForm(type: "multipart/form-data; boundary=x-1", body: Array(body[..<end])) == nil, "\(end)")
    }
    #expect(MultipartForm(type: "text/plain", body: body) == nil)
    #expect(MultipartForm(type: "multipart/form-data", body: body) == nil)
  }

  @Test("a list comes back with its rows, formulas made harmless")
  func list() throws {
    var visit = PageVisit(index: try SamplePage.index.get(), path: ["match"])
    visit.form = [("name", "name"), ("list", "name,note\n深圳市宏达毛绒玩具厂,x\n=cmd|calc,y\n")]
    guard case .csv(_, let bytes)? = try Page().reply(visit) else {
      Issue.record("no table")
      return
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    #expect(lines[1].contains("4403-0187"))
    #expect(lines[2].hasPrefix("'=cmd") || lines[2].hasPrefix("\"'=cmd"))
    visit.form[0].value = "nothing"
    guard case .html(400, let page)? = try Page().reply(visit) else {
      Issue.record("no message")
      return
    }
    #expect(String(decoding: page, as: UTF8.self).contains("its columns are: name, note"))
  }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
