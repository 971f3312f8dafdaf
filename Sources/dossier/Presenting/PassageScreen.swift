import JSONText
import QualityRecords
import SearchEngine

/// Paragraphs as hits: where each stands, then the sentences that matched.
///
///     1  ¶3 of 7 · Notice on key products · AQSIQ · event Feb 20 (year not stated)
///        · page stamp 2017-07-05
///        …sentences, marked
///        dossier show dir-0001#p3
struct PassageScreen {
  let screen: Screen
  /// Fields that were asked for by name.
  let fields: [String]

  /// Fields of the passages that the facts of a hit are made from.
  static let factFields = ["n", "of", "path", "issuer", "pageDate"]
  private static let longestLine = 160

  func text(_ answer: SearchAnswer) -> String {
    guard screen.isTerminal || answer.hits.contains(where: { $0.explanation != nil }) else {
      return SearchScreen(screen: screen, fields: fields).text(answer)
    }
    let width = String(answer.hits.count).count
    var text = ""
    for (index, hit) in answer.hits.enumerated() {
      text += block(hit, number: String(index + 1).leftPadded(width)) + "\n"
    }
    var facets = answer
    facets.hits = []
    return text + SearchScreen(screen: screen, fields: []).text(facets)
  }

  private func block(_ hit: SearchAnswer.Hit, number: String) -> String {
    let head = "\(number)  "
    let indent = String(repeating: " ", count: head.count)
    let room = min(screen.width, Self.longestLine) - head.count
    var lines: [String] = []
    for line in MarkedText(facts(hit)).wrapped(room) {
      lines.append((lines.isEmpty ? head : indent) + line.drawn(screen, .bold))
    }
    let path = path(hit)
    if !path.isEmpty {
      lines += MarkedText(path.joined(separator: " > ")).wrapped(room).map { indent + $0.drawn(screen, .faint) }
    }
    for snippet in hit.snippets where snippet.field == "text" {
      lines += MarkedText(snippet.text, marks: snippet.marks).wrapped(room).map { indent + $0.drawn(screen) }
    }
    for field in fields {
      guard let value = hit.fields?[field] else { continue }
      lines += MarkedText("\(field): \(SearchScreen.plain(value))").wrapped(room).map { indent + $0.drawn(screen) }
    }
    if let explanation = hit.explanation {
      lines += SearchScreen(screen: screen, fields: []).explained(explanation, depth: 0).map { indent + $0 }
    }
    lines.append(indent + screen.styled("dossier show \(ShellWord.quoted(Screen.shown(hit.id)))", .faint))
    return lines.joined(separator: "\n") + "\n"
  }

  private func path(_ hit: SearchAnswer.Hit) -> [String] {
    (hit.fields?["path"]?.arrayValue ?? []).compactMap { $0.stringValue }.map(Screen.shown)
  }

  /// Where it stands: paragraph, title, issuer, the date of the event, the stamp of the page.
  private func facts(_ hit: SearchAnswer.Hit) -> String {
    func field(_ name: String) -> String? { hit.fields?[name].map(SearchScreen.plain) }
    var parts: [String] = []
    if let number = field("n") {
      let place = (screen.isASCII ? "p" : "¶") + number
      parts.append(field("of").map { "\(place) of \($0)" } ?? place)
    }
    parts.append(hit.title)
    if let issuer = field("issuer") { parts.append(issuer) }
    if let date = hit.date { parts.append("event \(DateWords.english(date))") }
    if let page = field("pageDate") { parts.append("page stamp \(page)") }
    if hit.rung != "exact", hit.rung != "stem" { parts.append("by \(hit.rung)") }
    return parts.map(Screen.shown).joined(separator: screen.separator)
  }
}
