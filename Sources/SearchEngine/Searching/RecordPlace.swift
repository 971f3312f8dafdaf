import Records

/// A live record where it stands in a snapshot, not read yet: its columns can be asked before its text is.
public struct RecordPlace: Sendable {
  let segment: SegmentReader
  let document: UInt32

  public var kind: String { segment.kind }

  /// The record's id; empty where the segment keeps no columns. One look-up in a column.
  public func id() throws(IndexError) -> String { try value(of: "#id") ?? "" }

  /// A value of a keyword-like field as it is written, cut at 1,024 bytes; of several the least. One look-up in a column.
  public func value(of field: String) throws(IndexError) -> String? {
    guard let column = try segment.ordinalColumn(field), let ordinal = try column.ordinal(of: document) else {
      return nil
    }
    return try column.value(ordinal)
  }

  /// The days that a date may be; nil where the record has none there, or its year is not known.
  public func days(of field: String) throws(IndexError) -> DayInterval? {
    guard let lower = try segment.integerColumn(field)?.value(of: document),
      let upper = try segment.integerColumn(field + "#upper")?.value(of: document),
      let first = Int32(exactly: lower), let last = Int32(exactly: upper), first <= last, first > Int32.min
    else { return nil }
    return DayInterval(first: first, last: last)
  }

  /// The canonical JSON of the record.
  public func json() throws(IndexError) -> [UInt8] { try segment.record(document) }
}

// Records by a whole value of one of their fields, without a query: from the dictionary, never by a scan.
extension Snapshot {
  /// Hands the live records of a kind one of whose values of a keyword-like field is `value`, folded, to `body` in document
  /// order, until it answers false. Returns whether all were handed on.
  ///
  /// Cost: one look-up in the dictionary of each segment of the kind, then one step a record.
  public func forEachPlace(
    kind: String, field: String, value: String, _ body: (RecordPlace) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    try forEachPlace(kind: kind, field: field, term: { TermKey.keyword(field: $0, FoldedValue.bytes(value)) }, body)
  }

  /// As for a value, for a code in any spelling.
  public func forEachPlace(
    kind: String, field: String, code: String, _ body: (RecordPlace) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    // The fullest form alone: that without the year would find other editions, too.
    let form = FoldedValue.codes(code).first ?? FoldedValue.bytes(code)
    return try forEachPlace(kind: kind, field: field, term: { TermKey.keyword(field: $0, form) }, body)
  }

  /// As for a value, for records that have any value there.
  public func forEachPlace(
    kind: String, having field: String, _ body: (RecordPlace) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    try forEachPlace(kind: kind, field: field, term: { TermKey.presence(field: $0) }, body)
  }

  /// The live record of that kind and id; nil where there is none. A look-up in each segment's keys.
  public func place(kind: String, id: String) throws(IndexError) -> RecordPlace? {
    let keyHash = IndexWriter.keyHash(id)
    for segment in segments where segment.kind == kind {
      guard let keys = segment.keys else { continue }
      for entry in try keys.entries(keyHash: keyHash) where segment.isLive(entry.document) {
        let place = RecordPlace(segment: segment, document: entry.document)
        // Two keys may share a hash; the column, where there is one, tells.
        guard try segment.ordinalColumn("#id") != nil else { return place }
        if try place.id() == id { return place }
      }
    }
    return nil
  }

  private func forEachPlace(
    kind: String, field: String, term: (Int) -> [UInt8], _ body: (RecordPlace) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    for segment in segments where segment.kind == kind {
      guard let index = segment.schema.index(of: field),
        let info = try segment.dictionary.find(bytes: term(index))
      else { continue }
      let cursor = try segment.postings(info)
      var document = try cursor.next()
      while document != PostingsCursor.exhausted {
        if segment.isLive(document) {
          let goesOn = try body(RecordPlace(segment: segment, document: document))
          if !goesOn { return false }
        }
        document = try cursor.next()
      }
    }
    return true
  }
}
