import QueryLanguage
import Records

// Did you mean, and what each clause costs.
extension Searcher {
  /// Bounds of one help: each entry is a count over the whole index.
  private enum HelpLimits {
    /// Clauses whose absence is counted.
    static let clauses = 16
    /// Words for which others are looked for.
    static let words = 8
    /// Neighbours tried for each word.
    static let neighbours = 5
    /// Suggestions given.
    static let suggestions = 5
  }

  /// What may help with `request`: its true counts without each clause, words of the index near those that it does not
  /// hold, and what fuzzy words would find. The request's kinds, options and deadline hold; nothing is relaxed.
  /// Throws what ``search(_:)`` throws. Cost: at most some sixty counts.
  public func help(for request: SearchRequest) throws(SearchError) -> SearchHelp {
    var help = SearchHelp()
    help.unknownValues = try unknownValues(request)
    help.unknownCodes = try unknownCodes(request)
    help.withoutClause = try withoutClauses(request)
    let words = try unknownWords(request)
    help.unknownWords = words.map(\.text)
    // What a field's own values answer better is not said twice.
    let answered = help.unknownValues.filter { !$0.nearest.isEmpty }.map(\.range)
    help.suggestions = try suggestions(request, words).filter { !answered.contains($0.range) }
    if let query = Self.fuzzied(request.query), let count = try count(query, request) {
      help.fuzzy = (query, count)
    }
    return help
  }

  /// The true count of a query under a request's terms; nil when the deadline passes before it is known.
  func count(_ query: QuerySyntax, _ request: SearchRequest) throws(SearchError) -> Int? {
    var counting = SearchRequest(query)
    counting.kinds = request.kinds
    counting.matchesAny = request.matchesAny
    counting.takesPossibleDates = request.takesPossibleDates
    counting.allowsLeadingStar = request.allowsLeadingStar
    counting.rungs = request.rungs
    counting.budget = request.budget
    counting.parameters = request.parameters
    counting.relaxes = false
    counting.countsOnly = true
    // The counts of one help, and the search before it, share their clauses.
    counting.keepsSets = true
    if let deadline = request.budget.deadline, ContinuousClock.now >= deadline { return nil }
    let result = try search(counting)
    return result.isPartial ? nil : result.total
  }

  private func withoutClauses(_ request: SearchRequest) throws(SearchError) -> [SearchHelp.WithoutClause] {
    let clauses = request.query.clauses
    guard clauses.count > 1 else { return [] }
    var found: [SearchHelp.WithoutClause] = []
    for (place, clause) in clauses.enumerated().prefix(HelpLimits.clauses) {
      var rest = clauses
      rest.remove(at: place)
      let query: QuerySyntax
      if rest.count == 1 {
        query = rest[0]
      } else if case .and = request.query.kind {
        query = QuerySyntax(.and(rest))
      } else {
        query = QuerySyntax(.flat(rest))
      }
      guard let count = try count(query, request) else { break }
      found.append(
        SearchHelp.WithoutClause(clause: clause.description, range: clause.range, query: query, count: count))
    }
    return found
  }

  /// A word of the query, by the way from the root to it.
  private struct QueryWord {
    var path: [Int]
    var text: String
    var term: [UInt8]
    var range: Range<Int>
  }

  /// Words outside negations, fields of whole values and joins that stand in no record searched.
  private func unknownWords(_ request: SearchRequest) throws(SearchError) -> [QueryWord] {
    let segments = SegmentContext.segments(of: snapshots, kinds: request.kinds ?? Set(schemas.map(\.kind)))
    var words: [QueryWord] = []
    Self.collect(request.query, [], &words)
    var unknown: [QueryWord] = []
    do throws(IndexError) {
      for word in words where unknown.count < HelpLimits.words {
        let tokens = QueryAnalyzer().tokens(word.text)
        guard tokens.count == 1, FuzzyBounds.distance(for: tokens[0], asked: 2) != nil else { continue }
        let expansion = QueryAnalyzer().stem(tokens[0].term).map { TermExpansion.stem(exact: tokens[0].term, stem: $0) }
        let forms = try TermExpander.expand(expansion ?? .exact(tokens[0].term), in: segments, limit: 1)
        guard forms.documentFrequency == 0 else { continue }
        unknown.append(QueryWord(path: word.path, text: word.text, term: tokens[0].term, range: word.range))
      }
    } catch {
      throw SearchError(error)
    }
    return unknown
  }

  private static func collect(_ syntax: QuerySyntax, _ path: [Int], _ words: inout [QueryWord]) {
    switch syntax.kind {
    case .word(let text), .exact(let text):
      words.append(QueryWord(path: path, text: text, term: [], range: syntax.range))
    case .not, .excluded, .has, .by: return
    default:
      for (place, child) in syntax.children.enumerated() { collect(child, path + [place], &words) }
    }
  }

  private func suggestions(
    _ request: SearchRequest, _ words: [QueryWord]
  ) throws(SearchError) -> [SearchHelp.Suggestion] {
    guard !words.isEmpty else { return [] }
    let segments = SegmentContext.segments(of: snapshots, kinds: request.kinds ?? Set(schemas.map(\.kind)))
    var near: [[TermExpander.SimilarTerm]] = []
    do throws(IndexError) {
      for word in words {
        let distance = FuzzyBounds.distance(for: word.term, asked: 2) ?? 1
        near.append(
          try TermExpander.neighbours(
            of: word.term, distance: distance, wordsOnly: true, in: segments, limit: HelpLimits.neighbours,
            meter: WorkMeter(request.budget)))
      }
    } catch {
      throw SearchError(error)
    }
    var found: [SearchHelp.Suggestion] = []
    for (place, word) in words.enumerated() {
      // The other unknown words by their own best neighbours: one mistake must not hide the help with another.
      var base = request.query
      for (other, neighbours) in near.enumerated() where other != place {
        guard let best = neighbours.first else { continue }
        base = base.replacingWord(at: words[other].path[...], by: String(decoding: best.bytes, as: UTF8.self))
      }
      for neighbour in near[place] {
        let text = String(decoding: neighbour.bytes, as: UTF8.self)
        let query = base.replacingWord(at: word.path[...], by: text)
        var counted: Int?
        // A word of a field may be one that the field cannot hold: yes-or-no fields take no `tree` for `true`.
        do throws(SearchError) { counted = try self.count(query, request) } catch  where error.code == .badValue {}
        guard let count = counted, count > 0, let holding = try self.count(QuerySyntax(.exact(text)), request)
        else { continue }
        found.append(
          SearchHelp.Suggestion(
            replaced: word.text, replacement: text, range: word.range, distance: neighbour.distance,
            holding: holding, query: query, count: count))
      }
    }
    found.sort { left, right in
      left.distance != right.distance
        ? left.distance < right.distance
        : left.count != right.count ? left.count > right.count : left.replacement < right.replacement
    }
    return Array(found.prefix(HelpLimits.suggestions))
  }

  /// The query with every bare word of its root fuzzy; nil when none can be.
  private static func fuzzied(_ syntax: QuerySyntax) -> QuerySyntax? {
    var query = syntax
    var isChanged = false
    func fuzzy(_ clause: QuerySyntax) -> QuerySyntax {
      guard case .word(let text) = clause.kind else { return clause }
      let tokens = QueryAnalyzer().tokens(text)
      guard tokens.contains(where: { FuzzyBounds.distance(for: $0, asked: 2) != nil }) else { return clause }
      isChanged = true
      // Either way: the forms of its stem are not all within the distance.
      return QuerySyntax(.or([clause, QuerySyntax(.fuzzy(text, distance: 2))]), range: clause.range)
    }
    switch syntax.kind {
    case .flat(let clauses): query.kind = .flat(clauses.map(fuzzy))
    case .and(let clauses): query.kind = .and(clauses.map(fuzzy))
    default: query = fuzzy(syntax)
    }
    return isChanged ? query : nil
  }
}

extension QuerySyntax {
  /// The same query with another word at the end of `path`, the places of children from the root on.
  func replacingWord(at path: ArraySlice<Int>, by text: String) -> QuerySyntax {
    var changed = self
    guard let place = path.first else {
      if case .exact = kind { changed.kind = .exact(text) } else { changed.kind = .word(text) }
      return changed
    }
    guard children.indices.contains(place) else { return self }
    return replacingChild(at: place, by: children[place].replacingWord(at: path.dropFirst(), by: text))
  }

  /// The same node with another child in a place that it has.
  func replacingChild(at place: Int, by child: QuerySyntax) -> QuerySyntax {
    var changed = self
    var children = children
    guard children.indices.contains(place) else { return self }
    children[place] = child
    switch kind {
    case .flat: changed.kind = .flat(children)
    case .and: changed.kind = .and(children)
    case .or: changed.kind = .or(children)
    case .near(_, let distance, let ordered): changed.kind = .near(children, distance: distance, ordered: ordered)
    case .not: changed.kind = .not(children[0])
    case .excluded: changed.kind = .excluded(children[0])
    case .required: changed.kind = .required(children[0])
    case .boost(_, let factor): changed.kind = .boost(children[0], factor: factor)
    case .same(let unit, _): changed.kind = .same(unit, children[0])
    case .unit(let name, _): changed.kind = .unit(name, children[0])
    case .field(let name, _): changed.kind = .field(name, children[0])
    case .has(let name, _): changed.kind = .has(name, children[0])
    case .by(let name, _): changed.kind = .by(name, children[0])
    case .empty, .everything, .word, .exact, .phrase, .prefix, .wildcard, .regularExpression, .fuzzy, .range, .date:
      break
    }
    return changed
  }
}
