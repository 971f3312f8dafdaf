import QualityRecords
import SearchEngine

/// The answer to a search as people read it.
struct SearchView {
  let context: PageContext
  let answer: SearchAnswer
  let options: SearchOptions
  let parsed: ParseAnswer
  let dates: DateBars?
  let counts: [PageFrame.Place: Int]

  init(
    _ context: PageContext, _ answer: SearchAnswer, _ options: SearchOptions, parsed: ParseAnswer, dates: DateBars?,
    counts: [PageFrame.Place: Int]
  ) {
    self.context = context
    self.answer = answer
    self.options = options
    self.parsed = parsed
    self.dates = dates
    self.counts = counts
  }

  /// The address of another query with everything else as it is; it begins at the first page.
  private func asking(_ query: String) -> String {
    context.here.with("cursor", nil).with("q", query.isEmpty ? "*" : query).text
  }

  private func narrowed(_ clause: String) -> String {
    asking(EnterprisesAnswer.narrowed(options.query, by: clause))
  }

  private var place: PageFrame.Place? {
    switch options.kinds {
    case []: .all
    case ["inspection"]: .inspections
    case ["directive"]: .directives
    default: nil
    }
  }

  func document() -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words(.resultsFor, options.query), place)
    frame.query = options.query
    frame.counts = counts
    frame.stays = options.kinds.map { ("kind", $0) }
    if let sort = options.sort { frame.stays.append(("sort", sort)) }
    if !options.rungs.isEmpty { frame.stays.append(("rungs", options.rungs.joined(separator: ","))) }
    frame.receipt = answer.receipt
    frame.commit = answer.commit
    let same = options.kinds.map { ("kind", Optional($0)) } + [("sort", options.sort)]
    let rungs = options.rungs.isEmpty ? nil : options.rungs.joined(separator: ",")
    let how = [("rungs", rungs), ("any", options.any ? "true" : nil)]
    frame.forms = [
      .init(name: .csv, address: context.data(["export"], [("q", options.query), ("format", "csv")] + same + how)),
      .init(
        name: .json,
        address: context.data(
          ["search"],
          [("q", options.query)] + same + how + [
            ("limit", String(options.limit)), ("cursor", options.cursor),
          ])
      ),
    ]
    frame.style = "search"
    return frame.document(context) { html in
      html.element("h1", ["class": "hidden"], words(.resultsFor, options.query))
      ReadAsLine(
        context: context, parsed: parsed, notes: answer.notes, kinds: options.kinds, rungs: options.rungs,
        sort: options.sort, sorts: SearchPage.sorts
      ).html(&html) { html in
        html.text(words.counted(answer.total, .oneRecord, .records))
        if !answer.totalIsExact { html.text(" " + words[.atLeast]) }
        if answer.isPartial { html.text(" · " + words[.partial]) }
      }
      html.element("div", ["class": "columns"]) { html in
        if answer.total > 0 { facets(&html) }
        html.element("div", ["class": "middle"]) { html in hits(&html) }
        if answer.total > 0 { right(&html) }
      }
    }
  }

  private func hits(_ html: inout HTML) {
    let words = context.words
    if answer.total == 0 {
      EmptyView(context: context, notes: answer.notes, query: options.query, asking: asking).html(&html)
      return
    }
    let view = HitView(context: context, query: options.query)
    html.element("ol", ["class": "hits", "id": "hits"]) { html in
      for (number, hit) in answer.hits.enumerated() { view.html(&html, hit, number: number + 1) }
    }
    if options.cursor != nil || answer.next != nil {
      html.element("nav", ["class": "pages", "aria-label": words[.pages]]) { html in
        if options.cursor != nil { html.link(context.here.with("cursor", nil).text, words[.firstPage]) }
        if let next = answer.next {
          html.element("a", ["href": context.here.with("cursor", next).text, "rel": "next"], words[.nextPage])
        }
      }
    }
  }

  private func facets(_ html: inout HTML) {
    FacetColumn(context: context).html(&html) { html in
      for facet in answer.facets where !facet.values.isEmpty {
        if facet.field == "kind", facet.values.count < 2 { continue }
        let isLadder = facet.field.hasSuffix("severity")
        let sorted =
          isLadder
          ? facet.values.sorted { SeverityLadder.rank($0.value) > SeverityLadder.rank($1.value) } : facet.values
        let values = sorted.map {
          FacetColumn.Value(
            text: $0.value, count: $0.count, address: narrowed(SearchAnswer.clause(facet.field, $0.value)),
            without: narrowed("NOT " + SearchAnswer.clause(facet.field, $0.value)))
        }
        FacetColumn(context: context).list(&html, facet.field, values)
      }
      dateForm(&html)
    }
  }

  private func dateForm(_ html: inout HTML) {
    let words = context.words
    html.element("form", ["class": "span", "method": "get", "action": context.address([])]) { html in
      html.element("h3", words[.dateSpan])
      html.void("input", ["type": "hidden", "name": "q", "value": options.query])
      for kind in options.kinds { html.void("input", ["type": "hidden", "name": "kind", "value": kind]) }
      context.keep(in: &html)
      html.element("p") { html in
        html.element("label", ["for": "since"], words[.from])
        html.void("input", ["id": "since", "name": "since", "size": "10", "placeholder": "2007-03"])
        html.element("label", ["for": "until"], words[.to])
        html.void("input", ["id": "until", "name": "until", "size": "10", "placeholder": "2007-Q3"])
        html.element("button", ["type": "submit"], words[.apply])
      }
    }
  }

  private func right(_ html: inout HTML) {
    guard let dates else { return }
    html.element("aside", ["class": "right", "aria-label": context.words[.dates]]) { html in
      dates.html(&html, context, narrowed)
    }
  }
}
