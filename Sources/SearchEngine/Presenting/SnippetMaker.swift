import Records

/// Cuts snippets out of a record's texts. Texts are analysed again and matched by the very entries that the query stood
/// for, so that only what matched is marked: of a phrase the places where its words stand together.
struct SnippetMaker {
  private let terms: [HighlightTerm]
  private let options: SnippetOptions
  private let analyzer = QueryAnalyzer()

  init(terms: [HighlightTerm], options: SnippetOptions) {
    self.terms = terms
    self.options = options
  }

  /// Where a term stands in a text, in bytes, and which term it is.
  struct Match {
    var range: Range<Int>
    var term: Int
  }

  /// The best snippets, at least one when the record has any text. Cost: linear in the record's texts.
  func snippets(of texts: [RecordText]) -> [Snippet] {
    var found: [(score: Int, order: Int, snippet: Snippet)] = []
    var seen: Set<Int> = []
    for (order, text) in texts.enumerated() {
      let matches = matches(in: text)
      if matches.isEmpty { continue }
      let window = bestWindow(matches, in: text.text)
      let terms = Set(matches[window].map(\.term))
      let range = cut(
        text.text, around: matches[window.lowerBound].range.lowerBound..<matches[window.upperBound - 1].range.upperBound
      )
      let snippet = snippet(text, range, matches.map(\.range))
      let fresh = terms.subtracting(seen).count
      seen.formUnion(terms)
      found.append((terms.count * 4 + fresh * 4 + (text.type == .text ? 2 : 0), order, snippet))
    }
    if found.isEmpty {
      guard let text = bestText(texts) else { return [] }
      return [snippet(text, cut(text.text, around: 0..<0), [])]
    }
    found.sort { ($1.score, $0.order) < ($0.score, $1.order) }
    return found.prefix(max(1, options.count)).map(\.snippet)
  }

  /// The first running text, else the first of all.
  private func bestText(_ texts: [RecordText]) -> RecordText? {
    texts.first { $0.type == .text } ?? texts.first
  }

  // MARK: Matching

  /// What of the text matches, by rising place; overlaps joined.
  func matches(in text: RecordText) -> [Match] {
    guard text.weight > 0 else { return [] }
    let (tokens, sentences) = analyzer.tokensAndSentences(text.text)
    var places: [UInt32: [Int]] = [:]
    for (index, token) in tokens.enumerated() { places[token.position, default: []].append(index) }
    var found: [Match] = []
    let marks = ProximityMarks { occurrences($0, in: text, tokens, places) }
    for (number, term) in terms.enumerated() {
      if let clause = term.clause {
        // A text of a record is one paragraph unless it holds blank lines; those are units of the index alone.
        let borders = clause.scope == .sentence ? sentences : []
        found += marks.ranges(clause, borders: borders).map { Match(range: $0, term: number) }
      } else {
        found += occurrences(term, in: text, tokens, places).map { Match(range: $0.bytes, term: number) }
      }
    }
    found.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    return found
  }

  /// Where a word or a phrase stands in a text, by rising position.
  private func occurrences(
    _ term: HighlightTerm, in text: RecordText, _ tokens: [QueryToken], _ places: [UInt32: [Int]]
  ) -> [ProximityMarks.Occurrence] {
    if let fields = term.fields, !fields.contains(UInt32(clamping: text.number)) { return [] }
    guard let first = term.slots.first else { return [] }
    var found: [ProximityMarks.Occurrence] = []
    for token in tokens where first.forms.contains(token.term) {
      // The first slot need not be the first place: it is, as the planner makes them.
      var range = token.from..<token.to
      var last = token.position
      var isWhole = true
      for slot in term.slots.dropFirst() {
        let position = token.position &+ slot.offset &- first.offset
        guard let match = places[position]?.first(where: { slot.forms.contains(tokens[$0].term) }) else {
          isWhole = false
          break
        }
        last = max(last, position)
        range = min(range.lowerBound, tokens[match].from)..<max(range.upperBound, tokens[match].to)
      }
      if isWhole, last < .max {
        found.append(ProximityMarks.Occurrence(start: token.position, end: last + 1, bytes: range))
      }
    }
    return found
  }

  /// Each text in which something matches, whole. Linear.
  func wholeTexts(of texts: [RecordText]) -> [Snippet] {
    texts.compactMap { text in
      let matches = matches(in: text)
      return matches.isEmpty ? nil : snippet(text, 0..<text.text.utf8.count, matches.map(\.range))
    }
  }

  /// The run of matches within the snippet's length that holds the most different terms, then the most matches.
  private func bestWindow(_ matches: [Match], in text: String) -> Range<Int> {
    // Bytes: three a character is what CJK takes, and plain text is then cut by characters below.
    let span = options.length
    var best = 0..<1
    var bestScore = 0
    var start = 0
    var counts: [Int: Int] = [:]
    for end in matches.indices {
      counts[matches[end].term, default: 0] += 1
      while matches[end].range.upperBound - matches[start].range.lowerBound > span, start < end {
        let term = matches[start].term
        counts[term, default: 1] -= 1
        if counts[term] == 0 { counts[term] = nil }
        start += 1
      }
      let score = counts.count * 64 + min(63, end - start)
      if score > bestScore {
        bestScore = score
        best = start..<end + 1
      }
    }
    return best
  }

  // MARK: Cutting

  /// Byte range of about the wanted length around `core`: from the beginning of its sentence when that is near, otherwise
  /// from a word; always on character borders.
  private func cut(_ text: String, around core: Range<Int>) -> Range<Int> {
    let utf8 = text.utf8
    guard let from = utf8.index(utf8.startIndex, offsetBy: core.lowerBound, limitedBy: utf8.endIndex),
      let to = utf8.index(utf8.startIndex, offsetBy: core.upperBound, limitedBy: utf8.endIndex)
    else { return 0..<utf8.count }
    // Characters between: walking over grapheme clusters keeps emoji and combining marks whole.
    var start = text.rangeOfCharacter(at: from)
    var end = to
    var left = options.length
    var walked = start
    while walked < to, left > 0 {
      walked = text.index(after: walked)
      left -= 1
    }
    end = max(walked, to == from ? start : text.roundedUp(to))
    // Up to a third before, the rest behind, then before again what is left over.
    var before = left / 3
    var sentence: String.Index?
    var word: String.Index?
    var probe = start
    while before > 0, probe > text.startIndex {
      let previous = text.index(before: probe)
      let character = text[previous]
      if character.isNewline || character.endsSentence(before: text[probe]) {
        sentence = probe
        break
      }
      if character.isWhitespace { word = probe }
      probe = previous
      before -= 1
      left -= 1
    }
    if probe == text.startIndex { sentence = probe }
    start = sentence ?? (before == 0 && probe > text.startIndex ? word ?? probe : probe)
    while left > 0, end < text.endIndex, !text[end].isNewline || left > options.length / 2 {
      end = text.index(after: end)
      left -= 1
    }
    if end < text.endIndex {
      // Back to the end of a word, unless the script has none.
      var back = end
      var steps = 0
      while back > to, steps < 20, !text[back].isWhitespace {
        back = text.index(before: back)
        steps += 1
      }
      if back > to, text[back].isWhitespace { end = back }
    }
    while start < from, start < end, text[start].isWhitespace { start = text.index(after: start) }
    return utf8.distance(from: utf8.startIndex, to: start)..<utf8.distance(from: utf8.startIndex, to: end)
  }

  private func snippet(_ text: RecordText, _ range: Range<Int>, _ matches: [Range<Int>]) -> Snippet {
    let bytes = Array(text.text.utf8)[range]
    var marks: [Range<Int>] = []
    for match in matches where match.lowerBound >= range.lowerBound && match.upperBound <= range.upperBound {
      let mark = match.lowerBound - range.lowerBound..<match.upperBound - range.lowerBound
      if let last = marks.last, mark.lowerBound < last.upperBound {
        marks[marks.count - 1] = last.lowerBound..<max(last.upperBound, mark.upperBound)
      } else {
        marks.append(mark)
      }
    }
    return Snippet(
      field: text.field, paragraph: text.paragraph, text: String(decoding: bytes, as: UTF8.self), marks: marks)
  }
}

extension String {
  /// The border of the character that holds `index`.
  fileprivate func rangeOfCharacter(at index: String.Index) -> String.Index {
    index < endIndex ? self.rangeOfComposed(index) : endIndex
  }

  private func rangeOfComposed(_ index: String.Index) -> String.Index {
    // Rounds down to a character: the first border after it, then one back.
    let next = self.index(after: index)
    return self.index(before: next)
  }

  /// The first character border at or after `index`.
  fileprivate func roundedUp(_ index: String.Index) -> String.Index {
    guard index < endIndex else { return endIndex }
    let start = rangeOfComposed(index)
    return start == index ? index : self.index(after: start)
  }
}

extension Character {
  /// Whether this mark ends a sentence: the Chinese ones do, the others before white space ("1.5 mg" goes on).
  fileprivate func endsSentence(before next: Character) -> Bool {
    switch self {
    case "。", "！", "？", "；": true
    case ".", "!", "?": next.isWhitespace
    default: false
    }
  }
}
