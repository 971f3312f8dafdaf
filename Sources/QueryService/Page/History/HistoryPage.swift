import QualityRecords

/// The violation history of one enterprise, and those that a name may mean.
struct HistoryPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  private func request(_ enterprise: String) -> HistoryRequest {
    var request = HistoryRequest(enterprise)
    request.since = context.value("since")
    request.until = context.value("until")
    request.asOf = context.value("asOf")
    if let within = context.value("within") { request.within = within }
    return request
  }

  /// By id.
  func reply(_ id: String) throws(QualityError) -> Page.Reply {
    switch try context.index.history(request(id)) {
    case .history(let history):
      if context.value("format") == "csv" {
        return .csv(name: "history-\(Self.fileName(history.file.id)).csv", Self.csv(history))
      }
      let targets = try context.index.targets(of: history.file.id)
      return .html(status: 200, HistoryView(context: context, history: history, targets: targets).document())
    case .candidates(let candidates):
      return .html(
        status: candidates.candidates.isEmpty ? 404 : 200,
        CandidatesView(context: context, answer: candidates).document())
    }
  }

  /// By a name in `q`: one enterprise is gone to, several are listed, none chosen silently.
  func named() throws(QualityError) -> Page.Reply {
    guard let name = context.value("q") else { return .redirect(context.address([])) }
    switch try context.index.history(request(name)) {
    case .history(let history): return .redirect(context.address(["enterprises", history.file.id]))
    case .candidates(let candidates):
      return .html(status: 200, CandidatesView(context: context, answer: candidates).document())
    }
  }

  /// What a file may be called: letters, digits, dashes.
  static func fileName(_ id: String) -> String {
    let kept = id.unicodeScalars.filter {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-")
    }
    return String(String.UnicodeScalarView(kept.prefix(60)))
  }

  static func csv(_ history: EnterpriseHistory) -> [UInt8] {
    var writer = CSVWriter()
    writer.row(["date", "kind", "id", "severity", "what", "violations", "result", "disposition", "due", "follows"])
    for event in history.events {
      writer.row([
        event.date ?? "", event.kind, event.id, event.severity ?? "", event.what.joined(separator: "; "),
        event.violations.map { [$0.code, $0.text, $0.severity].compactMap { $0 }.joined(separator: " ") }
          .joined(separator: "; "),
        event.result ?? "", event.disposition ?? "", event.due ?? "", event.followUpOf ?? "",
      ])
    }
    return CSVWriter.byteOrderMark + writer.bytes
  }
}

/// Enterprises that a name may mean, the likeliest first.
struct CandidatesView {
  let context: PageContext
  let answer: HistoryCandidates

  func document() -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words(.candidatesFor, answer.asked), .enterprises)
    frame.query = answer.asked
    frame.receipt = answer.receipt
    frame.commit = answer.commit
    return frame.document(context) { html in
      html.element("div", ["class": "column"]) { html in
        html.element("h1", words(.candidatesFor, answer.asked))
        html.element("p", ["role": "status"], words.counted(answer.candidates.count, .oneEnterprise, .enterprises))
        for note in answer.notes {
          html.said(note.message, context, class: "quiet")
        }
        html.element("ol", ["class": "hits"]) { html in
          for candidate in answer.candidates { item(&html, candidate) }
        }
        html.element("p") { html in
          html.link(context.address([], [("q", answer.asked)]), words[.searchInstead])
        }
      }
    }
  }

  private func item(_ html: inout HTML, _ candidate: HistoryCandidates.Candidate) {
    let words = context.words
    let name = candidate.name ?? candidate.id
    html.element("li", ["class": "hit"]) { html in
      KindMark.html(&html, context, "enterprise")
      html.element("div", ["class": "what"]) { html in
        html.element("h2") { html in
          html.element(
            "a", ["href": context.address(["enterprises", candidate.id]), "lang": context.lang(name)], name)
        }
        html.element("p", ["class": "facts"]) { html in
          if let matched = candidate.matched, matched != candidate.name {
            html.run(candidate.until.map { matched + " " + words(.untilDate, words.date($0)) } ?? matched, context)
          }
          if let province = candidate.province { html.run(province, context) }
          html.element("span", words.counted(candidate.events, .oneEvent, .events))
          html.element("span", ["class": "rung"], words(.byRung, words.value(candidate.rung)))
          html.element("code", candidate.id)
        }
      }
    }
  }
}
