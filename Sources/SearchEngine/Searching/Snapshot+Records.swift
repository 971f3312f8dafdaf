import Records

// Stored records without a query: by key, by a whole value, one after the other.
extension Snapshot {
  /// Segments of the commit.
  public var segmentCount: Int { segments.count }

  /// Files of the commit, its manifest included.
  public var fileCount: Int { manifest.fileNames.count }

  /// The name of the commit's manifest inside the index directory.
  public var manifestName: String { Manifest.fileName(generation) }

  /// Bytes of all files of the commit, its manifest apart.
  public var byteCount: Int {
    manifest.segments.reduce(manifest.files.values.reduce(0) { $0 + $1.length }) { $0 + $1.byteCount }
  }

  /// The canonical JSON of the live record of that kind and id; nil where there is none. A look-up in each segment's keys.
  public func record(kind: String, id: String) throws(IndexError) -> [UInt8]? {
    let keyHash = IndexWriter.keyHash(id)
    for segment in segments where segment.kind == kind {
      guard let keys = segment.keys else { continue }
      for entry in try keys.entries(keyHash: keyHash) where segment.isLive(entry.document) {
        if let column = try segment.ordinalColumn("#id"), let ordinal = try column.ordinal(of: entry.document),
          try column.value(ordinal) != id
        {
          continue
        }
        return try segment.record(entry.document)
      }
    }
    return nil
  }

  /// Live records one of whose values of a field is `value`, folded (case, width, marks, Traditional characters): their
  /// ids, in document order, at most `limit`. `field` is a full name of a keyword-like field.
  public func ids(kind: String, field: String, value: String, limit: Int) throws(IndexError) -> [String] {
    var found: [String] = []
    for segment in segments where segment.kind == kind && found.count < limit {
      guard let place = segment.schema.index(of: field) else { continue }
      let term = TermKey.keyword(field: place, FoldedValue.bytes(value))
      guard let info = try segment.dictionary.find(bytes: term), let column = try segment.ordinalColumn("#id") else {
        continue
      }
      let cursor = try segment.postings(info)
      while found.count < limit {
        let document = try cursor.next()
        if document == PostingsCursor.exhausted { break }
        guard segment.isLive(document), let ordinal = try column.ordinal(of: document) else { continue }
        found.append(try column.value(ordinal))
      }
    }
    return found
  }

  /// The different values of a keyword-like field among the records of a kind, deleted ones not yet merged away included,
  /// in byte order within each segment, a value of several segments once. Hands each to `body`.
  public func forEachValue(
    kind: String, field: String, _ body: (String) throws(IndexError) -> Void
  ) throws(IndexError) {
    var seen: Set<String> = []
    let own = segments.filter { $0.kind == kind }
    for segment in own {
      guard let column = try segment.ordinalColumn(field) else { continue }
      for ordinal in 0..<UInt32(clamping: column.valueCount) {
        let value = try column.value(ordinal)
        if own.count > 1, !seen.insert(value).inserted { continue }
        try body(value)
      }
    }
  }

  /// Hands the canonical JSON of every live record of the kinds to `body`, in document order, until it answers false.
  /// Returns whether all were handed on.
  public func forEachRecord(
    kinds: Set<String>, _ body: ([UInt8]) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    for segment in segments where kinds.contains(segment.kind) {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        if try !body(try segment.record(document)) { return false }
      }
    }
    return true
  }
}
