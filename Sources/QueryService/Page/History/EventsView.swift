import QualityRecords
import Records

/// The events of a history in their order, the undated ones last and counted.
struct EventsView {
  let context: PageContext
  let history: EnterpriseHistory

  /// The place of an event on the page.
  static func anchor(_ id: String) -> String { "e-" + id }

  func html(_ html: inout HTML) {
    let words = context.words
    html.element("h2", ["id": "events"]) { html in
      html.text(words[.eventsTitle] + " ")
      html.element("span", ["class": "count"], PageNumbers.grouped(history.events.count))
      if history.undated > 0 {
        html.text(" ")
        html.element("span", ["class": "quiet"], words(.undatedCounted, PageNumbers.grouped(history.undated)))
      }
    }
    guard !history.events.isEmpty else { return html.element("p", words[.noEvents]) }
    html.element("table", ["class": "rows events"]) { html in
      html.element("caption", ["class": "hidden"], words[.eventsTitle])
      html.element("thead") { html in
        html.element("tr") { html in
          html.element("th", ["scope": "col"], words[.dateColumn])
          html.element("th", ["scope": "col"], words[.whatHappened])
        }
      }
      html.element("tbody") { html in
        var anchors: Set<String> = []
        for event in history.events { row(&html, event, &anchors) }
      }
    }
  }

  private func row(_ html: inout HTML, _ event: HistoryEvent, _ anchors: inout Set<String>) {
    let words = context.words
    let isNote = event.kind == "inspection"
    let anchor = isNote && anchors.insert(event.id).inserted ? Self.anchor(event.id) : nil
    html.element("tr", ["class": isNote ? "note" : "file", "id": anchor]) { html in
      html.element("th", ["scope": "row", "class": "date"]) { html in
        html.text(words.date(event.date))
        if event.isPartial, event.days != nil {
          html.element("span", ["class": "quiet"], " " + words[.dayUnknown])
        }
      }
      html.element("td") { html in
        if isNote { note(&html, event) } else { file(&html, event) }
      }
    }
    html.line()
  }

  private func file(_ html: inout HTML, _ event: HistoryEvent) {
    if context.language == .chinese, let (text, rest) = Self.words(event) {
      html.element("p", ["class": "quiet"]) { html in
        html.text(context.words[text])
        if !rest.isEmpty {
          html.text("：")
          html.run(rest, context)
        }
      }
    } else {
      html.element("p", ["class": "quiet", "lang": context.lang("a")], event.what.joined(separator: ", "))
    }
  }

  /// What a date of the file says in Chinese: what it is, and of what; nil where the interface has no words for it.
  static func words(_ event: HistoryEvent) -> (text: PageText, rest: String)? {
    guard let text = text(event.field ?? "") else { return nil }
    let rest = event.what.dropFirst().map { $0.hasPrefix("formerly ") ? "原名" + $0.dropFirst(9) : $0 }
    return (text, rest.joined(separator: "，"))
  }

  /// What a date of the file says, by its field; nil where the interface has no words for it.
  private static func text(_ field: String) -> PageText? {
    let last = field.split(separator: ".").last.map(String.init) ?? ""
    if field.hasPrefix("formerNames") { return .eventRenamed }
    if field.contains("Suspended") { return last == "until" ? .eventResumed : .eventSuspended }
    return PageText(rawValue: "field-" + last)
  }

  private func note(_ html: inout HTML, _ event: HistoryEvent) {
    let words = context.words
    html.element("p", ["class": "facts"]) { html in
      if let severity = event.severity { SeverityView.html(&html, context, severity) }
      html.element("a", ["class": "main", "href": context.record("inspection", event.id)]) { html in
        html.run(event.product ?? event.category ?? words.kind("inspection"), context)
      }
      for value in [event.type, event.stage, event.result].compactMap({ $0 }) {
        html.element("span", words.value(value))
      }
      if let disposition = event.disposition, disposition != "none" {
        html.element("strong", words.value(disposition))
      }
      if let due = event.due { html.element("span", words(.dueOn, words.date(due))) }
      html.element("code", event.id)
    }
    for violation in event.violations {
      html.element("p", ["class": "violation"]) { html in
        if event.violations.count > 1 {
          html.element("span", ["class": "signs", "aria-hidden": "true"], SeverityView.signs(violation.severity))
          html.element("span", ["class": "hidden"], words.value(violation.severity))
          html.text(" ")
        }
        if let text = violation.text { html.run(text, context) }
        if let code = violation.code {
          html.text(" ")
          html.element("code", code)
        }
      }
    }
    if let first = event.followUpOf {
      html.element("p", ["class": "quiet"]) { html in
        html.text("↳ " + words[.followsUp] + " ")
        html.element("a", ["href": "#" + Self.anchor(first)], first)
      }
    }
    if !event.followedBy.isEmpty {
      html.element("p", ["class": "quiet"]) { html in
        html.text(words[.followedBy] + " ")
        for (number, id) in event.followedBy.enumerated() {
          if number > 0 { html.text(words[.comma]) }
          html.element("a", ["href": "#" + Self.anchor(id)], id)
        }
      }
    }
    if let state = event.state {
      for text in StateWords.text(state, words, showsAll: false) {
        html.element("p", ["class": "stand"], text)
      }
    }
  }
}
