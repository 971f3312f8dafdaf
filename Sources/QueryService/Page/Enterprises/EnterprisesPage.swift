import QualityRecords
import SearchEngine

/// Enterprises by what is asked, one row each: the product tree, facets, a table that can be sorted.
struct EnterprisesPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func options(_ query: String) -> EnterpriseOptions {
    var options = EnterpriseOptions(query)
    options.search.limit = Page.pageLength
    options.search.cursor = context.value("cursor")
    options.search.rungs = context.value("rungs").map { $0.split(separator: ",").map(String.init) } ?? []
    options.search.any = context.value("any") == "1"
    options.sort = context.value("sort") ?? "score"
    return options
  }

  func reply() throws(QualityError) -> Page.Reply {
    let query = context.value("q") ?? "kind:enterprise"
    var options = options(query)
    if context.value("format") == "csv" {
      options.search.limit = SearchOptions.longestPage
      let answer = try context.index.enterprises(options)
      return .csv(name: "enterprises.csv", Self.csv(answer))
    }
    let answer = try context.index.enterprises(options)
    return .html(
      status: 200,
      EnterprisesView(context: context, answer: answer, options: options, parsed: try ParseAnswer(parsing: query))
        .document())
  }

  static func csv(_ answer: EnterprisesAnswer) -> [UInt8] {
    var writer = CSVWriter()
    writer.row([
      "id", "name", "province", "licence", "export", "records", "notes", "violations", "worst", "latest", "rung",
    ])
    for (hit, row) in zip(answer.search.hits, answer.rows) {
      writer.row([
        hit.id, hit.title, row.province ?? "", row.licence ?? "", row.export.map { $0 ? "true" : "false" } ?? "",
        String(row.records), String(row.notes), String(row.violations), row.worstSeverity ?? "", row.latest ?? "",
        hit.rung,
      ])
    }
    return CSVWriter.byteOrderMark + writer.bytes
  }
}

/// The view of ``EnterprisesPage``.
struct EnterprisesView {
  let context: PageContext
  let answer: EnterprisesAnswer
  let options: EnterpriseOptions
  let parsed: ParseAnswer

  private var query: String { options.search.query }

  private func asking(_ query: String) -> String {
    context.here.with("cursor", nil).with("q", query.isEmpty ? "kind:enterprise" : query).text
  }

  private func narrowed(_ clause: String) -> String { asking(EnterprisesAnswer.narrowed(query, by: clause)) }

  func document() -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words(.enterprisesFor, query), .enterprises)
    frame.query = query
    frame.action = ["enterprises"]
    if options.sort != "score" { frame.stays = [("sort", options.sort)] }
    frame.receipt = answer.search.receipt
    frame.commit = answer.search.commit
    frame.forms = [
      .init(name: .csv, address: context.kept(context.here.with("cursor", nil).with("format", "csv")).text),
      .init(
        name: .json,
        address: context.data(
          ["enterprises"],
          [
            ("q", query), ("sort", options.sort),
            ("rungs", options.search.rungs.isEmpty ? nil : options.search.rungs.joined(separator: ",")),
            ("limit", String(options.search.limit)),
            ("cursor", options.search.cursor),
          ])),
    ]
    frame.style = "search"
    return frame.document(context) { html in
      html.element("h1", ["class": "hidden"], words(.enterprisesFor, query))
      ReadAsLine(
        context: context, parsed: parsed, notes: answer.search.notes, rungs: options.search.rungs, sort: options.sort,
        sorts: EnterpriseOptions.sorts
      ).html(&html) { html in
        html.text(words.counted(answer.search.total, .oneEnterprise, .enterprises))
        if answer.records > 0 {
          html.element("span", ["class": "quiet"], " " + words.counted(answer.records, .inOneRecord, .inRecords))
        }
        if answer.search.isPartial { html.text(" · " + words[.partial]) }
      }
      html.element("div", ["class": "columns two"]) { html in
        if answer.search.total > 0 { left(&html) }
        html.element("div", ["class": "middle"]) { html in
          if answer.search.total == 0 {
            EmptyView(context: context, notes: answer.search.notes, query: query, asking: asking).html(&html)
          } else {
            table(&html)
            more(&html)
          }
        }
      }
    }
  }

  private func left(_ html: inout HTML) {
    let column = FacetColumn(context: context)
    column.html(&html) { html in
      tree(&html)
      for facet in answer.facets where facet.field != "category" && !facet.values.isEmpty {
        let isLadder = facet.field.hasSuffix("severity")
        column.list(
          &html, facet.field,
          (isLadder
            ? facet.values.sorted { SeverityLadder.rank($0.value) > SeverityLadder.rank($1.value) } : facet.values)
            .map { value in
              FacetColumn.Value(
                text: value.value, count: value.count, address: value.clause.map(narrowed), without: nil)
            })
      }
    }
  }

  /// Terms of the product tree with their counts: all levels that have enterprises, deeper ones indented.
  private func tree(_ html: inout HTML) {
    guard !answer.tree.isEmpty else { return }
    let words = context.words
    // The asked term and what is under it beside its like; without one, the upper levels, the others folded away.
    let top = answer.tree.map(\.depth).min() ?? 0
    html.element("h2", words[.productTree])
    html.element("ul", ["class": "values tree"]) { html in
      var index = 0
      while index < answer.tree.count {
        let node = answer.tree[index]
        var end = index + 1
        while end < answer.tree.count, answer.tree[end].depth > node.depth { end += 1 }
        let isOpen =
          answer.askedTerms.contains { asked in node.names.contains { $0 == asked.lowercased() || $0 == asked } }
          || answer.tree.count <= 14 || node.depth == top
        html.element("li", ["class": node.depth > top ? "depth-\(min(node.depth - top, 4))" : nil]) { html in
          self.node(&html, node)
        }
        if !isOpen, end > index + 1, node.depth > top, !answer.askedTerms.isEmpty {
          index = end
        } else if !isOpen, end > index + 1, node.depth > top {
          html.element("li", ["class": "depth-\(min(node.depth - top + 1, 4))"]) { html in
            html.element("details", ["class": "more"]) { html in
              html.element("summary", words(.more, PageNumbers.grouped(end - index - 1)))
              html.element("ul", ["class": "values"]) { html in
                for inner in answer.tree[(index + 1)..<end] {
                  html.element("li", ["class": inner.depth > node.depth + 1 ? "depth-1" : nil]) { html in
                    self.node(&html, inner)
                  }
                }
              }
            }
          }
          index = end
        } else {
          index += 1
        }
      }
    }
  }

  private func node(_ html: inout HTML, _ node: EnterprisesAnswer.TreeNode) {
    let name = Self.name(node, context.language)
    if let clause = node.clause {
      html.element("a", ["href": narrowed(clause), "lang": context.lang(name)], name)
    } else {
      html.run(name, context)
    }
    html.text(" ")
    html.element("span", ["class": "count"], PageNumbers.grouped(node.count))
  }

  /// The first name of a term in the page's language, else its first.
  static func name(_ node: EnterprisesAnswer.TreeNode, _ language: PageLanguage) -> String {
    node.names.first { TextLanguage.of($0) == language } ?? node.name
  }

  private static let columns: [(text: PageText, sort: String?)] = [
    (.enterprise, "name"), (.notesColumn, nil), (.violationsColumn, "violations"), (.worst, "severity"),
    (.latest, "recency"),
  ]

  private func table(_ html: inout HTML) {
    let words = context.words
    html.element("div", ["class": "wide", "role": "region", "aria-label": words[.placeEnterprises], "tabindex": "0"]) {
      html in
      html.element("table", ["class": "rows cards", "id": "hits"]) { html in
        html.element("caption", ["class": "hidden"], words(.enterprisesFor, query))
        html.element("thead") { html in
          html.element("tr") { html in
            for column in Self.columns {
              let isOurs = column.sort == options.sort
              html.element(
                "th",
                [
                  "scope": "col", "class": Self.isNumber(column.text) ? "number" : nil,
                  "aria-sort": isOurs ? (options.sort == "name" ? "ascending" : "descending") : nil,
                ]
              ) { html in
                if let sort = column.sort {
                  html.element("a", ["href": context.here.with("cursor", nil).with("sort", isOurs ? nil : sort).text]) {
                    html in
                    html.text(words[column.text])
                    html.element(
                      "span", ["class": "arrow", "aria-hidden": "true"], isOurs ? (sort == "name" ? " ↑" : " ↓") : " ↕")
                  }
                } else {
                  html.text(words[column.text])
                }
              }
            }
          }
        }
        html.element("tbody") { html in
          for (hit, row) in zip(answer.search.hits, answer.rows) { self.row(&html, hit, row) }
        }
      }
    }
    if options.search.cursor != nil || answer.search.next != nil {
      html.element("nav", ["class": "pages", "aria-label": words[.pages]]) { html in
        if options.search.cursor != nil { html.link(context.here.with("cursor", nil).text, words[.firstPage]) }
        if let next = answer.search.next {
          html.element("a", ["href": context.here.with("cursor", next).text, "rel": "next"], words[.nextPage])
        }
      }
    }
  }

  private static func isNumber(_ text: PageText) -> Bool { text == .notesColumn || text == .violationsColumn }

  private func row(_ html: inout HTML, _ hit: SearchAnswer.Hit, _ row: EnterprisesAnswer.Row) {
    let words = context.words
    html.element("tr", ["class": "hit"]) { html in
      html.element("th", ["scope": "row"]) { html in
        html.element(
          "a", ["href": context.address(["enterprises", hit.id]), "lang": context.lang(hit.title)], hit.title)
        html.element("p", ["class": "facts"]) { html in
          if let province = row.province { html.run(context.value(province, of: "province"), context) }
          if let licence = row.licence { html.element("code", licence) }
          if row.export == true { html.element("span", words[.exports]) }
          if hit.rung != "exact", hit.rung != "stem" {
            html.element("span", ["class": "rung"], words(.byRung, words.value(hit.rung)))
          }
          html.element("code", hit.id)
        }
        if let passage = row.passages.first, passage.kind != "enterprise", !passage.snippet.marks.isEmpty {
          html.element("p", ["class": "snippet", "lang": context.lang(passage.snippet.text)]) { html in
            html.element(
              "a",
              [
                "class": "label", "href": context.record(passage.kind, passage.id, query: query),
                "lang": context.language.tag,
              ], words.date(passage.date))
            html.text(" ")
            html.marked(passage.snippet.text, passage.snippet.marks)
          }
        }
      }
      // In a narrow window a row is a card, and what stands in it says what it is.
      html.element("td", ["class": "number", "data-of": words[.notesColumn]], PageNumbers.grouped(row.notes))
      html.element("td", ["class": "number", "data-of": words[.violationsColumn]], PageNumbers.grouped(row.violations))
      html.element("td") { html in
        if let worst = row.worstSeverity { SeverityView.html(&html, context, worst) } else { html.text("–") }
      }
      html.element("td", ["class": "date", "data-of": words[.latest]], row.latest.map { words.date($0) } ?? "–")
    }
    html.line()
  }

  private func more(_ html: inout HTML) {
    let words = context.words
    html.element("section", ["class": "tools"]) { html in
      html.element("h2", words[.tools])
      html.element("form", ["method": "get", "action": context.address(["pivot"]), "class": "small"]) { html in
        html.void("input", ["type": "hidden", "name": "where", "value": query])
        html.element("span", ["class": "asked"]) { html in
          html.element("label", ["for": "a"], words[.countBy])
          PivotView.select(&html, context, "a", "category")
        }
        html.element("span", ["class": "asked"]) { html in
          html.element("label", ["for": "b"], words[.andBy])
          PivotView.select(&html, context, "b", "province")
          html.element("button", ["type": "submit"], words[.show])
        }
        context.keep(in: &html)
      }
      html.element("p") { html in html.link(context.address(["match"]), words[.checkList]) }
    }
  }
}
