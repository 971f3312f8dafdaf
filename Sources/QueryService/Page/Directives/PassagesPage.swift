import QualityRecords
import SearchEngine

/// Paragraphs of directives that answer a query, in their context.
struct PassagesPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func reply() throws(QualityError) -> Page.Reply {
    let query = context.value("q") ?? "*"
    var options = SearchOptions(query)
    options.limit = Page.pageLength
    options.cursor = context.value("cursor")
    options.sort = context.value("sort")
    options.rungs = context.value("rungs").map { $0.split(separator: ",").map(String.init) } ?? []
    if context.value("format") == "csv" {
      options.cursor = nil
      options.limit = SearchOptions.longestPage
      return .csv(name: "paragraphs.csv", Self.csv(try context.index.passages(options)))
    }
    let answer = try context.index.passages(options)
    let parsed = try ParseAnswer(parsing: query)
    return .html(status: 200, document(answer, options, parsed))
  }

  /// A line for each paragraph: where it stands, and the text that the view shows of it.
  static func csv(_ answer: SearchAnswer) -> [UInt8] {
    var writer = CSVWriter()
    writer.row(["id", "directive", "title", "date", "rung", "text"])
    for hit in answer.hits {
      writer.row([
        hit.id, PageContext.passage(hit.id).directive, hit.title, hit.date ?? "", hit.rung,
        hit.snippets.filter { $0.field == "text" }.map(\.text).joined(separator: "\n"),
      ])
    }
    return CSVWriter.byteOrderMark + writer.bytes
  }

  func document(_ answer: SearchAnswer, _ options: SearchOptions, _ parsed: ParseAnswer) -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words(.passagesFor, options.query), .passages)
    frame.query = options.query == "*" ? "" : options.query
    frame.action = ["passages"]
    frame.receipt = answer.receipt
    frame.commit = answer.commit
    frame.forms = [
      .init(name: .csv, address: context.kept(context.here.with("cursor", nil).with("format", "csv")).text),
      .init(
        name: .json,
        address: context.data(
          ["passages"],
          [
            ("q", options.query), ("sort", options.sort),
            ("rungs", options.rungs.isEmpty ? nil : options.rungs.joined(separator: ",")),
            ("limit", String(options.limit)), ("cursor", options.cursor),
          ])),
    ]
    frame.style = "search"
    let asking = { (query: String) in
      context.here.with("cursor", nil).with("q", query.isEmpty ? "*" : query).text
    }
    return frame.document(context) { html in
      html.element("h1", ["class": "hidden"], words(.passagesFor, options.query))
      ReadAsLine(
        context: context, parsed: parsed, notes: answer.notes, rungs: options.rungs, sort: options.sort,
        sorts: SearchPage.sorts
      ).html(&html) { html in
        html.text(words.counted(answer.total, .oneParagraph, .paragraphs))
        if answer.isPartial { html.text(" · " + words[.partial]) }
      }
      html.element("div", ["class": "columns one"]) { html in
        html.element("div", ["class": "middle"]) { html in
          if answer.total == 0 {
            EmptyView(context: context, notes: answer.notes, query: options.query, asking: asking).html(&html)
          } else {
            html.element("ol", ["class": "hits", "id": "hits"]) { html in
              for (number, hit) in answer.hits.enumerated() { passage(&html, hit, number + 1, options.query) }
            }
            if options.cursor != nil || answer.next != nil {
              html.element("nav", ["class": "pages", "aria-label": words[.pages]]) { html in
                if options.cursor != nil { html.link(context.here.with("cursor", nil).text, words[.firstPage]) }
                if let next = answer.next {
                  html.element("a", ["href": context.here.with("cursor", next).text, "rel": "next"], words[.nextPage])
                }
              }
            }
          }
          html.element("p", ["class": "ways"]) { html in
            html.link(context.address(["quote-check"]), words[.checkQuotation])
          }
        }
      }
    }
  }

  private func passage(_ html: inout HTML, _ hit: SearchAnswer.Hit, _ number: Int, _ query: String) {
    let words = context.words
    let parts = PageContext.passage(hit.id)
    let asked = query == "*" ? nil : query
    html.element("li", ["class": "hit", "id": "h\(number)"]) { html in
      KindMark.html(&html, context, "passage")
      html.element("div", ["class": "what"]) { html in
        html.element("h2") { html in
          html.element(
            "a", ["href": context.record("passage", hit.id, query: asked), "lang": context.lang(hit.title)], hit.title)
        }
        html.element("p", ["class": "facts"]) { html in
          html.element("span", words.date(hit.date))
          html.element("code", hit.id)
          if hit.rung != "exact", hit.rung != "stem" {
            html.element("span", ["class": "rung"], words(.byRung, words.value(hit.rung)))
          }
        }
        for snippet in hit.snippets where snippet.field == "text" { SnippetView.html(&html, context, snippet) }
        html.element("p", ["class": "ways"]) { html in
          html.link(context.record("passage", hit.id, query: asked), words[.readInPlace])
          html.link(
            context.address(
              ["directives", parts.directive], [("q", asked), ("p", parts.anchor.map { String($0.dropFirst()) })],
              fragment: parts.anchor), words[.cite])
          if let asked { html.link(context.address(["why"], [("id", hit.id), ("q", asked)]), words[.whyHere]) }
        }
      }
    }
    html.line()
  }
}
