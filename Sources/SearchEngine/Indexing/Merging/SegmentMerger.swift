import Records
import Storage

/// Writes several segments of one kind as one, without what is deleted. Reads the sources structure by structure; holds
/// the lengths, the maps and one term's postings in memory.
struct SegmentMerger {
  struct Source {
    let reader: SegmentReader
    /// The documents that live, as of the beginning of the merge; nil when all do.
    let live: LiveDocsBuilder?
  }

  let fileSystem: any FileSystem
  let index: UInt64
  let segment: UInt64
  let sources: [Source]
  let maps: [DocumentMap]
  let documentCount: UInt32
  /// The writer's budget.
  let memory: Int

  init(
    _ fileSystem: any FileSystem, index: UInt64, segment: UInt64, sources: [Source],
    memory: Int = IndexWriter.Options().memory
  ) {
    self.memory = memory
    self.fileSystem = fileSystem
    self.index = index
    self.segment = segment
    self.sources = sources
    var maps: [DocumentMap] = []
    var base: UInt32 = 0
    for source in sources {
      let map = DocumentMap(documentCount: source.reader.documentCount, live: source.live, base: base)
      base += map.liveCount
      maps.append(map)
    }
    self.maps = maps
    documentCount = base
  }

  private var identity: FileIdentity { FileIdentity(index: index, segment: segment) }
  private func name(_ kind: FileKind) -> String { SegmentEntry.fileName(segment, kind) }

  /// Writes the merged segment. Returns nil when nothing lives. Damage in a source ends the merge; the sources stay.
  func merge() throws(IndexError) -> SegmentEntry? {
    guard let first = sources.first?.reader, documentCount > 0 else { return nil }
    var files: [FileKind: FileEntry] = [:]
    let lengths = try gatherLengths()
    let writer = try FieldLengthsWriter(
      fileSystem, name: name(.fieldLengths), identity: identity, maximum: lengths.max() ?? 0)
    for length in lengths { try writer.add(length) }
    files[.fieldLengths] = try writer.finish()
    var failure: IndexError?
    lengths.withUnsafeBufferPointer { lengths in
      guard let start = lengths.baseAddress else { return }
      do throws(IndexError) { try mergeTerms(lengths: start, &files) } catch { failure = error }
    }
    if let failure { throw failure }
    if first.units != nil { files[.units] = try mergeUnits() }
    if first.storedRecords != nil { files[.storedRecords] = try mergeStoredRecords() }
    if first.keys != nil { files[.recordKeys] = try mergeKeys() }
    if sources.contains(where: { $0.reader.columns != nil }) {
      files[.docValues] = try ColumnMerger(sources: sources.map(\.reader), maps: maps).write(
        try DocValuesWriter(fileSystem, name: name(.docValues), identity: identity, documentCount: documentCount))
    }
    var entry = SegmentEntry(
      id: segment, kind: first.kind, documentCount: documentCount, totalLength: lengths.reduce(0) { $0 + UInt64($1) },
      liveCount: documentCount, files: files)
    if first.stems != nil {
      entry.files[.stemTable] = try StemTableBuilder.build(fileSystem, entry, schema: first.schema, index: index)
    }
    if sources.contains(where: { $0.reader.vectors != nil }) {
      entry.files[.termVectors] = try TermVectorsBuilder.build(
        fileSystem, entry, schema: first.schema, index: index, memory: memory)
    }
    return entry
  }

  private func damaged(_ expected: String, _ found: String) -> IndexError {
    .corruption(IndexCorruption(file: "a source of segment \(segment)", offset: 0, expected: expected, found: found))
  }

  private func gatherLengths() throws(IndexError) -> [UInt32] {
    var lengths: [UInt32] = []
    lengths.reserveCapacity(Int(documentCount))
    for (source, map) in zip(sources, maps) {
      for document in 0..<source.reader.documentCount where map[document] != nil {
        lengths.append(try source.reader.lengths[document])
      }
    }
    return lengths
  }

  private func mergeTerms(
    lengths: UnsafePointer<UInt32>, _ files: inout [FileKind: FileEntry]
  ) throws(IndexError) {
    let dictionary = try TermDictionaryWriter(fileSystem, name: name(.termDictionary), identity: identity)
    let positions = try PositionsWriter(fileSystem, name: name(.positions), identity: identity)
    let postings = try PostingsWriter(
      fileSystem, name: name(.postings), identity: identity, lengths: lengths)
    let cursors = sources.map { $0.reader.dictionary.cursor() }
    for cursor in cursors { _ = try cursor.next() }
    var term: [UInt8] = []
    var previous: [UInt8] = []
    var isFirst = true
    var own: [UInt32] = []
    while let least = Self.least(cursors) {
      // Blocks of a damaged dictionary may stand in any order; the writer's terms must rise.
      let isRising = previous.withUnsafeBytes { isFirst || FrontCoding.compare($0, cursors[least].term) < 0 }
      guard isRising else { throw damaged("terms in rising order", "one that is not") }
      isFirst = false
      term.removeAll(keepingCapacity: true)
      term.append(contentsOf: cursors[least].term)
      previous = term
      postings.beginTerm()
      positions.beginTerm()
      var count = 0
      for (place, cursor) in cursors.enumerated() where cursor.isValid {
        let isSame = term.withUnsafeBytes { FrontCoding.compare(cursor.term, $0) == 0 }
        guard isSame else { continue }
        let map = maps[place]
        let list = try sources[place].reader.postings(try cursor.info())
        var document = try list.next()
        while document != PostingsCursor.exhausted {
          if let merged = map[document] {
            let frequency = try list.frequency()
            try list.positions(into: &own)
            var previous: UInt32 = 0
            for position in own {
              positions.add(gap: position &- previous)
              previous = position
            }
            positions.endPosting(frequency: frequency)
            if postings.add(document: merged, frequency: frequency) { positions.endBlock() }
            count += 1
          }
          document = try list.next()
        }
        _ = try cursor.next()
      }
      guard count > 0 else { continue }
      let info = try postings.endTerm(positionsOffset: try positions.endTerm())
      var failure: IndexError?
      term.withUnsafeBytes { term in
        do throws(IndexError) { try dictionary.add(term, info) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    files[.termDictionary] = try dictionary.finish()
    files[.postings] = try postings.finish()
    files[.positions] = try positions.finish()
  }

  /// The cursor whose term comes first. A merge has few sources: a loop over them beats a heap.
  private static func least(_ cursors: [TermCursor]) -> Int? {
    var least: Int?
    for (place, cursor) in cursors.enumerated() where cursor.isValid {
      if let known = least, FrontCoding.compare(cursors[known].term, cursor.term) <= 0 { continue }
      least = place
    }
    return least
  }

  private func mergeUnits() throws(IndexError) -> FileEntry {
    let writer = try UnitsWriter(fileSystem, name: name(.units), identity: identity)
    var units = DocumentUnits()
    for (source, map) in zip(sources, maps) {
      for document in 0..<source.reader.documentCount where map[document] != nil {
        units.units.removeAll(keepingCapacity: true)
        try source.reader.units?.units(of: document, into: &units)
        try writer.add(units)
      }
    }
    return try writer.finish()
  }

  private func mergeStoredRecords() throws(IndexError) -> FileEntry {
    let writer = try StoredRecordsWriter(fileSystem, name: name(.storedRecords), identity: identity)
    for (source, map) in zip(sources, maps) {
      guard let records = source.reader.storedRecords else { continue }
      if map.keepsAll {
        for block in 0..<records.blockCount { try writer.append(try records.rawBlock(block)) }
        continue
      }
      let handle = records.handle()
      for document in 0..<source.reader.documentCount where map[document] != nil {
        let outcome = try handle.withRecord(document) { bytes -> IndexError? in
          do throws(IndexError) { try writer.append(bytes) } catch { return error }
          return nil
        }
        if let outcome { throw outcome }
      }
    }
    return try writer.finish()
  }

  private func mergeKeys() throws(IndexError) -> FileEntry {
    let writer = try RecordKeysWriter(fileSystem, name: name(.recordKeys), identity: identity)
    var cursors: [RecordKeysCursor] = []
    var places: [Int] = []
    for (place, source) in sources.enumerated() {
      guard let keys = source.reader.keys else { continue }
      cursors.append(keys.cursor())
      places.append(place)
    }
    var heads: [RecordKey?] = []
    for index in cursors.indices { heads.append(try nextKey(&cursors[index], maps[places[index]])) }
    var previous: RecordKey?
    while true {
      var least: Int?
      for index in heads.indices {
        guard let head = heads[index] else { continue }
        if let known = least, let best = heads[known], best < head { continue }
        least = index
      }
      guard let least, let key = heads[least] else { break }
      guard previous.map({ $0 < key }) ?? true else {
        throw damaged("keys in rising order", "one that is not")
      }
      previous = key
      try writer.add(key)
      heads[least] = try nextKey(&cursors[least], maps[places[least]])
    }
    return try writer.finish()
  }

  /// The next entry whose document lives, under its new number.
  private func nextKey(_ cursor: inout RecordKeysCursor, _ map: DocumentMap) throws(IndexError) -> RecordKey? {
    while let key = try cursor.current() {
      cursor.advance()
      guard key.document < map.documentCount, let merged = map[key.document] else { continue }
      return RecordKey(keyHash: key.keyHash, document: merged, contentHash: key.contentHash)
    }
    return nil
  }
}
