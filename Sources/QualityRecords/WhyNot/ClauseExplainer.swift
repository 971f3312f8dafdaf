import JSONText
import QueryLanguage
import Records
import SearchEngine

/// Says why one clause does not hold for one record.
struct ClauseExplainer {
  struct Reason {
    /// The innermost clause that is to blame.
    var clause: QuerySyntax
    var text: String
    var nearest: String?
    var relation: String?
    var needed: String?

    init(_ clause: QuerySyntax, _ text: String, nearest: String? = nil, relation: String? = nil, needed: String? = nil)
    {
      self.clause = clause
      self.text = text
      self.nearest = nearest
      self.relation = relation
      self.needed = needed
    }

    init(_ clause: QuerySyntax, _ text: String, _ form: NearestForm?) {
      self.init(clause, text)
      guard let form else { return }
      nearest = form.text
      relation = form.relation
      needed = form.needed.isEmpty ? nil : form.needed
      self.text += "; nearest '\(form.text)' (\(form.relation)) in \(form.place)"
    }
  }

  let index: QualityIndex
  let probe: RecordProbe
  let members: JSONObject
  let kinds: Set<String>
  let words: RecordWords

  init(index: QualityIndex, probe: RecordProbe, members: JSONObject, kinds: Set<String>) {
    self.index = index
    self.probe = probe
    self.members = members
    self.kinds = kinds
    words = RecordWords(members)
  }

  func holds(_ syntax: QuerySyntax) throws(QualityError) -> Bool {
    try index.searching { () throws(SearchError) in try probe.holds(syntax, kinds: kinds) }
  }

  /// The reason; `clause` does not hold.
  func reason(_ clause: QuerySyntax) throws(QualityError) -> Reason {
    switch clause.kind {
    case .required(let inner), .boost(let inner, _): return try reason(inner)
    case .flat(let nodes), .and(let nodes):
      for node in nodes where try !holds(node) { return try reason(node) }
      return Reason(clause, "each part holds by itself, but not all of them together")
    case .or(let nodes): return try alternatives(clause, nodes)
    case .not(let inner), .excluded(let inner): return try excluded(clause, inner)
    case .word(let text): return word(clause, text)
    case .exact(let text): return word(clause, text, note: " in this spelling")
    case .phrase(let text): return phrase(clause, text)
    case .prefix(let text): return Reason(clause, "no word begins with '\(text)'", form(text))
    case .wildcard(let text):
      return Reason(clause, "no word is like '\(text)'", form(text.filter { $0 != "*" && $0 != "?" }))
    case .regularExpression(let text): return Reason(clause, "no word is matched by /\(text)/")
    case .fuzzy(let text, let distance):
      return Reason(clause, "no word within \(distance) edits of '\(text)'", form(text))
    case .near(let nodes, let distance, let ordered): return try near(clause, nodes, distance, ordered)
    case .same(let unit, let inner): return try same(clause, unit, inner)
    case .unit(let name, let inner):
      guard try holds(inner) else { return try reason(inner) }
      return Reason(
        clause, "all of it stands in the record, but not in one and the same \(name.text)", needed: inner.description)
    case .field(let name, let inner): return try field(clause, name.text, inner)
    case .range(let name, let lower, let upper): return range(clause, name.text, lower, upper)
    case .date(let span): return date(clause, span)
    case .has(let name, let inner): return try has(clause, name, inner)
    case .by(let name, let inner): return by(clause, name.text, inner)
    case .empty, .everything: return Reason(clause, "it asks for nothing that the record has")
    }
  }

  // MARK: Words

  private func form(_ typed: String) -> NearestForm? {
    NearestForm.of(typed, in: words, related: index.searcher.relatedNames(of: typed))
  }

  private func word(_ clause: QuerySyntax, _ typed: String, note: String = "") -> Reason {
    let terms = Self.terms(typed)
    // A word of several parts is a phrase of them.
    if terms.count > 1, !Self.isRun(typed), terms.allSatisfy({ term in words.words.contains { $0.term == term } }) {
      return phrase(clause, typed)
    }
    return Reason(clause, "no '\(typed)'\(note)", form(typed))
  }

  /// The words of a phrase as they stand in the index, one a position.
  private static func terms(_ text: String) -> [String] {
    var terms: [String] = []
    for token in TextTokens.of(text) where token.position == terms.count { terms.append(token.term) }
    return terms
  }

  private static func isRun(_ text: String) -> Bool { TextTokens.of(text).contains { $0.kind.hasPrefix("cjk") } }

  private func phrase(_ clause: QuerySyntax, _ text: String) -> Reason {
    if Self.isRun(text) { return Reason(clause, "no '\(text)'", form(text)) }
    let terms = Self.terms(text)
    for term in terms where !words.words.contains(where: { $0.term == term }) {
      return Reason(clause, "no '\(term)' in this spelling", form(term))
    }
    let places = terms.map { term in [term] }
    guard let best = closest(places) else {
      return Reason(
        clause, "all its words stand in the record, but in different fields or paragraphs",
        relation: "in different places", needed: terms.joined(separator: " "))
    }
    return Reason(
      clause, "all its words stand in the record, but not one behind the other; nearest '\(best.text)'",
      nearest: best.text, relation: "not adjacent",
      needed: terms.count <= 6 ? terms.joined(separator: " NEAR/\(best.distance) ") : terms.joined(separator: " "))
  }

  /// The narrowest stretch of one text that holds all phrases, and the largest distance from one to the next in it; the
  /// neighbour is at distance 1. Cost: occurrences times phrases.
  private func closest(_ phrases: [[String]]) -> (distance: Int, text: String, isOrdered: Bool)? {
    var all: [(place: Int, member: Int)] = []
    for (member, phrase) in phrases.enumerated() {
      for place in words.occurrences(of: phrase) { all.append((place, member)) }
    }
    all.sort { ($0.place, $0.member) < ($1.place, $1.member) }
    var best: (span: Int, from: Int, to: Int)?
    var latest = [Int?](repeating: nil, count: phrases.count)
    for entry in all {
      latest[entry.member] = entry.place
      let known = latest.compactMap { $0 }
      guard known.count == phrases.count, let first = known.min() else { continue }
      let (start, end) = (words.words[first], words.words[entry.place])
      guard start.textNumber == end.textNumber, Set(known).count == known.count else { continue }
      let span = end.position - start.position
      if best == nil || span < best?.span ?? 0 { best = (span, first, entry.place) }
    }
    guard let best else { return nil }
    // The members in that stretch, to see how far each is from the next.
    let inside = all.filter { $0.place >= best.from && $0.place <= best.to }
    var members: [(position: Int, length: Int, member: Int)] = []
    for member in phrases.indices {
      guard let entry = inside.first(where: { $0.member == member }) else { return nil }
      members.append((words.words[entry.place].position, phrases[member].count, member))
    }
    members.sort { $0.position < $1.position }
    var distance = 1
    for (left, right) in zip(members, members.dropFirst()) {
      distance = max(distance, right.position - left.position - left.length + 1)
    }
    let lastLength = members.last?.length ?? 1
    let end = words.words.indices.last {
      words.words[$0].textNumber == words.words[best.from].textNumber
        && words.words[$0].position <= (members.last?.position ?? 0) + lastLength - 1
    }
    let text = (best.from...max(best.from, end ?? best.to)).prefix(24).map { words.words[$0] }
      .reduce(into: [RecordWords.Word]()) { kept, word in
        if kept.last?.position != word.position { kept.append(word) }
      }.map(\.text).joined(separator: " ")
    return (distance, text, zip(members, members.dropFirst()).allSatisfy { $0.member < $1.member })
  }

  private func near(
    _ clause: QuerySyntax, _ nodes: [QuerySyntax], _ distance: Int, _ ordered: Bool
  ) throws(QualityError) -> Reason {
    for node in nodes where try !holds(node) { return try reason(node) }
    // Forms that share the stem count as the word.
    var phrases: [[String]] = []
    for node in nodes {
      switch node.kind {
      case .word(let text):
        let terms = Self.terms(text)
        let stem = TextTokens.of(text).first?.stem
        let form = words.words.first { terms.count == 1 && stem != nil && $0.stem == stem }
        phrases.append(form.map { [$0.term] } ?? terms)
      case .exact(let text), .phrase(let text): phrases.append(Self.terms(text))
      default: return Reason(clause, "its parts stand in the record, but not near each other")
      }
    }
    let name = ordered ? "ONEAR" : "NEAR"
    guard let best = closest(phrases) else {
      return Reason(
        clause, "its parts stand in different fields or paragraphs", relation: "in different places",
        needed: nodes.map(\.description).joined(separator: " "))
    }
    if best.distance <= distance {
      return Reason(
        clause, "its parts stand near each other, but in another order; nearest '\(best.text)'", nearest: best.text,
        relation: "other order", needed: "NEAR/\(distance)")
    }
    return Reason(
      clause, "distance \(best.distance), asked \(distance); nearest '\(best.text)'", nearest: best.text,
      relation: "distance \(best.distance)", needed: "\(name)/\(best.distance)")
  }

  private func same(
    _ clause: QuerySyntax, _ unit: QuerySyntax.TextUnit, _ inner: QuerySyntax
  ) throws(QualityError) -> Reason {
    guard try holds(inner) else { return try reason(inner) }
    let paragraph = QuerySyntax(.same(.paragraph, inner))
    if unit == .sentence, try holds(paragraph) {
      return Reason(
        clause, "all of it stands in one paragraph, but not in one sentence", relation: "in one paragraph",
        needed: paragraph.description)
    }
    return Reason(
      clause, "all of it stands in the record, but not in one \(unit == .sentence ? "sentence" : "paragraph")",
      relation: "in different places", needed: inner.description)
  }

  // MARK: Operators

  private func alternatives(_ clause: QuerySyntax, _ nodes: [QuerySyntax]) throws(QualityError) -> Reason {
    for node in nodes {
      let reason = try reason(node)
      guard let nearest = reason.nearest else { continue }
      return Reason(
        clause, "none of the \(nodes.count) alternatives holds; \(reason.text)", nearest: nearest,
        relation: reason.relation, needed: reason.needed)
    }
    return Reason(clause, "none of the \(nodes.count) alternatives holds")
  }

  private func excluded(_ clause: QuerySyntax, _ inner: QuerySyntax) throws(QualityError) -> Reason {
    if case .has(let name, let query) = inner.kind {
      let found = try joined(name, query, limit: 3)
      return Reason(
        clause,
        "it has \(found.total) such \(name.text)\(found.total == 1 ? "" : "s"): \(found.ids.joined(separator: ", "))",
        nearest: found.ids.first, relation: "the record that decides", needed: "without \(clause.description)")
    }
    return Reason(
      clause, "the record holds '\(inner.description)', which is excluded", nearest: inner.description,
      relation: "excluded", needed: "without \(clause.description)")
  }
}
