import Digests
import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Ranked records that answer a query.
  ///
  /// - Throws: the query's errors with their place in it; `unknown-field`, `bad-field-use`, `expired-cursor`, `usage`; what
  ///   reading the index throws.
  /// - Parameter profile: is told where the time goes.
  /// - Cost: that of the search, and for each hit of the page the reading of its record.
  public func search(_ options: SearchOptions, profile: SearchProfile? = nil) throws(QualityError) -> SearchAnswer {
    try options.check()
    var parsed = try parse(options)
    let places = options.isPassageView ? PassageQuery.takePlaces(&parsed) : []
    var request = try request(options, parsed)
    request.profile = profile
    let result = try searching { () throws(SearchError) in try searcher.search(request) }
    let found = ContinuousClock.now
    var builder = HitBuilder(self, options, parsed.syntax)
    var hits: [SearchAnswer.Hit] = []
    hits.reserveCapacity(result.hits.count)
    let isWhole = try showing(result.hits, until: request.budget.deadline) { hit throws(QualityError) in
      hits.append(try builder.hit(hit, of: result))
    }
    let shown = profile?.add(.presenting, since: found) ?? found
    request.profile = nil
    let help = result.total == 0 && !result.isPartial ? try help(request) : []
    profile?.add(.help, since: shown)
    let canonical = parsed.canonical
    return SearchAnswer(
      query: options.query, canonical: canonical, total: result.total, totalIsExact: result.totalIsExact,
      commit: commit, hits: hits, facets: result.facets,
      next: isWhole ? result.next.map { cursorPrefix + $0.description } : nil,
      notes: (isWhole || result.isPartial ? [] : [Self.cutNote]) + places + notes(parsed, result) + builder.notes
        + (try codeNotes(request, result)) + help,
      isPartial: result.isPartial || !isWhole,
      receipt: receipt(canonical, options, total: result.total, hits: hits))
  }

  // MARK: Asking

  func parse(_ options: SearchOptions) throws(QualityError) -> ParsedQuery {
    do throws(QuerySyntaxError) {
      return try QueryParser.parse(options.query, today: options.today ?? .today, strict: options.strict)
    } catch { throw QualityError(error) }
  }

  func request(_ options: SearchOptions, _ parsed: ParsedQuery) throws(QualityError) -> SearchRequest {
    var request = SearchRequest(parsed.syntax)
    request.rungs = options.chosenRungs
    request.kinds = options.kinds.isEmpty ? Self.searchedKinds : Set(options.kinds)
    request.limit = options.limit
    request.sort = try options.parsedSort()
    request.facets = options.facets
    request.collapse = options.collapse
    request.matchesAny = options.any
    request.countsOnly = options.countsOnly
    request.allowsLeadingStar = true
    if let rank = options.rank { request.parameters.profile = rank }
    if let deadline = options.deadline {
      // The work that this is part of may end earlier.
      let own = ContinuousClock.now + deadline
      request.budget.deadline = request.budget.deadline.map { min($0, own) } ?? own
    }
    if let cursor = options.cursor {
      let isOurs = cursor.hasPrefix(cursorPrefix)
      guard let place = SearchCursor(String(cursor.dropFirst(isOurs ? cursorPrefix.count : 0))), isOurs else {
        throw QualityError(
          "expired-cursor", "the cursor is none of this index", hint: "search again without it")
      }
      request.cursor = place
    }
    return request
  }

  /// A cursor holds for one commit of one index: it begins with a digest of them.
  public var cursorPrefix: String { Base32.encode(SHA256.digest(identity.utf8).prefix(5)) + "." }

  func searching<Result>(_ body: () throws(SearchError) -> Result) throws(QualityError) -> Result {
    let result: Result
    do throws(SearchError) { result = try body() } catch { throw QualityError(error) }
    try checkLimit()
    return result
  }

  // MARK: Answering

  /// Runs `body` for each hit until a moment: reading and marking ten thousand records takes longer than finding them. What
  /// was shown is written down within that time, too. A first one is always shown. Returns whether all were.
  func showing<Hit>(
    _ hits: [Hit], until deadline: ContinuousClock.Instant?, _ body: (Hit) throws(QualityError) -> Void
  ) throws(QualityError) -> Bool {
    let pace = ShowingPace(until: deadline)
    for (place, hit) in hits.enumerated() {
      if place > 0, try pace.isOver() { return false }
      try body(hit)
    }
    return true
  }

  /// Said where not all hits of a page could be shown in time. There is no next page: it would begin behind them.
  static let cutNote = SearchAnswer.Note(
    code: "deadline", message: "the time allowed ran out: the answer is partial", at: nil, hint: "ask for fewer hits")

  func notes(_ parsed: ParsedQuery, _ result: SearchResult) -> [SearchAnswer.Note] {
    parsed.repairs.map {
      SearchAnswer.Note(code: $0.code.rawValue, message: $0.message, at: $0.range, hint: $0.hint)
    }
      + parsed.notes.map {
        SearchAnswer.Note(code: $0.code.rawValue, message: $0.message, at: $0.range, hint: $0.hint)
      }
      + result.notes.map { SearchAnswer.Note(code: $0.code.rawValue, message: $0.message, at: $0.range, hint: "") }
  }

  /// What may help where nothing was found: words that the index holds instead, what each clause costs, what fuzzy words
  /// would find. Every count is true; what would find nothing either is not said.
  func help(_ request: SearchRequest) throws(QualityError) -> [SearchAnswer.Note] {
    let help = try searching { () throws(SearchError) in try searcher.help(for: request) }
    var notes: [SearchAnswer.Note] = []
    for value in help.unknownValues { notes.append(Self.note(value)) }
    for code in help.unknownCodes { notes.append(Self.note(unknown: code)) }
    for suggestion in help.suggestions {
      notes.append(
        SearchAnswer.Note(
          code: "did-you-mean",
          message: "did you mean '\(suggestion.replacement)' for '\(suggestion.replaced)'? \(suggestion.count) found"
            + (try places(of: suggestion, request)),
          at: suggestion.range, hint: suggestion.query.description, count: suggestion.count))
    }
    for clause in help.withoutClause where clause.count > 0 {
      notes.append(
        SearchAnswer.Note(
          code: "without-clause", message: "without '\(clause.clause)': \(clause.count) found", at: clause.range,
          hint: clause.query.description, count: clause.count))
    }
    if let fuzzy = help.fuzzy, fuzzy.count > 0 {
      notes.append(
        SearchAnswer.Note(
          code: "fuzzy", message: "fuzzy words would find \(fuzzy.count)", at: nil, hint: fuzzy.query.description,
          count: fuzzy.count))
    }
    notes.append(try SearchedScope(self, request).note())
    return notes
  }

  /// Where a rare spelling stands: it may be a slip of the pen of the record itself. Of directives, the paragraphs.
  private func places(of suggestion: SearchHelp.Suggestion, _ request: SearchRequest) throws(QualityError) -> String {
    let kinds = request.kinds ?? Self.searchedKinds
    let word = QuerySyntax(.exact(suggestion.replacement))
    let paragraphs = kinds.contains(Schema.directive.kind) ? try paragraphs(with: word, request) : ""
    guard suggestion.holding <= Self.rareHolding else { return paragraphs }
    var ids: [String] = []
    // A directive is named by its paragraphs.
    for kind in kinds.subtracting([Schema.directive.kind]).sorted()
      + (kinds.contains(Schema.directive.kind) ? [Schema.passage.kind] : [])
    {
      let found = try searching { () throws(SearchError) in
        try searcher.firstRecords(
          kind == Schema.passage.kind ? QuerySyntax(.field("text", word)) : word, kinds: [kind],
          limit: Self.rareHolding + 1,
          budget: request.budget)
      }
      ids += found.records.compactMap { $0["id"]?.stringValue }
    }
    guard !ids.isEmpty, ids.count <= Self.rareHolding else { return paragraphs }
    return paragraphs + "; '\(suggestion.replacement)' stands in \(ids.joined(separator: ", "))"
  }

  /// How many paragraphs of directives hold a word, titles apart.
  private func paragraphs(with word: QuerySyntax, _ request: SearchRequest) throws(QualityError) -> String {
    let all = snapshots.reduce(0) { $0 + $1.recordCount(kind: Schema.passage.kind) }
    guard all > 0 else { return "" }
    var counting = SearchRequest(QuerySyntax(.field("text", word)))
    counting.kinds = [Schema.passage.kind]
    counting.countsOnly = true
    counting.relaxes = false
    counting.budget = request.budget
    let result = try searching { () throws(SearchError) in try searcher.search(counting) }
    return result.total == 0 || result.isPartial ? "" : ", in \(result.total) of \(all) paragraphs"
  }

  /// A spelling that no more records hold than this is named with its places.
  private static let rareHolding = 2

  private static func note(_ unknown: SearchHelp.UnknownValue) -> SearchAnswer.Note {
    var message = "no \(unknown.field) '\(unknown.value)'"
    var hint = ""
    if let best = unknown.nearest.first {
      message += "; nearest: " + unknown.nearest.map { "\($0.value) (\($0.count))" }.joined(separator: ", ")
      hint = best.query.description
    } else if !unknown.values.isEmpty {
      message += "; there are: " + unknown.values.joined(separator: ", ")
    }
    return SearchAnswer.Note(
      code: "unknown-value", message: message, at: unknown.range, hint: hint,
      count: unknown.nearest.first?.count)
  }

  private func receipt(
    _ canonical: String, _ options: SearchOptions, total: Int, hits: [SearchAnswer.Hit]
  ) -> String {
    receipt(
      job: "search", request: Self.receiptRequest(canonical, options), total: total,
      ids: hits.map { "\($0.kind)/\($0.id)" })
  }
}

/// Until when hits are read and marked, so that they are written down by a deadline.
struct ShowingPace {
  private let began = ContinuousClock.now
  private let deadline: ContinuousClock.Instant?
  /// The receipt, the JSON and giving the memory back take 6 % of an answer of 10,000 hits over 340,300 records; an eighth
  /// leaves room for explanations, which are longer to write.
  private static let writing = 8

  init(until deadline: ContinuousClock.Instant?) { self.deadline = deadline }

  /// Whether showing ends here. Where the work that it is part of ends with it, there is no answer, rather than part of one:
  /// it may be done again with more time.
  /// - Throws: `deadline`.
  func isOver() throws(QualityError) -> Bool {
    guard let deadline else { return false }
    let now = ContinuousClock.now
    guard now + (now - began) / Self.writing >= deadline else { return false }
    if let limit = WorkLimit.current, limit.deadline <= deadline {
      throw QualityError(
        "deadline", "the time allowed ran out before the answer was whole", hint: "ask for fewer hits",
        exitCode: .partial)
    }
    return true
  }
}

/// Makes what an answer shows of each hit.
struct HitBuilder {
  private let index: QualityIndex
  private let options: SearchOptions
  private let askedDays: [DayInterval]
  private var names: EnterpriseNames
  /// What is worth saying about the hits so far.
  private(set) var notes: [SearchAnswer.Note] = []
  private var noted: Set<String> = []

  init(_ index: QualityIndex, _ options: SearchOptions, _ syntax: QuerySyntax) {
    self.index = index
    self.options = options
    askedDays = syntax.askedDays
    names = EnterpriseNames(index.snapshots)
  }

  mutating func hit(_ hit: SearchHit, of result: SearchResult) throws(QualityError) -> SearchAnswer.Hit {
    let searcher = index.searcher
    let record = try index.searching { () throws(SearchError) in try searcher.record(hit, of: result) }
    let members = record.objectValue ?? JSONObject()
    let id = members["id"]?.stringValue ?? ""
    let enterprise = try enterprise(hit.kind, id, members)
    var snippets = try index.searching { () throws(SearchError) in
      options.isPassageView
        ? PassageContext.snippets(members, try searcher.markedTexts(hit, of: result))
        : try searcher.snippets(hit, of: result, options: options.snippets)
    }
    if hit.kind == Schema.passage.kind, let number = members["n"]?.intValue {
      snippets = snippets.map { Snippet(field: $0.field, paragraph: number, text: $0.text, marks: $0.marks) }
    }
    var explanation: Explanation?
    if options.explain {
      explanation = try index.searching { () throws(SearchError) in try searcher.explanation(hit, of: result) }
    }
    var fields: JSONObject?
    if !options.fields.isEmpty {
      fields = JSONObject(members.members.filter { options.fields.contains($0.name) })
    }
    let date = members["date"]?.stringValue
    return SearchAnswer.Hit(
      id: id, kind: hit.kind, score: hit.score, rung: hit.rung.name,
      title: RecordTitle.of(kind: hit.kind, id: id, members, enterprise: enterprise?.name), date: date,
      dateIs: date.map(certainty), enterprise: enterprise, snippets: snippets, fields: fields, explanation: explanation)
  }

  /// Whether a date is surely among those asked for. Without such a wish: whether its year is known.
  private func certainty(_ date: String) -> String {
    guard let partial = try? PartialDate(parsing: date), partial.interval != nil else { return "possible" }
    return askedDays.isEmpty || askedDays.contains { partial.isCertain(in: $0) } ? "certain" : "possible"
  }

  private mutating func enterprise(
    _ kind: String, _ id: String, _ members: JSONObject
  ) throws(QualityError) -> SearchAnswer.Enterprise? {
    if kind == Schema.enterprise.kind { return SearchAnswer.Enterprise(id: id, name: members["name"]?.stringValue) }
    guard kind == Schema.inspection.kind, let reference = members["enterprise"]?.stringValue else { return nil }
    do throws(IndexError) {
      switch try names.meaning(of: reference) {
      case .one(let id, let name): return SearchAnswer.Enterprise(id: id, name: name ?? reference)
      case .none: return SearchAnswer.Enterprise(id: nil, name: reference)
      case .several(let ids):
        if noted.insert(reference).inserted {
          notes.append(
            SearchAnswer.Note(
              code: "ambiguous-enterprise",
              message: "'\(reference)' is the name of several enterprises: \(ids.joined(separator: ", "))", at: nil,
              hint: "write the id into the note"))
        }
        return SearchAnswer.Enterprise(id: nil, name: reference)
      }
    } catch { throw QualityError(error) }
  }
}

/// One line that says what a record is about.
enum RecordTitle {
  /// Characters of a text that stands in for a title.
  private static let length = 80

  static func of(kind: String, id: String, _ members: JSONObject, enterprise: String?) -> String {
    func text(_ name: String) -> String? { members[name]?.stringValue }
    switch kind {
    case Schema.enterprise.kind: return text("name") ?? id
    case Schema.inspection.kind:
      let about = text("product") ?? text("category") ?? text("type") ?? text("stage")
      return [enterprise ?? text("enterprise"), about].compactMap { $0 }.joined(separator: ": ").nonEmpty ?? id
    case Schema.passage.kind: return text("title") ?? text("directive") ?? id
    default:
      let opening = members["paragraphs"]?[0]?["text"]?.stringValue
      return text("title") ?? opening.map { String($0.prefix(length)) } ?? id
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
