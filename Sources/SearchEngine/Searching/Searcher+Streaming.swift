import Records

// The records of long answers, one after the other.
extension Searcher {
  /// Hands the canonical JSON of every hit of `result` to `body`, with its kind, in the order of the hits, until it answers
  /// false. Returns whether all were handed on.
  ///
  /// Cost: in document order, a block of records is read once; in any other, once a hit.
  public func forEachRecord(
    of result: SearchResult, _ body: (String, [UInt8]) throws(IndexError) -> Bool
  ) throws(SearchError) -> Bool {
    do throws(IndexError) {
      var handle: StoredRecordsHandle?
      var segment = -1
      for hit in result.hits {
        if hit.address.segment != segment {
          segment = hit.address.segment
          handle = result.runs[0].segments[segment].reader.storedRecords?.handle()
        }
        guard let handle else { continue }
        let bytes = try handle.withRecord(hit.address.document) { Array($0) }
        if try !body(hit.kind, bytes) { return false }
      }
      return true
    } catch {
      throw SearchError(error)
    }
  }
}

extension Snapshot {
  /// Live records one of whose values of a code field is `code`, in any spelling: their ids, in document order, at most
  /// `limit`. `field` is a full name.
  public func ids(kind: String, field: String, code: String, limit: Int) throws(IndexError) -> [String] {
    var found: [String] = []
    guard let form = FoldedValue.codes(code).first else { return [] }
    for segment in segments where segment.kind == kind && found.count < limit {
      guard let place = segment.schema.index(of: field),
        let info = try segment.dictionary.find(bytes: TermKey.keyword(field: place, form)),
        let column = try segment.ordinalColumn("#id")
      else { continue }
      let cursor = try segment.postings(info)
      while found.count < limit {
        let document = try cursor.next()
        if document == PostingsCursor.exhausted { break }
        guard segment.isLive(document), let ordinal = try column.ordinal(of: document) else { continue }
        let id = try column.value(ordinal)
        if !found.contains(id) { found.append(id) }
      }
    }
    return found
  }
}
