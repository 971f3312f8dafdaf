import QualityRecords
import Records

/// The timeline of a history as a drawing: stretches of the calendar side by side, a cell for each note, stacked with the
/// worst at the bottom, each a link to its line below; long empty runs are folded and say so.
///
/// It is one small drawing a year (or what stands for a year in the other grains), all of one height and one scale, that
/// flow like words: a window of 320 pixels has two in a line, one of 1,440 has nine. Nothing is scaled, so that its labels
/// stay legible, and nothing scrolls (decision 90).
struct TimelineDrawing {
  let context: PageContext
  private let columns: [Column]
  private let units: [Unit]
  private let grain: HistoryTimeline.Grain

  /// Pixels: width of a stretch where there are few units, and where there are more; height of a cell, of the marks of the
  /// file's own dates, of the labels below.
  private static let wideStep = 36
  private static let narrowStep = 26
  /// More units than nine of four wide stretches do not stand in one line of the widest page (1,296 pixels).
  private static let fewUnits = 9
  private static let fullCell = 14
  private static let top = 22
  private static let fileRow = 18
  private static let labels = 34
  private static let foldWidth = 72
  /// The drawing is no higher than this; cells become lower.
  private static let tallest = 176

  private struct Column {
    var bucket: HistoryTimeline.Bucket
    var notes: [HistoryEvent] = []
    var dates: [HistoryEvent] = []
  }

  /// What stands together in a line.
  private enum Unit {
    /// Columns with the places before the first that are left empty, so that equal quarters stand below each other.
    case columns(Range<Int>, before: Int)
    case fold(Range<Int>)
  }

  init(context: PageContext, history: EnterpriseHistory) {
    self.context = context
    grain = history.timeline.grain
    columns = Self.columns(history)
    units = Self.units(columns.map(\.bucket), history.timeline.grain)
  }

  var hasEvents: Bool { columns.contains { $0.bucket.events > 0 } }

  private static func columns(_ history: EnterpriseHistory) -> [Column] {
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
      columns[place].notes.sort { rank($0) > rank($1) }
    }
    return columns
  }

  /// Stretches of a unit: quarters of a year; months of half of one, which a window of 320 pixels has room for; years and
  /// weeks by fours.
  private static func length(_ grain: HistoryTimeline.Grain) -> Int { grain == .month ? 6 : 4 }

  /// The place of a stretch in its unit, by the calendar where the unit is one of the calendar.
  private static func place(_ period: String, _ grain: HistoryTimeline.Grain) -> Int? {
    switch grain {
    case .quarter: return period.last?.wholeNumberValue.map { $0 - 1 }
    case .month: return Int(period.suffix(2)).map { ($0 - 1) % length(.month) }
    case .week, .year: return nil
    }
  }

  /// Cuts the stretches into units; units of the calendar that are whole and empty are folded, those next to each other
  /// into one.
  private static func units(_ buckets: [HistoryTimeline.Bucket], _ grain: HistoryTimeline.Grain) -> [Unit] {
    let length = length(grain)
    var units: [Unit] = []
    var start = 0
    while start < buckets.count {
      let before = min(length - 1, max(0, place(buckets[start].period, grain) ?? 0))
      let end = min(buckets.count, start + length - before)
      let isEmpty = end - start == length && buckets[start..<end].allSatisfy { $0.events == 0 }
      if !isEmpty {
        // The first begins at the margin; those below it that are whole are told apart by their labels.
        units.append(.columns(start..<end, before: units.isEmpty ? 0 : before))
      } else if case .fold(let range)? = units.last {
        units[units.count - 1] = .fold(range.lowerBound..<end)
      } else {
        units.append(.fold(start..<end))
      }
      start = end
    }
    return units
  }

  private static func rank(_ event: HistoryEvent) -> Int { event.severity.map { SeverityLadder.rank($0) + 1 } ?? 0 }

  /// The fill that is a pattern of the drawing itself.
  private static func fill(_ rank: Int) -> String? { rank == 3 ? "url(#hatch)" : nil }

  // MARK: Drawing

  /// The scale that all units share, and the height of one: units stand on one ground, and a line of them is as high as
  /// its highest alone.
  private struct Measure {
    var step: Int
    var cell: Int
    var below: Int
    var ground = 0
    var low: Int { ground + below }
    var height: Int { low + TimelineDrawing.labels }

    func of(_ notes: Int) -> Measure {
      var one = self
      one.ground = TimelineDrawing.top + max(1, notes) * (cell + 2)
      return one
    }
  }

  private var measure: Measure {
    let most = max(1, columns.map(\.notes.count).max() ?? 1)
    let isFew = units.count <= Self.fewUnits && Self.length(grain) <= 4
    return Measure(
      step: isFew ? Self.wideStep : Self.narrowStep, cell: max(3, min(Self.fullCell, Self.tallest / most)),
      below: columns.contains { !$0.dates.isEmpty } ? Self.fileRow : 0)
  }

  func html(_ html: inout HTML) {
    let measure = measure
    html.element("div", ["class": "drawing", "role": "group", "aria-labelledby": "timeline-title"]) { html in
      pattern(&html)
      var year = ""
      for unit in units {
        switch unit {
        case .columns(let range, let before):
          let most = columns[range].map(\.notes.count).max() ?? 0
          self.columns(&html, range, before, measure.of(most), &year)
        case .fold(let range):
          fold(&html, range, measure.of(0))
          year = ""
        }
      }
    }
  }

  /// The pattern of one of the fills, in a drawing of no size.
  private func pattern(_ html: inout HTML) {
    html.element(
      "svg", ["class": "hidden", "width": "0", "height": "0", "aria-hidden": "true", "focusable": "false"]
    ) { html in
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
    }
  }

  private func chart(
    _ html: inout HTML, width: Int, _ measure: Measure, title: String, _ body: (inout HTML) -> Void
  ) {
    html.element(
      "svg",
      [
        "class": "chart", "viewBox": "0 0 \(width) \(measure.height)", "width": "\(width)",
        "height": "\(measure.height)", "role": "group", "aria-label": title,
      ]
    ) { html in
      html.element("title", title)
      body(&html)
    }
  }

  private func columns(
    _ html: inout HTML, _ range: Range<Int>, _ before: Int, _ measure: Measure, _ year: inout String
  ) {
    let words = context.words
    let from = columns[range.lowerBound].bucket.period
    let to = columns[range.upperBound - 1].bucket.period
    let notes = columns[range].reduce(0) { $0 + $1.notes.count }
    let span = grain == .quarter ? String(from.prefix(4)) : from == to ? from : "\(from) – \(to)"
    var last = year
    let title = span + words[.colon] + words.counted(notes, .oneNote, .notes)
    // Units are as wide as each other but for those that follow no calendar.
    let places = Self.place(from, grain) == nil || range.lowerBound == 0 ? range.count : Self.length(grain)
    chart(&html, width: places * measure.step, measure, title: title) { html in
      for (offset, place) in range.enumerated() {
        column(&html, columns[place], (before + offset) * measure.step, measure, isFirst: offset == 0, &last)
      }
    }
    year = last
  }

  private func column(
    _ html: inout HTML, _ column: Column, _ x: Int, _ measure: Measure, isFirst: Bool, _ year: inout String
  ) {
    let words = context.words
    let (step, ground, low) = (measure.step, measure.ground, measure.low)
    html.element("path", ["class": "axis", "d": "M\(x) \(ground + 1)h\(step)"], "")
    var y = ground - measure.cell - 1
    for event in column.notes {
      html.element("a", ["href": "#" + EventsView.anchor(event.id), "class": "cell"]) { html in
        html.element("title", title(event))
        html.element(
          "rect",
          [
            "class": "event event-\(Self.rank(event))", "x": "\(x + 3)", "y": "\(y)", "width": "\(step - 6)",
            "height": "\(measure.cell)", "fill": Self.fill(Self.rank(event)),
          ], "")
      }
      y -= measure.cell + 2
    }
    let middle = x + step / 2
    if !column.notes.isEmpty {
      html.element(
        "text", ["class": "number", "x": "\(middle)", "y": "\(y + measure.cell - 3)", "text-anchor": "middle"],
        String(column.notes.count))
    }
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
    // Weeks by the day of their Monday, which leaves room between them.
    let short = grain == .week ? String(period.suffix(2)) : period.count > 4 ? String(period.dropFirst(5)) : ""
    if !short.isEmpty {
      html.element(
        "text", ["class": "small", "x": "\(middle)", "y": "\(low + 13)", "text-anchor": "middle"], short)
    }
    // A unit may stand first in its line: it says its year, weeks their month, too.
    if own != year || (isFirst && grain != .year) {
      html.element("path", ["class": "tick", "d": "M\(x) \(ground + 1)v\(low - ground + 28)"], "")
      html.element(
        "text", ["class": "year", "x": "\(x + 4)", "y": "\(low + 28)"],
        grain == .week ? String(period.prefix(7)) : own)
      year = own
    }
  }

  private func fold(_ html: inout HTML, _ range: Range<Int>, _ measure: Measure) {
    let from = columns[range.lowerBound].bucket.period
    let to = columns[range.upperBound - 1].bucket.period
    let middle = Self.foldWidth / 2
    let (ground, low) = (measure.ground, measure.low)
    chart(&html, width: Self.foldWidth, measure, title: context.words(.emptyRun, from, to)) { html in
      html.element(
        "path",
        [
          "class": "axis",
          "d":
            "M0 \(ground + 1)h\(middle - 6)m12 0h\(middle - 6)M\(middle - 7) \(ground + 6)l4-10M\(middle + 3) \(ground + 6)l4-10",
        ], "")
      html.element(
        "text", ["class": "small", "x": "\(middle)", "y": "\(low + 13)", "text-anchor": "middle"],
        context.words(.emptyCount, String(range.count)))
      guard grain == .quarter || grain == .year else { return }
      let years = from.prefix(4) == to.prefix(4) ? String(from.prefix(4)) : "\(from.prefix(4))–\(to.prefix(4))"
      html.element(
        "text", ["class": "small", "x": "\(middle)", "y": "\(low + 28)", "text-anchor": "middle"], years)
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
}
