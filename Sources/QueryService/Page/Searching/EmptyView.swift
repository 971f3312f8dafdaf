import QualityRecords

/// The answer when nothing was found: what one click would find, what each clause costs, and what was searched.
struct EmptyView {
  let context: PageContext
  let notes: [SearchAnswer.Note]
  let query: String
  /// The address that asks another query.
  let asking: (String) -> String

  func html(_ html: inout HTML) {
    let words = context.words
    html.element("div", ["class": "empty"]) { html in
      html.element("h2", words[.nothingFound])
      list(&html, .didYouMean, ["did-you-mean", "unknown-value", "code-prefix"])
      list(&html, .withoutClause, ["without-clause"])
      list(&html, .fuzzyWould, ["fuzzy"])
      for note in notes where note.code == "searched" {
        html.element("h3", words[.whatWasSearched])
        html.element("ul", ["class": "plain"]) { html in
          for part in note.message.split(separator: ";") {
            let said = context.said(part.trimmingSpaces)
            let text = Self.scopes.first { said.text.hasPrefix($0) }.map { String(said.text.dropFirst($0.count)) }
            html.element("li", ["lang": said.lang], text ?? said.text)
          }
        }
      }
    }
  }

  /// The heading says it already.
  private static let scopes = ["searched ", "已检索：", "已检索 "]

  private func list(_ html: inout HTML, _ title: PageText, _ codes: Set<String>) {
    let found = notes.filter { codes.contains($0.code) }
    guard !found.isEmpty else { return }
    let words = context.words
    html.element("h3", words[title])
    html.element("ul", ["class": "offers"]) { html in
      for note in found {
        html.element("li") { html in
          if note.code == "without-clause", let at = note.at, let count = note.count {
            let bytes = Array(query.utf8)
            let clause = at.upperBound <= bytes.count ? String(decoding: bytes[at], as: UTF8.self) : ""
            html.element("a", ["href": asking(note.hint)]) { html in
              html.text(words[.without] + " ")
              html.element("code", clause)
            }
            html.element("span", ["class": "count"], " " + words.counted(count, .oneRecord, .records))
          } else if !note.hint.isEmpty {
            html.element("a", ["href": asking(note.hint)]) { html in html.element("code", note.hint) }
            if let count = note.count {
              html.element("span", ["class": "count"], " " + words.counted(count, .oneRecord, .records))
            }
            html.said(note.message, context, class: "quiet")
          } else {
            html.said(note.message, context)
          }
        }
      }
    }
  }
}

extension Substring {
  var trimmingSpaces: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
