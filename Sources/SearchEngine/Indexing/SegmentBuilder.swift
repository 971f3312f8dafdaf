import Records
import Storage

/// Builds segments of one kind in memory, one after another, and writes each to its files. Its buffers are kept from
/// segment to segment.
final class SegmentBuilder {
  let schema: Schema
  private let fileSystem: any FileSystem
  private let index: UInt64
  private let options: SegmentOptions
  private let budget: Int
  private var inverter: Inverter
  private let layout: RecordInverter

  // The segment being built.
  private(set) var documentCount: UInt32 = 0
  private var lengths: [UInt32] = []
  private var keys: [RecordKey] = []
  /// Documents by key hash, to find those that a later record replaces.
  private var documents: [UInt64: [UInt32]] = [:]
  private var deleted: Set<UInt32> = []
  private var stored: StoredRecordsWriter?
  private var units: UnitsWriter?
  private var segment: UInt64 = 0

  /// Documents of a segment are fewer than 2^31: gaps then fit the widths of the packing.
  static let maximumDocuments: UInt32 = 1 << 31 - 1

  init(
    _ fileSystem: any FileSystem, index: UInt64, schema: Schema, budget: Int, options: SegmentOptions
  ) {
    self.fileSystem = fileSystem
    self.index = index
    self.schema = schema
    self.options = options
    self.budget = budget
    layout = RecordInverter(schema: schema, options: options)
    inverter = Inverter(budget: budget, weights: layout.weights)
  }

  var isEmpty: Bool { documentCount == 0 }
  var liveCount: Int { Int(documentCount) - deleted.count }

  /// Bytes in use: what the budget bounds.
  var memory: Int {
    let perDocument = options.keepsKeys ? 4 + 24 + 72 : 4
    return inverter.memory + layout.memory + lengths.capacity * perDocument
  }

  private var identity: FileIdentity { FileIdentity(index: index, segment: segment) }

  /// Begins a segment of that number. Called before the first record.
  func begin(segment: UInt64) throws(IndexError) {
    self.segment = segment
    if options.storesRecords {
      stored = try StoredRecordsWriter(fileSystem, name: name(.storedRecords), identity: identity)
    }
    if options.keepsUnits { units = try UnitsWriter(fileSystem, name: name(.units), identity: identity) }
  }

  private func name(_ kind: FileKind) -> String { SegmentEntry.fileName(segment, kind) }

  /// Adds a record under a key; `canonical` is its JSON as it is stored, `contentHash` that JSON's hash.
  func add(_ record: Record, canonical: UnsafeRawBufferPointer, keyHash: UInt64, contentHash: UInt64) throws(IndexError)
  {
    let document = try nextDocument()
    try layout.add(record, document: document, to: &inverter)
    lengths.append(layout.length)
    try units?.add(layout.units)
    try stored?.append(canonical)
    if options.keepsKeys {
      keys.append(RecordKey(keyHash: keyHash, document: document, contentHash: contentHash))
      documents[keyHash, default: []].append(document)
    }
  }

  /// Adds a text as the only field of a record without a key.
  func add(text: UnsafeBufferPointer<UInt8>) throws(IndexError) {
    let document = try nextDocument()
    try layout.add(text: text, document: document, to: &inverter)
    lengths.append(layout.length)
  }

  private func nextDocument() throws(IndexError) -> UInt32 {
    guard documentCount < Self.maximumDocuments else {
      throw .limit(what: "documents of a segment", limit: Int(Self.maximumDocuments))
    }
    documentCount += 1
    return documentCount - 1
  }

  /// Content hash of the live document under a key, when the segment being built holds one.
  func contentHash(keyHash: UInt64) -> UInt64? {
    guard let document = documents[keyHash]?.last(where: { !deleted.contains($0) }) else { return nil }
    return keys[Int(document)].contentHash
  }

  /// Deletes what the segment being built holds under a key. Returns how many documents that were.
  func delete(keyHash: UInt64) -> Int {
    guard let found = documents[keyHash] else { return 0 }
    let before = deleted.count
    deleted.formUnion(found)
    return deleted.count - before
  }

  /// Writes the segment and begins anew, empty. Nothing names the files yet. Returns nil when there is nothing to write.
  func finish() throws(IndexError) -> SegmentEntry? {
    guard documentCount > 0 else { return nil }
    var files: [FileKind: FileEntry] = [:]
    let dictionary = try TermDictionaryWriter(fileSystem, name: name(.termDictionary), identity: identity)
    let positions = try PositionsWriter(fileSystem, name: name(.positions), identity: identity)
    let count = Int(documentCount)
    let lengthsCopy = lengths
    var failure: IndexError?
    lengthsCopy.withUnsafeBufferPointer { lengths in
      do throws(IndexError) {
        guard let start = lengths.baseAddress else { return }
        let postings = try PostingsWriter(
          fileSystem, name: name(.postings), identity: identity, lengths: start, documentCount: count)
        try inverter.write(dictionary: dictionary, postings: postings, positions: positions)
        files[.postings] = try postings.finish()
      } catch { failure = error }
    }
    if let failure { throw failure }
    files[.termDictionary] = try dictionary.finish()
    files[.positions] = try positions.finish()
    files[.fieldLengths] = try writeLengths()
    if let units { files[.units] = try units.finish() }
    if let stored { files[.storedRecords] = try stored.finish() }
    if options.keepsKeys { files[.recordKeys] = try writeKeys() }
    if !layout.ordinalColumns.isEmpty || !layout.integerColumns.isEmpty { files[.docValues] = try writeColumns() }
    var entry = SegmentEntry(
      id: segment, kind: schema.kind, documentCount: documentCount,
      totalLength: lengths.reduce(0) { $0 + UInt64($1) }, liveCount: UInt32(liveCount), files: files)
    if !deleted.isEmpty {
      var live = LiveDocsBuilder(documentCount: documentCount)
      for document in deleted { live.delete(document) }
      entry.files[.liveDocs] = try LiveDocsWriter.write(
        live, fileSystem, name: SegmentEntry.liveFileName(segment, generation: 0), identity: identity)
    }
    if options.keepsStems {
      entry.files[.stemTable] = try StemTableBuilder.build(fileSystem, entry, schema: schema, index: index)
    }
    if options.keepsVectors {
      entry.files[.termVectors] = try TermVectorsBuilder.build(
        fileSystem, entry, schema: schema, index: index, memory: budget)
    }
    removeAll()
    return entry
  }

  private func removeAll() {
    inverter.removeAll()
    layout.removeAll()
    documentCount = 0
    lengths.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    deleted.removeAll()
    stored = nil
    units = nil
  }

  private func writeLengths() throws(IndexError) -> FileEntry {
    let writer = try FieldLengthsWriter(
      fileSystem, name: name(.fieldLengths), identity: identity, maximum: lengths.max() ?? 0)
    for length in lengths { try writer.add(length) }
    return try writer.finish()
  }

  private func writeKeys() throws(IndexError) -> FileEntry {
    let writer = try RecordKeysWriter(fileSystem, name: name(.recordKeys), identity: identity)
    for key in keys.sorted() { try writer.add(key) }
    return try writer.finish()
  }

  private func writeColumns() throws(IndexError) -> FileEntry {
    let writer = try DocValuesWriter(
      fileSystem, name: name(.docValues), identity: identity, documentCount: documentCount)
    for (_, column) in layout.integerColumns.sorted(by: { $0.key < $1.key }) where !column.isEmpty {
      try writer.add(column)
    }
    for (_, column) in layout.ordinalColumns.sorted(by: { $0.key < $1.key }) where !column.isEmpty {
      try writer.add(column)
    }
    return try writer.finish()
  }
}
