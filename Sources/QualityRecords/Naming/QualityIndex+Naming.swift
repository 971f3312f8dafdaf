import JSONText
import Records
import SearchEngine

extension QualityIndex {
  /// The enterprises that a typed name may mean, the likeliest first: by id; by a name, alias or former name as written; by
  /// the name key; by pinyin or translation where none of these is sure; within a bounded edit distance where there is
  /// nothing else at all. Never chosen silently: the caller sees all, with rung and confidence.
  ///
  /// - Parameters:
  ///   - limit: candidates at most.
  ///   - offers: whether weaker ones are given behind sure ones: names that only sound like it, or that say more.
  /// - Throws: what reading the index throws.
  /// - Cost: a few look-ups in the dictionary of each segment and the reading of the records found. A name that nothing is
  ///   like walks the entries of the names near it, too.
  public func enterprises(
    named name: String, limit: Int = 20, offers: Bool = false
  ) throws(QualityError) -> [EnterpriseCandidate] {
    let resolver = NameResolver(snapshots, schema: .enterprise)
    let found = try reading { () throws(IndexError) in
      try resolver.records(named: name, limit: limit, offers: offers)
    }
    return found.map { record in
      EnterpriseCandidate(
        id: record.id, name: record.name, rung: record.rung, confidence: record.confidence, matched: record.matched,
        formerly: record.item.map { item in
          .init(name: record.matched ?? record.name, until: item["until"]?.stringValue)
        })
    }
  }
}
