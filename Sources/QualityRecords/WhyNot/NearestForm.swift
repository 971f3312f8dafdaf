import SearchEngine

/// The form in a record that is nearest to a word that it does not hold.
struct NearestForm: Hashable, Sendable {
  /// As the record has it.
  var text: String
  /// `inflection`, `thesaurus: sibling`, `code`, `spelling`, `part`, `beginning`.
  var relation: String
  /// What would have to be asked; empty where nothing would do.
  var needed: String
  /// Where it stands.
  var place: String

  /// Words that begin alike are only called so from this length on.
  private static let sharedBeginning = 5

  /// The nearest form of `typed`. In this order: another form of the same word, a name that the thesaurus puts beside it, a
  /// code that begins so, a spelling one or two edits away, a part of a run of characters, a word that begins alike.
  ///
  /// `takesStems`: whether the clause would have taken other forms of the word, so that none can be there.
  static func of(_ typed: String, in record: RecordWords, related: [RelatedName]) -> NearestForm? {
    let tokens = TextTokens.of(typed)
    guard let token = tokens.first else { return nil }
    if token.kind == "code" || token.kind == "codePart" || tokens.contains(where: { $0.kind == "code" }) {
      return code(typed, in: record)
    }
    if tokens.count == 1, let stem = token.stem,
      let word = record.words.first(where: { $0.stem == stem && $0.term != token.term })
    {
      return NearestForm(
        text: word.text, relation: "inflection", needed: "rung stem: \(typed) without = or quotes",
        place: record.place(of: word))
    }
    if let name = thesaurus(related, in: record) { return name }
    if tokens.contains(where: { $0.kind == "cjkBigram" || $0.kind == "cjkLast" }) { return part(typed, in: record) }
    if tokens.count == 1, let near = spelling(token, in: record) { return near }
    if tokens.count == 1, let near = beginning(token, in: record) { return near }
    return nil
  }

  private static func thesaurus(_ related: [RelatedName], in record: RecordWords) -> NearestForm? {
    for name in related {
      let terms = TextTokens.of(name.name)
      var phrase: [String] = []
      for term in terms where term.position == phrase.count { phrase.append(term.term) }
      guard let place = record.occurrences(of: phrase).first else { continue }
      let isUsed = name.relation == .synonym || name.relation == .narrower
      return NearestForm(
        text: name.name, relation: "thesaurus: \(name.relation.rawValue)" + (isUsed ? "" : ", not used"),
        needed: isUsed ? "rung thesaurus, or \(name.name) itself" : "\(name.name) itself",
        place: record.place(of: record.words[place]))
    }
    return nil
  }

  /// The code of the record that shares most of its beginning, at least half.
  private static func code(_ typed: String, in record: RecordWords) -> NearestForm? {
    func bare(_ text: String) -> [Character] { Array(TextTokens.folded(text).filter { $0.isLetter || $0.isNumber }) }
    let wanted = bare(typed)
    var best: (shared: Int, word: RecordWords.Word)?
    for word in record.words where word.kind == "code" {
      let shared = zip(bare(word.text), wanted).prefix { $0 == $1 }.count
      if shared > best?.shared ?? 0 { best = (shared, word) }
    }
    guard let best, best.shared * 2 >= wanted.count, best.shared >= 2 else { return nil }
    let begins = best.shared == wanted.count
    return NearestForm(
      text: best.word.text, relation: begins ? "code that begins so" : "code that begins alike",
      needed: begins ? "\(typed)*" : "the code itself: codes are never fuzzed", place: record.place(of: best.word))
  }

  private static func spelling(_ token: TextToken, in record: RecordWords) -> NearestForm? {
    let length = token.term.count
    guard length >= 3, length <= 64 else { return nil }
    let most = length >= 6 ? 2 : 1
    var best: (edits: Int, word: RecordWords.Word)?
    var seen: Set<String> = []
    for word in record.words where word.kind == "word" && abs(word.term.count - length) <= most {
      guard word.term != token.term, seen.insert(word.term).inserted else { continue }
      let edits = TextTokens.edits(word.term, token.term)
      if edits <= most, edits < best?.edits ?? 3 { best = (edits, word) }
    }
    guard let best else { return nil }
    return NearestForm(
      text: best.word.text, relation: "spelling at distance \(best.edits)",
      needed: "rung fuzzy: \(token.term)~\(best.edits)", place: record.place(of: best.word))
  }

  private static func beginning(_ token: TextToken, in record: RecordWords) -> NearestForm? {
    var best: (shared: Int, word: RecordWords.Word)?
    for word in record.words where word.kind == "word" && word.term != token.term {
      let shared = zip(word.term, token.term).prefix { $0 == $1 }.count
      guard shared >= sharedBeginning, shared * 2 >= token.term.count else { continue }
      if shared > best?.shared ?? 0 { best = (shared, word) }
    }
    guard let best else { return nil }
    let prefix = String(token.term.prefix(best.shared))
    return NearestForm(
      text: best.word.text, relation: "word that begins alike", needed: "\(prefix)*", place: record.place(of: best.word)
    )
  }

  /// The longest part of a run of characters, of two at least, that the record holds. Linear in the record.
  private static func part(_ typed: String, in record: RecordWords) -> NearestForm? {
    let wanted = TextWord.all(in: typed)
    var best: (count: Int, part: String, text: RecordWords.Text)?
    for text in record.texts {
      let words = TextWord.all(in: text.text)
      guard let run = SharedWords.longest(wanted, words), run.second.count > best?.count ?? 1,
        let first = words[run.second].first, let last = words[run.second].last
      else { continue }
      let bytes = Array(text.text.utf8)[first.range.lowerBound..<last.range.upperBound]
      best = (run.second.count, String(decoding: bytes, as: UTF8.self), text)
    }
    guard let best, best.count < wanted.count else { return nil }
    return NearestForm(
      text: best.part, relation: "part of the run", needed: best.part,
      place: best.text.paragraph.map { "paragraph \($0)" } ?? best.text.field)
  }
}
