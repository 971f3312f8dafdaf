import JSONText
import QueryLanguage
import Records
import SearchEngine

/// What is exported, and how.
public struct ExportOptions: Hashable, Sendable {
  /// Nil: everything.
  public var query: String?
  public var kinds: [String] = []
  /// Why records may match; empty: as in a search.
  public var rungs: [String] = []
  /// One word of the query is enough.
  public var any = false
  /// Nil: in document order.
  public var sort: String?
  public var format = ExportFormat.jsonl
  /// Members of each record; empty: all.
  public var fields: [String] = []
  /// Cells of CSV as they are, though a spreadsheet may take them for formulas.
  public var isRaw = false
  /// Begin with the mark by which some spreadsheets know UTF-8.
  public var writesMark = false

  public init(query: String? = nil, kinds: [String] = []) {
    self.query = query
    self.kinds = kinds
  }
}

extension QualityIndex {
  /// Hands the records to `write`, one JSON object a line, as `index` reads them again: all of them, or those that answer
  /// a query, in document order.
  ///
  /// - Returns: how many records were handed on.
  public func export(
    query: String? = nil, kinds: [String] = [], _ write: ([UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> Int {
    try export(ExportOptions(query: query, kinds: kinds), write)
  }

  /// Hands all records, or those that answer a query, to `write` in a form of ``ExportFormat``.
  ///
  /// - Parameter write: takes whole records, some 64 KB at a time; false ends the export.
  /// - Returns: how many records were handed on.
  /// - Throws: the query's errors; what reading the index throws.
  /// - Cost: memory is that of a page of matches and of one record, however many there are.
  public func export(
    _ options: ExportOptions, _ write: ([UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> Int {
    var writer = ExportWriter(
      options.format, fields: options.fields, kinds: options.kinds, guardsFormulas: !options.isRaw,
      writesMark: options.writesMark, title: options.query ?? "records")
    writer.begin()
    func flush() throws(QualityError) -> Bool {
      let bytes = writer.take()
      return bytes.isEmpty ? true : try write(bytes)
    }
    func add(_ kind: String, _ bytes: [UInt8]) throws(QualityError) -> Bool {
      writer.add(kind, bytes)
      return writer.bytes.count < 64 << 10 ? true : try flush()
    }
    let isWhole: Bool
    if let query = options.query {
      var search = SearchOptions(query)
      search.kinds = options.kinds
      search.sort = options.sort
      search.rungs = options.rungs
      search.any = options.any
      try search.check()
      isWhole = try forEachMatch(search, add)
    } else if options.sort != nil {
      var search = SearchOptions("*")
      search.kinds = options.kinds
      search.sort = options.sort
      isWhole = try forEachMatch(search, add)
    } else {
      isWhole = try forEachRecord(Set(options.kinds.isEmpty ? Array(Self.searchedKinds) : options.kinds), add)
    }
    if isWhole {
      writer.end()
      _ = try flush()
    }
    return writer.count
  }

  private func forEachRecord(
    _ kinds: Set<String>, _ body: (String, [UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> Bool {
    for snapshot in snapshots {
      for kind in Schema.recordKinds.map(\.kind) + [Schema.passage.kind] where kinds.contains(kind) {
        var failure: QualityError?
        let isWhole = try reading { () throws(IndexError) in
          try snapshot.forEachRecord(kinds: [kind]) { bytes in
            do throws(QualityError) { return try body(kind, bytes) } catch {
              failure = error
              return false
            }
          }
        }
        if let failure { throw failure }
        if !isWhole { return false }
      }
    }
    return true
  }

  /// Matches of a page: some 100 bytes each are held.
  private static let pageLength = 50_000

  /// Hands on every record that answers a query, with its kind, page by page; weaker forms of the query are not tried.
  /// Returns whether `body` wanted all of them.
  @discardableResult
  func forEachMatch(
    _ options: SearchOptions, _ body: (String, [UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> Bool {
    let parsed = try parse(options)
    var request = SearchRequest(parsed.syntax)
    request.rungs = options.chosenRungs
    request.kinds = options.kinds.isEmpty ? Self.searchedKinds : Set(options.kinds)
    request.sort = try options.parsedSort()
    request.isInDocumentOrder = request.sort == nil
    request.matchesAny = options.any
    request.relaxes = false
    request.tellsRungs = false
    request.limit = Self.pageLength
    while true {
      let current = request
      let result = try searching { () throws(SearchError) in try searcher.search(current) }
      var failure: QualityError?
      let isWhole = try searching { () throws(SearchError) in
        try searcher.forEachRecord(of: result) { (kind, bytes) in
          do throws(QualityError) { return try body(kind, bytes) } catch {
            failure = error
            return false
          }
        }
      }
      if let failure { throw failure }
      guard isWhole else { return false }
      guard let next = result.next else { return true }
      request.cursor = next
    }
  }
}
