import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Enterprises of which the quality file or a note answers a query, one row each, with what is counted over all of them.
  ///
  /// A note belongs to its enterprise by id, or by a name that one enterprise alone has. An enterprise counts under a
  /// value when one of its matching records has it: so the clause of each count, added to the query, gives exactly as many.
  ///
  /// - Throws: the query's errors with their place in it; `bad-field-use`, `expired-cursor`, `usage`; what reading the
  ///   index throws.
  /// - Cost: that of the search, some 10 ns a match and facet, and for each row shown the reading of its records.
  public func enterprises(_ options: EnterpriseOptions) throws(QualityError) -> EnterprisesAnswer {
    var search = options.search
    search.kinds = EnterpriseOptions.kinds
    (search.sort, search.facets, search.collapse) = (nil, [], nil)
    try search.check()
    guard (1...EnterpriseOptions.mostPassages).contains(options.per) else {
      throw QualityError("usage", "per is 1 to \(EnterpriseOptions.mostPassages), not \(options.per)")
    }
    var hub = HubRequest(Schema.enterprise.kind, measures: EnterpriseOptions.measures)
    hub.order = try options.order
    hub.matches = options.per
    var facets: [EnterpriseFacet] = []
    for field in options.countedFields { facets.append(try EnterpriseFacet(field)) }
    hub.facets = facets.map { HubRequest.Facet($0.field, $0.source) }
    let parsed = try parse(search)
    var request = try request(search, parsed)
    // Kinds that no index holds yet are none to be searched.
    request.kinds = request.kinds?.intersection(searcher.schemas.map(\.kind))
    request.hub = hub
    if search.countsOnly { request.limit = 0 }
    request.countsOnly = false
    let asked = request
    let result = try searching { () throws(SearchError) in try searcher.search(asked) }
    var builder = EnterpriseRowBuilder(self, search, parsed.syntax, passages: options.per)
    let (hits, rows, isWhole) = try builder.rows(result, until: asked.budget.deadline)
    var notes = (isWhole || result.isPartial ? [] : [Self.cutNote]) + notes(parsed, result) + builder.notes
    if let unassigned = result.hubs?.unassigned, unassigned > 0 {
      notes.append(
        SearchAnswer.Note(
          code: "no-enterprise",
          message: "\(unassigned) matching \(unassigned == 1 ? "record belongs" : "records belong") to no enterprise: "
            + "the name is that of none, or of several",
          at: nil, hint: "dossier stats lists such names"))
    }
    if result.total == 0 {
      var helped = asked
      helped.hub = nil
      notes += try help(helped)
    }
    let canonical = parsed.canonical
    let counted = zip(facets, result.hubs?.facets ?? []).map { Self.facet($0, $1) }
    let tree = result.hubs?.facets.first { !$0.tree.isEmpty }?.tree ?? []
    let category = facets.first { $0.source == .tree }
    return EnterprisesAnswer(
      search: SearchAnswer(
        query: search.query, canonical: canonical, total: result.total, totalIsExact: result.totalIsExact,
        commit: commit, hits: hits, facets: [],
        next: isWhole ? result.next.map { cursorPrefix + $0.description } : nil, notes: notes,
        isPartial: result.isPartial || !isWhole,
        receipt: Receipt.code(
          [
            "enterprises", canonical, options.sort, identity, TextTokens.version, thesaurusVersion, "\(result.total)",
          ] + hits.map(\.id))),
      rows: rows, records: result.records, unassigned: result.hubs?.unassigned ?? 0, facets: counted,
      tree: tree.map { node in
        EnterprisesAnswer.TreeNode(
          name: node.name, names: node.names, depth: node.depth, count: node.count,
          clause: node.ownName.flatMap { category?.clause($0) }, isLeaf: node.isLeaf)
      }, by: options.by, sort: options.sort,
      askedTerms: parsed.syntax.askedTerms)
  }

  private static func facet(_ facet: EnterpriseFacet, _ found: HubResult.Facet) -> EnterprisesAnswer.Facet {
    // Of a tree, a term is named by a name of its own.
    let ownNames = Dictionary(
      found.tree.map { ($0.name, $0.ownName) }, uniquingKeysWith: { first, _ in first })
    return EnterprisesAnswer.Facet(
      field: facet.field,
      values: found.values.map { value in
        let name: String? = ownNames[value.value] ?? value.value
        return EnterprisesAnswer.FacetValue(
          value: facet.name(value.value), count: value.count, clause: name.flatMap { facet.clause($0) })
      }, without: found.without)
  }
}

/// Makes what is shown of each enterprise.
private struct EnterpriseRowBuilder {
  private let index: QualityIndex
  private let options: SearchOptions
  private let passages: Int
  private var builder: HitBuilder
  private static let severities = ["minor", "moderate", "serious", "critical"]

  init(_ index: QualityIndex, _ options: SearchOptions, _ syntax: QuerySyntax, passages: Int) {
    self.index = index
    self.options = options
    self.passages = passages
    builder = HitBuilder(index, options, syntax)
  }

  var notes: [SearchAnswer.Note] { builder.notes }

  /// The rows that can be shown until a moment, one at least, and whether they are all.
  mutating func rows(
    _ result: SearchResult, until deadline: ContinuousClock.Instant?
  ) throws(QualityError) -> ([SearchAnswer.Hit], [EnterprisesAnswer.Row], isWhole: Bool) {
    guard let found = result.hubs?.rows, !found.isEmpty else { return ([], [], true) }
    let searcher = index.searcher
    let kind = Schema.enterprise.kind
    let figures = try index.searching { () throws(SearchError) in
      try searcher.hubFigures(found.map(\.number), of: kind, EnterpriseOptions.measures)
    }
    var hits: [SearchAnswer.Hit] = []
    var rows: [EnterprisesAnswer.Row] = []
    let pace = ShowingPace(until: deadline)
    for (row, figures) in zip(found, figures) {
      if !rows.isEmpty, try pace.isOver() { return (hits, rows, false) }
      let members = try index.searching { () throws(SearchError) in try searcher.hubRecord(row.number, of: kind) }
      var matches: [SearchAnswer.Hit] = []
      for match in row.matches { matches.append(try builder.hit(match, of: result)) }
      guard let best = matches.first else { continue }
      let passages = passages(of: matches)
      let id = members["id"]?.stringValue ?? best.enterprise?.id ?? ""
      let name = members["name"]?.stringValue
      let fields = JSONObject(members.members.filter { options.fields.contains($0.name) })
      hits.append(
        SearchAnswer.Hit(
          id: id, kind: kind, score: best.score, rung: best.rung, title: name ?? id, date: best.date,
          dateIs: best.dateIs, enterprise: SearchAnswer.Enterprise(id: id, name: name),
          snippets: passages.map(\.snippet), fields: options.fields.isEmpty ? nil : fields,
          explanation: best.explanation))
      rows.append(
        EnterprisesAnswer.Row(
          records: row.records, notes: figures.records, violations: figures.items,
          worstSeverity: figures.worst.flatMap { Self.severities.indices.contains($0) ? Self.severities[$0] : nil },
          latest: figures.latest.flatMap { HubFigures.text($0) }, province: members["province"]?.stringValue,
          licence: Self.licence(members), export: members["export"]?.boolValue, passages: passages))
    }
    return (hits, rows, true)
  }

  /// The best passage of each record, the best record first, then the second ones.
  private func passages(of matches: [SearchAnswer.Hit]) -> [EnterprisesAnswer.Passage] {
    var found: [EnterprisesAnswer.Passage] = []
    var place = 0
    while found.count < passages, matches.contains(where: { $0.snippets.count > place }) {
      for match in matches where match.snippets.count > place && found.count < passages {
        found.append(
          EnterprisesAnswer.Passage(
            id: match.id, kind: match.kind, date: match.date, rung: match.rung, snippet: match.snippets[place]))
      }
      place += 1
    }
    return found
  }

  /// The licence of the enterprise, or the first of its products'.
  private static func licence(_ members: JSONObject) -> String? {
    if let own = members["licence"]?.stringValue { return own }
    return members["products"]?.arrayValue?.lazy.compactMap { $0["licence"]?.stringValue }.first
  }
}

extension QuerySyntax {
  /// What `product:` and `category:` are asked for, negations apart.
  fileprivate var askedTerms: [String] {
    switch kind {
    case .field(let name, let node) where name.text == "product" || name.text == "category":
      return node.words
    case .not, .excluded, .has, .by: return []
    default: return children.flatMap(\.askedTerms)
    }
  }

  private var words: [String] {
    switch kind {
    case .word(let text), .exact(let text), .phrase(let text): [text]
    default: children.flatMap(\.words)
    }
  }
}
