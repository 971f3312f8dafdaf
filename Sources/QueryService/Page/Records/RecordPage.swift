import JSONText
import QualityRecords

/// A record of any kind, every member shown; those that an id alone may mean, listed.
struct RecordPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  func reply(_ text: String) throws(QualityError) -> Page.Reply {
    switch try context.index.show(text) {
    case .record(let id, let kind, let record):
      if kind == "directive" { return .redirect(context.record(kind, id, query: context.value("q"))) }
      let enterprise = try enterprise(of: record, kind)
      return .html(
        status: 200,
        RecordView(context: context, id: id, kind: kind, record: record, enterprise: enterprise).document())
    case .passage(let id, _, _), .linked(let id, _, _, _): return .redirect(context.record("passage", id))
    case .candidates(let candidates): return .html(status: 300, choice(text, candidates))
    }
  }

  /// Which enterprise a note is of; nil where that is none, or not clear.
  private func enterprise(of record: JSONObject, _ kind: String) throws(QualityError) -> (id: String, name: String)? {
    guard kind == "inspection", let reference = record["enterprise"]?.stringValue else { return nil }
    do throws(QualityError) {
      guard case .history(let history) = try context.index.history(HistoryRequest(reference)) else { return nil }
      return (history.file.id, history.file.name ?? history.file.id)
    } catch {
      guard error.exitCode == .usage || error.exitCode == .nothingFound else { throw error }
      return nil
    }
  }

  private func choice(_ text: String, _ candidates: [ShowAnswer.Candidate]) -> [UInt8] {
    let words = context.words
    var frame = PageFrame(text)
    frame.commit = context.index.commit
    return frame.document(context) { html in
      html.element("div", ["class": "column"]) { html in
        html.element("h1", words(.severalRecords, text))
        html.element("ol", ["class": "hits"]) { html in
          for candidate in candidates {
            html.element("li", ["class": "hit"]) { html in
              KindMark.html(&html, context, candidate.kind)
              html.element("div", ["class": "what"]) { html in
                html.element("h2") { html in
                  html.element(
                    "a",
                    ["href": context.record(candidate.kind, candidate.id), "lang": context.lang(candidate.title)],
                    candidate.title)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// The view of a record that is no directive.
struct RecordView {
  let context: PageContext
  let id: String
  let kind: String
  let record: JSONObject
  let enterprise: (id: String, name: String)?

  func document() -> [UInt8] {
    let words = context.words
    let name = record["name"]?.stringValue ?? enterprise?.name ?? record["enterprise"]?.stringValue
    let about = record["product"]?.stringValue ?? record["category"]?.stringValue
    let title = kind == "enterprise" ? name ?? id : [name, about].compactMap { $0 }.joined(separator: words[.colon])
    var frame = PageFrame(title.isEmpty ? id : title, kind == "inspection" ? .inspections : .enterprises)
    frame.query = context.value("q") ?? ""
    frame.commit = context.index.commit
    frame.forms = [.init(name: .json, address: context.data(["records", "\(kind)/\(id)"]))]
    frame.style = "record"
    return frame.document(context) { html in
      html.element("article", ["class": "column"]) { html in
        html.element("p", ["class": "over"]) { html in
          html.text(words.kind(kind) + " ")
          html.element("code", id)
        }
        html.element("h1", ["lang": context.lang(title)], title.isEmpty ? id : title)
        html.element("p", ["class": "ways"]) { html in
          if let enterprise { html.link(context.address(["enterprises", enterprise.id]), words[.history]) }
          if kind == "enterprise" { html.link(context.address(["enterprises", id]), words[.history]) }
          if let query = context.value("q") {
            html.link(context.address(["why"], [("id", "\(kind)/\(id)"), ("q", query)]), words[.whyHere])
          }
        }
        if let text = record["text"]?.stringValue {
          html.element("div", ["class": "body"]) { html in
            for line in text.split(separator: "\n") { html.run(String(line), context, "p") }
          }
        }
        violations(&html)
        members(&html)
        if let query = context.value("q") { whyForm(&html, query) } else { whyForm(&html, "") }
      }
    }
  }

  private func violations(_ html: inout HTML) {
    let found = record["violations"]?.arrayValue ?? []
    guard !found.isEmpty else { return }
    let words = context.words
    html.element("h2", words[.violationsColumn])
    html.element("ul", ["class": "violations"]) { html in
      for violation in found {
        html.element("li") { html in
          SeverityView.html(&html, context, SeverityLadder.grade(violation["severity"]?.stringValue))
          html.text(" ")
          if let text = violation["text"]?.stringValue { html.run(text, context) }
          if let code = violation["code"]?.stringValue {
            html.text(" ")
            html.element(
              "a", ["href": context.address([], [("q", SearchAnswer.clause("violations.code", code))])]
            ) { html in html.element("code", code) }
          }
        }
      }
    }
  }

  private static let shownApart: Set<String> = ["id", "kind", "text", "violations", "name"]
  private static let dates: Set<String> = [
    "date", "due", "registered", "qualityFile", "reexamined", "guaranteeSigned", "capacityRatified", "until",
    "licenceIssued", "evidenceCollected", "examined", "pageDate", "from",
  ]

  private func members(_ html: inout HTML) {
    let words = context.words
    html.element("h2", words[.onRecord])
    html.element("dl", ["class": "facts-list"]) { html in
      for member in record.members where !Self.shownApart.contains(member.name) {
        html.element("div") { html in
          html.element("dt", words.field(member.name))
          html.element("dd") { html in value(&html, member.name, member.value) }
        }
      }
    }
  }

  private func value(_ html: inout HTML, _ name: String, _ value: JSONValue, depth: Int = 0) {
    let words = context.words
    switch value {
    case .string(let text):
      if Self.dates.contains(name) {
        html.text(words.date(text))
      } else if name == "enterprise", let enterprise {
        html.element(
          "a", ["href": context.address(["enterprises", enterprise.id]), "lang": context.lang(enterprise.name)],
          enterprise.name)
        if text != enterprise.name {
          html.text(" ")
          html.element("span", ["class": text == enterprise.id ? "quiet unbroken" : "quiet"], text)
        }
      } else if name == "followUpOf" {
        html.link(context.record("inspection", text), text)
      } else {
        html.run(words.value(text), context)
      }
    case .bool(let isTrue): html.text(words[isTrue ? .yes : .no])
    case .array(let values):
      if values.contains(where: { $0.objectValue != nil }) {
        html.element("ul", ["class": "plain"]) { html in
          for item in values { html.element("li") { html in self.value(&html, name, item, depth: depth + 1) } }
        }
      } else {
        for (number, item) in values.enumerated() {
          if number > 0 { html.text(words[.comma]) }
          self.value(&html, name, item, depth: depth + 1)
        }
      }
    case .object(let object):
      // Records nest two levels; what lies deeper is shown as it is written.
      guard depth < 4 else { return html.text(value.text()) }
      var isFirst = true
      for member in object.members {
        if !isFirst { html.text(words[.semicolon]) }
        isFirst = false
        if member.name != "name" && member.name != "text" {
          html.element("span", ["class": "label"], words.field(member.name))
          html.text(" ")
        }
        self.value(&html, member.name, member.value, depth: depth + 1)
      }
    default: html.text(value.text())
    }
  }

  private func whyForm(_ html: inout HTML, _ query: String) {
    let words = context.words
    html.element("form", ["method": "get", "action": context.address(["why"]), "class": "small"]) { html in
      html.void("input", ["type": "hidden", "name": "id", "value": "\(kind)/\(id)"])
      html.element("label", ["for": "why-q"], words[.whyNotLabel])
      html.void("input", ["id": "why-q", "name": "q", "type": "search", "value": query, "size": "40"])
      context.keep(in: &html)
      html.element("button", ["type": "submit"], words[.explain])
    }
  }
}
