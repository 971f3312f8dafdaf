import QualityRecords

/// Figures of an index: a name and a number a line.
struct StatsScreen {
  let screen: Screen

  /// Names that are shown; the JSON answer has all.
  private static let shownNames = 10

  func text(_ answer: StatsAnswer) -> String {
    var rows = [("records", number(answer.records))]
    for (kind, count) in answer.byKind { rows.append(("  \(kind)", number(count))) }
    rows.append(("passages", number(answer.passages)))
    rows.append(("segments", number(answer.segments)))
    rows.append(("bytes", screen.isTerminal ? Numbers.bytes(answer.bytes) : String(answer.bytes)))
    rows.append(("commit", String(answer.commit)))
    rows.append(("ambiguous names", number(answer.ambiguous.count)))
    rows.append(("unresolved names", number(answer.unresolved.count)))
    guard screen.isTerminal else {
      return rows.map { "\($0.0.trimmedSpaces)\t\($0.1)\n" }.joined()
    }
    let nameWidth = rows.map(\.0.count).max() ?? 0
    let valueWidth = rows.map(\.1.count).max() ?? 0
    var text = rows.map { "\($0.0.padded(nameWidth))  \($0.1.leftPadded(valueWidth))\n" }.joined()
    for name in answer.ambiguous.prefix(Self.shownNames) {
      text += line("'\(name.name)' may be \(name.ids.joined(separator: ", "))")
    }
    for name in answer.unresolved.prefix(Self.shownNames) { text += line("'\(name)' is no enterprise's name") }
    let more = max(0, answer.ambiguous.count - Self.shownNames) + max(0, answer.unresolved.count - Self.shownNames)
    return more > 0 ? text + line("and \(more) more (--json has all)") : text
  }

  private func number(_ value: Int) -> String { screen.isTerminal ? Numbers.grouped(value) : String(value) }

  private func line(_ text: String) -> String { MarkedText(text).cut(screen.width, screen).drawn(screen) + "\n" }
}
