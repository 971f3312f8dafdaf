import QueryLanguage

/// Places in a query for paragraphs: `第十二条 缺陷`, `Article 12 defects`, `¶3`, `para 3 toys`. A place is a filter, not text; in
/// quotes it is text.
enum PassageQuery {
  /// Replaces bare words of the query's root that name a place by the filter that they mean. Returns a note for each.
  static func takePlaces(_ parsed: inout ParsedQuery) -> [SearchAnswer.Note] {
    let text = parsed.text
    var clauses = parsed.syntax.clauses
    var notes: [SearchAnswer.Note] = []
    var filters: [QuerySyntax] = []
    for mention in PlaceScanner.mentions(in: text) {
      guard let filter = filter(mention.place, mention.range),
        let taken = take(mention.range, from: &clauses, Array(text.utf8))
      else { continue }
      filters.append(filter)
      let typed = String(decoding: Array(text.utf8)[taken], as: UTF8.self)
      notes.append(
        SearchAnswer.Note(
          code: "place", message: "'\(typed)' is taken as a place: \(mention.place.description)", at: taken,
          hint: "in quotes it is searched as text: \"\(typed)\""))
    }
    guard !filters.isEmpty else { return [] }
    let all = clauses + filters
    let isAnd = if case .and = parsed.syntax.kind { true } else { false }
    let syntax =
      all.count == 1 ? all[0] : QuerySyntax(isAnd ? .and(all) : .flat(all), range: parsed.syntax.range)
    // What the parser says of places of which it does not know is out of date.
    let others = parsed.notes.filter { $0.code != .paragraphReference }
    parsed = ParsedQuery(text: text, syntax: syntax, repairs: parsed.repairs, notes: others)
    return notes
  }

  /// Takes the words that a mention consists of out of the clauses; of a word that only begins with it, the mention. Returns
  /// where it stood; nil, with nothing changed, where it is not made of bare words alone.
  private static func take(_ range: Range<Int>, from clauses: inout [QuerySyntax], _ text: [UInt8]) -> Range<Int>? {
    // Marks of punctuation may belong to the word before them.
    var end = range.upperBound
    let marks: [[UInt8]] = [",", ";", ":", ".", "，", "、", "；", "：", "。", ")", "）"].map { Array($0.utf8) }
    while let mark = marks.first(where: { text.dropFirst(end).starts(with: $0) }) { end += mark.count }
    let touching = clauses.indices.filter { clauses[$0].range.overlaps(range) }
    guard !touching.isEmpty else { return nil }
    var kept = clauses
    for index in touching.reversed() {
      guard case .word(let word) = clauses[index].kind else { return nil }
      let own = clauses[index].range
      guard own.lowerBound >= range.lowerBound else { return nil }
      if own.upperBound <= end {
        kept.remove(at: index)
      } else {
        // 第十二条缺陷: the rest of the word stays, where the word is as it was typed.
        guard Array(text[own]) == Array(word.utf8) else { return nil }
        let rest = String(decoding: text[end..<own.upperBound], as: UTF8.self)
        kept[index] = QuerySyntax(.word(rest), range: end..<own.upperBound)
      }
    }
    clauses = kept
    return range
  }

  /// The field clause that a place means; nil for a part, which no field holds.
  private static func filter(_ place: PlaceReference, _ range: Range<Int>) -> QuerySyntax? {
    let field: String
    switch place.kind {
    case .paragraph: field = "n"
    case .article: field = "article"
    case .chapter: field = "chapter"
    case .section: field = "section"
    case .part: return nil
    }
    let values = place.numbers.map { QuerySyntax(.word(String($0)), range: range) }
    guard let first = values.first else { return nil }
    let inner = values.count == 1 ? first : QuerySyntax(.or(values), range: range)
    return QuerySyntax(.field(QuerySyntax.Name(field, range: range), inner), range: range)
  }
}
