import QualityRecords

/// References of a paragraph, both ways.
struct ReferencesScreen {
  let screen: Screen

  private static let longestLine = 120

  func text(_ answer: RefsAnswer) -> String {
    guard screen.isTerminal else { return plain(answer) }
    let width = min(screen.width, Self.longestLine)
    var lines = MarkedText("\(answer.id)  \(answer.title)").wrapped(width).map { $0.drawn(screen, .bold) }
    let counts = [
      "cited by number \(answer.byNumber)", "by wording \(answer.byWording)",
      "the document alone \(answer.documentOnly)",
    ]
    lines.append(counts.joined(separator: screen.separator))
    for citing in answer.citedBy {
      lines.append("")
      let way = citing.way == .number ? "by number" : "\(citing.words) words"
      let head = ["\(citing.kind)/\(citing.id)", way, citing.date ?? "undated", citing.title]
      lines += MarkedText(head.joined(separator: screen.separator)).wrapped(width - 2).enumerated().map {
        ($0.offset == 0 ? "  " : "    ") + $0.element.drawn(screen)
      }
      lines += MarkedText("“\(citing.text)”").wrapped(width - 4).map { "    " + $0.drawn(screen, .faint) }
    }
    if !answer.cites.isEmpty {
      lines += ["", screen.styled("cites", .bold)]
      for cited in answer.cites {
        let target = cited.id.map { "\($0)" } ?? "not on record"
        let text = [cited.kind, cited.text, cited.kind == "standard" ? "" : target].filter { !$0.isEmpty }
        lines += MarkedText(text.joined(separator: screen.separator)).wrapped(width - 2).map { "  " + $0.drawn(screen) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func plain(_ answer: RefsAnswer) -> String {
    var text = ""
    for citing in answer.citedBy {
      let fields = ["cited-by", citing.way.rawValue, "\(citing.kind)/\(citing.id)", citing.text]
      text += fields.map(Screen.shown).joined(separator: "\t") + "\n"
    }
    for cited in answer.cites {
      text += ["cites", cited.kind, cited.id ?? "-", cited.text].map(Screen.shown).joined(separator: "\t") + "\n"
    }
    return text
  }
}
