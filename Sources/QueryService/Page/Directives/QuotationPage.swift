import QualityRecords

/// A quotation held against the closest passage: the words that differ, marked in both.
struct QuotationPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func reply() throws(QualityError) -> Page.Reply {
    let posted = context.visit.form.first { $0.name == "text" }?.value
    guard let text = posted ?? context.value("text"), !text.trimmed.isEmpty else {
      return .html(status: 200, document("", nil))
    }
    return .html(status: 200, document(text, try context.index.quoteCheck(text)))
  }

  /// The box that a quotation is typed or pasted into.
  func form(_ html: inout HTML, _ text: String) {
    let words = context.words
    html.element("form", ["class": "fields quotation", "method": "get", "action": context.address(["quote-check"])]) {
      html in
      html.element("p") { html in
        html.element("label", ["for": "text"], words[.quotationLabel])
        html.element(
          "textarea",
          ["id": "text", "name": "text", "rows": "4", "cols": "66", "maxlength": "6000", "lang": context.lang(text)],
          text)
      }
      context.keep(in: &html)
      html.element("p") { html in html.element("button", ["type": "submit"], words[.checkQuotation]) }
    }
  }

  func document(_ text: String, _ answer: QuoteCheckAnswer?) -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words[.checkQuotation], .passages)
    frame.receipt = answer?.receipt
    frame.commit = context.index.commit
    frame.style = "reading"
    return frame.document(context) { html in
      html.element("div", ["class": "column"]) { html in
        html.element("h1", words[.checkQuotation])
        html.element("p", words[.checkQuotationSays])
        form(&html, text)
        if let answer { result(&html, answer) }
      }
    }
  }

  private func result(_ html: inout HTML, _ answer: QuoteCheckAnswer) {
    let words = context.words
    html.element("section", ["class": "verdict verdict-\(answer.verdict.rawValue)"]) { html in
      let verdict: PageText =
        switch answer.verdict {
        case .verbatim: .verdictVerbatim
        case .sameWords: .verdictSameWords
        case .altered: .verdictAltered
        case .none: .verdictNone
        }
      html.element("h2", ["role": "status"]) { html in
        html.element("span", ["aria-hidden": "true"], answer.exitCode == .done ? "✓ " : "✗ ")
        html.text(words[verdict])
        if answer.verdict == .altered {
          html.text(
            words[.colon]
              + words(.wordsDiffer, PageNumbers.grouped(answer.wordsDiffer), PageNumbers.grouped(answer.words)))
        }
      }
      guard let closest = answer.closest else { return }
      html.element("dl", ["class": "versus"]) { html in
        html.element("div") { html in
          html.element("dt", words[.youQuoted])
          html.element("dd", ["lang": context.lang(answer.quotation)]) { html in
            html.marked(answer.quotation, answer.differences.map(\.quotedAt), as: "del")
          }
        }
        html.element("div") { html in
          html.element("dt", words[.itSays])
          html.element("dd", ["lang": context.lang(closest.text)]) { html in stretch(&html, closest, answer.differences)
          }
        }
      }
      html.element("p") { html in
        html.element(
          "a", ["href": context.record("passage", closest.id), "lang": context.lang(closest.title)], closest.title)
        html.text(" " + words(.paragraphOf, String(closest.paragraph), String(closest.of)) + " ")
        html.element("code", closest.link)
      }
      if !answer.also.isEmpty {
        html.element("p", ["class": "quiet"]) { html in
          html.text(words[.alsoIn] + " ")
          for (number, id) in answer.also.enumerated() {
            if number > 0 { html.text(words[.comma]) }
            html.link(context.record("passage", id), id)
          }
        }
      }
    }
  }

  /// The stretch of the paragraph that the quotation stands for, the words that differ marked, a little around it.
  private func stretch(
    _ html: inout HTML, _ closest: QuoteCheckAnswer.Closest, _ differences: [QuoteCheckAnswer.Difference]
  ) {
    let bytes = Array(closest.text.utf8)
    guard closest.stretch.upperBound <= bytes.count else { return html.text(closest.text) }
    let from = closest.stretch.lowerBound
    let text = String(decoding: bytes[closest.stretch], as: UTF8.self)
    if from > 0 { html.text("… ") }
    html.marked(
      text,
      differences.compactMap { difference in
        difference.writtenAt.lowerBound >= from
          ? difference.writtenAt.lowerBound - from..<difference.writtenAt.upperBound - from : nil
      }, as: "ins")
    if closest.stretch.upperBound < bytes.count { html.text(" …") }
  }
}
