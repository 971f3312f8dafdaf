import QualityRecords
import SearchEngine

/// Why a record answers a query, or why not: in words first, the sum of the score folded below.
struct WhyPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  /// A hit further down is explained without its place among the others.
  private static let explained = 100

  func reply() throws(QualityError) -> Page.Reply {
    guard let id = context.value("id"), let query = context.value("q") else {
      return .redirect(context.address(["help"]))
    }
    let answer = try context.index.whyNot(id, query)
    var hit: SearchAnswer.Hit?
    if answer.matches, let rank = answer.rank, rank <= Self.explained {
      var options = SearchOptions(query)
      options.explain = true
      options.limit = rank
      let found =
        answer.kind == "passage" ? try context.index.passages(options) : try context.index.search(options)
      hit = found.hits.first { $0.id == answer.id && $0.kind == answer.kind }
    }
    return .html(status: 200, document(answer, hit))
  }

  func document(_ answer: WhyNotAnswer, _ hit: SearchAnswer.Hit?) -> [UInt8] {
    let words = context.words
    let title = words(answer.matches ? .whyHereTitle : .whyNotTitle, answer.id)
    var frame = PageFrame(title)
    frame.query = answer.query
    frame.commit = context.index.commit
    frame.forms = [.init(name: .json, address: context.data(["why-not"], [("id", answer.id), ("q", answer.query)]))]
    return frame.document(context) { html in
      html.element("div", ["class": "column"]) { html in
        html.element("h1", title)
        html.element("p") { html in
          html.element("code", ["lang": context.lang(answer.query)], answer.query)
        }
        html.element("p", ["class": "lead", "role": "status"]) { html in
          html.text(words[answer.matches ? .itMatches : .itDoesNot])
          if let rank = answer.rank, let total = answer.total {
            html.text(words[.comma] + words(.hitOf, PageNumbers.grouped(rank), PageNumbers.grouped(total)))
          }
          if let hit { html.text(words[.comma] + words(.byRung, words.value(hit.rung))) }
        }
        clauses(&html, answer)
        if !answer.matches { reason(&html, answer) }
        if let hit { evidence(&html, hit) }
        html.element("p", ["class": "ways"]) { html in
          html.link(context.record(answer.kind, answer.id, query: answer.query), words[.record])
          html.link(context.address([], [("q", answer.query)]), words[.allHits])
        }
      }
    }
  }

  private func clauses(_ html: inout HTML, _ answer: WhyNotAnswer) {
    let words = context.words
    html.element("h2", words[.clauseByClause])
    html.element("ol", ["class": "ticks"]) { html in
      for clause in answer.clauses {
        html.element("li", ["class": clause.holds == false ? "hole" : "done"]) { html in
          html.element(
            "span", ["class": "tick", "aria-hidden": "true"],
            clause.holds == nil ? "–" : clause.holds == true ? "✓" : "✗")
          html.element("span") { html in
            html.element("code", ["lang": context.lang(clause.clause)], clause.clause)
            html.text(" – ")
            html.element(
              "span", ["class": "said"],
              words[clause.holds == nil ? .neverRequired : clause.holds == true ? .holds : .fails])
          }
        }
      }
    }
  }

  private func reason(_ html: inout HTML, _ answer: WhyNotAnswer) {
    let words = context.words
    html.element("h2", words[.reason])
    html.element("div") { html in
      html.said(answer.reason, context)
      if let nearest = answer.nearest {
        html.element("p") { html in
          html.element("span", ["class": "label", "lang": context.language.tag], words[.nearest])
          html.text(" ")
          html.element("code", nearest)
          if let relation = answer.relation { html.text(" (\(context.said(relation).text))") }
        }
      }
      if let needed = answer.needed {
        html.element("p") { html in
          html.element("span", ["class": "label", "lang": context.language.tag], words[.needed])
          html.text(" " + context.said(needed).text)
        }
      }
    }
  }

  private func evidence(_ html: inout HTML, _ hit: SearchAnswer.Hit) {
    let words = context.words
    html.element("h2", words[.whatMatched])
    for snippet in hit.snippets { SnippetView.html(&html, context, snippet) }
    guard let explanation = hit.explanation else { return }
    html.element("details") { html in
      html.element("summary", words(.scoreTree, PageNumbers.decimal(explanation.value)))
      html.element("ul", ["class": "tree-list"]) { html in
        tree(&html, explanation, 0)
      }
    }
  }

  private func tree(_ html: inout HTML, _ explanation: Explanation, _ depth: Int) {
    html.element("li") { html in
      html.element("span", ["class": "figure"], PageNumbers.decimal(explanation.value, 3))
      let label = context.said(explanation.label)
      html.text(" ")
      html.element("span", ["lang": label.lang], label.text)
      if !explanation.details.isEmpty {
        let details = explanation.details.map { detail in
          "\(context.said(detail.name).text) \(PageNumbers.measure(detail.value))"
        }
        html.element("span", ["class": "quiet"], " (" + details.joined(separator: context.words[.comma]) + ")")
      }
      if !explanation.parts.isEmpty, depth < 12 {
        html.element("ul") { html in
          for part in explanation.parts { tree(&html, part, depth + 1) }
        }
      }
    }
  }
}
