import QualityRecords

/// A quotation beside what is written: the differences as `wdiff` marks them.
struct QuotationScreen {
  let screen: Screen

  private static let longestLine = 120
  /// Bytes of the passage shown before and behind the quoted stretch.
  private static let around = 90

  func text(_ answer: QuoteCheckAnswer) -> String {
    guard let closest = answer.closest else {
      return screen.isTerminal ? "no passage is near\n" : "none\t-\t\(answer.words)\t\n"
    }
    guard screen.isTerminal else {
      let fields = [answer.verdict.rawValue, closest.id, "\(answer.wordsDiffer)", merged(answer, closest).text]
      return fields.map(Screen.shown).joined(separator: "\t") + "\n"
    }
    let width = min(screen.width, Self.longestLine)
    let mark = screen.isASCII ? "p" : "¶"
    let head = [verdict(answer), "\(mark)\(closest.paragraph) of \(closest.of)", closest.title]
      .joined(separator: screen.separator)
    var lines = MarkedText(head).wrapped(width).map { $0.drawn(screen, .bold) }
    if !closest.path.isEmpty {
      lines += MarkedText(closest.path.joined(separator: " > ")).wrapped(width).map { $0.drawn(screen, .faint) }
    }
    let (text, marks) = merged(answer, closest)
    lines += MarkedText(text, marks: marks).wrapped(width - 2).map { "  " + $0.drawn(screen) }
    for difference in answer.differences {
      lines += MarkedText(said(difference)).wrapped(width - 2).map { "  " + $0.drawn(screen) }
    }
    if !answer.also.isEmpty {
      lines += MarkedText("as near: \(answer.also.joined(separator: ", "))").wrapped(width).map {
        $0.drawn(screen, .faint)
      }
    }
    lines.append(screen.styled("dossier cite \(ShellWord.quoted(Screen.shown(closest.id)))", .faint))
    return lines.joined(separator: "\n") + "\n"
  }

  private func verdict(_ answer: QuoteCheckAnswer) -> String {
    switch answer.verdict {
    case .verbatim: "verbatim"
    case .sameWords: "same words"
    case .altered: "altered: \(answer.wordsDiffer) of \(answer.words) words differ"
    case .none: "no passage is near"
    }
  }

  private func said(_ difference: QuoteCheckAnswer.Difference) -> String {
    switch difference.kind {
    case "replaced": "replaced: written '\(difference.written)', quoted '\(difference.quoted)'"
    case "added": "added: '\(difference.quoted)' is not in the passage"
    default: "removed: '\(difference.written)' is in the passage"
    }
  }

  /// The stretch of the passage with what was quoted otherwise put in, some of the text around it, and the bytes to mark.
  private func merged(_ answer: QuoteCheckAnswer, _ closest: QuoteCheckAnswer.Closest) -> (
    text: String, marks: [Range<Int>]
  ) {
    let bytes = Array(closest.text.utf8)
    var from = max(0, closest.stretch.lowerBound - Self.around)
    var to = min(bytes.count, closest.stretch.upperBound + Self.around)
    while from > 0, from < bytes.count, bytes[from] & 0xC0 == 0x80 { from += 1 }
    while to < bytes.count, bytes[to] & 0xC0 == 0x80 { to += 1 }
    var result = Array((from > 0 ? screen.ellipsis : "").utf8)
    var marks: [Range<Int>] = []
    var place = from
    func mark(_ text: String) {
      let start = result.count
      result += Array(text.utf8)
      marks.append(start..<result.count)
    }
    for difference in answer.differences {
      let at = difference.writtenAt
      guard at.lowerBound >= place, at.upperBound <= to else { continue }
      result += bytes[place..<at.lowerBound]
      let needsSpace =
        at.isEmpty && !(result.last == 0x20) && !difference.quoted.isEmpty && (result.last ?? 0x20) < 0x80
      if !at.isEmpty { mark("[-\(difference.written)-]") }
      if !difference.quoted.isEmpty {
        if needsSpace || (!at.isEmpty && (difference.quoted.utf8.first ?? 0x80) < 0x80) { result.append(0x20) }
        mark("{+\(difference.quoted)+}")
      }
      place = at.upperBound
    }
    result += bytes[place..<max(place, to)]
    if to < bytes.count { result += Array(screen.ellipsis.utf8) }
    return (String(decoding: result, as: UTF8.self), marks)
  }
}
