import QualityRecords
import Records
import SearchEngine

/// The timeline of a history as a drawing: stretches of the calendar side by side, a cell for each note, stacked with the
/// worst at the bottom, each a link to its line below; long empty runs are folded and say so. A table of the same figures
/// stands beside it.
struct TimelineView {
  let context: PageContext
  let history: EnterpriseHistory

  /// Pixels: width of a stretch, of a cell, height of a cell, of the marks of the file's own dates.
  private static let steps = 26...52
  /// The drawing is about so wide where it may be.
  private static let usualWidth = 1_120
  private static let fullCell = 14
  private static let top = 22
  private static let fileRow = 18
  private static let labels = 34
  /// Empty stretches in a row that are folded from here on.
  private static let longRun = 4
  private static let foldWidth = 56
  /// The drawing is no higher than this; cells become lower.
  private static let tallest = 176

  private struct Column {
    var bucket: HistoryTimeline.Bucket
    var notes: [HistoryEvent] = []
    var dates: [HistoryEvent] = []
  }

  /// Pixels of a stretch: more where there are few.
  private func step(_ parts: Int) -> Int {
    min(Self.steps.upperBound, max(Self.steps.lowerBound, Self.usualWidth / max(1, parts)))
  }

  private enum Part {
    case column(Column)
    case fold(count: Int, from: String, to: String)
  }

  private var columns: [Column] {
    var columns = history.timeline.buckets.map { Column(bucket: $0) }
    for event in history.events {
      guard let day = event.days?.first, let first = columns.first, day >= first.bucket.from else { continue }
      var low = 0
      var high = columns.count
      while low < high {
        let middle = (low + high) / 2
        if columns[middle].bucket.from <= day { low = middle + 1 } else { high = middle }
      }
      guard low > 0, day <= columns[low - 1].bucket.to else { continue }
      if event.kind == "inspection" {
        columns[low - 1].notes.append(event)
      } else {
        columns[low - 1].dates.append(event)
      }
    }
    for place in columns.indices {
      columns[place].notes.sort { Self.rank($0) > Self.rank($1) }
    }
    return columns
  }

  private static func rank(_ event: HistoryEvent) -> Int { event.severity.map { SeverityLadder.rank($0) + 1 } ?? 0 }

  /// The fill that is a pattern of the drawing itself.
  private static func fill(_ rank: Int) -> String? { rank == 3 ? "url(#hatch)" : nil }

  private func parts(_ columns: [Column]) -> [Part] {
    var parts: [Part] = []
    var place = 0
    while place < columns.count {
      let end = columns[place...].firstIndex { $0.bucket.events > 0 } ?? columns.count
      if end - place >= Self.longRun {
        parts.append(
          .fold(count: end - place, from: columns[place].bucket.period, to: columns[end - 1].bucket.period))
        place = end
      } else {
        parts.append(.column(columns[place]))
        place += 1
      }
    }
    return parts
  }

  func html(_ html: inout HTML) {
    let words = context.words
    let columns = columns
    guard columns.contains(where: { $0.bucket.events > 0 }) else { return }
    let title = words(
      PageText(rawValue: "timeline-" + history.timeline.grain.rawValue) ?? .timelineTitle,
      PageNumbers.grouped(history.events.count - history.undated))
    html.element("section", ["class": "timeline", "id": "timeline", "aria-labelledby": "timeline-title"]) { html in
      html.element("h2", ["id": "timeline-title"], title)
      html.element("div", ["class": "drawing", "tabindex": "0", "role": "region", "aria-label": title]) { html in
        drawing(&html, columns, title)
      }
      legend(&html)
      html.element("details", ["class": "more"]) { html in
        html.element("summary", words[.asTable])
        table(&html, columns, title)
      }
    }
  }

  // MARK: Drawing

  private func drawing(_ html: inout HTML, _ columns: [Column], _ title: String) {
    let parts = parts(columns)
    let most = max(1, columns.map(\.notes.count).max() ?? 1)
    let cell = max(3, min(Self.fullCell, Self.tallest / most))
    let ground = Self.top + most * (cell + 2)
    let hasDates = columns.contains { !$0.dates.isEmpty }
    let height = ground + (hasDates ? Self.fileRow : 0) + Self.labels
    let step = step(parts.count)
    // Room for the name of a year under the last stretch.
    var width = 2 + 24
    for part in parts {
      switch part {
      case .column: width += step
      case .fold: width += Self.foldWidth
      }
    }
    html.element(
      "svg",
      [
        "class": "chart", "viewBox": "0 0 \(width) \(height)", "width": "\(width)", "height": "\(height)",
        "role": "group", "aria-labelledby": "chart-title",
      ]
    ) { html in
      html.element("title", ["id": "chart-title"], title)
      html.element("defs") { html in
        html.element(
          "pattern",
          [
            "id": "hatch", "width": "4", "height": "4", "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
          ]
        ) { html in
          html.element("rect", ["class": "hatch-ground", "width": "4", "height": "4"], "")
          html.element("rect", ["class": "hatch-line", "width": "2", "height": "4"], "")
        }
      }
      var x = 1
      var year = ""
      for part in parts {
        switch part {
        case .column(let column):
          self.column(&html, column, x, step, ground, cell, hasDates, &year)
          x += step
        case .fold(let count, let from, let to):
          fold(&html, count, from, to, x, ground, hasDates)
          year = ""
          x += Self.foldWidth
        }
      }
    }
  }

  private func column(
    _ html: inout HTML, _ column: Column, _ x: Int, _ step: Int, _ ground: Int, _ cell: Int, _ hasDates: Bool,
    _ year: inout String
  ) {
    let words = context.words
    html.element("path", ["class": "axis", "d": "M\(x) \(ground + 1)h\(step)"], "")
    var y = ground - cell - 1
    for event in column.notes {
      html.element("a", ["href": "#" + EventsView.anchor(event.id), "class": "cell"]) { html in
        html.element("title", title(event))
        html.element(
          "rect",
          [
            "class": "event event-\(Self.rank(event))", "x": "\(x + 4)", "y": "\(y)", "width": "\(step - 8)",
            "height": "\(cell)", "fill": Self.fill(Self.rank(event)),
          ], "")
      }
      y -= cell + 2
    }
    let middle = x + step / 2
    if !column.notes.isEmpty {
      html.element(
        "text", ["class": "number", "x": "\(middle)", "y": "\(y + cell - 3)", "text-anchor": "middle"],
        String(column.notes.count))
    }
    let low = ground + (hasDates ? Self.fileRow : 0)
    if !column.dates.isEmpty {
      html.element("g") { html in
        html.element("title", column.dates.map(title).joined(separator: words[.semicolon]))
        html.element("path", ["class": "file-date", "d": "M\(middle) \(ground + 5)l4 5l-4 5l-4-5z"], "")
        if column.dates.count > 1 {
          html.element(
            "text", ["class": "small", "x": "\(middle + 6)", "y": "\(ground + 14)"], String(column.dates.count))
        }
      }
    }
    let period = column.bucket.period
    let own = String(period.prefix(4))
    let short = period.count > 4 ? String(period.dropFirst(5)) : ""
    if !short.isEmpty {
      html.element(
        "text", ["class": "small", "x": "\(middle)", "y": "\(low + 13)", "text-anchor": "middle"], short)
    }
    if own != year {
      html.element("path", ["class": "tick", "d": "M\(x) \(ground + 1)v\(low - ground + 28)"], "")
      html.element("text", ["class": "year", "x": "\(x + 4)", "y": "\(low + 28)"], own)
      year = own
    }
  }

  private func fold(
    _ html: inout HTML, _ count: Int, _ from: String, _ to: String, _ x: Int, _ ground: Int, _ hasDates: Bool
  ) {
    let middle = x + Self.foldWidth / 2
    html.element("g") { html in
      html.element("title", context.words(.emptyRun, from, to))
      html.element(
        "path",
        [
          "class": "axis",
          "d":
            "M\(x) \(ground + 1)h\(Self.foldWidth / 2 - 6)m12 0h\(Self.foldWidth / 2 - 6)M\(middle - 7) \(ground + 6)l4-10M\(middle + 3) \(ground + 6)l4-10",
        ], "")
      let low = ground + (hasDates ? Self.fileRow : 0)
      html.element(
        "text", ["class": "small", "x": "\(middle)", "y": "\(low + 13)", "text-anchor": "middle"],
        context.words(.emptyCount, String(count)))
    }
  }

  private func title(_ event: HistoryEvent) -> String {
    let words = context.words
    var parts = [words.date(event.date)]
    if event.kind == "inspection" {
      parts.append(event.severity.map { words.value($0) } ?? words[.noViolations])
      parts += [event.product ?? event.category, event.violations.first?.text].compactMap { $0 }
    } else if context.language == .chinese, let (text, rest) = EventsView.words(event) {
      parts += [words[text], rest].filter { !$0.isEmpty }
    } else {
      parts += event.what
    }
    return parts.joined(separator: words[.comma])
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

  private func table(_ html: inout HTML, _ columns: [Column], _ title: String) {
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
        for column in columns where column.bucket.events > 0 {
          html.element("tr") { html in
            html.element("th", ["scope": "row"], column.bucket.period)
            html.element("td", ["class": "number"], PageNumbers.grouped(column.bucket.events))
            html.element("td", ["class": "number"], PageNumbers.grouped(column.bucket.inspections))
            html.element("td") { html in
              if let worst = column.bucket.worst { SeverityView.html(&html, context, worst) } else { html.text("–") }
            }
          }
        }
      }
    }
  }
}
