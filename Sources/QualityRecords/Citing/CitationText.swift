/// A citation in words.
enum CitationText {
  static func text(_ answer: CiteAnswer, _ style: CiteAnswer.Style) -> String {
    switch style {
    case .text: plain(answer)
    case .markdown: markdown(answer)
    case .chinese: chinese(answer)
    }
  }

  private static func plain(_ answer: CiteAnswer) -> String {
    "“\(answer.text)” — \(source(answer, title: answer.title)). \(answer.link)"
  }

  private static func markdown(_ answer: CiteAnswer) -> String {
    let quote = answer.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? ">" : "> \(escaped(String($0)))" }.joined(separator: "\n")
    let source = source(answer, title: "*\(escaped(answer.title))*")
    return "\(quote)\n>\n> — \(source). `\(answer.link)`"
  }

  private static func source(_ answer: CiteAnswer, title: String) -> String {
    var parts: [String] = []
    if let issuer = answer.issuer { parts.append(issuer) }
    parts.append(title)
    parts.append(DateWords.english(answer.date))
    if answer.date == nil, let page = answer.pageDate { parts.append("page stamp \(page)") }
    if !answer.path.isEmpty { parts.append(answer.path.joined(separator: " > ")) }
    parts.append("¶\(answer.paragraph) of \(answer.of)")
    return parts.joined(separator: ", ")
  }

  private static func chinese(_ answer: CiteAnswer) -> String {
    var source = "《\(answer.title)》（"
    if let issuer = answer.issuer { source += "\(issuer)，" }
    source += "\(DateWords.chinese(answer.date))）"
    source += answer.path.joined(separator: "")
    source += "第\(answer.paragraph)段（共\(answer.of)段）"
    return "\(source)：“\(answer.text)”。链接：\(answer.link)"
  }

  /// Marks that Markdown would take for its own.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\*_`[]<>#|~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
