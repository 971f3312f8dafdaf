import QualityRecords

/// How a query was read, under the box: its clauses, each with a way to take it away; what was mended, relaxed or widened;
/// why records may match; the order. Nothing filters in silence.
struct ReadAsLine {
  let context: PageContext
  let parsed: ParseAnswer
  let notes: [SearchAnswer.Note]
  var kinds: [String] = []
  var rungs: [String]? = nil
  var sort: String?
  var sorts: [String] = []

  /// Notes that the empty answer tells in its own way.
  static let helping: Set<String> = [
    "did-you-mean", "without-clause", "fuzzy", "searched", "unknown-value", "code-prefix",
  ]
  static let usualRungs = ["exact", "stem", "thesaurus", "name", "pinyin"]

  func html(_ html: inout HTML, _ total: (inout HTML) -> Void) {
    let words = context.words
    html.element("section", ["class": "readas", "aria-label": words[.readAs]]) { html in
      html.element("p", ["class": "total", "role": "status"], total)
      html.element("div", ["class": "how"]) { html in
        clauses(&html)
        html.element("div", ["class": "settings"]) { html in
          order(&html)
          if rungs != nil { rungList(&html) }
        }
        said(&html)
      }
    }
  }

  private func clauses(_ html: inout HTML) {
    let words = context.words
    let clauses = parsed.clauses
    guard !clauses.isEmpty || !kinds.isEmpty else { return }
    html.element("ul", ["class": "chips"]) { html in
      html.element("li", ["class": "label"], words[.readAs])
      // Words stand together: they are one question.
      for clause in clauses {
        html.element("li", ["class": clause.isFilter ? "chip filter" : "chip"]) { html in
          html.element("code", ["lang": context.lang(clause.text)], clause.text)
          if clauses.count > 1 {
            remove(&html, context.here.with("cursor", nil).with("q", clause.without).text, clause.text)
          }
        }
      }
      for kind in kinds {
        html.element("li", ["class": "chip filter"]) { html in
          html.element("code", "kind:\(kind)")
          remove(&html, context.here.with("cursor", nil).with("kind", nil).text, "kind:\(kind)")
        }
      }
    }
  }

  private func remove(_ html: inout HTML, _ address: String, _ what: String) {
    html.element("a", ["class": "remove", "href": address]) { html in
      html.element("span", ["aria-hidden": "true"], "×")
      html.element("span", ["class": "hidden"], context.words(.remove, what))
    }
  }

  private func order(_ html: inout HTML) {
    let words = context.words
    guard !sorts.isEmpty else { return }
    html.element("p", ["class": "choice"]) { html in
      html.element("span", ["class": "label"], words[.sortedBy])
      for name in sorts {
        let text = PageText(rawValue: "sort-" + (name.isEmpty ? "score" : name)).map { words[$0] } ?? name
        let isOurs = (sort ?? "") == name || (name.isEmpty && sort == "score")
        html.element(
          "a",
          [
            "href": context.here.with("cursor", nil).with("sort", name.isEmpty ? nil : name).text,
            "aria-current": isOurs ? "true" : nil,
          ], text)
      }
    }
  }

  private func rungList(_ html: inout HTML) {
    let words = context.words
    let chosen = rungs.flatMap { $0.isEmpty ? nil : $0 } ?? Self.usualRungs
    let all = Self.usualRungs + ["fuzzy"]
    html.element("p", ["class": "choice"]) { html in
      html.element("span", ["class": "label"], words[.matchedBy])
      for rung in all {
        let isOn = chosen.contains(rung)
        let next = isOn ? chosen.filter { $0 != rung } : all.filter { chosen.contains($0) || $0 == rung }
        let usual = next == Self.usualRungs || next.isEmpty
        let address = context.here.with("cursor", nil).with("rungs", usual ? nil : next.joined(separator: ",")).text
        html.element("a", ["class": isOn ? "on" : "off", "href": address]) { html in
          html.element("span", ["aria-hidden": "true"], isOn ? "✓" : "○")
          html.text(" " + words.value(rung))
          html.element("span", ["class": "hidden"], " – " + words[isOn ? .switchOff : .switchOn])
        }
      }
    }
  }

  /// A message without what it says of the command line's flags: the page has links for these.
  static func shown(_ message: String) -> String {
    message.split(separator: ";").map(\.trimmingSpaces).filter { !$0.hasPrefix("--") }.joined(separator: "; ")
  }

  /// Repairs with the place in the query, and what else is worth saying.
  private func said(_ html: inout HTML) {
    let words = context.words
    let shown = notes.filter { !Self.helping.contains($0.code) }
    guard !shown.isEmpty else { return }
    html.element("ul", ["class": "notes"]) { html in
      for note in shown {
        html.element("li") { html in
          let label = PageText(rawValue: "note-" + note.code) ?? .noteRepaired
          html.element("span", ["class": "label"], words[label])
          html.text(" ")
          if let at = note.at, at.upperBound <= parsed.query.utf8.count, !at.isEmpty, label == .noteRepaired {
            html.element("code", ["class": "caret"]) { html in html.marked(parsed.query, [at]) }
            html.text(" ")
          }
          let said = context.said(Self.shown(note.message))
          html.element("span", ["lang": said.lang], said.text)
        }
      }
    }
  }
}
