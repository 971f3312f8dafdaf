import QualityRecords
import SearchEngine

/// How many of the records found are of each quarter or year.
struct DateBars: Sendable {
  enum Grain: Sendable { case quarter, year }

  struct Bar: Hashable, Sendable {
    /// As a query takes it: `2007-Q2`, `2007`.
    var period: String
    var count: Int
  }

  var grain: Grain
  var bars: [Bar]
  var undated: Int

  /// More bars than these say less than the next coarser ones.
  private static let most = 24

  /// - Returns: nil where there are no dates, or more quarters than fit.
  init?(_ pivot: PivotAnswer, grain: Grain) {
    var bars: [Bar] = []
    var undated = 0
    for group in pivot.rows.values {
      if let name = group.name { bars.append(Bar(period: name, count: group.count)) } else { undated += group.count }
    }
    guard !bars.isEmpty, bars.count <= Self.most || grain == .year else { return nil }
    self.grain = grain
    self.bars = Array(bars.suffix(Self.most))
    self.undated = undated
  }

  func html(_ html: inout HTML, _ context: PageContext, _ address: (String) -> String) {
    let words = context.words
    let most = bars.map(\.count).max() ?? 1
    html.element("section", ["class": "side", "aria-labelledby": "dates"]) { html in
      html.element("h2", ["id": "dates"], words[.dates])
      html.element("ol", ["class": "bars"]) { html in
        for bar in bars {
          html.element("li") { html in
            html.element("a", ["href": address("date:" + bar.period)], bar.period)
            BarDrawing.html(&html, bar.count, of: most)
            html.element("span", ["class": "count"], PageNumbers.grouped(bar.count))
          }
        }
        if undated > 0 {
          html.element("li") { html in
            html.element("span", ["class": "quiet"], words[.undated])
            BarDrawing.html(&html, undated, of: max(most, undated))
            html.element("span", ["class": "count"], PageNumbers.grouped(undated))
          }
        }
      }
    }
  }
}

/// A bar beside its number.
enum BarDrawing {
  /// Widths of a bar in its own units.
  private static let units = 1_000

  static func html(_ html: inout HTML, _ count: Int, of most: Int, class style: String = "") {
    let width = most > 0 ? max(count > 0 ? 8 : 0, min(units, count * units / most)) : 0
    html.element(
      "svg",
      [
        "class": style.isEmpty ? "meter" : "meter \(style)", "viewBox": "0 0 \(units) 10",
        "preserveAspectRatio": "none",
        "aria-hidden": "true", "focusable": "false",
      ]
    ) { html in
      html.element("rect", ["class": "whole", "width": "\(units)", "height": "10"], "")
      html.element("rect", ["class": "part", "width": "\(width)", "height": "10"], "")
    }
  }
}
