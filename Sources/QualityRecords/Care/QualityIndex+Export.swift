import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Hands the records to `write`, one JSON object a line, as `index` reads them again: all of them, or those that answer
  /// a query. In document order, or in the order of the answer.
  ///
  /// - Parameter write: takes whole lines, some 64 KB at a time; false ends the export.
  /// - Returns: how many records were handed on.
  /// - Throws: the query's errors; what reading the index throws.
  public func export(
    query: String? = nil, kinds: [String] = [], _ write: ([UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> Int {
    var lines = ExportLines()
    let wanted = kinds.isEmpty ? Self.searchedKinds : Set(kinds)
    if let query {
      var options = SearchOptions(query)
      options.kinds = kinds
      try options.check()
      try forEachMatch(options) { (_, bytes) throws(QualityError) in try lines.add(bytes, write) }
    } else {
      for snapshot in snapshots {
        var failure: QualityError?
        let isWhole = try reading { () throws(IndexError) in
          try snapshot.forEachRecord(kinds: wanted) { bytes in
            do throws(QualityError) { return try lines.add(bytes, write) } catch {
              failure = error
              return false
            }
          }
        }
        if let failure { throw failure }
        if !isWhole { return lines.count }
      }
    }
    _ = try lines.flush(write)
    return lines.count
  }

  /// Hands on every record that answers a query, with its kind, page by page.
  func forEachMatch(
    _ options: SearchOptions, _ body: (String, [UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) {
    let parsed: ParsedQuery
    do throws(QuerySyntaxError) {
      parsed = try QueryParser.parse(options.query, today: options.today ?? .today, strict: options.strict)
    } catch { throw QualityError(error) }
    var request = SearchRequest(parsed.syntax)
    request.kinds = options.kinds.isEmpty ? Self.searchedKinds : Set(options.kinds)
    request.relaxes = false
    request.limit = SearchOptions.longestPage
    while true {
      let current = request
      let result = try searching { () throws(SearchError) in try searcher.search(current) }
      for hit in result.hits {
        let bytes = try searching { () throws(SearchError) in try searcher.recordBytes(hit, of: result) }
        if try !body(hit.kind, bytes) { return }
      }
      guard let next = result.next else { return }
      request.cursor = next
    }
  }
}

/// Lines gathered into pieces worth writing.
private struct ExportLines {
  private(set) var count = 0
  private var bytes: [UInt8] = []

  mutating func add(
    _ record: [UInt8], _ write: ([UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> Bool {
    bytes.append(contentsOf: record)
    bytes.append(0x0A)
    count += 1
    return bytes.count < 64 << 10 ? true : try flush(write)
  }

  mutating func flush(_ write: ([UInt8]) throws(QualityError) -> Bool) throws(QualityError) -> Bool {
    guard !bytes.isEmpty else { return true }
    defer { bytes.removeAll(keepingCapacity: true) }
    return try write(bytes)
  }
}
