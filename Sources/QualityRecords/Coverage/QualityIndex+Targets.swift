import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// How far one enterprise has reached each target: of a target of enterprises its population is 1 or 0, of one of products
  /// or notes those of the enterprise. Nothing is listed as missing but products.
  ///
  /// - Throws: `bad-targets`; what reading the index throws. Cost: two evaluations a target, narrowed to one enterprise.
  public func targets(of enterprise: String) throws(QualityError) -> [CoverageAnswer.Target] {
    var found: [CoverageAnswer.Target] = []
    let id = QuerySyntax(.field(QuerySyntax.Name("id"), QuerySyntax(.word(enterprise))))
    for target in try CoverageTarget.read(try targets()) {
      let isItsOwn = target.grain.kind == Schema.enterprise.kind
      let scope = isItsOwn ? id : QuerySyntax(.by(QuerySyntax.Name(Schema.enterprise.kind), id))
      func set(_ part: CoverageTarget.Part) throws(QualityError) -> RecordSet {
        let request = SetRequest(
          QuerySyntax(.and([try target.syntax(part), scope])), kind: target.grain.kind, list: target.grain.list)
        do throws(SearchError) { return try searcher.set(request).0 } catch {
          if let damage = error.index { throw QualityError(damage) }
          throw target.failed(part, error.message, error.range, error.hint)
        }
      }
      let population = try set(.population)
      let done = try set(.done).intersection(population)
      var missing: [String] = []
      if target.grain.list != nil {
        let members = try searching { () throws(SearchError) in
          try searcher.members(of: population.subtracting(done))
        }
        missing = members.map(CoverageCounter.name).sorted()
      }
      found.append(
        CoverageAnswer.Target(
          definition: target,
          count: CoverageAnswer.Count(population: population.count, done: done.count, missing: missing), possible: 0,
          possiblePopulation: 0))
    }
    return found
  }
}
