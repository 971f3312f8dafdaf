import QualityRecords
import Records
import SearchEngine

/// The timeline of a history: its drawing, what the drawing's fills mean, and a table of the same figures.
struct TimelineView {
  let context: PageContext
  let history: EnterpriseHistory

  func html(_ html: inout HTML) {
    let words = context.words
    let drawing = TimelineDrawing(context: context, history: history)
    guard drawing.hasEvents else { return }
    let title = words(
      PageText(rawValue: "timeline-" + history.timeline.grain.rawValue) ?? .timelineTitle,
      PageNumbers.grouped(history.events.count - history.undated))
    html.element("section", ["class": "timeline", "id": "timeline", "aria-labelledby": "timeline-title"]) { html in
      html.element("h2", ["id": "timeline-title"], title)
      drawing.html(&html)
      legend(&html)
      html.element("details", ["class": "more"]) { html in
        html.element("summary", words[.asTable])
        table(&html, title)
      }
    }
  }

  // MARK: Legend and table

  private func legend(_ html: inout HTML) {
    let words = context.words
    let counts = history.severities
    html.element("ul", ["class": "legend"]) { html in
      for grade in SeverityLadder.grades.reversed() + [SeverityLadder.ungraded] {
        guard let count = counts[grade], count > 0 else { continue }
        key(
          &html, "event event-\(SeverityLadder.rank(grade) + 1)", SeverityView.signs(grade) + " " + words.value(grade),
          count)
      }
      let clean = history.events.count { $0.kind == "inspection" && $0.severity == nil }
      if clean > 0 { key(&html, "event event-0", words[.noViolations], clean) }
      let dates = history.events.count { $0.kind != "inspection" && $0.days != nil }
      if dates > 0 {
        html.element("li") { html in
          html.element("svg", ["width": "18", "height": "12", "aria-hidden": "true", "focusable": "false"]) { html in
            html.element("path", ["class": "file-date", "d": "M9 1l4 5l-4 5l-4-5z"], "")
          }
          html.text(words[.datesOfFile] + " ")
          html.element("span", ["class": "count"], PageNumbers.grouped(dates))
        }
      }
    }
  }

  private func key(_ html: inout HTML, _ style: String, _ text: String, _ count: Int) {
    html.element("li") { html in
      html.element("svg", ["width": "18", "height": "12", "aria-hidden": "true", "focusable": "false"]) { html in
        html.element(
          "rect",
          [
            "class": style, "x": "0.5", "y": "0.5", "width": "16", "height": "11",
            "fill": style.hasSuffix("3") ? "url(#hatch)" : nil,
          ], "")
      }
      html.text(text + " ")
      html.element("span", ["class": "count"], PageNumbers.grouped(count))
    }
  }

  private func table(_ html: inout HTML, _ title: String) {
    let words = context.words
    html.element("table", ["class": "rows"]) { html in
      html.element("caption", ["class": "hidden"], title)
      html.element("thead") { html in
        html.element("tr") { html in
          html.element("th", ["scope": "col"], words[.period])
          html.element("th", ["scope": "col", "class": "number"], words[.eventsTitle])
          html.element("th", ["scope": "col", "class": "number"], words[.notesColumn])
          html.element("th", ["scope": "col"], words[.worst])
        }
      }
      html.element("tbody") { html in
        for bucket in history.timeline.buckets where bucket.events > 0 {
          html.element("tr") { html in
            html.element("th", ["scope": "row"], bucket.period)
            html.element("td", ["class": "number"], PageNumbers.grouped(bucket.events))
            html.element("td", ["class": "number"], PageNumbers.grouped(bucket.inspections))
            html.element("td") { html in
              if let worst = bucket.worst { SeverityView.html(&html, context, worst) } else { html.text("–") }
            }
          }
        }
      }
    }
  }
}
