import JSONText
import QueryLanguage
import Records
import SearchEngine
import Synchronization

/// What a search that found nothing had looked at: absence from it says no more than that.
struct SearchedScope {
  private let index: QualityIndex
  private let request: SearchRequest

  init(_ index: QualityIndex, _ request: SearchRequest) {
    self.index = index
    self.request = request
  }

  /// One note: kinds with their counts, fields, forms of names, the span of dates, what is known to be missing.
  /// Cost: two counts and two sorted pages of one hit for each dated kind.
  func note() throws(QualityError) -> SearchAnswer.Note {
    var parts: [String] = []
    let kinds = Schema.recordKinds.filter { schema in
      (request.kinds?.contains(schema.kind) ?? true)
        && index.snapshots.contains { $0.recordCount(kind: schema.kind) > 0 }
    }
    for schema in kinds {
      let count = index.snapshots.reduce(0) { $0 + $1.recordCount(kind: schema.kind) }
      parts.append("\(count) of kind \(schema.kind)")
    }
    var sentences = ["searched " + (parts.isEmpty ? "no record" : parts.joined(separator: ", "))]
    let names = Self.fieldNames(request.query)
    sentences.append(
      names.isEmpty
        ? "all fields that hold text"
        : "fields asked by name: \(names.joined(separator: ", ")); all text for other words")
    if kinds.contains(where: { $0.kind == Schema.enterprise.kind }) {
      sentences.append("names, aliases and former names of enterprises")
    }
    for schema in kinds where schema.index(of: "date") != nil {
      if let span = try span(of: schema.kind) { sentences.append(span) }
    }
    if let gap = try unresolvedNames() { sentences.append(gap) }
    sentences.append("rows that were rejected when the index was filled are not in it")
    return SearchAnswer.Note(
      code: "searched", message: sentences.joined(separator: "; "), at: nil,
      hint: "that nothing was found does not say that nothing happened: what was never recorded cannot be found")
  }

  /// Fields that the query asks by name.
  private static func fieldNames(_ syntax: QuerySyntax) -> [String] {
    var names: [String] = []
    switch syntax.kind {
    case .field(let name, _), .range(let name, _, _): names = [name.text]
    case .has, .by: return []
    default: break
    }
    for child in syntax.children {
      for name in fieldNames(child) where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// ``findSpan(of:)``, which is of the snapshots alone: once whole, it is kept as long as they are.
  func span(of kind: String) throws(QualityError) -> String? {
    if let known = index.dateSpans.withLock({ $0[kind] }) { return known }
    let found = try findSpan(of: kind)
    if let found { index.dateSpans.withLock { $0[kind] = found } }
    return found
  }

  /// The oldest and the newest date of a kind, and how many records have none; nil when time ran out.
  private func findSpan(of kind: String) throws(QualityError) -> String? {
    let oldest = try end(of: kind, isDescending: false)
    let newest = try end(of: kind, isDescending: true)
    guard let oldest, let newest else { return nil }
    let undated = try count(
      QuerySyntax(.not(QuerySyntax(.field("date", QuerySyntax(.everything))))), kind: kind)
    guard let undated else { return nil }
    return "dates of kind \(kind) \(oldest) to \(newest)" + (undated > 0 ? ", \(undated) undated" : "")
  }

  private func asking(_ query: QuerySyntax, kind: String) -> SearchRequest {
    var asking = SearchRequest(query)
    asking.kinds = [kind]
    asking.relaxes = false
    asking.tellsRungs = false
    asking.limit = 1
    asking.budget = request.budget
    return asking
  }

  private func end(of kind: String, isDescending: Bool) throws(QualityError) -> String? {
    // Dates of unknown year stand before all others.
    let first = QueryDate.Day(year: 1, month: 1, day: 1).map { QueryDate($0) }
    var asking = asking(QuerySyntax(.date(DateSpan(from: first, to: nil))), kind: kind)
    asking.sort = SearchSort(field: "date", isDescending: isDescending)
    return try index.searching { () throws(SearchError) in
      let result = try index.searcher.search(asking)
      guard let hit = result.hits.first, !result.isPartial else { return nil }
      return try index.searcher.record(hit, of: result)["date"]?.stringValue
    }
  }

  private func count(_ query: QuerySyntax, kind: String) throws(QualityError) -> Int? {
    var asking = asking(query, kind: kind)
    asking.countsOnly = true
    return try index.searching { () throws(SearchError) in
      let result = try index.searcher.search(asking)
      return result.isPartial ? nil : result.total
    }
  }

  /// Notes whose enterprise is not known are found by no `has()` and stand in no history.
  private func unresolvedNames() throws(QualityError) -> String? {
    guard request.kinds?.contains(Schema.inspection.kind) ?? true,
      index.snapshots.contains(where: { $0.recordCount(kind: Schema.enterprise.kind) > 0 })
    else { return nil }
    let report = try index.searching { () throws(SearchError) in
      try index.searcher.hubReport(Schema.enterprise.kind)
    }
    let open = report.unknown.count + report.ambiguous.count
    return open == 0 ? nil : "known gap: \(open) names of enterprises in notes mean no enterprise, or several"
  }
}
