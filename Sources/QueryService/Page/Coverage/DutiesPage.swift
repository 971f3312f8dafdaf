import QualityRecords

/// What is overdue, and who answers for it.
struct DutiesPage {
  let context: PageContext
  /// Lines of a table to keep, some 4 MB: a table is whole, or is not made. More than these are had group by group.
  let longestTable: Int

  init(_ context: PageContext, longestTable: Int = 20_000) {
    self.context = context
    self.longestTable = longestTable
  }

  /// Notes listed of each group and sort; of one group that was asked for, more.
  private static let listed = 5
  private static let listedOfOne = 100
  /// Groups whose notes are listed; the others are a list of names with their counts, each a link. Of the inspectors of a
  /// sample there are hundreds, and a page of them is eighty thousand pixels long in a narrow window.
  private static let open = 12

  func reply() throws(QualityError) -> Page.Reply {
    var request = DutiesRequest()
    if let by = context.value("by").flatMap(DutiesRequest.Grouping.init) { request.by = by }
    request.asOf = context.value("asOf")
    request.group = context.value("group")
    if context.value("format") == "csv" { return .csv(name: "duties.csv", try table(request)) }
    request.limit = context.value("group") == nil ? Self.listed : Self.listedOfOne
    request.listedGroups = context.value("group") == nil ? Self.open : nil
    return .html(status: 200, document(try context.index.duties(request)))
  }

  /// The table of all duties, or of one group's. Throws `usage` where it would be too long to be whole.
  private func table(_ request: DutiesRequest) throws(QualityError) -> [UInt8] {
    var request = request
    request.limit = 0
    let counts = try context.index.duties(request).groups.filter { request.group == nil || request.group == $0.value }
      .flatMap { [$0.overdueCount, $0.openSealCount] }
    let lines = counts.reduce(0, +)
    guard lines <= longestTable, counts.allSatisfy({ $0 <= DutiesRequest.longestList }) else {
      throw QualityError(
        "usage", "\(lines) duties are more than a table of \(longestTable) lines holds",
        hint: "open one group, and take its table")
    }
    request.limit = DutiesRequest.longestList
    return Self.csv(try context.index.duties(request), group: request.group)
  }

  /// A line for each duty; of one group, its alone.
  static func csv(_ answer: DutiesAnswer, group chosen: String?) -> [UInt8] {
    var writer = CSVWriter()
    writer.row([
      answer.by.rawValue, "duty", "id", "date", "due", "days", "enterpriseId", "enterprise", "product", "province",
      "bureau", "inspector", "followUps",
    ])
    for group in answer.groups where chosen == nil || chosen == group.value {
      for (name, duties) in [("rectify", group.overdue), ("sealed", group.openSeals)] {
        for duty in duties {
          writer.row([
            group.value ?? "", name, duty.id, duty.date ?? "", duty.due ?? "", String(duty.days),
            duty.enterpriseID ?? "", duty.enterprise ?? "", duty.product ?? "", duty.province ?? "",
            duty.bureau ?? "", duty.inspector ?? "", duty.followUps.joined(separator: " "),
          ])
        }
      }
    }
    return CSVWriter.byteOrderMark + writer.bytes
  }

  func document(_ answer: DutiesAnswer) -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words[.dutiesTitle], .duties)
    frame.receipt = answer.receipt
    frame.commit = answer.commit
    frame.forms = [
      .init(name: .csv, address: context.here.with("format", "csv").text),
      .init(
        name: .json, address: context.data(["duties"], [("by", answer.by.rawValue), ("asOf", context.value("asOf"))])),
    ]
    return frame.document(context) { html in
      html.element("h1", words[.dutiesTitle])
      html.element("p", ["class": "lead", "role": "status"]) { html in
        html.text(
          words(
            .dutiesLead, words.date(answer.asOf), PageNumbers.grouped(answer.overdue),
            PageNumbers.grouped(answer.openSeals)))
      }
      settings(&html, answer)
      for note in answer.notes {
        html.said(note.message, context, class: "quiet")
      }
      let chosen = context.value("group")
      if chosen != nil {
        html.element("p") { html in html.link(context.here.with("group", nil).text, words[.allGroups]) }
      }
      let groups = answer.groups.filter { chosen == nil || chosen == $0.value }
      let names = context.values(groups.map { $0.value ?? "" }, of: answer.by.rawValue)
      let named = zip(groups, names).map { ($0, $0.value == nil ? words[.none] : $1) }
      for (group, name) in named.prefix(Self.open) { self.group(&html, group, name, answer.by) }
      others(&html, Array(named.dropFirst(Self.open)))
      if chosen == nil { targets(&html, answer) }
    }
  }

  private func settings(_ html: inout HTML, _ answer: DutiesAnswer) {
    let words = context.words
    html.element("form", ["class": "small", "method": "get", "action": context.address(["duties"])]) { html in
      html.element("span", ["class": "asked"]) { html in
        html.element("label", ["for": "by"], words[.groupedBy])
        html.element("select", ["id": "by", "name": "by"]) { html in
          for grouping in DutiesRequest.Grouping.allCases {
            html.element(
              "option", ["value": grouping.rawValue, "selected": grouping == answer.by ? "" : nil],
              words.field(grouping.rawValue))
          }
        }
      }
      context.dayField(in: &html, example: "2007-12-31")
      context.keep(in: &html)
    }
  }

  /// Groups whose notes are not listed.
  private func others(_ html: inout HTML, _ groups: [(DutiesAnswer.Group, String)]) {
    guard !groups.isEmpty else { return }
    let words = context.words
    html.element("h2", words(.moreGroups, PageNumbers.grouped(groups.count)))
    html.element("ul", ["class": "ids"]) { html in
      for (group, name) in groups {
        html.element("li") { html in
          if let value = group.value {
            html.link(context.here.with("group", value).text, name, lang: context.lang(name))
          } else {
            html.text(name)
          }
          html.text(" ")
          html.element("span", ["class": "count"], counts(group).nonBreaking)
        }
      }
    }
  }

  private func counts(_ group: DutiesAnswer.Group) -> String {
    context.words(.overdueAndSeals, PageNumbers.grouped(group.overdueCount), PageNumbers.grouped(group.openSealCount))
  }

  private func group(
    _ html: inout HTML, _ group: DutiesAnswer.Group, _ name: String, _ by: DutiesRequest.Grouping
  ) {
    let words = context.words
    // The inspector of every line is the group's own.
    let namesInspector = by != .inspector
    html.element("section", ["class": "duties"]) { html in
      html.element("h2") { html in
        html.run(name, context)
        html.text(" ")
        html.element("span", ["class": "count"], counts(group))
      }
      html.element("div", ["class": "wide", "role": "region", "aria-label": name, "tabindex": "0"]) { html in
        html.element("table", ["class": "rows cards"]) { html in
          html.element("caption", ["class": "hidden"], name)
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], words[.note])
              html.element("th", ["scope": "col"], words[.enterprise])
              html.element("th", ["scope": "col"], words[.duty])
              html.element("th", ["scope": "col", "class": "number"], words[.days])
              if namesInspector { html.element("th", ["scope": "col"], words.field("inspector")) }
            }
          }
          html.element("tbody") { html in
            for duty in group.overdue + group.openSeals { row(&html, duty, namesInspector: namesInspector) }
          }
        }
      }
      let more = group.overdueCount + group.openSealCount - group.overdue.count - group.openSeals.count
      guard more > 0 else { return }
      html.element("p", ["class": "quiet"]) { html in
        let text = words(.notListed, PageNumbers.grouped(more))
        if context.value("group") == nil, let value = group.value {
          html.link(context.here.with("group", value).text, text)
        } else {
          html.text(text)
        }
      }
    }
  }

  private func row(_ html: inout HTML, _ duty: DutiesAnswer.Duty, namesInspector: Bool) {
    let words = context.words
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.element("a", ["href": context.record("inspection", duty.id)]) { html in html.element("code", duty.id) }
      }
      html.element("td") { html in
        let name = duty.enterprise ?? duty.enterpriseID ?? "–"
        if let id = duty.enterpriseID {
          html.element("a", ["href": context.address(["enterprises", id]), "lang": context.lang(name)], name)
        } else {
          html.run(name, context)
        }
        if let product = duty.product {
          html.text(" ")
          html.run(product, context, class: "quiet")
        }
      }
      html.element("td", duty.due.map { words(.dueOn, words.date($0)) } ?? words(.sealedSince, words.date(duty.date)))
      html.element("td", ["class": "number", "data-of": words[.days]], PageNumbers.grouped(duty.days))
      if namesInspector {
        html.element("td", ["data-of": words.field("inspector")]) { html in html.run(duty.inspector ?? "–", context) }
      }
    }
  }

  private func targets(_ html: inout HTML, _ answer: DutiesAnswer) {
    guard !answer.targets.isEmpty else { return }
    let words = context.words
    html.element("h2", words[.targetsMissing])
    html.element("ul", ["class": "plain"]) { html in
      for target in answer.targets {
        html.element("li") { html in
          html.element(
            "a",
            [
              "href": context.address(["coverage"], [("target", String(target.number))]),
              "lang": context.lang(target.name),
            ], target.name)
          html.text(" ")
          html.element("span", ["class": "count"], words(.missingCounted, PageNumbers.grouped(target.missing)))
        }
      }
    }
  }
}
