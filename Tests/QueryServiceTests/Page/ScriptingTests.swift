import Glibc
import HTTPServer
import JSONText
import QualityRecords
import Testing

@testable import QueryService

/// Text of records and of queries never becomes markup: hundreds of payloads in every field go through indexing to every
/// view, and a strict reader finds the elements that the views have for harmless text, and no others.
struct ScriptingTests {
  /// What has broken out of other pages, by form of attack.
  static let payloads: [String] = {
    let scripts = ["alert(1)", "confirm`1`", "fetch('//x')"]
    let tags = [
      "script", "img", "svg", "iframe", "body", "math", "style", "object", "a", "mark", "textarea", "title", "noscript",
      "template", "plaintext", "video", "base", "form",
    ]
    let events = ["onload", "onerror", "onclick", "onfocus", "onanimationstart"]
    var found: [String] = []
    for tag in tags {
      for script in scripts {
        found.append("<\(tag)>\(script)</\(tag)>")
        found.append("</\(tag)><script>\(script)</script>")
        found.append("\"><\(tag) src=x onerror=\(script)>")
        found.append("'><\(tag) href='javascript:\(script)'>x")
      }
      for event in events { found.append("<\(tag) \(event)=alert(1) x=") }
      found.append("<\(tag.uppercased())/\(tag)>")
      found.append("<\(tag)\u{0C}id=x>")
      found.append("<\(tag)\n\(tag)>")
      found.append("&lt;\(tag)&gt;alert(1)")
      found.append("&#60;\(tag)&#62;")
    }
    for scheme in [
      "javascript:", "JaVaScRiPt:", "java\tscript:", "data:text/html,", "vbscript:", "//evil.example/",
      "/\\evil.example/", "https://evil.example/",
    ] {
      for script in scripts {
        found += ["\(scheme)\(script)", " \(scheme)\(script)", "\"\(scheme)\(script)\"", "[x](\(scheme)\(script))"]
      }
    }
    found += [
      "<!--", "-->", "<!--><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "]]><script>",
      "<?xml?>",
      "\u{202E}<script>\u{202C}", "\u{FEFF}<script>", "＜script＞alert(1)＜/script＞", "%3Cscript%3E",
      "\\u003cscript\\u003e",
      "\u{0000}<script>", "<scr\u{0000}ipt>", "<<script>script>", "<script<script>>", "{{7*7}}", "${7*7}", "<%= 7 %>",
      "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "` onmouseover=`alert(1)",
      "x\" style=\"x:expression(alert(1))",
      "</mark><script>alert(1)</script><mark>", "<mark onclick=alert(1)>", "&amp;&lt;&gt;&quot;&apos;", "&unknown;",
      "&#x0;",
      "a&b=c", "&copy", "<", ">", "\"", "'", "&", "&&&", "<>", "<a", "<a href", "<a href=\"", "a\r\nb", "a\u{2028}b",
    ]
    return found
  }()

  /// Elements and attributes that the views write, whatever the records hold.
  static let elements: Set<String> = [
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "div", "svg", "path", "rect", "text", "g",
    "defs",
    "pattern", "span", "form", "label", "input", "button", "nav", "ul", "ol", "li", "main", "h1", "h2", "h3", "p",
    "section",
    "code", "mark", "footer", "aside", "details", "summary", "dl", "dt", "dd", "table", "caption", "thead", "tbody",
    "tr", "th",
    "td", "strong", "select", "option", "textarea", "article", "ins", "del", "kbd",
  ]

  @Test("500 payloads and more in every field of every kind stay text in every view")
  func records() throws {
    #expect(Self.payloads.count >= 500)
    let file = try Self.collection()
    let index = try SamplePage.made(file)
    var harmful = 0
    var addresses = [
      "/", "/?q=payload", "/?q=payload&kind=directive", "/enterprises?q=payload", "/passages?q=payload",
      "/coverage?by=province", "/duties", "/pivot?a=province&b=result&where=payload", "/trace?q=payload",
      "/history?q=payload",
    ]
    for number in Self.payloads.indices {
      // All are seen as hits below; records alone, every third.
      if number % 3 == 0 { addresses.append("/records/inspection/N\(number)?q=payload") }
      if number % 7 == 0 {
        addresses += [
          "/enterprises/E\(number)", "/directives/D\(number)?q=payload&p=1", "/why?id=N\(number)&q=payload+other",
          "/?q=payload+id:N\(number)",
        ]
      }
    }
    for address in addresses {
      let document = try SamplePage.document(address, in: index)
      check(document, address)
      harmful += document.source.contains("&lt;script") ? 1 : 0
    }
    #expect(harmful > 50, "the payloads are there, as text")
    // Page by page, all of them as hits.
    var next: String? = "/?q=payload"
    var hits = 0
    while let address = next {
      let document = try SamplePage.document(address, in: index)
      check(document, address)
      hits += document.all("li").count { $0.has(class: "hit") }
      next = document.all("a").first { $0.attributes["rel"] == "next" }?.attributes["href"]
    }
    #expect(hits == 3 * Self.payloads.count)
  }

  @Test("payloads in every parameter stay text")
  func parameters() throws {
    let views = [
      "/?q=", "/enterprises?q=", "/passages?q=", "/history?q=", "/quote-check?text=", "/trace?q=", "/coverage?by=",
      "/duties?asOf=", "/pivot?a=", "/why?id=INS-2007-0301&q=", "/directives/dir-0001?q=", "/?q=lead&kind=",
      "/?q=lead&sort=", "/?q=lead&rungs=", "/?q=lead&cursor=", "/enterprises/", "/records/inspection/", "/directives/",
      "/coverage?target=7&lang=",
    ]
    for (number, payload) in Self.payloads.enumerated() {
      let view = views[number % views.count]
      let address = view + PageAddress.encoded(payload)
      let target = try RequestTarget.split(address)
      let visit = PageVisit(index: try SamplePage.index.get(), path: target.path, items: target.items)
      guard let reply = try Page().reply(visit), case .html(_, let bytes) = reply else { continue }
      check(try HTMLDocument(String(decoding: bytes, as: UTF8.self)), address)
    }
  }

  private func check(_ document: HTMLDocument, _ address: String) {
    for element in document.elements {
      #expect(Self.elements.contains(element.name), "<\(element.name)> at \(address)")
      if element.name == "script" {
        #expect(element.attributes["src"] == PageAssets.script.address && element.text.isEmpty, "\(address)")
      }
      if element.name == "mark" || element.name == "ins" || element.name == "del" {
        #expect(element.attributes.isEmpty && element.all("mark").isEmpty, "\(address)")
      }
      for (name, value) in element.attributes {
        #expect(!name.hasPrefix("on") && name != "style" && name != "srcdoc", "\(name) at \(address)")
        if ["href", "src", "action", "formaction"].contains(name) {
          let isOurs =
            value.hasPrefix("#") || value.hasPrefix("?")
            || (value.hasPrefix("/") && !value.hasPrefix("//") && !value.hasPrefix("/\\"))
          #expect(isOurs, "\(name)=\(value) at \(address)")
        }
      }
    }
    #expect(document.all("script").count == 1)
  }

  /// A note, an enterprise and a directive for each payload, which stands in every text of it.
  private static func collection() throws -> String {
    var template = Array("/tmp/dossier-payloads-XXXXXX".utf8CString)
    let directory = try #require(
      template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
      })
    for kind in ["enterprise", "inspection", "directive"] {
      var lines: [UInt8] = []
      for (number, payload) in payloads.enumerated() {
        var writer = JSONWriter()
        writer.beginObject()
        func member(_ name: String, _ text: String) { writer.member(name, text) }
        switch kind {
        case "enterprise":
          member("id", "E\(number)")
          for name in ["name", "province", "city", "address", "bureau", "status", "licence", "text"] {
            member(name, "\(payload) payload")
          }
        case "inspection":
          member("id", "N\(number)")
          member("enterprise", "E\(number)")
          member("date", "2007-0\(number % 9 + 1)-14")
          member("due", "2007-11-01")
          member("disposition", "rectify")
          for name in [
            "province", "bureau", "inspector", "product", "category", "batch", "text", "unknown \(payload.count)",
          ] { member(name, "payload \(payload)") }
          writer.name("violations")
          writer.beginArray()
          writer.beginObject()
          member("code", "V\(payload)")
          member("text", "\(payload) payload \(payload)")
          member("severity", "serious")
          writer.endObject()
          writer.endArray()
        default:
          member("id", "D\(number)")
          for name in ["title", "issuer", "place", "dateNote"] { member(name, "\(payload) payload") }
          member("text", "\(payload) payload \(payload)\n\nSecond payload paragraph \(payload)")
        }
        writer.endObject()
        lines += writer.bytes + [0x0A]
      }
      let stream = try #require(fopen("\(directory)/\(kind).jsonl", "w"))
      lines.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
      fclose(stream)
    }
    let names =
      #"{"name":"payloads","files":[{"path":"enterprise.jsonl","kind":"enterprise"},{"path":"inspection.jsonl","kind":"inspection"},{"path":"directive.jsonl","kind":"directive"}]}"#
    let stream = try #require(fopen("\(directory)/collection.json", "w"))
    fputs(names, stream)
    fclose(stream)
    return directory
  }
}
