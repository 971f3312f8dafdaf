import QualityRecords

/// What is wrong with a question, where, and what to do.
struct ErrorView {
  let error: QualityError

  func document(_ context: PageContext) -> [UInt8] {
    var frame = PageFrame(context.words[.errorTitle])
    frame.query = context.value("q") ?? ""
    frame.commit = context.index.commit
    return frame.document(context) { html in
      html.element("div", ["class": "column"]) { html in
        html.element("h1", context.words[.errorTitle])
        block(&html, context)
        html.element("p") { html in html.link(context.address(["help"]), context.words[.placeHelp]) }
      }
    }
  }

  /// The error inside a view.
  func block(_ html: inout HTML, _ context: PageContext) {
    html.element("div", ["class": "problem", "role": "alert"]) { html in
      html.element("p", ["lang": context.language == .english ? nil : "en"]) { html in
        html.element("strong", error.message)
        if !error.hint.isEmpty {
          html.text(" ")
          html.text(error.hint)
        }
      }
      if let at = error.at, let query = context.value("q") {
        html.element("p", ["class": "caret"]) { html in
          html.element("code") { html in html.marked(query, [at]) }
        }
      }
    }
  }
}
