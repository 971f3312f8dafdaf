import QualityRecords

/// A citation in its forms.
struct CitationScreen {
  let screen: Screen

  private static let longestLine = 120

  /// - Parameter style: one form alone; nil: all.
  func text(_ answer: CiteAnswer, _ style: CiteAnswer.Style?) -> String {
    if let style { return shown(answer.citation(style)) }
    guard screen.isTerminal else {
      var lines = answer.citations.map { "\($0.style.rawValue)\t\(Screen.shown($0.text))" }
      lines += ["link\t\(Screen.shown(answer.link))", "receipt\t\(answer.receipt)"]
      return lines.joined(separator: "\n") + "\n"
    }
    var text = ""
    for citation in answer.citations {
      text += screen.styled(citation.style.rawValue, .bold) + "\n"
      for line in citation.text.split(separator: "\n", omittingEmptySubsequences: false) {
        let wrapped = MarkedText(String(line)).wrapped(min(screen.width, Self.longestLine) - 2)
        text += wrapped.isEmpty ? "\n" : wrapped.map { "  \($0.drawn(screen))\n" }.joined()
      }
      text += "\n"
    }
    text += "\(screen.styled("link", .faint))     \(Screen.shown(answer.link))\n"
    text += "\(screen.styled("receipt", .faint))  \(answer.receipt)\n"
    return text
  }

  /// Line ends stay: a citation in Markdown needs them.
  private func shown(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { Screen.shown(String($0)) + "\n" }.joined()
  }
}
