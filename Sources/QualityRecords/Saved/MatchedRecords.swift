import QueryLanguage
import Records
import SearchEngine

/// A record of an answer by its key and what is in it.
struct MatchedRecord: Hashable {
  /// `kind/id`.
  var key: String
  /// Of the canonical record (``XXHash64``).
  var content: UInt64
  /// The record itself; empty once it is only remembered.
  var bytes: [UInt8] = []
}

extension QualityIndex {
  /// Hands every record that answers a request to `body`, in the order of the answer; weaker forms of the query are not
  /// tried, so that what comes later never changes what counts as a match. `body` can have the hit made as it is shown.
  func forEachHit(
    _ options: SearchOptions,
    _ body: (MatchedRecord, () throws(QualityError) -> SearchAnswer.Hit) throws(QualityError) -> Void
  ) throws(QualityError) {
    var options = options
    options.limit = SearchOptions.longestPage
    options.cursor = nil
    options.countsOnly = false
    options.facets = []
    try options.check()
    let parsed = try parse(options)
    var request = try request(options, parsed)
    request.relaxes = false
    request.facets = []
    while true {
      let current = request
      let result = try searching { () throws(SearchError) in try searcher.search(current) }
      var builder = HitBuilder(self, options, parsed.syntax)
      for hit in result.hits {
        let bytes = try searching { () throws(SearchError) in try searcher.recordBytes(hit, of: result) }
        let id = try searching { () throws(SearchError) in try searcher.id(hit, of: result) }
        let record = MatchedRecord(key: "\(hit.kind)/\(id)", content: XXHash64.hash(bytes), bytes: bytes)
        try body(record) { () throws(QualityError) in try builder.hit(hit, of: result) }
      }
      guard let next = result.next else { return }
      request.cursor = next
    }
  }

  /// All of them.
  func matches(_ options: SearchOptions) throws(QualityError) -> [MatchedRecord] {
    var found: [MatchedRecord] = []
    try forEachHit(options) { (record, _) throws(QualityError) in
      found.append(MatchedRecord(key: record.key, content: record.content))
    }
    return found
  }
}
