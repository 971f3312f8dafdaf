/// Values that narrow an answer, as lists of links with their counts.
struct FacetColumn {
  struct Value: Sendable {
    var text: String
    var count: Int
    /// Nil where no clause takes exactly these.
    var address: String?
    var without: String?
    var depth = 0
  }

  let context: PageContext
  /// Values shown before "more".
  private static let first = 6

  /// All of it, folded away on narrow screens.
  func html(_ html: inout HTML, _ body: (inout HTML) -> Void) {
    html.element("aside", ["class": "left", "id": "facets", "aria-label": context.words[.narrow]]) { html in
      html.element("details", ["open": "", "class": "fold"]) { html in
        html.element("summary", context.words[.narrow])
        body(&html)
      }
    }
  }

  func list(_ html: inout HTML, _ field: String, _ values: [Value]) {
    guard !values.isEmpty else { return }
    html.element("h2", context.words.field(field))
    let named = Array(zip(values, context.values(values.map(\.text), of: field)))
    html.element("ul", ["class": "values"]) { html in
      for (value, shown) in named.prefix(Self.first) { item(&html, value, shown) }
    }
    guard values.count > Self.first else { return }
    let rest = named[Self.first...]
    html.element("details", ["class": "more", "data-of": field]) { html in
      html.element("summary", context.words(.more, PageNumbers.grouped(rest.count)))
      html.element("ul", ["class": "values"]) { html in
        for (value, shown) in rest.prefix(Self.longest) { item(&html, value, shown) }
      }
      if rest.count > Self.longest {
        html.element("p", ["class": "quiet"], context.words(.notListed, PageNumbers.grouped(rest.count - Self.longest)))
      }
    }
  }

  /// A page stays small: rarer values are had by the query.
  private static let longest = 30

  private func item(_ html: inout HTML, _ value: Value, _ shown: String) {
    let words = context.words
    html.element("li", ["class": value.depth > 0 ? "depth-\(min(value.depth, 4))" : nil]) { html in
      if let address = value.address {
        html.element("a", ["href": address, "lang": context.lang(shown)], shown)
      } else {
        html.run(shown, context)
      }
      html.text(" ")
      html.element("span", ["class": "count"], PageNumbers.grouped(value.count))
      if let without = value.without {
        html.element("a", ["class": "without", "href": without, "aria-label": words(.leaveOut, shown)], "−")
      }
    }
  }
}
