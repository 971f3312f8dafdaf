import QualityRecords
import Records

/// The history of an enterprise: header, timeline, events, repeats on a terminal; one event a line in a pipe.
struct HistoryScreen {
  let screen: Screen
  var showsRepeats = false

  private static let longestLine = 160
  private static let labelWidth = 10

  // MARK: Candidates

  func text(_ answer: HistoryCandidates) -> String {
    var text = ""
    for (index, candidate) in answer.candidates.enumerated() {
      guard screen.isTerminal else {
        let values = [
          candidate.id, candidate.rung, candidate.name ?? "", candidate.province ?? "", String(candidate.events),
        ]
        text += values.map(Screen.shown).joined(separator: "\t") + "\n"
        continue
      }
      var parts = [candidate.name ?? candidate.id]
      if let matched = candidate.matched, matched != candidate.name {
        parts.append(matched + (candidate.until.map { " until \($0)" } ?? ""))
      }
      if let province = candidate.province { parts.append(province) }
      parts += ["rung \(candidate.rung)", "\(candidate.events) \(candidate.events == 1 ? "event" : "events")"]
      let number = "\(index + 1)".leftPadded(String(answer.candidates.count).count)
      let id = Screen.shown(candidate.id)
      let room = screen.width - number.count - 4 - DisplayWidth.columns(of: id)
      let line = MarkedText(parts.joined(separator: screen.separator)).cut(room, screen)
      text += "\(number)  \(line.drawn(screen).padded(room))  \(screen.styled(id, .faint))\n"
    }
    return text
  }

  // MARK: History

  func text(_ history: EnterpriseHistory) -> String {
    guard screen.isTerminal else { return plain(history) }
    var blocks = [header(history), TimelineDrawing(screen: screen).text(history), events(history)]
    if showsRepeats { blocks.append(repeats(history)) }
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func header(_ history: EnterpriseHistory) -> String {
    let file = history.file
    let title = MarkedText(file.name.map { "\($0)  \(file.id)" } ?? file.id)
    var text = title.wrapped(screen.width).map { screen.styled($0.drawn(screen), .bold) + "\n" }.joined()
    for former in file.formerNames {
      text += field("formerly", former.name + (former.until.map { " until \($0)" } ?? ""))
    }
    text += field("also", file.aliases.joined(separator: screen.separator))
    text += field("place", [file.province, file.city].compactMap { $0 }.joined(separator: screen.separator))
    text += field("bureau", file.bureau ?? "")
    let export = file.export.map { $0 ? "exports" : "does not export" }
    text += field("status", [file.status, export].compactMap { $0 }.joined(separator: screen.separator))
    for licence in history.licences {
      var parts = [licence.code]
      if !licence.products.isEmpty { parts.append(licence.products.joined(separator: ", ")) }
      if let issued = licence.issued { parts.append("issued \(issued)") }
      for suspension in licence.suspensions {
        parts.append("suspended \(suspension.from)" + (suspension.until.map { " to \($0)" } ?? ""))
      }
      text += field(licence.type == "ccc" ? "CCC" : "licence", parts.joined(separator: screen.separator))
    }
    let products = file.products.map { product in
      product.category.map { $0 == product.title ? $0 : "\(product.title) (\($0))" } ?? product.title
    }
    text += field("products", products.joined(separator: screen.separator))
    if let asOf = history.asOf, let state = history.state {
      text += field("as of", "\(asOf): " + Self.said(state, screen))
    }
    return text
  }

  /// What the records tell of a day, in one line.
  private static func said(_ state: StateOnDay, _ screen: Screen) -> String {
    var parts = [state.name].compactMap { $0 }
    for licence in state.licences {
      let since = licence.since.map { " since \($0)" } ?? ""
      let maybe = licence.isCertain ? "" : "perhaps "
      switch licence.state {
      case "issued": parts.append("\(licence.code) \(maybe)issued\(since)")
      case "suspended": parts.append("\(licence.code) \(maybe)suspended\(since)")
      case "not-issued": parts.append("\(licence.code) not issued before \(licence.since ?? "then")")
      default: parts.append("\(licence.code): no date on record")
      }
    }
    if let signed = state.guaranteeSigned { parts.append(signed ? "guarantee signed" : "guarantee not signed") }
    if let seal = state.seal { parts.append("sealed since \(seal.since)") }
    return parts.joined(separator: screen.separator)
  }

  private func field(_ name: String, _ value: String) -> String {
    guard !value.isEmpty else { return "" }
    let label = name.padded(Self.labelWidth)
    let columns = DisplayWidth.columns(of: label) + 4
    let lines = MarkedText(value).wrapped(max(20, min(screen.width, Self.longestLine) - columns))
    return lines.enumerated().map { index, line in
      (index == 0 ? "  " + screen.styled(label, .faint) + "  " : String(repeating: " ", count: columns))
        + line.drawn(screen) + "\n"
    }.joined()
  }

  // MARK: Events

  private func events(_ history: EnterpriseHistory) -> String {
    guard !history.events.isEmpty else { return "no events\n" }
    var text = ""
    let undated = history.undated
    for (index, event) in history.events.enumerated() {
      if event.days == nil, index == history.events.count - undated {
        text += screen.styled("undated: \(undated)", .bold) + "\n"
      }
      text += self.text(of: event)
    }
    return text
  }

  /// `2007-06-21   I  ▲▲△ 3  selective · sale · plush toy · fail · fine     INS-2007-0301`, and what belongs to it below.
  private func text(of event: HistoryEvent) -> String {
    let date = (event.date ?? "-") + (event.isPartial && event.date != nil ? "~" : "")
    let letter = event.kind.prefix(1).uppercased()
    let severity = screen.grade(event.severity).padded(5)
    let head = "\(date.padded(11))  \(letter)  \(severity)  "
    let indent = String(repeating: " ", count: DisplayWidth.columns(of: head))
    let id = Screen.shown(event.id)
    let room = screen.width - DisplayWidth.columns(of: head) - DisplayWidth.columns(of: id) - 2
    var details: [String] = event.violations.map { violation in
      let grade = event.violations.count > 1 ? screen.grade(violation.severity) : nil
      return [grade, violation.code, violation.text].compactMap { $0 }.joined(separator: " ")
    }
    var what = event.what.joined(separator: screen.separator)
    let all = ([what] + details).joined(separator: screen.separator)
    if DisplayWidth.columns(of: Screen.shown(all)) <= room {
      what = all
      details = []
    }
    details += remarks(event)
    let line = MarkedText(what).cut(max(room, 10), screen)
    let gap = String(repeating: " ", count: max(0, room - line.columns) + 2)
    var text = head + line.drawn(screen) + gap + screen.styled(id, .faint) + "\n"
    for detail in details {
      for line in MarkedText(detail).wrapped(max(20, min(screen.width, Self.longestLine) - indent.count)) {
        text += indent + line.drawn(screen) + "\n"
      }
    }
    return text
  }

  /// Follow-ups, the name that the note uses, and what was not in force on the day.
  private func remarks(_ event: HistoryEvent) -> [String] {
    let arrow = screen.isASCII ? "->" : "→"
    let back = screen.isASCII ? "<-" : "←"
    var found: [String] = []
    if let earlier = event.followUpOf { found.append("\(back) follows up \(earlier)") }
    var ahead: [String] = []
    if event.disposition == "rectify" { ahead.append("due " + (event.due ?? "on no date")) }
    if !event.followedBy.isEmpty {
      ahead.append("\(arrow) followed up by \(event.followedBy.joined(separator: ", "))")
    } else if event.disposition == "rectify" {
      ahead.append("no follow-up on record")
    }
    if !ahead.isEmpty { found.append(ahead.joined(separator: screen.separator)) }
    if let state = event.state { found += Self.warnings(state) }
    if let named = event.named { found.append("named '\(named)'") }
    return found
  }

  /// What was out of order on a day.
  private static func warnings(_ state: StateOnDay) -> [String] {
    var found: [String] = []
    for licence in state.licences {
      let name = licence.type == "ccc" ? "certificate" : "licence"
      let maybe = licence.isCertain ? "" : "perhaps "
      switch licence.state {
      case "suspended": found.append("\(name) \(licence.code) \(maybe)suspended since \(licence.since ?? "")")
      case "not-issued": found.append("\(name) \(licence.code) not issued before \(licence.since ?? "")")
      default: break
      }
    }
    if let seal = state.seal { found.append("sealed since \(seal.since) by \(seal.note)") }
    return found
  }

  // MARK: Repeats

  private func repeats(_ history: EnterpriseHistory) -> String {
    var text = screen.styled("repeats within \(history.within): \(history.repeats.count)", .bold) + "\n"
    for pair in history.repeats { text += self.text(of: pair) }
    if !history.possibleRepeats.isEmpty {
      text += screen.styled("possibly, the dates do not tell: \(history.possibleRepeats.count)", .bold) + "\n"
      for pair in history.possibleRepeats { text += self.text(of: pair) }
    }
    return text
  }

  private func text(of pair: RepeatedViolation) -> String {
    func said(_ occurrence: RepeatedViolation.Occurrence) -> String {
      "\(occurrence.date ?? "undated") \(screen.severity(occurrence.severity))"
    }
    let arrow = screen.isASCII ? "->" : "→"
    var apart = "days apart not known"
    if let days = pair.daysApart {
      apart = "\(days) days apart"
    } else if let least = pair.atLeast, let most = pair.atMost {
      apart = "\(least) to \(most) days apart"
    }
    let parts = [
      "\(pair.code) \(pair.first.text ?? "")", "\(said(pair.first)) \(arrow) \(said(pair.again))", apart,
      "\(pair.first.note) \(arrow) \(pair.again.note)",
    ]
    let lines = MarkedText(parts.joined(separator: screen.separator)).wrapped(
      min(screen.width, Self.longestLine) - 4)
    return lines.enumerated().map { ($0.offset == 0 ? "  " : "    ") + $0.element.drawn(screen) + "\n" }.joined()
  }

  // MARK: Pipe

  private func plain(_ history: EnterpriseHistory) -> String {
    var text = ""
    for event in history.events {
      let violations = event.violations.map { [$0.code, $0.text].compactMap { $0 }.joined(separator: " ") }
      let values = [
        event.date ?? "-", event.kind, event.severity ?? "-",
        (event.what + violations).joined(separator: screen.separator), "\(event.kind)/\(event.id)",
        event.followUpOf ?? "", event.state.map { Self.warnings($0).joined(separator: "; ") } ?? "",
      ]
      text += values.map(Screen.shown).joined(separator: "\t") + "\n"
    }
    guard showsRepeats else { return text }
    for (name, pairs) in [("repeat", history.repeats), ("possible-repeat", history.possibleRepeats)] {
      for pair in pairs {
        let values = [
          name, pair.code, pair.first.date ?? "-", pair.first.severity, pair.again.date ?? "-", pair.again.severity,
          pair.daysApart.map { String($0) } ?? "-", pair.first.note, pair.again.note,
        ]
        text += values.map(Screen.shown).joined(separator: "\t") + "\n"
      }
    }
    return text
  }
}

extension Screen {
  /// A grade as signs and as its place in the ladder: `▲▲△ 3`; `?` for ungraded, nothing for nil.
  func grade(_ name: String?) -> String {
    guard let name else { return "" }
    let rank = SeverityLadder.rank(name)
    guard rank > 0 else { return "  ? ?" }
    let (full, empty) = isASCII ? ("*", "-") : ("▲", "△")
    let steps = max(0, SeverityLadder.grades.count - rank)
    return String(repeating: full, count: rank - 1) + String(repeating: empty, count: steps) + " \(rank)"
  }
}
