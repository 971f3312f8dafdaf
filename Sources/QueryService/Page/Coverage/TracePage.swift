import QualityRecords

/// A licence, a batch or a product along the chain of stages.
struct TracePage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func reply() throws(QualityError) -> Page.Reply {
    guard let text = context.value("q") else { return .html(status: 200, document(nil)) }
    var request = TraceRequest(text)
    if context.value("format") == "csv" {
      request.limit = TraceRequest.longestList
      return .csv(name: "trace.csv", Self.csv(try context.index.trace(request)))
    }
    if isLong { request.limit = Self.listedOfLong }
    return .html(status: 200, document(try context.index.trace(request)))
  }

  /// A line for each note of the chain, stage by stage.
  static func csv(_ answer: TraceAnswer) -> [UInt8] {
    var writer = CSVWriter()
    writer.row([
      "stage", "date", "id", "severity", "type", "product", "batch", "result", "disposition", "enterpriseId",
      "enterprise", "because",
    ])
    for stage in answer.stages {
      for step in stage.steps {
        writer.row([
          stage.stage ?? "", step.date ?? "", step.id, step.severity ?? "", step.type ?? "", step.product ?? "",
          step.batch ?? "", step.result ?? "", step.disposition ?? "", step.enterpriseID ?? "", step.enterprise ?? "",
          step.because,
        ])
      }
    }
    return CSVWriter.byteOrderMark + writer.bytes
  }

  /// Whether more of each stage was asked for.
  private var isLong: Bool { context.value("list") == "long" }

  private static let listedOfLong = 200

  func document(_ answer: TraceAnswer?) -> [UInt8] {
    let words = context.words
    let title = answer.map { words(.traceOf, $0.asked) } ?? words[.placeTrace]
    var frame = PageFrame(title, .trace)
    frame.receipt = answer?.receipt
    frame.commit = context.index.commit
    if let answer {
      frame.forms = [
        .init(name: .csv, address: context.here.with("list", nil).with("format", "csv").text),
        .init(name: .json, address: context.data(["trace"], [("q", answer.asked)])),
      ]
    }
    return frame.document(context) { html in
      html.element("h1", title)
      html.element("form", ["class": "small", "method": "get", "action": context.address(["trace"])]) { html in
        html.element("label", ["for": "trace"], words[.traceLabel])
        html.void(
          "input",
          [
            "id": "trace", "name": "q", "type": "search", "value": answer?.asked ?? "", "size": "30",
            "placeholder": "XK16-204-00123",
          ])
        context.keep(in: &html)
        html.element("button", ["type": "submit"], words[.show])
      }
      if let answer { chain(&html, answer) } else { html.element("p", ["class": "lead"], words[.traceSays]) }
    }
  }

  private func chain(_ html: inout HTML, _ answer: TraceAnswer) {
    let words = context.words
    html.element("p", ["class": "lead", "role": "status"]) { html in
      html.text(
        words(.takenAs, words.value(answer.subject.rawValue)) + words[.comma]
          + words.counted(answer.total, .oneNote, .notes))
      if !answer.gaps.isEmpty {
        html.text(
          words[.semicolon] + words(.gaps, answer.gaps.map { words.value($0) }.joined(separator: words[.comma])))
      }
    }
    for note in answer.notes {
      html.said(note.message, context, class: "quiet")
    }
    html.element("ol", ["class": "chain"]) { html in
      for stage in answer.stages {
        html.element("li", ["class": stage.total == 0 ? "gap" : nil]) { html in
          html.element("h2") { html in
            html.text(words.value(stage.stage ?? "no-stage") + " ")
            html.element("span", ["class": "count"], PageNumbers.grouped(stage.total))
          }
          if stage.total == 0 { html.element("p", ["class": "quiet"], words[.gap]) }
          html.element("ul", ["class": "plain"]) { html in
            for step in stage.steps { self.step(&html, step, namesEnterprise: answer.enterprises.total != 1) }
          }
          if stage.total > stage.steps.count {
            html.element("p", ["class": "quiet"]) { html in
              let text = words(.notListed, PageNumbers.grouped(stage.total - stage.steps.count))
              if isLong { html.text(text) } else { html.link(context.here.with("list", "long").text, text) }
            }
          }
        }
      }
    }
    links(&html, words[.placeEnterprises], "enterprise", answer.enterprises)
    links(&html, words[.placeDirectives], "directive", answer.directives)
  }

  private func step(_ html: inout HTML, _ step: TraceAnswer.Step, namesEnterprise: Bool) {
    let words = context.words
    html.element("li", ["class": "facts"]) { html in
      html.element("a", ["href": context.record("inspection", step.id)], words.date(step.date))
      if let severity = step.severity { SeverityView.html(&html, context, severity) }
      if let product = step.product { html.run(product, context) }
      if let result = step.result { html.element("span", words.value(result)) }
      if let disposition = step.disposition, disposition != "none" { html.element("span", words.value(disposition)) }
      if namesEnterprise, let name = step.enterprise { html.run(name, context) }
      if let batch = step.batch { html.element("code", batch) }
      html.element("code", step.id)
    }
  }

  private func links(_ html: inout HTML, _ title: String, _ kind: String, _ links: TraceAnswer.Links) {
    guard links.total > 0 else { return }
    html.element("h2") { html in
      html.text(title + " ")
      html.element("span", ["class": "count"], PageNumbers.grouped(links.total))
    }
    html.element("ul", ["class": "plain"]) { html in
      for link in links.records {
        html.element("li") { html in
          html.element("a", ["href": context.record(kind, link.id), "lang": context.lang(link.title)], link.title)
          html.text(" ")
          html.element("code", link.id)
          if !link.products.isEmpty {
            html.text(" ")
            html.run(link.products.joined(separator: context.words[.comma]), context, class: "quiet")
          }
        }
      }
    }
  }
}
