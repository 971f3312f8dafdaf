import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Hits among which the place of a record that matches is looked for.
  private static let rankedHits = 1_000

  /// Why a record does not answer a query: the first clause that it fails, evaluated on it alone, the nearest form that it
  /// holds and what would have been needed. Of a record that matches, its place among the hits.
  ///
  /// - Parameters:
  ///   - id: of a record (`ID`, `KIND/ID`) or a paragraph (`ID#pN`).
  ///   - today: the day that `last:90d` counts from; nil: today.
  /// - Throws: `no-such-id`, `ambiguous-id`; the query's errors; what reading the index throws. Cost: one look-up for each
  ///   clause; for a record that matches, one search.
  public func whyNot(_ id: String, _ query: String, today: QueryDate.Day? = nil) throws(QualityError) -> WhyNotAnswer {
    let probe = try probe(id)
    var parsed: ParsedQuery
    do throws(QuerySyntaxError) {
      parsed = try QueryParser.parse(query, today: today ?? .today)
    } catch { throw QualityError(error) }
    let isPassage = probe.kind == Schema.passage.kind
    if isPassage { _ = PassageQuery.takePlaces(&parsed) }
    let kinds = isPassage ? [Schema.passage.kind] : Self.searchedKinds
    func answers(_ syntax: QuerySyntax) throws(QualityError) -> Bool {
      try searching { () throws(SearchError) in try probe.holds(syntax, kinds: kinds) }
    }
    var answer = WhyNotAnswer(
      id: probe.id, kind: probe.kind, query: query, canonical: parsed.canonical, matches: false, reason: "",
      clauses: [])
    let clauses = parsed.syntax.clauses
    let isOptional = clauses.map { clause in
      if case .word(let text) = clause.kind { RecordProbe.isOptional(text) } else { false }
    }
    let hasContent = isOptional.contains(false)
    var failed: (number: Int, clause: QuerySyntax)?
    for (number, clause) in clauses.enumerated() {
      let isFree = isOptional[number] && hasContent && parsed.syntax.isFlat
      let holds = isFree ? nil : try answers(clause)
      if holds == false, failed == nil { failed = (number + 1, clause) }
      answer.clauses.append(.init(clause: clause.description, at: clause.range, holds: holds))
    }
    if clauses.isEmpty {
      answer.reason = "the query asks for nothing"
      return answer
    }
    answer.matches = try answers(parsed.syntax)
    if answer.matches {
      try rank(&answer, parsed.syntax, kinds)
    } else if let (number, clause) = failed {
      let members = StoredRecord.members(probe.bytes) ?? JSONObject()
      let reason = try ClauseExplainer(index: self, probe: probe, members: members, kinds: kinds).reason(clause)
      answer.clause = reason.clause.description
      answer.clauseNumber = number
      answer.at = reason.clause.range.isEmpty ? clause.range : reason.clause.range
      answer.reason = reason.text
      answer.nearest = reason.nearest
      answer.relation = reason.relation
      answer.needed = reason.needed
    } else {
      answer.clause = parsed.canonical
      answer.at = parsed.syntax.range
      answer.reason = "each clause holds by itself, but not all of them together"
    }
    return answer
  }

  private func rank(_ answer: inout WhyNotAnswer, _ syntax: QuerySyntax, _ kinds: Set<String>) throws(QualityError) {
    var request = SearchRequest(syntax)
    request.kinds = kinds
    request.limit = Self.rankedHits
    request.tellsRungs = false
    let result = try searching { () throws(SearchError) in try searcher.search(request) }
    answer.total = result.total
    for (number, hit) in result.hits.enumerated() where hit.kind == answer.kind {
      if try searching({ () throws(SearchError) in try searcher.id(hit, of: result) }) == answer.id {
        answer.rank = number + 1
        break
      }
    }
    answer.reason =
      answer.rank.map { "the record matches: hit \($0) of \(result.total)" }
      ?? "the record matches, behind the first \(Self.rankedHits) of \(result.total) hits"
  }

  /// The one record that an id means.
  private func probe(_ id: String) throws(QualityError) -> RecordProbe {
    let found = try reading { () throws(IndexError) in try records(called: id) }
    if found.count > 1 {
      throw QualityError(
        "ambiguous-id", "\(found.count) records have the id '\(id)'",
        hint: found.map { "\($0.kind)/\($0.id)" }.joined(separator: ", "))
    }
    var key: (kind: String, id: String)? = found.first.map { ($0.kind, $0.id) }
    if key == nil, let passage = try passage(called: id) { key = (Schema.passage.kind, passage.record.id) }
    if let key, let probe = try searching({ () throws(SearchError) in try searcher.probe(kind: key.kind, id: key.id) })
    {
      return probe
    }
    throw QualityError("no-such-id", "no record has the id '\(id)'", hint: "search for it: dossier search \(id)")
  }
}

extension QuerySyntax {
  /// Whether bare words of it may be left out.
  var isFlat: Bool { if case .flat = kind { true } else { false } }
}
