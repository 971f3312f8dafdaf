import QualityRecords
import Records
import SearchEngine

/// The search at `/`: ranked records, how the query was read, what narrows it. Without a query, what there is.
struct SearchPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  /// Fields that are counted beside the hits, by the kind that is searched.
  static func facets(_ kinds: [String]) -> [String] {
    switch kinds {
    case ["inspection"]: ["violations.severity", "province", "category", "result", "disposition", "type", "stage"]
    case ["enterprise"]: ["province", "products.category", "status", "export"]
    case ["directive"]: ["issuer", "place"]
    default: ["kind", "violations.severity", "province", "result", "disposition"]
    }
  }

  static let sorts = ["", "date:desc", "date:asc"]

  func options(_ query: String) -> SearchOptions {
    var options = SearchOptions(query)
    options.kinds = context.visit.values("kind").filter { !$0.isEmpty }
    options.limit = Page.pageLength
    options.cursor = context.value("cursor")
    options.sort = context.value("sort")
    options.rungs = context.value("rungs").map { $0.split(separator: ",").map(String.init) } ?? []
    options.any = context.value("any") == "1"
    options.facets = Self.facets(options.kinds)
    options.fields = HitView.fields
    return options
  }

  func reply() throws(QualityError) -> Page.Reply {
    if let address = dated() { return .redirect(address) }
    guard let query = context.value("q") else {
      return .html(status: 200, LandingView(context, try context.index.stats()).document())
    }
    let options = options(query)
    let answer = try context.index.search(options)
    let view = SearchView(
      context, answer, options, parsed: try ParseAnswer(parsing: query), dates: try dates(options, answer),
      counts: try counts(options))
    return .html(status: 200, view.document())
  }

  /// The dates of the form become a clause of the query: the text in the box says all that is asked.
  private func dated() -> String? {
    let since = context.value("since")?.filter { !$0.isWhitespace }
    let until = context.value("until")?.filter { !$0.isWhitespace }
    guard since != nil || until != nil else { return nil }
    var query = context.value("q") ?? "*"
    if let since { query = EnterprisesAnswer.narrowed(query, by: "since:\(since)") }
    if let until { query = EnterprisesAnswer.narrowed(query, by: "until:\(until)") }
    return context.here.with("since", nil).with("until", nil).with("cursor", nil).with("q", query).text
  }

  /// Records by quarter, or by year where these are many; none where nothing is dated.
  private func dates(_ options: SearchOptions, _ answer: SearchAnswer) throws(QualityError) -> DateBars? {
    guard answer.total > 0, options.kinds != ["enterprise"] else { return nil }
    var pivot = PivotOptions(rows: "date:quarter", columns: "kind", query: options.query)
    pivot.search.kinds =
      options.kinds.isEmpty
      ? [Schema.inspection.kind, Schema.directive.kind] : options.kinds.filter { $0 != Schema.enterprise.kind }
    pivot.search.rungs = options.rungs
    do throws(QualityError) {
      let quarters = try context.index.pivot(pivot)
      if let bars = DateBars(quarters, grain: .quarter) { return bars }
      pivot.rows = "date:year"
      return DateBars(try context.index.pivot(pivot), grain: .year)
    } catch {
      // A kind that no record has yet has no dates either.
      guard error.exitCode == .usage else { throw error }
      return nil
    }
  }

  /// How many records each place would show for this query.
  private func counts(_ options: SearchOptions) throws(QualityError) -> [PageFrame.Place: Int] {
    var counting = SearchOptions(options.query)
    counting.rungs = options.rungs
    counting.any = options.any
    counting.countsOnly = true
    counting.limit = 0
    counting.facets = ["kind"]
    let answer = try context.index.search(counting)
    var counts: [PageFrame.Place: Int] = [.all: answer.total]
    for facet in answer.facets where facet.field == "kind" {
      for value in facet.values {
        if value.value == Schema.inspection.kind { counts[.inspections] = value.count }
        if value.value == Schema.directive.kind { counts[.directives] = value.count }
      }
    }
    return counts
  }
}
