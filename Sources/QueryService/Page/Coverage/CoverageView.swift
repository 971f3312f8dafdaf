import QualityRecords

/// The view of ``CoveragePage``.
struct CoverageView {
  let context: PageContext
  let answer: CoverageAnswer
  /// The same as of a day: has the course over time.
  let course: CoverageAnswer?
  let chosen: [Int]
  /// Names of enterprises by id.
  var names: [String: String] = [:]

  private var isOne: Bool { !chosen.isEmpty }

  func document() -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words[.coverageTitle], .coverage)
    frame.receipt = answer.receipt
    frame.commit = answer.commit
    frame.forms = [
      .init(name: .csv, address: context.here.with("format", "csv").text),
      .init(
        name: .json,
        address: context.data(
          ["coverage"],
          [("by", context.value("by")), ("target", context.value("target")), ("asOf", context.value("asOf"))])),
    ]
    frame.style = "coverage"
    return frame.document(context) { html in
      html.element("h1", words[.coverageTitle])
      if !isOne { html.element("p", ["class": "lead"], words[.coverageLead]) }
      settings(&html)
      for note in answer.notes {
        html.said(note.message, context, class: "quiet")
      }
      if isOne {
        html.element("p") { html in
          html.link(context.here.with("target", nil).text, words[.allTargets])
        }
      }
      html.element("ol", ["class": "targets"]) { html in
        for target in answer.targets { self.target(&html, target) }
      }
    }
  }

  private func settings(_ html: inout HTML) {
    let words = context.words
    html.element("form", ["class": "small", "method": "get", "action": context.address(["coverage"])]) { html in
      for number in chosen { html.void("input", ["type": "hidden", "name": "target", "value": String(number)]) }
      html.element("span", ["class": "asked"]) { html in
        html.element("label", ["for": "by"], words[.countBy])
        html.element("select", ["id": "by", "name": "by"]) { html in
          html.element("option", ["value": "", "selected": answer.by == nil ? "" : nil], words[.all])
          for field in ["province", "bureau", "category"] {
            html.element("option", ["value": field, "selected": answer.by == field ? "" : nil], words.field(field))
          }
        }
      }
      context.dayField(in: &html, example: "2007-06-30")
      context.keep(in: &html)
    }
  }

  private func target(_ html: inout HTML, _ target: CoverageAnswer.Target) {
    let words = context.words
    let name = target.definition.name(context.language.rawValue)
    let number = target.definition.number
    html.element("li", ["class": "target", "id": "t\(number)"]) { html in
      html.element("h2") { html in
        html.element("span", ["class": "number"], String(number))
        html.text(" ")
        html.element("a", ["href": context.here.with("target", String(number)).text, "lang": context.lang(name)], name)
      }
      html.element("div", ["class": "measure"]) { html in
        BarDrawing.html(
          &html, target.count.done, of: target.count.population, class: target.count.missingCount == 0 ? "full" : "")
        html.element("span", ["class": "percent"], PageNumbers.percent(target.count.done, of: target.count.population))
        html.element(
          "span", ["class": "of"],
          words(.doneOf, PageNumbers.grouped(target.count.done), PageNumbers.grouped(target.count.population)))
        if target.count.missingCount > 0 {
          html.element(
            "a",
            ["class": "missing", "href": context.here.with("target", String(number)).with(fragment: "missing").text],
            words(.missingCounted, PageNumbers.grouped(target.count.missingCount)))
        } else {
          html.element("span", ["class": "missing"], words[.noneMissing])
        }
      }
      if let series = course?.targets.first(where: { $0.definition.number == number })?.series, series.count > 1 {
        sparkline(&html, series, target.count.population)
      }
      if target.possible > 0 {
        html.element("p", ["class": "quiet"], words(.possiblyDone, PageNumbers.grouped(target.possible)))
      }
      if let groups = target.groups { self.groups(&html, groups) }
      if isOne { missing(&html, target) }
    }
  }

  /// What was done at the end of each quarter, as a line with its first and last figure.
  private func sparkline(_ html: inout HTML, _ series: [CoverageAnswer.Point], _ population: Int) {
    let words = context.words
    // The last step that changed anything is the end of the course.
    var shown = series
    while shown.count > 2, shown[shown.count - 1].done == shown[shown.count - 2].done { shown.removeLast() }
    guard shown.count > 1, population > 0, let first = shown.first, let last = shown.last else { return }
    let step = 12
    let height = 20
    let width = (shown.count - 1) * step
    var path = ""
    for (place, point) in shown.enumerated() {
      let y = height - min(height, point.done * height / population)
      path += "\(place == 0 ? "M" : "L")\(place * step + 1) \(y + 1)"
    }
    html.element("p", ["class": "course"]) { html in
      html.element("span", ["class": "quiet"], words(.doneAt, PageNumbers.grouped(first.done), words.date(first.date)))
      html.element(
        "svg",
        [
          "class": "spark", "viewBox": "0 0 \(width + 2) \(height + 2)", "width": "\(width + 2)",
          "height": "\(height + 2)",
          "role": "img", "aria-label": words(.courseTitle, words.date(first.date), words.date(last.date)),
        ]
      ) { html in
        html.element("title", words(.courseTitle, words.date(first.date), words.date(last.date)))
        html.element("path", ["class": "ground", "d": "M1 \(height + 1)h\(width)"], "")
        html.element("path", ["class": "stroke", "d": path], "")
      }
      html.element("span", ["class": "quiet"], words(.doneAt, PageNumbers.grouped(last.done), words.date(last.date)))
    }
  }

  private func groups(_ html: inout HTML, _ groups: [CoverageAnswer.Group]) {
    let words = context.words
    html.element("ul", ["class": "multiples"]) { html in
      let names = context.values(groups.map { $0.value ?? "" }, of: answer.by ?? "")
      for (group, shown) in zip(groups, names) {
        let name = group.value == nil ? words[.none] : shown
        html.element("li") { html in
          html.element("span", ["class": "name", "lang": context.lang(name)], name)
          BarDrawing.html(
            &html, group.count.done, of: group.count.population, class: group.count.missingCount == 0 ? "full" : "")
          html.element(
            "span", ["class": "count"],
            "\(PageNumbers.grouped(group.count.done))/\(PageNumbers.grouped(group.count.population))")
        }
      }
    }
  }

  private func missing(_ html: inout HTML, _ target: CoverageAnswer.Target) {
    let words = context.words
    guard target.count.missingCount > 0 else { return }
    html.element(
      "h3", ["id": chosen.count == 1 ? "missing" : nil],
      words(.missingTitle, PageNumbers.grouped(target.count.missingCount)))
    html.element("ul", ["class": "ids"]) { html in
      for id in target.count.missing {
        let parts = PageContext.passage(id)
        html.element("li") { html in
          let isNote = target.definition.grainName == "inspection" || target.definition.grainName == "note"
          html.element(
            "a",
            ["href": isNote ? context.record("inspection", id) : context.address(["enterprises", parts.directive])]
          ) { html in
            if let name = names[parts.directive] { html.run(name, context) } else { html.text(parts.directive) }
          }
          html.text(" ")
          html.element("code", parts.directive)
          if let product = parts.anchor, product.hasPrefix("product") {
            html.text("\u{A0}")
            html.element("span", ["class": "quiet"], words(.productNumber, String(product.dropFirst(7))).nonBreaking)
          }
        }
      }
    }
    let more = target.count.missingCount - target.count.missing.count
    if more > 0 { html.element("p", ["class": "quiet"], words(.notListed, PageNumbers.grouped(more))) }
  }
}

extension String {
  /// With spaces at which no line ends.
  var nonBreaking: String { String(map { $0 == " " ? "\u{A0}" : $0 }) }
}
