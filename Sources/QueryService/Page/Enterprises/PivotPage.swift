import QualityRecords
import SearchEngine

/// Records counted by two fields.
struct PivotPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func reply() throws(QualityError) -> Page.Reply {
    let query = context.value("where") ?? context.value("q") ?? "*"
    let options = PivotOptions(
      rows: context.value("a") ?? "category", columns: context.value("b") ?? "province", query: query)
    let answer = try context.index.pivot(options)
    if context.value("format") == "csv" {
      return .csv(name: "pivot.csv", CSVWriter.byteOrderMark + answer.csv())
    }
    return .html(status: 200, PivotView(context: context, answer: answer).document())
  }
}

/// The view of ``PivotPage``: each cell that is not empty leads to its records.
struct PivotView {
  let context: PageContext
  let answer: PivotAnswer

  static let fields = [
    "category", "province", "bureau", "severity", "result", "disposition", "type", "stage", "kind", "date:year",
    "date:quarter", "date:month",
  ]
  /// Columns that are drawn; the others are in the CSV.
  private static let mostColumns = 16
  /// Columns that a window of 50rem has room for.
  private static let fewColumns = 6
  private static let mostRows = 60

  func document() -> [UInt8] {
    let words = context.words
    let title = words(.pivotTitle, words.field(answer.rows.field), words.field(answer.columns.field))
    var frame = PageFrame(title, .enterprises)
    frame.query = answer.query == "*" ? "" : answer.query
    frame.receipt = answer.receipt
    frame.commit = answer.commit
    frame.forms = [
      .init(name: .csv, address: context.here.with("format", "csv").text),
      .init(
        name: .json,
        address: context.data(
          ["pivot"], [("a", answer.rows.field), ("b", answer.columns.field), ("where", answer.query)])),
    ]
    return frame.document(context) { html in
      html.element("h1", title)
      html.element("p", ["role": "status"]) { html in
        html.text(words.counted(answer.total, .oneRecord, .records) + " · ")
        html.element("code", answer.query)
      }
      html.element("form", ["method": "get", "action": context.address(["pivot"]), "class": "small"]) { html in
        html.void("input", ["type": "hidden", "name": "where", "value": answer.query])
        html.element("span", ["class": "asked"]) { html in
          html.element("label", ["for": "a"], words[.countBy])
          Self.select(&html, context, "a", answer.rows.field)
        }
        html.element("span", ["class": "asked"]) { html in
          html.element("label", ["for": "b"], words[.andBy])
          Self.select(&html, context, "b", answer.columns.field)
          html.element("button", ["type": "submit"], words[.show])
        }
        context.keep(in: &html)
      }
      if answer.total == 0 { html.element("p", words[.nothingFound]) } else { table(&html, title) }
    }
  }

  static func select(_ html: inout HTML, _ context: PageContext, _ name: StaticString, _ chosen: String) {
    html.element("select", ["id": name.description, "name": name.description]) { html in
      let fields = Self.fields.contains(chosen) ? Self.fields : [chosen] + Self.fields
      for field in fields {
        html.element("option", ["value": field, "selected": field == chosen ? "" : nil], context.words.field(field))
      }
    }
  }

  /// What a row or column is called.
  private func names(_ side: PivotAnswer.Side) -> [String] {
    let shown = context.values(side.values.map { $0.name ?? "" }, of: side.field)
    let missing = context.words[side.field.contains(":") ? .undated : .none]
    return zip(side.values, shown).map { $0.name == nil ? missing : $1 }
  }

  private func clause(_ field: String, _ value: String) -> String {
    field.hasPrefix("date:") ? "date:\(value)" : SearchAnswer.clause(field, value)
  }

  private func table(_ html: inout HTML, _ title: String) {
    let words = context.words
    let columns = Array(zip(answer.columns.values, names(answer.columns)).prefix(Self.mostColumns))
    let rowNames = names(answer.rows)
    html.element("div", ["class": "wide", "role": "region", "aria-label": title, "tabindex": "0"]) { html in
      // A row is a card where its columns have no room: few of them in a narrow window alone, many in a middle one, too.
      let isMany = columns.count > Self.fewColumns
      html.element("table", ["class": isMany ? "rows pivot cards-l" : "rows pivot cards"]) { html in
        html.element("caption", ["class": "hidden"], title)
        html.element("thead") { html in
          html.element("tr") { html in
            html.element("th", ["scope": "col"], words.field(answer.rows.field))
            html.element("th", ["scope": "col", "class": "number"], words[.all])
            for (_, name) in columns {
              html.element("th", ["scope": "col", "class": "number", "lang": context.lang(name)], name)
            }
          }
        }
        html.element("tbody") { html in
          for (number, (row, cells)) in zip(answer.rows.values, answer.cells).prefix(Self.mostRows).enumerated() {
            html.element("tr") { html in
              let shown = rowNames[number]
              html.element("th", ["scope": "row", "lang": context.lang(shown)], shown)
              html.element("td", ["class": "number sum", "data-of": words[.all]], PageNumbers.grouped(row.count))
              for ((column, of), count) in zip(columns, cells) {
                html.element("td", ["class": count > 0 ? "number" : "number nil", "data-of": of]) { html in
                  guard count > 0 else { return html.element("span", ["class": "quiet"], "·") }
                  guard let a = row.name, let b = column.name else { return html.text(PageNumbers.grouped(count)) }
                  let query = EnterprisesAnswer.narrowed(
                    EnterprisesAnswer.narrowed(answer.query, by: clause(answer.rows.field, a)),
                    by: clause(answer.columns.field, b))
                  html.link(context.address([], [("q", query)]), PageNumbers.grouped(count))
                }
              }
            }
          }
        }
      }
    }
    let rows = answer.rows.values.count - Self.mostRows
    if rows > 0 { html.element("p", ["class": "quiet"], words(.rowsHidden, PageNumbers.grouped(rows))) }
    let hidden = answer.columns.values.count - columns.count
    if hidden > 0 { html.element("p", ["class": "quiet"], words(.columnsHidden, PageNumbers.grouped(hidden))) }
  }
}
