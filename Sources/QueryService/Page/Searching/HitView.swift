import JSONText
import QualityRecords
import SearchEngine

/// One hit: kind, title, one line of facts, what matched, where to go from it.
struct HitView {
  let context: PageContext
  /// The query that found it.
  let query: String

  /// Members of the record that the facts are made from.
  static let fields = ["province", "city", "place", "issuer", "status", "result", "violations", "disposition"]
  /// Snippets of a hit: two or three lines.
  private static let snippets = 2

  func html(_ html: inout HTML, _ hit: SearchAnswer.Hit, number: Int) {
    let words = context.words
    let (marks, snippets) = Self.titled(hit)
    html.element("li", ["class": "hit", "id": "h\(number)"]) { html in
      KindMark.html(&html, context, hit.kind)
      html.element("div", ["class": "what"]) { html in
        html.element("h2") { html in
          html.element(
            "a",
            ["href": context.record(hit.kind, hit.id, query: query), "lang": context.lang(hit.title)]
          ) { html in html.marked(hit.title, marks) }
        }
        facts(&html, hit)
        for snippet in snippets.prefix(Self.snippets) { SnippetView.html(&html, context, snippet) }
        html.element("p", ["class": "ways"]) { html in
          if hit.rung != "exact", hit.rung != "stem" {
            html.element("span", ["class": "rung"], words(.byRung, words.value(hit.rung)))
          }
          html.link(context.record(hit.kind, hit.id, query: query), words[.record])
          if let id = hit.enterprise?.id {
            html.link(context.address(["enterprises", id]), words[.history])
          }
          html.link(
            context.address(["why"], [("id", hit.kind == "passage" ? hit.id : "\(hit.kind)/\(hit.id)"), ("q", query)]),
            words[.whyHere])
        }
      }
    }
    html.line()
  }

  private func facts(_ html: inout HTML, _ hit: SearchAnswer.Hit) {
    let words = context.words
    func field(_ name: String) -> String? { hit.fields?[name]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
    html.element("p", ["class": "facts"]) { html in
      if hit.kind != "enterprise" {
        html.element("span", words.date(hit.date))
        if hit.dateIs == "possible", hit.date != nil, hit.date?.hasPrefix("--") == false {
          html.element("span", words[.datePossible])
        }
      }
      if hit.kind != "enterprise", let name = hit.enterprise?.name, !hit.title.contains(name) {
        html.run(name, context)
      }
      var seen: Set<String> = []
      for name in ["issuer", "province", "city", "place"] {
        if let text = field(name), seen.insert(text).inserted { html.run(context.value(text, of: name), context) }
      }
      if let status = field("status") { html.element("span", words.value(status)) }
      if let severity = SeverityView.worst(hit.fields?["violations"]) { SeverityView.html(&html, context, severity) }
      if let result = field("result") { html.element("span", words.value(result)) }
      if let disposition = field("disposition"), disposition != "none" {
        html.element("span", words.value(disposition))
      }
      html.element("code", hit.id)
    }
  }

  /// The marks of those snippets that stand in the title, and the other snippets.
  static func titled(_ hit: SearchAnswer.Hit) -> ([Range<Int>], [Snippet]) {
    var marks: [Range<Int>] = []
    var snippets: [Snippet] = []
    let title = Array(hit.title.utf8)
    for snippet in hit.snippets {
      let text = Array(snippet.text.utf8)
      let place =
        text.count <= title.count
        ? (0...title.count - text.count).first { title.dropFirst($0).starts(with: text) } : nil
      if snippet.field != "text", snippet.paragraph == nil, let place, !text.isEmpty {
        marks += snippet.marks.map { $0.lowerBound + place..<$0.upperBound + place }
      } else {
        // One text may stand in several fields of a record.
        if !snippets.contains(where: { $0.text == snippet.text && $0.paragraph == snippet.paragraph }) {
          snippets.append(snippet)
        }
      }
    }
    // One text may be the snippet of two fields.
    let sorted = marks.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return (sorted.reduce(into: []) { if $0.last != $1 { $0.append($1) } }, snippets)
  }
}

/// A piece of text with what matched marked, and where it stands.
enum SnippetView {
  static func html(_ html: inout HTML, _ context: PageContext, _ snippet: Snippet) {
    html.element("p", ["class": "snippet", "lang": context.lang(snippet.text)]) { html in
      if let paragraph = snippet.paragraph {
        html.element("span", ["class": "label"], "¶\(paragraph)")
        html.text(" ")
      } else if snippet.field != "text" {
        html.element("span", ["class": "label", "lang": context.language.tag], context.words.field(snippet.field))
        html.text(" ")
      }
      html.marked(snippet.text, snippet.marks)
    }
  }
}

/// The letter of a kind in a box; the word for those who do not see it.
enum KindMark {
  static func html(_ html: inout HTML, _ context: PageContext, _ kind: String) {
    let words = context.words
    let letter: PageText =
      switch kind {
      case "enterprise": .letterEnterprise
      case "inspection": .letterInspection
      case "passage": .letterPassage
      default: .letterDirective
      }
    html.element("span", ["class": "kind kind-\(kind.prefix(1))", "title": words.kind(kind)]) { html in
      html.element("span", ["aria-hidden": "true"], words[letter])
      html.element("span", ["class": "hidden"], words.kind(kind))
    }
  }
}

/// A grade as signs and as a word: never by colour alone.
enum SeverityView {
  /// `▲▲△`: the step of the ladder, 0 to 3.
  static func signs(_ grade: String) -> String {
    guard let step = SeverityLadder.grades.firstIndex(of: grade) else { return "" }
    let most = SeverityLadder.grades.count - 1
    return String(repeating: "▲", count: step) + String(repeating: "△", count: most - step)
  }

  static func html(_ html: inout HTML, _ context: PageContext, _ grade: String) {
    html.element("span", ["class": "grade grade-\(SeverityLadder.rank(grade))"]) { html in
      html.element("span", ["class": "signs", "aria-hidden": "true"], signs(grade))
      html.text(" " + context.words.value(grade))
    }
  }

  static func worst(_ violations: JSONValue?) -> String? {
    let grades = (violations?.arrayValue ?? []).map { SeverityLadder.grade($0["severity"]?.stringValue) }
    return SeverityLadder.worst(grades)
  }
}
