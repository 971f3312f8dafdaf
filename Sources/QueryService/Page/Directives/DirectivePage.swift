import JSONText
import QualityRecords

/// A directive to be read, with matches marked, and one paragraph's citation and references.
struct DirectivePage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func reply(_ id: String) throws(QualityError) -> Page.Reply {
    // A link with a fingerprint leads to where the paragraph is now.
    if let link = context.value("link") {
      let cited = try context.index.cite(link)
      return .html(status: 200, try view(id, cited))
    }
    guard let number = context.value("p") else { return .html(status: 200, try view(id, nil)) }
    return .html(status: 200, try view(id, try context.index.cite("\(id)#p\(number)")))
  }

  private func view(_ id: String, _ cited: CiteAnswer?) throws(QualityError) -> [UInt8] {
    let query = context.value("q").flatMap { $0 == "*" ? nil : $0 }
    let reading = try context.index.reading(id, query: query)
    var refs: RefsAnswer?
    if let cited { refs = try context.index.refs(cited.id) }
    return DirectiveView(context: context, reading: reading, query: query, cited: cited, refs: refs).document()
  }
}

/// The view of ``DirectivePage``.
struct DirectiveView {
  let context: PageContext
  let reading: DirectiveReading
  let query: String?
  let cited: CiteAnswer?
  let refs: RefsAnswer?

  private func member(_ name: String) -> String? { reading.record[name]?.stringValue }

  func document() -> [UInt8] {
    let words = context.words
    let title = member("title") ?? reading.id
    var frame = PageFrame(title, .directives)
    frame.query = query ?? ""
    frame.action = ["passages"]
    frame.receipt = cited?.receipt
    frame.commit = context.index.commit
    frame.forms = [.init(name: .json, address: context.data(["records", "directive/" + reading.id]))]
    frame.style = "reading"
    return frame.document(context) { html in
      html.element("article", ["class": "directive", "lang": context.lang(reading.paragraphs.map(\.text).joined())]) {
        html in
        html.element("header", ["lang": context.language.tag]) { html in
          html.element("p", ["class": "over"]) { html in
            html.text(words.kind("directive") + " ")
            html.element("code", reading.id)
          }
          html.element("h1", ["lang": context.lang(title)], title)
          facts(&html)
        }
        if query != nil { matches(&html) }
        for paragraph in reading.paragraphs { self.paragraph(&html, paragraph) }
      }
      QuotationPage(context).form(&html, "")
    }
  }

  private func facts(_ html: inout HTML) {
    let words = context.words
    html.element("p", ["class": "facts"]) { html in
      if let issuer = member("issuer") { html.run(issuer, context) }
      html.element("span", words.date(member("date")))
      if let place = member("place") { html.run(place, context) }
      if let page = member("pageDate") { html.element("span", words(.pageStamp, words.date(page))) }
      html.element("span", words.counted(reading.paragraphs.count, .oneParagraph, .paragraphs))
    }
    if let note = member("dateNote") { html.run(note, context, "p", class: "quiet") }
    let speakers = reading.record["speakers"]?.arrayValue?.compactMap(\.stringValue) ?? []
    if !speakers.isEmpty {
      html.element(
        "p", ["class": "quiet"], words.field("speakers") + words[.colon] + speakers.joined(separator: words[.comma]))
    }
  }

  /// Where the matches are, as links; the script goes from one mark to the next.
  private func matches(_ html: inout HTML) {
    let words = context.words
    let matching = reading.matching
    html.element("nav", ["class": "matches", "aria-label": words[.matches], "lang": context.language.tag]) { html in
      html.element("span", ["role": "status"]) { html in
        html.text(
          matching.isEmpty
            ? words[.noMatchHere]
            : words.counted(reading.paragraphs.reduce(0) { $0 + $1.marks.count }, .oneMatch, .matchesCounted))
      }
      for number in matching.prefix(40) { html.link("#p\(number)", "¶\(number)") }
      if !matching.isEmpty {
        html.element("span", ["class": "steps", "hidden": ""]) { html in
          html.element("button", ["type": "button", "data-step": "-1"], words[.previousMatch])
          html.element("button", ["type": "button", "data-step": "1"], words[.nextMatch])
        }
      }
    }
  }

  private func paragraph(_ html: inout HTML, _ paragraph: DirectiveReading.Paragraph) {
    let words = context.words
    let isCited = cited?.paragraph == paragraph.number
    html.element("section", ["class": isCited ? "para cited" : "para", "id": "p\(paragraph.number)"]) { html in
      html.element("p", ["class": "margin", "lang": context.language.tag]) { html in
        html.element(
          "a",
          [
            "class": "number", "href": "#p\(paragraph.number)",
            "aria-label": words(.paragraphNumber, String(paragraph.number)),
          ],
          "¶\(paragraph.number)")
        html.element(
          "a",
          [
            "class": "cite",
            "href": context.address(
              ["directives", reading.id], [("q", query), ("p", String(paragraph.number))],
              fragment: "p\(paragraph.number)"),
            "aria-label": words(.citeParagraph, String(paragraph.number)),
          ], words[.cite])
      }
      html.element("div", ["class": "text"]) { html in
        if paragraph.isHeading {
          html.element("h2", ["lang": context.lang(paragraph.text)]) { html in
            html.marked(paragraph.text, paragraph.marks)
          }
        } else {
          html.element("p", ["lang": context.lang(paragraph.text)]) { html in
            html.marked(paragraph.text, paragraph.marks)
          }
        }
        if isCited, let cited { citation(&html, cited) }
      }
    }
    html.line()
  }

  private func citation(_ html: inout HTML, _ cited: CiteAnswer) {
    let words = context.words
    html.element("div", ["class": "citation", "lang": context.language.tag]) { html in
      html.element("h2", words(.citeParagraph, String(cited.paragraph)))
      if let change = cited.change, change != "unchanged" {
        html.element("p", ["class": "stand", "lang": context.language == .english ? nil : "en"], change)
      }
      for (id, label, style) in [
        ("cite-text", words[.plainText], CiteAnswer.Style.text), ("cite-markdown", "Markdown", .markdown),
        ("cite-chinese", words[.chineseForm], .chinese),
      ] {
        let text = cited.citation(style)
        html.element("p", ["class": "form"]) { html in
          html.element("label", ["for": id], label)
          html.element(
            "textarea",
            [
              "id": id, "readonly": "", "rows": String(Self.lines(text)), "cols": "66",
              "lang": style == .chinese ? "zh-Hans" : context.lang(text),
            ], text)
          html.element("button", ["type": "button", "class": "copy", "data-copy": id, "hidden": ""], words[.copy])
        }
      }
      html.element("p") { html in
        html.text(words[.lastingLink] + " ")
        html.element(
          "a",
          [
            "href": context.address(
              ["directives", reading.id], [("link", cited.link)], fragment: "p\(cited.paragraph)")
          ]
        ) { html in html.element("code", cited.link) }
      }
      if let refs { references(&html, refs) }
    }
  }

  /// Lines that a text takes in the box, nine at most.
  private static func lines(_ text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      1 + line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } / 64
    }
    return min(9, lines.reduce(0, +))
  }

  private func references(_ html: inout HTML, _ refs: RefsAnswer) {
    let words = context.words
    html.element("h3", words(.citedBy, PageNumbers.grouped(refs.byNumber + refs.byWording)))
    html.element("p", ["class": "quiet"]) { html in
      html.text(words(.citedHow, PageNumbers.grouped(refs.byNumber), PageNumbers.grouped(refs.byWording)))
      if refs.documentOnly > 0 {
        html.text(words[.semicolon] + words(.documentOnly, PageNumbers.grouped(refs.documentOnly)))
      }
    }
    if !refs.citedBy.isEmpty {
      html.element("ul", ["class": "plain"]) { html in
        for citing in refs.citedBy {
          html.element("li") { html in
            html.element(
              "a", ["href": context.record(citing.kind, citing.id), "lang": context.lang(citing.title)], citing.title)
            html.text(" ")
            html.element("code", citing.id)
            html.text(" " + words.date(citing.date))
            html.run(citing.text, context, "p", class: "snippet")
          }
        }
      }
    }
    guard !refs.cites.isEmpty else { return }
    html.element("h3", words[.citesTitle])
    html.element("ul", ["class": "plain"]) { html in
      for cited in refs.cites {
        html.element("li") { html in
          if let id = cited.id {
            html.element(
              "a",
              [
                "href": context.record(id.contains("#") ? "passage" : "directive", id),
                "lang": context.lang(cited.text),
              ], cited.text)
          } else {
            html.element(
              "a", ["href": context.address([], [("q", "\"\(cited.text)\"")]), "lang": context.lang(cited.text)],
              cited.text)
          }
        }
      }
    }
  }
}
