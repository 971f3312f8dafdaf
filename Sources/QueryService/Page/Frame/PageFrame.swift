import QualityRecords

/// What stands around every view: the box with the query that was run, the jobs, the language, and below how to have the
/// same answer again.
struct PageFrame: Sendable {
  /// The places one can go to from everywhere.
  enum Place: CaseIterable {
    case all, enterprises, inspections, directives, passages, coverage, duties, trace, help
  }

  /// A link to the same answer in another form.
  struct Form: Sendable {
    var name: PageText
    var address: String
  }

  var title: String
  var place: Place?
  /// The text that was run.
  var query = ""
  /// Counts beside the places, exact.
  var counts: [Place: Int] = [:]
  /// Where the box sends its text.
  var action: [String] = []
  /// Parameters that stay when another query is sent.
  var stays: [(StaticString, String)] = []
  var receipt: String?
  var commit: UInt64?
  var forms: [Form] = []
  /// Of what happened when reading, as the foot says it.
  var scope: String?
  var style = ""

  init(_ title: String, _ place: Place? = nil) {
    self.title = title
    self.place = place
  }

  func document(_ context: PageContext, _ main: (inout HTML) -> Void) -> [UInt8] {
    var html = HTML()
    let words = context.words
    html.doctype()
    html.element("html", ["lang": context.language.tag]) { html in
      head(&html, context)
      html.element("body", ["class": style.isEmpty ? nil : style]) { html in
        html.element("a", ["class": "skip", "href": "#main"], words[.skip])
        html.line()
        html.element("header", ["class": "top"]) { html in
          html.element("div", ["class": "page bar"]) { html in
            html.element("a", ["class": "brand", "href": context.address([])]) { html in
              mark(&html)
              html.element("span", words[.dossier])
            }
            box(&html, context)
            html.element(
              "a",
              [
                "class": "tongue", "href": languageSwitch(context), "lang": context.language.other.tag,
                "hreflang": context.language.other.tag,
              ], context.language == .chinese ? "English" : "中文")
          }
          places(&html, context)
        }
        html.line()
        html.element("main", ["id": "main", "class": "page", "tabindex": "-1"], main)
        html.line()
        foot(&html, context)
      }
    }
    return html.bytes
  }

  private func head(_ html: inout HTML, _ context: PageContext) {
    html.element("head") { html in
      html.void("meta", ["charset": "utf-8"])
      html.element("title", title == context.words[.dossier] ? title : "\(title) – \(context.words[.dossier])")
      html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      html.void("meta", ["name": "color-scheme", "content": "light dark"])
      html.void("link", ["rel": "stylesheet", "href": PageAssets.style.address])
      html.void("link", ["rel": "stylesheet", "media": "print", "href": PageAssets.paper.address])
      html.void("link", ["rel": "icon", "href": PageAssets.mark.address, "type": "image/svg+xml"])
      html.element("script", ["src": PageAssets.script.address, "defer": ""], "")
    }
    html.line()
  }

  /// Three lines of a file, one of them found.
  private func mark(_ html: inout HTML) {
    html.element(
      "svg",
      [
        "class": "mark", "viewBox": "0 0 20 20", "width": "20", "height": "20", "aria-hidden": "true",
        "focusable": "false",
      ]
    ) { html in
      html.element("path", ["d": "M3.5 1.5h9l4 4v13h-13z", "class": "sheet"], "")
      html.element("path", ["d": "M6 8.5h8M6 14.5h8", "class": "rule"], "")
      html.element("path", ["d": "M6 11.5h5", "class": "found"], "")
    }
  }

  private func box(_ html: inout HTML, _ context: PageContext) {
    let words = context.words
    html.element("form", ["class": "ask", "role": "search", "action": context.address(action), "method": "get"]) {
      html in
      html.element("label", ["class": "hidden", "for": "q"], words[.query])
      html.void(
        "input",
        [
          "type": "search", "id": "q", "name": "q", "value": query, "autocomplete": "off", "spellcheck": "false",
          "autocapitalize": "off", "placeholder": words[.placeholder], "data-suggest": context.data(["suggest"]),
          "maxlength": "4096",
        ])
      for (name, value) in stays { html.void("input", ["type": "hidden", "name": name.description, "value": value]) }
      context.keep(in: &html)
      html.element("button", ["type": "submit"], words[.search])
    }
  }

  private func places(_ html: inout HTML, _ context: PageContext) {
    let words = context.words
    let asked = query.isEmpty ? nil : query
    html.element("nav", ["class": "page places", "aria-label": words[.places]]) { html in
      html.element("ul") { html in
        for place in Place.allCases {
          html.element("li", ["class": place == .coverage ? "apart" : nil]) { html in
            let address: String
            let text: PageText
            switch place {
            case .all: (address, text) = (context.address([], [("q", asked)]), .placeAll)
            case .enterprises: (address, text) = (context.address(["enterprises"], [("q", asked)]), .placeEnterprises)
            case .inspections:
              (address, text) = (
                context.address([], [("q", asked ?? "*"), ("kind", "inspection")]), .placeInspections
              )
            case .directives:
              (address, text) = (context.address([], [("q", asked ?? "*"), ("kind", "directive")]), .placeDirectives)
            case .passages: (address, text) = (context.address(["passages"], [("q", asked)]), .placePassages)
            case .coverage: (address, text) = (context.address(["coverage"]), .placeCoverage)
            case .duties: (address, text) = (context.address(["duties"]), .placeDuties)
            case .trace: (address, text) = (context.address(["trace"]), .placeTrace)
            case .help: (address, text) = (context.address(["help"]), .placeHelp)
            }
            html.element("a", ["href": address, "aria-current": place == self.place ? "page" : nil]) { html in
              html.text(words[text])
              if let count = counts[place] {
                html.text(" ")
                html.element("span", ["class": "count"], PageNumbers.grouped(count))
              }
            }
          }
        }
      }
    }
  }

  /// The collections that the visitor may read, where there are several: the one that was asked, links to the others.
  private func collections(_ html: inout HTML, _ context: PageContext) {
    let words = context.words
    guard !context.visit.collections.isEmpty else {
      if let collection = context.visit.collection {
        html.element("span", ["class": "part"], words(.collection, collection))
      }
      return
    }
    for name in [nil] + context.visit.collections.map(Optional.some) {
      html.element("span", ["class": "part"]) { html in
        let text = name ?? words[.allCollections]
        if name == context.visit.collection {
          html.element("strong", text)
        } else {
          html.link(context.here.with("cursor", nil).with("collection", name).text, text)
        }
      }
    }
  }

  /// The same view in the other language.
  private func languageSwitch(_ context: PageContext) -> String {
    context.here.with("lang", context.language.other.rawValue).text
  }

  private func foot(_ html: inout HTML, _ context: PageContext) {
    let words = context.words
    html.element("footer", ["class": "foot"]) { html in
      html.element("div", ["class": "page"]) { html in
        html.element("p") { html in
          if let receipt {
            html.element("span", ["class": "part"]) { html in
              html.text(words[.receipt] + " ")
              html.element("code", receipt)
            }
          }
          if let commit {
            html.element("span", ["class": "part"], words(.commit, PageNumbers.grouped(Int(clamping: commit))))
          }
          for form in forms {
            html.element("span", ["class": "part"]) { html in html.link(form.address, words[form.name]) }
          }
          collections(&html, context)
        }
        if let scope { html.element("p", ["class": "quiet", "lang": context.lang(scope)], scope) }
        html.element("p", ["class": "quiet"], words[.footNote])
      }
    }
  }
}
