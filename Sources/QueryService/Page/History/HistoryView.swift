import QualityRecords
import Records

/// The history of an enterprise: who it is, how it stands, what happened when, what happened again.
struct HistoryView {
  let context: PageContext
  let history: EnterpriseHistory
  let targets: [CoverageAnswer.Target]

  func document() -> [UInt8] {
    let words = context.words
    let file = history.file
    let name = file.name ?? file.id
    var frame = PageFrame(words(.historyOf, name), .enterprises)
    frame.receipt = history.receipt
    frame.commit = history.commit
    frame.forms = [
      .init(name: .csv, address: context.here.with("format", "csv").text),
      .init(
        name: .json,
        address: context.data(
          ["enterprises", file.id, "history"],
          [("since", context.value("since")), ("asOf", context.value("asOf"))])),
    ]
    frame.style = "history"
    return frame.document(context) { html in
      html.element("div", ["class": "columns dossier"]) { html in
        html.element("div", ["class": "middle"]) { html in
          html.element("p", ["class": "over"]) { html in
            html.text(words[.violationHistory] + " ")
            html.element("code", file.id)
          }
          html.element("h1", ["lang": context.lang(name)], name)
          header(&html)
        }
        html.element("aside", ["class": "right", "aria-label": words[.placeCoverage]]) { html in targetList(&html) }
      }
      TimelineView(context: context, history: history).html(&html)
      html.element("div", ["class": "columns dossier"]) { html in
        html.element("div", ["class": "middle"]) { html in
          EventsView(context: context, history: history).html(&html)
        }
        html.element("aside", ["class": "right", "aria-label": words[.repeats]]) { html in
          repeats(&html)
          dayForm(&html)
        }
      }
    }
  }

  // MARK: Header

  private func header(_ html: inout HTML) {
    let words = context.words
    let file = history.file
    html.element("dl", ["class": "facts-list"]) { html in
      for former in file.formerNames {
        entry(&html, words[.formerly]) { html in
          html.run(former.name, context)
          if let until = former.until { html.text(" " + words(.untilDate, words.date(until.description))) }
        }
      }
      if !file.aliases.isEmpty {
        entry(&html, words[.also]) { html in
          for (number, alias) in file.aliases.enumerated() {
            if number > 0 { html.text(words[.comma]) }
            html.run(alias, context)
          }
        }
      }
      texts(&html, words[.fieldPlace], [file.city, file.province])
      texts(&html, words[.fieldBureau], [file.bureau])
      texts(
        &html, words[.fieldStatus],
        [
          file.status.map { words.value($0) },
          file.export.map { words[$0 ? .exports : .doesNotExport] },
        ])
      for licence in history.licences {
        entry(&html, licence.type == "ccc" ? "CCC" : words[.fieldLicence]) { html in self.licence(&html, licence) }
      }
      if !file.products.isEmpty {
        entry(&html, words[.products]) { html in
          for (number, product) in file.products.enumerated() {
            if number > 0 { html.text(words[.comma]) }
            html.run(product.title, context)
            if let category = product.category, category != product.title {
              html.text(" (")
              html.run(category, context)
              html.text(")")
            }
          }
        }
      }
    }
    if let asOf = history.asOf, let state = history.state {
      html.element("p", ["class": "stand"]) { html in
        html.element("strong", words(.asOfDay, words.date(asOf)))
        html.text(" ")
        html.element("span", StateWords.text(state, words).joined(separator: words[.semicolon]))
      }
    }
    for note in history.notes {
      html.said(note.message, context, class: "quiet")
    }
  }

  private func licence(_ html: inout HTML, _ licence: LicenceFacts) {
    let words = context.words
    html.element("code", licence.code)
    if !licence.products.isEmpty {
      html.text(" ")
      html.run(licence.products.joined(separator: words[.comma]), context)
    }
    if let issued = licence.issued { html.text(words[.comma] + words(.issuedOn, words.date(issued.description))) }
    for suspension in licence.suspensions {
      html.text(words[.comma])
      let from = words.date(suspension.from.description)
      html.element(
        "strong",
        suspension.until.map { words(.suspendedFromTo, from, words.date($0.description)) }
          ?? words(.suspendedFrom, from))
    }
  }

  private func texts(_ html: inout HTML, _ name: String, _ values: [String?]) {
    let values = values.compactMap { $0 }
    guard !values.isEmpty else { return }
    entry(&html, name) { html in
      for (number, value) in values.enumerated() {
        if number > 0 { html.text(context.words[.comma]) }
        html.run(value, context)
      }
    }
  }

  private func entry(_ html: inout HTML, _ name: String, _ body: (inout HTML) -> Void) {
    html.element("div") { html in
      html.element("dt", name)
      html.element("dd", body)
    }
  }

  // MARK: Targets

  /// A tick for what is done, a hole for what is missing; what is not asked of it is said.
  private func targetList(_ html: inout HTML) {
    let words = context.words
    let asked = targets.filter { $0.count.population > 0 }
    html.element("h2", words[.placeCoverage])
    guard !asked.isEmpty else { return html.element("p", ["class": "quiet"], words[.noTargets]) }
    html.element("ul", ["class": "ticks"]) { html in
      for target in asked {
        let isDone = target.count.missingCount == 0
        html.element("li", ["class": isDone ? "done" : "hole"]) { html in
          html.element("span", ["class": "tick", "aria-hidden": "true"], isDone ? "✓" : "○")
          html.element("span") { html in
            let name = target.definition.name(context.language.rawValue)
            html.element(
              "a",
              [
                "href": context.address(["coverage"], [("target", String(target.definition.number))]),
                "lang": context.lang(name),
              ], name)
            html.text(" – ")
            html.element(
              "span", ["class": "said"],
              isDone
                ? words[.done]
                : target.count.population == 1
                  ? words[.missing]
                  : words(.doneOf, PageNumbers.grouped(target.count.done), PageNumbers.grouped(target.count.population))
            )
          }
        }
      }
    }
    let others = targets.count - asked.count
    if others > 0 { html.element("p", ["class": "quiet"], words(.targetsNotAsked, PageNumbers.grouped(others))) }
  }

  // MARK: Repeats

  private func repeats(_ html: inout HTML) {
    let words = context.words
    html.element("h2", words(.repeatsWithin, Self.span(history.within.description, words)))
    let all = history.repeats.map { ($0, true) } + history.possibleRepeats.map { ($0, false) }
    guard !all.isEmpty else { return html.element("p", ["class": "quiet"], words[.noRepeats]) }
    html.element("ul", ["class": "repeats"]) { html in
      for (pair, isCertain) in all {
        html.element("li") { html in
          html.element("p") { html in
            html.run(pair.again.text ?? pair.first.text ?? pair.code, context, "strong")
            html.text(" ")
            html.element("code", pair.code)
          }
          html.element("p") { html in
            let apart =
              pair.daysApart.map { words.counted($0, .againAfterOneDay, .againAfterDays) } ?? words[.againUnknown]
            html.text(isCertain ? apart : words(.perhaps, apart))
            let (before, after) = (SeverityLadder.rank(pair.first.severity), SeverityLadder.rank(pair.again.severity))
            if before > 0, after > 0 {
              html.text(words[.comma])
              html.element("strong", words[after > before ? .worse : after < before ? .lighter : .same])
            }
          }
          html.element("p", ["class": "pair"]) { html in
            occurrence(&html, pair.first)
            html.text(" → ")
            occurrence(&html, pair.again)
          }
        }
      }
    }
  }

  /// `12m` as `12 months`.
  static func span(_ text: String, _ words: Words) -> String {
    let unit: PageText? =
      switch text.last {
      case "d": .spanDays
      case "w": .spanWeeks
      case "m": .spanMonths
      case "y": .spanYears
      default: nil
      }
    return unit.map { words($0, String(text.dropLast())) } ?? text
  }

  private func occurrence(_ html: inout HTML, _ occurrence: RepeatedViolation.Occurrence) {
    html.element("a", ["href": "#" + EventsView.anchor(occurrence.note)], context.words.date(occurrence.date))
    html.text(" ")
    SeverityView.html(&html, context, occurrence.severity)
  }

  private func dayForm(_ html: inout HTML) {
    let words = context.words
    html.element(
      "form",
      ["class": "span", "method": "get", "action": context.address(["enterprises", history.file.id])]
    ) { html in
      html.element("h2", words[.span])
      for (id, label, hint) in [
        ("since", words[.from], "2005"), ("asOf", words[.asOf], "2007-06-30"), ("within", words[.repeatWithin], "12m"),
      ] {
        html.element("p") { html in
          html.element("label", ["for": id], label)
          html.void(
            "input", ["id": id, "name": id, "size": "10", "value": context.value(id) ?? "", "placeholder": hint])
        }
      }
      context.keep(in: &html)
      html.element("button", ["type": "submit"], words[.apply])
    }
  }
}

/// What the records tell of a day, in words of the page.
enum StateWords {
  static func text(_ state: StateOnDay, _ words: Words, showsAll: Bool = true) -> [String] {
    var parts: [String] = []
    if showsAll, let name = state.name { parts.append(words(.called, name)) }
    for licence in state.licences {
      let since = licence.since.map { words.date($0) }
      let text: String
      switch licence.state {
      case "suspended": text = words(.licenceSuspended, licence.code, since ?? "–")
      case "not-issued": text = words(.licenceNotIssued, licence.code, since ?? "–")
      case "issued" where showsAll: text = words(.licenceIssued, licence.code, since ?? "–")
      case "unknown" where showsAll: text = words(.licenceUnknown, licence.code)
      default: continue
      }
      parts.append(licence.isCertain || licence.state == "unknown" ? text : words(.perhaps, text))
    }
    if showsAll, let signed = state.guaranteeSigned { parts.append(words[signed ? .guaranteeSigned : .guaranteeNot]) }
    if let seal = state.seal { parts.append(words(.sealedSince, words.date(seal.since))) }
    return parts
  }
}
