import QualityRecords

/// What is wrong with a question, where, and what to do.
struct ErrorView {
  let error: QualityError
  /// The status that it is sent with.
  var status = 400

  private var text: FaultText { FaultText.of(error.code, status: status) }

  func document(_ context: PageContext) -> [UInt8] {
    let words = context.words
    let text = text
    let title = words.of(text.title)
    var frame = PageFrame(title)
    frame.query = context.value("q") ?? ""
    // The box asks where the question was asked.
    if let first = context.visit.path.first, ["enterprises", "passages"].contains(first) { frame.action = [first] }
    return frame.document(context) { html in
      html.element("div", ["class": "column fault"]) { html in
        html.element("p", ["class": "over"]) { html in html.text("\(status)") }
        html.element("h1", title)
        if isOfQuestion {
          block(&html, context)
        } else {
          html.element("p", ["class": "lead", "role": "alert"], words.of(text.happened))
        }
        html.element("p", words.of(text.action))
        ways(&html, context, text)
        if let id = context.visit.requestID {
          html.element("p", ["class": "quiet number"]) { html in
            html.text(words[.requestNumber] + " ")
            html.element("code", id)
          }
        }
      }
    }
  }

  /// Whether the question itself is at fault: then its message says more than any words for all.
  private var isOfQuestion: Bool { status == 400 }

  private func ways(_ html: inout HTML, _ context: PageContext, _ text: FaultText) {
    let words = context.words
    html.element("p", ["class": "ways"]) { html in
      if error.code == "expired-cursor" {
        html.link(context.here.with("cursor", nil).text, words[.firstPage])
      } else if text.mayPass {
        html.link(context.here.text, words[.tryAgain])
      }
      html.link(context.address([]), words[.startPage])
      html.link(context.address(["help"]), words[.placeHelp])
    }
  }

  /// The error inside a view.
  func block(_ html: inout HTML, _ context: PageContext) {
    html.element("div", ["class": "problem", "role": "alert"]) { html in
      html.element("p") { html in
        let message = context.said(error.message)
        html.element("strong", ["lang": message.lang], message.text)
        if !error.hint.isEmpty {
          let hint = context.said(error.hint)
          html.text(" ")
          html.element("span", ["lang": hint.lang], hint.text)
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
