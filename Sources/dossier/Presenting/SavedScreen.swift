import QualityRecords
import SearchEngine

/// What a saved search has to report: blocks on a terminal, lines with tabs in a pipe.
struct SavedScreen {
  let screen: Screen

  func text(_ answer: WatchAnswer) -> String {
    guard screen.isTerminal else { return answer.events.map(line).joined() }
    var text = ""
    for event in answer.events {
      let label = event.reason.padded(9)
      let hit = event.hit
      let head = [hit.title, hit.date ?? "undated"].joined(separator: screen.separator)
      text += screen.styled(label, .warning)
      text += MarkedText(head).cut(screen.width - label.count, screen).drawn(screen, .bold) + "\n"
      let indent = String(repeating: " ", count: label.count)
      for line in MarkedText(event.clause).wrapped(screen.width - label.count) {
        text += indent + line.drawn(screen) + "\n"
      }
      if let snippet = hit.snippets.first {
        for line in MarkedText(snippet.text, marks: snippet.marks).wrapped(screen.width - label.count) {
          text += indent + line.drawn(screen) + "\n"
        }
      }
      text += indent + screen.styled("dossier show \(ShellWord.quoted("\(hit.kind)/\(hit.id)"))", .faint) + "\n"
    }
    return text
  }

  private func line(_ event: WatchAnswer.Event) -> String {
    let hit = event.hit
    return [
      event.reason, "\(hit.kind)/\(hit.id)", hit.date ?? "-", event.clause, hit.title, hit.snippets.first?.text ?? "",
    ].map(Screen.shown).joined(separator: "\t") + "\n"
  }

  func text(_ answer: DiffAnswer) -> String {
    var text = ""
    for (label, ids) in [("added", answer.added), ("gone", answer.gone), ("changed", answer.changed)] {
      for id in ids {
        text += (screen.isTerminal ? label.padded(9) : label + "\t") + Screen.shown(id) + "\n"
      }
    }
    return text
  }
}
