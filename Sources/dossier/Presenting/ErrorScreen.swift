import QualityRecords
import QueryLanguage

/// An error, a note or a repair as people read it: what, where under a caret, what to do.
struct ErrorScreen {
  let screen: Screen

  /// `dossier: message`, the place in the query, the hint.
  func text(_ error: QualityError, query: String) -> String {
    lines(screen.styled("dossier:", .error), error.message, query: query, at: error.at, hint: error.hint)
  }

  /// `note: message`, the place in the query, the hint.
  func note(_ message: String, query: String = "", at range: Range<Int>? = nil, hint: String = "") -> String {
    lines(screen.styled("note:", .warning), message, query: query, at: range, hint: hint)
  }

  /// `weight: message` and, under it, the command that mends it, never wrapped: it is to be copied.
  func finding(_ weight: String, _ message: String, command: String) -> String {
    let style = weight == "error:" ? screen.styled(weight, .error) : screen.styled(weight, .warning)
    return wrapped(style, Screen.shown(message)) + "  \(Screen.shown(command))\n"
  }

  private func lines(_ label: String, _ message: String, query: String, at range: Range<Int>?, hint: String) -> String {
    var text = wrapped(label, Screen.shown(message))
    if let range, !query.isEmpty {
      for line in CaretPicture.lines(query, pointingAt: range, width: screen.width - 2) { text += "  \(line)\n" }
    }
    // Some messages end with what their hint says.
    if !hint.isEmpty, !message.contains(hint) { text += hinted(Screen.shown(hint)) }
    return text
  }

  /// The message behind its label, wrapped on a terminal.
  private func wrapped(_ label: String, _ message: String) -> String {
    let indent = 6
    guard screen.isTerminal else { return "\(label) \(message)\n" }
    let first = MarkedText(label + " " + message).wrapped(screen.width - 2)
    guard first.count > 1 else { return "\(label) \(message)\n" }
    let lines = MarkedText(message).wrapped(max(20, screen.width - 10))
    return lines.enumerated().map { place, line in
      (place == 0 ? label + " " : String(repeating: " ", count: indent)) + line.drawn(screen) + "\n"
    }.joined()
  }

  /// `hint: …`, wrapped on a terminal.
  private func hinted(_ hint: String) -> String {
    guard screen.isTerminal else { return "  hint: \(hint)\n" }
    let lines = MarkedText(hint).wrapped(screen.width - 8)
    return lines.enumerated().map { ($0.offset == 0 ? "  hint: " : "        ") + $0.element.drawn(screen) + "\n" }
      .joined()
  }
}
