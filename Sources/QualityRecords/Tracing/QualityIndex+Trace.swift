import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Follows a licence, a certificate, a batch or a product along the chain of stages, over all kinds.
  ///
  /// A code is a licence or certificate when a quality file has it, a batch when a note has it; anything else is a product.
  /// Codes are taken in every spelling, never fuzzed. Of a licence, the chain holds the notes that give the code, and
  /// those of its enterprise on the products under it.
  ///
  /// - Throws: `usage`; what searching throws.
  /// - Cost: one count, and one search for each stage that has notes.
  public func trace(_ request: TraceRequest) throws(QualityError) -> TraceAnswer {
    let text = request.text.trimmedBlanks
    guard !text.isEmpty, (0...TraceRequest.longestList).contains(request.limit) else {
      throw QualityError("usage", "trace needs a code, a batch or a product, and a limit of 0 to 1,000")
    }
    let subject = try reading { () throws(IndexError) in try TraceSubject(text, self) }
    let builder = TraceBuilder(index: self, subject: subject, limit: request.limit)
    return try builder.answer()
  }
}

/// What a traced text means here, and the query that finds its notes.
struct TraceSubject {
  let text: String
  let kind: TraceAnswer.Subject
  /// Of a licence or certificate: the files that have it, with the products under it.
  let files: [(file: EnterpriseFile, products: [EnterpriseFile.Product])]
  let notes: QuerySyntax

  /// Files of one code that are looked into: a licence is one enterprise's, more are slips.
  private static let mostFiles = 20
  private static let fields: [(name: String, kind: TraceAnswer.Subject)] = [
    ("licence", .licence), ("products.licence", .licence), ("products.ccc", .ccc),
  ]

  init(_ text: String, _ index: QualityIndex) throws(IndexError) {
    self.text = text
    var ids: [String] = []
    var found: TraceAnswer.Subject?
    for (field, kind) in Self.fields {
      for snapshot in index.snapshots {
        _ = try snapshot.forEachPlace(kind: Schema.enterprise.kind, field: field, code: text) {
          (place) throws(IndexError) in
          let id = try place.id()
          found = found ?? kind
          if !ids.contains(id) { ids.append(id) }
          return ids.count < Self.mostFiles
        }
      }
    }
    let named = QuerySyntax(.phrase(text))
    let batch = QuerySyntax(.field("batch", QuerySyntax(.word(text))))
    if let found {
      let code = TextTokens.normalCode(text)
      var files: [(file: EnterpriseFile, products: [EnterpriseFile.Product])] = []
      var clauses = [named, batch]
      var names = EnterpriseNames(index.snapshots)
      for id in ids {
        guard let file = try index.enterpriseFile(id) else { continue }
        let products = file.products.filter { product in
          [product.licence, product.ccc].contains { $0.map(TextTokens.normalCode) == code }
        }
        files.append((file, products))
        clauses.append(try Self.notes(of: file, on: products, &names))
      }
      kind = found
      self.files = files
      notes = QuerySyntax(.or(clauses))
      return
    }
    files = []
    var isBatch = false
    for snapshot in index.snapshots where !isBatch {
      isBatch = try !snapshot.forEachPlace(kind: Schema.inspection.kind, field: "batch", code: text) { _ in false }
    }
    kind = isBatch ? .batch : .product
    notes = isBatch ? QuerySyntax(.or([batch, named])) : QuerySyntax(.field("product", QuerySyntax(.word(text))))
  }

  /// The notes of an enterprise on some of its products; on all where it has no product of its own under the code.
  private static func notes(
    of file: EnterpriseFile, on products: [EnterpriseFile.Product], _ names: inout EnterpriseNames
  ) throws(IndexError) -> QuerySyntax {
    var references: [QuerySyntax] = []
    for reference in file.references {
      guard case .one(let id, _) = try names.meaning(of: reference), id == file.id else { continue }
      references.append(QuerySyntax(.field("enterprise", QuerySyntax(.exact(reference)))))
    }
    let subjects = Set(products.flatMap { [$0.name, $0.category].compactMap { $0 } }).sorted()
      .map { QuerySyntax(.field("product", QuerySyntax(.phrase($0)))) }
    func either(_ clauses: [QuerySyntax]) -> QuerySyntax { clauses.count == 1 ? clauses[0] : QuerySyntax(.or(clauses)) }
    return subjects.isEmpty ? either(references) : QuerySyntax(.and([either(references), either(subjects)]))
  }

  /// Records of other kinds that name what is traced.
  var mention: QuerySyntax { QuerySyntax(kind == .product ? .word(text) : .phrase(text)) }
}

/// Makes the answer to a trace.
private struct TraceBuilder {
  let index: QualityIndex
  let subject: TraceSubject
  let limit: Int

  /// Notes that give the code itself, looked up to tell them from those on its products: more are not told apart.
  private static let mostMentions = 10_000

  func answer() throws(QualityError) -> TraceAnswer {
    let counts = try search(subject.notes, kind: .inspection, limit: 0, facets: ["stage"])
    let mentions = try mentions()
    var names = EnterpriseNames(index.snapshots)
    var stages: [TraceAnswer.Stage] = []
    var known = 0
    for stage in TraceAnswer.chain {
      let count = counts.facets.first?.values.first { $0.value == stage }?.count ?? 0
      known += count
      let clause = QuerySyntax(.field("stage", QuerySyntax(.exact(stage))))
      let query = QuerySyntax(.and([subject.notes, clause]))
      stages.append(
        TraceAnswer.Stage(stage: stage, total: count, steps: try steps(query, total: count, mentions, &names)))
    }
    if counts.total > known {
      let clause = QuerySyntax(.or(TraceAnswer.chain.map { QuerySyntax(.field("stage", QuerySyntax(.exact($0)))) }))
      let query = QuerySyntax(.and([subject.notes, QuerySyntax(.not(clause))]))
      stages.append(
        TraceAnswer.Stage(
          stage: nil, total: counts.total - known,
          steps: try steps(query, total: counts.total - known, mentions, &names)))
    }
    let imports = try imports()
    let enterprises = try enterprises()
    let directives = try directives()
    let ids = stages.flatMap { $0.steps.map(\.id) } + enterprises.records.map(\.id) + directives.records.map(\.id)
    return TraceAnswer(
      asked: subject.text, subject: subject.kind, total: counts.total, stages: stages, imports: imports,
      enterprises: enterprises, directives: directives, commit: index.commit, notes: notes(total: counts.total),
      receipt: index.receipt(
        job: "trace", request: [subject.kind.rawValue, subject.text, "\(limit)"],
        total: counts.total + enterprises.total + directives.total, ids: ids))
  }

  private func search(
    _ query: QuerySyntax, kind: Schema?, limit: Int, facets: [String] = [], sort: SearchSort? = nil
  ) throws(QualityError) -> SearchResult {
    var request = SearchRequest(query)
    request.kinds = kind.map { [$0.kind] }
    request.limit = limit
    request.facets = facets
    request.sort = sort
    request.countsOnly = limit == 0
    request.relaxes = false
    request.tellsRungs = false
    request.keepsSets = true
    let asked = request
    return try index.searching { () throws(SearchError) in try index.searcher.search(asked) }
  }

  /// Ids of the notes that give the code itself; nil of a product.
  private func mentions() throws(QualityError) -> Set<String>? {
    if subject.kind == .product { return nil }
    let batch = QuerySyntax(.field("batch", QuerySyntax(.word(subject.text))))
    let query = QuerySyntax(.or([subject.mention, batch]))
    let result = try search(query, kind: .inspection, limit: Self.mostMentions, sort: SearchSort(field: "date"))
    var ids: Set<String> = []
    for hit in result.hits {
      ids.insert(try index.searching { () throws(SearchError) in try index.searcher.id(hit, of: result) })
    }
    return ids
  }

  private func members(_ hit: SearchHit, _ result: SearchResult) throws(QualityError) -> JSONObject {
    try index.searching { () throws(SearchError) in try index.searcher.record(hit, of: result) }.objectValue
      ?? JSONObject()
  }

  private func steps(
    _ query: QuerySyntax, total: Int, _ mentions: Set<String>?, _ names: inout EnterpriseNames
  ) throws(QualityError) -> [TraceAnswer.Step] {
    guard limit > 0, total > 0 else { return [] }
    // A day of an unknown year sorts before all years: those with a year are taken first.
    let dated = QuerySyntax(
      .range(
        "date", lower: QuerySyntax.Bound("0001", isInclusive: true), upper: QuerySyntax.Bound("9999", isInclusive: true)
      ))
    var steps: [(event: HistoryEvent, step: TraceAnswer.Step)] = []
    var seen: Set<String> = []
    for (query, count) in [(QuerySyntax(.and([query, dated])), limit), (query, limit + limit)]
    where steps.count < min(limit, total) {
      let result = try search(
        query, kind: .inspection, limit: count, sort: SearchSort(field: "date", isDescending: false))
      for hit in result.hits where steps.count < limit {
        let members = try members(hit, result)
        let id = members["id"]?.stringValue ?? ""
        guard seen.insert(id).inserted else { continue }
        steps.append(try step(id, members, mentions, &names))
      }
    }
    return steps.sorted { HistoryEvent.precedes($0.event, $1.event) }.map(\.step)
  }

  private func step(
    _ id: String, _ members: JSONObject, _ mentions: Set<String>?, _ names: inout EnterpriseNames
  ) throws(QualityError) -> (event: HistoryEvent, step: TraceAnswer.Step) {
    let reference = members["enterprise"]?.stringValue
    var enterprise: (id: String?, name: String?) = (nil, reference)
    if let reference {
      do throws(IndexError) {
        if case .one(let id, let name) = try names.meaning(of: reference) { enterprise = (id, name ?? reference) }
      } catch { throw QualityError(error) }
    }
    let event = HistoryEvent(note: members, id: id, of: enterprise.id ?? "")
    let step = TraceAnswer.Step(
      id: id, date: event.date, enterpriseID: enterprise.id, enterprise: enterprise.name, type: event.type,
      product: event.product, batch: event.batch, severity: event.severity, result: event.result,
      disposition: event.disposition, because: mentions.map { $0.contains(id) ? "code" : "product" } ?? "product")
    return (event, step)
  }

  private func imports() throws(QualityError) -> TraceAnswer.Imports {
    func field(_ name: String, _ value: String) -> QuerySyntax {
      QuerySyntax(.field(QuerySyntax.Name(name), QuerySyntax(.exact(value))))
    }
    let query = QuerySyntax(.and([subject.notes, field("type", "import"), field("result", "fail")]))
    let result = try search(query, kind: .inspection, limit: 0, facets: ["disposition"])
    func count(_ value: String) -> Int { result.facets.first?.values.first { $0.value == value }?.count ?? 0 }
    return TraceAnswer.Imports(failed: result.total, returned: count("return"), destroyed: count("destroy"))
  }

  private func enterprises() throws(QualityError) -> TraceAnswer.Links {
    if subject.kind != .product {
      let links = subject.files.map { file, products in
        TraceAnswer.Link(id: file.id, title: file.name ?? file.id, products: products.map(\.title))
      }
      return TraceAnswer.Links(total: links.count, records: Array(links.prefix(limit)))
    }
    guard index.searcher.schemas.contains(where: { $0.kind == Schema.enterprise.kind }) else {
      return TraceAnswer.Links(total: 0, records: [])
    }
    let kind = QuerySyntax(.field("kind", QuerySyntax(.word(Schema.enterprise.kind))))
    // Asked of all kinds: what `product` means is known by notes and files together.
    let result = try search(QuerySyntax(.and([kind, subject.notes])), kind: nil, limit: limit)
    var links: [TraceAnswer.Link] = []
    for hit in result.hits {
      let members = try members(hit, result)
      let file = EnterpriseFile(id: members["id"]?.stringValue ?? "", members)
      links.append(TraceAnswer.Link(id: file.id, title: file.name ?? file.id, products: file.products.map(\.title)))
    }
    return TraceAnswer.Links(total: result.total, records: links)
  }

  private func directives() throws(QualityError) -> TraceAnswer.Links {
    guard index.searcher.schemas.contains(where: { $0.kind == Schema.directive.kind }) else {
      return TraceAnswer.Links(total: 0, records: [])
    }
    let result = try search(subject.mention, kind: .directive, limit: limit)
    var links: [TraceAnswer.Link] = []
    for hit in result.hits {
      let members = try members(hit, result)
      let id = members["id"]?.stringValue ?? ""
      links.append(
        TraceAnswer.Link(
          id: id, title: RecordTitle.of(kind: Schema.directive.kind, id: id, members, enterprise: nil),
          date: members["date"]?.stringValue))
    }
    return TraceAnswer.Links(total: result.total, records: links)
  }

  private func notes(total: Int) -> [SearchAnswer.Note] {
    var notes: [SearchAnswer.Note] = []
    if subject.kind == .product, subject.text.contains(where: \.isNumber) {
      notes.append(
        .history(
          "no-such-code", "no quality file and no note has the code '\(subject.text)': taken for a product",
          hint: "codes are never fuzzed"))
    }
    if subject.files.count > 1 {
      notes.append(
        .history(
          "shared-code",
          "several enterprises have this code: " + subject.files.map(\.file.id).joined(separator: ", "),
          hint: "a licence is one enterprise's: one of the files may be wrong"))
    }
    return notes
  }
}

extension String {
  /// Without white space at its ends.
  fileprivate var trimmedBlanks: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
