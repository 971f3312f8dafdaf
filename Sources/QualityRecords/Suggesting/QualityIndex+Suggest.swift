import JSONText
import QueryLanguage
import Records
import SearchEngine

/// What type-ahead is asked.
public struct SuggestRequest: Hashable, Sendable {
  public var prefix: String
  /// Nil: all kinds.
  public var kind: SuggestAnswer.Kind?
  /// Suggestions of each kind.
  public var limit = 5
  /// Whether the reading of Chinese names counts.
  public var takesPinyin = true
  /// Time after which no more is looked for; nil: none.
  public var deadline: Duration? = .milliseconds(200)

  public init(_ prefix: String) { self.prefix = prefix }

  /// Suggestions of a kind at most.
  public static let longestList = 100
  /// Characters of a prefix that are looked at.
  public static let longestPrefix = 200
}

extension QualityIndex {
  /// What the index holds that goes on from what is typed, by kind. Deterministic, but for a deadline that passes.
  ///
  /// Cost: a few look-ups in the dictionaries, whatever the number of records; for each suggestion shown, a count.
  public func suggest(_ request: SuggestRequest) throws(QualityError) -> SuggestAnswer {
    guard (1...SuggestRequest.longestList).contains(request.limit) else {
      throw QualityError("usage", "limit is 1 to \(SuggestRequest.longestList), not \(request.limit)")
    }
    let text = String(request.prefix.prefix(SuggestRequest.longestPrefix))
    var answer = SuggestAnswer(
      prefix: request.prefix, kind: request.kind, suggestions: [], commit: commit, isPartial: false)
    guard text.contains(where: { !$0.isWhitespace }) else { return answer }
    var maker = SuggestionMaker(self, request, text)
    for kind in SuggestAnswer.Kind.allCases where request.kind == nil || request.kind == kind {
      let made = try searching { () throws(SearchError) in try maker.suggestions(kind) }
      answer.suggestions += made.prefix(request.limit)
    }
    answer.isPartial = maker.isPartial
    return answer
  }
}

/// Makes the suggestions of one request.
private struct SuggestionMaker {
  private let index: QualityIndex
  private let request: SuggestRequest
  private let text: String
  private var budget = QueryBudget()
  private(set) var isPartial = false

  init(_ index: QualityIndex, _ request: SuggestRequest, _ text: String) {
    self.index = index
    self.request = request
    self.text = text
    budget.deadline = request.deadline.map { ContinuousClock.now + $0 }
  }

  mutating func suggestions(_ kind: SuggestAnswer.Kind) throws(SearchError) -> [SuggestAnswer.Suggestion] {
    switch kind {
    case .enterprise: try enterprises()
    case .product: try products()
    case .code: try codes()
    case .directive: try directives()
    case .word: try words()
    }
  }

  private func query(_ kind: QuerySyntax.Kind) -> String { QuerySyntax(kind).description }

  /// Whole names that begin so, then names a word of which does, then names whose reading does.
  private mutating func enterprises() throws(SearchError) -> [SuggestAnswer.Suggestion] {
    let kind = Schema.enterprise.kind
    let whole = try index.searcher.values(
      of: EnterpriseNames.fields, kind: kind, beginningWith: text, pinyin: false, limit: request.limit, budget: budget)
    isPartial = isPartial || !whole.isWhole
    var found: [SuggestAnswer.Suggestion] = []
    for entry in whole.entries { add(entry, to: &found) }
    if found.count < request.limit {
      let words = QuerySyntax(
        .or(EnterpriseNames.fields.map { QuerySyntax(.field(.init($0), QuerySyntax(.prefix(text)))) }))
      let more = try index.searcher.firstRecords(
        words, kinds: [kind], limit: request.limit + found.count, budget: budget)
      isPartial = isPartial || !more.isWhole
      for record in more.records {
        guard let id = record["id"]?.stringValue, !found.contains(where: { $0.id == id }) else { continue }
        let names = Self.names(in: record)
        let typed = TextTokens.folded(text)
        guard let name = names.first(where: { TextTokens.folded($0).contains(typed) }) ?? names.first else { continue }
        found.append(enterprise(name, id: id, count: 1, rung: .exact))
      }
    }
    if request.takesPinyin, found.count < request.limit {
      let read = try index.searcher.values(
        of: EnterpriseNames.fields, kind: kind, beginningWith: text, pinyin: true, limit: request.limit, budget: budget)
      isPartial = isPartial || !read.isWhole
      for entry in read.entries where entry.rung == .pinyin { add(entry, to: &found) }
    }
    return found
  }

  private func add(_ entry: SuggestedEntry, to found: inout [SuggestAnswer.Suggestion]) {
    let name = entry.record.flatMap { Self.name(in: $0, folded: entry.text) } ?? entry.text
    let id = entry.count == 1 ? entry.record?["id"]?.stringValue : nil
    guard !found.contains(where: { $0.text == name && $0.id == id }) else { return }
    found.append(enterprise(name, id: id, count: entry.count, rung: entry.rung))
  }

  private func enterprise(_ name: String, id: String?, count: Int, rung: Rung) -> SuggestAnswer.Suggestion {
    SuggestAnswer.Suggestion(
      kind: .enterprise, text: name, count: count, id: id, rung: rung.name,
      query: id.map { query(.field("id", QuerySyntax(.word($0)))) } ?? query(.field("name", QuerySyntax(.phrase(name))))
    )
  }

  /// The name of a record that is the folded one.
  private static func name(in record: JSONValue, folded: String) -> String? {
    names(in: record).first { TextTokens.folded($0) == folded }
  }

  /// Its name, its aliases, its former names.
  private static func names(in record: JSONValue) -> [String] {
    var names: [JSONValue] = [record["name"]].compactMap { $0 } + (record["aliases"]?.arrayValue ?? [])
    names += (record["formerNames"]?.arrayValue ?? []).compactMap { $0["name"] }
    return names.compactMap(\.stringValue)
  }

  /// Names of the product tree, in its order, whose records are counted as `product:` counts them.
  private mutating func products() throws(SearchError) -> [SuggestAnswer.Suggestion] {
    let names = index.searcher.productNames(goingOnFrom: text, pinyin: request.takesPinyin)
    var found: [SuggestAnswer.Suggestion] = []
    for (name, rung) in names where found.count < request.limit {
      let value = QuerySyntax(name.contains(" ") ? .phrase(name) : .word(name))
      let query = QuerySyntax(.field("product", value))
      var counting = SearchRequest(query)
      counting.kinds = QualityIndex.searchedKinds
      counting.countsOnly = true
      counting.relaxes = false
      counting.budget = budget
      // Names of one tree are typed again and again, and share what lies under them.
      counting.keepsSets = true
      let result = try index.searcher.search(counting)
      if result.isPartial {
        isPartial = true
        break
      }
      guard result.total > 0 else { continue }
      found.append(
        SuggestAnswer.Suggestion(
          kind: .product, text: name, count: result.total, id: nil, rung: rung.name,
          query: query.description))
    }
    return found
  }

  private mutating func codes() throws(SearchError) -> [SuggestAnswer.Suggestion] {
    // A word is a code's beginning only with the digits of one.
    guard text.contains(where: \.isNumber) else { return [] }
    let codes = try index.searcher.codes(
      beginningWith: text, kinds: QualityIndex.searchedKinds, limit: request.limit, budget: budget)
    isPartial = isPartial || !codes.isWhole
    return codes.entries.map { entry in
      let code = entry.text.uppercased()
      return SuggestAnswer.Suggestion(
        kind: .code, text: code, count: entry.count, id: nil, rung: Rung.exact.name, query: query(.word(code)))
    }
  }

  /// Directives a word of whose title goes on so.
  private mutating func directives() throws(SearchError) -> [SuggestAnswer.Suggestion] {
    let titles = QuerySyntax(.field("title", QuerySyntax(.prefix(text))))
    let found = try index.searcher.firstRecords(
      titles, kinds: [Schema.directive.kind], limit: request.limit, budget: budget)
    isPartial = isPartial || !found.isWhole
    return found.records.compactMap { record in
      guard let title = record["title"]?.stringValue, let id = record["id"]?.stringValue else { return nil }
      return SuggestAnswer.Suggestion(
        kind: .directive, text: title, count: 1, id: id, rung: Rung.exact.name,
        query: query(.field("id", QuerySyntax(.word(id)))))
    }
  }

  private mutating func words() throws(SearchError) -> [SuggestAnswer.Suggestion] {
    let words = try index.searcher.words(
      beginningWith: text, kinds: QualityIndex.searchedKinds, limit: request.limit, budget: budget)
    isPartial = isPartial || !words.isWhole
    return words.entries.map { entry in
      SuggestAnswer.Suggestion(
        kind: .word, text: entry.text, count: entry.count, id: nil, rung: Rung.exact.name,
        query: query(.exact(entry.text)))
    }
  }
}
