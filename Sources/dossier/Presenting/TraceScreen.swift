import QualityRecords

/// A trace: stage after stage on a terminal, one note a line in a pipe.
struct TraceScreen {
  let screen: Screen

  func text(_ answer: TraceAnswer) -> String {
    guard screen.isTerminal else { return plain(answer) }
    let records = answer.total == 1 ? "note" : "notes"
    let title = "\(answer.asked)\(screen.separator)\(answer.subject.rawValue)\(screen.separator)"
    var text =
      MarkedText(title + "\(Numbers.grouped(answer.total)) \(records)").wrapped(screen.width)
      .map { screen.styled($0.drawn(screen), .bold) + "\n" }.joined()
    text += links("enterprise", answer.enterprises)
    text += links("directive", answer.directives)
    let arrow = screen.isASCII ? "|" : "│"
    for (index, stage) in answer.stages.enumerated() {
      if index > 0 { text += "\(arrow)\n" }
      text += self.text(of: stage)
    }
    if answer.imports.failed > 0 {
      let imports = answer.imports
      text +=
        "\nimports that failed: \(imports.failed)\(screen.separator)returned \(imports.returned)"
        + "\(screen.separator)destroyed \(imports.destroyed)\(screen.separator)neither \(imports.neither)\n"
    }
    return text
  }

  private func links(_ name: String, _ links: TraceAnswer.Links) -> String {
    var text = ""
    for link in links.records {
      let facts = [link.title, link.date].compactMap { $0 } + link.products
      let id = Screen.shown(link.id)
      let room = max(10, screen.width - DisplayWidth.columns(of: id) - 16)
      let line = MarkedText(facts.joined(separator: screen.separator)).cut(room, screen)
      text += "  \(screen.styled(name.padded(10), .faint))  \(line.drawn(screen).padded(room))  "
      text += screen.styled(id, .faint) + "\n"
    }
    let more = links.total - links.records.count
    if more > 0 { text += "  \(screen.styled(name.padded(10), .faint))  and \(Numbers.grouped(more)) more\n" }
    return text
  }

  private func text(of stage: TraceAnswer.Stage) -> String {
    let name = stage.stage ?? "no stage given"
    guard stage.total > 0 else {
      let sign = screen.isASCII ? "(gap)" : "○"
      return "\(sign) \(screen.styled(name, .bold))\(screen.separator)no record of stage \(name)\n"
    }
    let sign = screen.isASCII ? "*" : "●"
    var text = "\(sign) \(screen.styled(name, .bold))\(screen.separator)\(Numbers.grouped(stage.total))\n"
    let bar = screen.isASCII ? "|" : "│"
    for step in stage.steps {
      let head = "\(bar) \((step.date ?? "-").padded(10))  \(screen.grade(step.severity).padded(5))  "
      let outcome = [step.result, step.disposition == "none" ? nil : step.disposition].compactMap { $0 }
        .joined(separator: ", ")
      let facts = [outcome, step.product, step.batch, step.enterprise ?? step.enterpriseID].compactMap { $0 }
      let id = Screen.shown(step.id)
      let room = max(10, screen.width - DisplayWidth.columns(of: head) - DisplayWidth.columns(of: id) - 2)
      let line = MarkedText(facts.filter { !$0.isEmpty }.joined(separator: screen.separator)).cut(room, screen)
      let gap = String(repeating: " ", count: max(0, room - line.columns) + 2)
      text += head + line.drawn(screen) + gap + screen.styled(id, .faint) + "\n"
    }
    let more = stage.total - stage.steps.count
    if more > 0 { text += "\(bar) and \(Numbers.grouped(more)) more\n" }
    return text
  }

  private func plain(_ answer: TraceAnswer) -> String {
    var text = ""
    for stage in answer.stages {
      let name = stage.stage ?? "-"
      if stage.total == 0 { text += "\(name)\n" }
      for step in stage.steps {
        let values = [
          name, step.date ?? "-", "inspection/\(step.id)", step.enterprise ?? "", step.product ?? "", step.batch ?? "",
          step.result ?? "", step.disposition ?? "",
        ]
        text += values.map(Screen.shown).joined(separator: "\t") + "\n"
      }
    }
    return text
  }
}

/// Duties by group on a terminal, one a line in a pipe.
struct DutiesScreen {
  let screen: Screen

  func text(_ answer: DutiesAnswer) -> String {
    guard screen.isTerminal else { return plain(answer) }
    let parts = [
      "as of \(answer.asOf)", "\(Numbers.grouped(answer.overdue)) overdue",
      "\(Numbers.grouped(answer.openSeals)) seals without a passing follow-up",
    ]
    var text = screen.styled(parts.joined(separator: screen.separator), .bold) + "\n"
    for group in answer.groups {
      let name = group.value ?? "no \(answer.by.rawValue) given"
      let counts = "\(group.overdueCount) overdue\(screen.separator)\(group.openSealCount) sealed"
      text +=
        "\n"
        + MarkedText("\(name)\(screen.separator)\(counts)").wrapped(screen.width)
        .map { screen.styled($0.drawn(screen), .bold) + "\n" }.joined()
      for duty in group.overdue { text += line(duty, "due \(duty.due ?? "")") }
      text += rest(group.overdueCount - group.overdue.count, "overdue")
      for duty in group.openSeals { text += line(duty, "sealed \(duty.date ?? "")") }
      text += rest(group.openSealCount - group.openSeals.count, "sealed")
    }
    for target in answer.targets { text += self.text(of: target, by: answer.by) }
    return text
  }

  private func text(of target: DutiesAnswer.Target, by: DutiesRequest.Grouping) -> String {
    let title = "target \(target.number): \(target.name)"
    var text =
      "\n"
      + MarkedText("\(title)\(screen.separator)\(Numbers.grouped(target.missing)) missing").wrapped(screen.width)
      .map { screen.styled($0.drawn(screen), .bold) + "\n" }.joined()
    for group in target.groups {
      let name = MarkedText(group.value ?? "no \(by.rawValue) given").cut(24, screen).drawn(screen).padded(24)
      let more = group.missing - group.ids.count
      let ids = group.ids.joined(separator: ", ") + (more > 0 ? " and \(Numbers.grouped(more)) more" : "")
      let line = MarkedText(ids).cut(max(10, screen.width - 36), screen)
      text += "  \(name)  \(Numbers.grouped(group.missing).leftPadded(6))  \(line.drawn(screen))\n"
    }
    return text
  }

  private func rest(_ count: Int, _ what: String) -> String {
    count > 0 ? "  and \(Numbers.grouped(count)) more \(what)\n" : ""
  }

  private func line(_ duty: DutiesAnswer.Duty, _ since: String) -> String {
    let head = "  \("\(Numbers.grouped(duty.days)) days".leftPadded(11))  \(since.padded(17))  "
    var facts = [duty.enterprise ?? duty.enterpriseID, duty.product, duty.inspector].compactMap { $0 }
    if !duty.followUps.isEmpty { facts.append("not settled by \(duty.followUps.joined(separator: ", "))") }
    let id = Screen.shown(duty.id)
    let room = max(10, screen.width - DisplayWidth.columns(of: head) - DisplayWidth.columns(of: id) - 2)
    let line = MarkedText(facts.joined(separator: screen.separator)).cut(room, screen)
    return head + line.drawn(screen) + String(repeating: " ", count: max(0, room - line.columns) + 2)
      + screen.styled(id, .faint) + "\n"
  }

  private func plain(_ answer: DutiesAnswer) -> String {
    var text = ""
    for group in answer.groups {
      for (kind, duties) in [("rectify", group.overdue), ("seal", group.openSeals)] {
        for duty in duties {
          let values = [
            group.value ?? "-", kind, String(duty.days), duty.due ?? "-", "inspection/\(duty.id)",
            duty.enterprise ?? "", duty.inspector ?? "",
          ]
          text += values.map(Screen.shown).joined(separator: "\t") + "\n"
        }
      }
    }
    for target in answer.targets {
      for group in target.groups {
        for id in group.ids {
          text +=
            [group.value ?? "-", "target \(target.number)", "-", "-", id, "", ""].map(Screen.shown)
            .joined(separator: "\t") + "\n"
        }
      }
    }
    return text
  }
}
