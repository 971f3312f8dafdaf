import Records
import Storage

/// Builds segments of one kind in memory, one after another, and writes each to its files. Its buffers are kept from
/// segment to segment.
///
/// With a crew, records are handed to its threads in runs, by turns: each inverts those it is given into a part of its own,
/// under the numbers that they have in the segment, and the parts are put together term by term when the segment is written.
/// Segments are the same as without a crew but for where one ends and the next begins, and are the same each time: when
/// runs are taken back hangs on their number alone.
final class SegmentBuilder {
  let schema: Schema
  private let fileSystem: any FileSystem
  private let index: UInt64
  private let options: SegmentOptions
  private let budget: Int
  private let crew: WriterCrew?
  /// One, or one for each thread that was given a run.
  private var parts: [InversionPart] = []
  private var partMemory: [Int] = []
  /// The run being filled.
  private var run: InversionRun?
  /// Runs that were handed over and are not taken back, in order.
  private var handed: [(run: InversionRun, part: Int)] = []
  private var turn = 0

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
    _ fileSystem: any FileSystem, index: UInt64, schema: Schema, budget: Int, options: SegmentOptions,
    crew: WriterCrew? = nil
  ) {
    self.fileSystem = fileSystem
    self.index = index
    self.schema = schema
    self.options = options
    self.budget = budget
    self.crew = crew
    addPart()
  }

  private func addPart() {
    let part = InversionPart(schema: schema, budget: budget, options: options)
    parts.append(part)
    partMemory.append(part.memory)
  }

  /// Runs that each thread may have beside the one it is at, so that none waits for the caller.
  private static let runsAhead = 2

  var isEmpty: Bool { documentCount == 0 }
  var liveCount: Int { Int(documentCount) - deleted.count }

  /// Bytes in use: what the budget bounds.
  var memory: Int {
    let perDocument = options.keepsKeys ? 4 + 24 + 72 : 4
    // What a crew inverts just now is counted when it is taken back.
    let inverted = crew == nil ? parts[0].memory : partMemory.reduce(0, +)
    return inverted + grownCount(lengths.count) * perDocument
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
    if crew != nil {
      try run(from: document).append(record, byteCount: canonical.count)
    } else {
      try parts[0].add(record, document: document)
      lengths.append(parts[0].length)
      try units?.add(parts[0].units[...])
    }
    try stored?.append(canonical)
    if options.keepsKeys {
      keys.append(RecordKey(keyHash: keyHash, document: document, contentHash: contentHash))
      documents[keyHash, default: []].append(document)
    }
  }

  /// Adds a text as the only field of a record without a key.
  func add(text: UnsafeBufferPointer<UInt8>) throws(IndexError) {
    let document = try nextDocument()
    if crew != nil {
      try run(from: document).append(text: text)
    } else {
      try parts[0].add(text: text, document: document)
      lengths.append(parts[0].length)
    }
  }

  // MARK: Runs

  /// The run that takes the next record.
  private func run(from document: UInt32) throws(IndexError) -> InversionRun {
    if let run, !run.isFull { return run }
    try handOver()
    let next = InversionRun(firstDocument: document, budget: budget)
    run = next
    return next
  }

  private func handOver() throws(IndexError) {
    guard let crew, let run else { return }
    self.run = nil
    if turn == parts.count { addPart() }
    let part = parts[turn]
    let keepsUnits = options.keepsUnits
    crew.begin(on: turn) { run.invert(into: part, keepsUnits: keepsUnits) }
    handed.append((run, turn))
    turn = (turn + 1) % crew.count
    if handed.count > crew.count * (Self.runsAhead + 1) { try takeBack() }
  }

  /// Waits for the run that was handed over first.
  private func takeBack() throws(IndexError) {
    let (run, part) = handed.removeFirst()
    try run.wait()
    partMemory[part] = run.memory
    lengths.append(contentsOf: run.lengths)
    guard let units else { return }
    var start = 0
    for end in run.unitEnds {
      try units.add(run.units[start..<end])
      start = end
    }
  }

  /// Inverts all that was added. With a crew, ``memory`` does not count it before.
  func settle() throws(IndexError) {
    try handOver()
    while !handed.isEmpty { try takeBack() }
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
    try settle()
    var files: [FileKind: FileEntry] = [:]
    let dictionary = try TermDictionaryWriter(fileSystem, name: name(.termDictionary), identity: identity)
    let positions = try PositionsWriter(fileSystem, name: name(.positions), identity: identity)
    let lengthsCopy = lengths
    var failure: IndexError?
    lengthsCopy.withUnsafeBufferPointer { lengths in
      do throws(IndexError) {
        guard let start = lengths.baseAddress else { return }
        let postings = try PostingsWriter(
          fileSystem, name: name(.postings), identity: identity, lengths: start)
        try TermsWriter(dictionary: dictionary, postings: postings, positions: positions)
          .write(InvertedTerms(parts, crew: crew), lengths: start, crew: crew)
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
    if parts.contains(where: { $0.layout.hasColumns }) { files[.docValues] = try writeColumns() }
    var entry = SegmentEntry(
      id: segment, kind: schema.kind, documentCount: documentCount,
      totalLength: lengths.reduce(0) { $0 + UInt64($1) }, liveCount: UInt32(liveCount), files: files)
    if !deleted.isEmpty {
      var live = LiveDocsBuilder(documentCount: documentCount)
      for document in deleted { live.delete(document) }
      entry.files[.liveDocs] = try LiveDocsWriter.write(
        live, fileSystem, name: SegmentEntry.liveFileName(segment, generation: 0), identity: identity)
    }
    try addDerived(to: &entry)
    removeAll()
    return entry
  }

  /// Writes what is made from the segment's written dictionary and postings: stems on a thread of the crew, where there is one,
  /// beside the vectors.
  private func addDerived(to entry: inout SegmentEntry) throws(IndexError) {
    let (fileSystem, schema, index, written) = (fileSystem, schema, index, entry)
    var stems: CrewAnswer<Result<FileEntry, IndexError>>?
    if options.keepsStems {
      let build = { @Sendable () -> Result<FileEntry, IndexError> in
        do throws(IndexError) {
          return .success(try StemTableBuilder.build(fileSystem, written, schema: schema, index: index))
        } catch { return .failure(error) }
      }
      if let crew {
        stems = crew.answer(on: 0, build)
      } else {
        entry.files[.stemTable] = try build().get()
      }
    }
    // No thread is at a file any more when an error is thrown.
    defer { _ = stems?.value }
    if options.keepsVectors {
      entry.files[.termVectors] = try TermVectorsBuilder.build(
        fileSystem, written, schema: schema, index: index, memory: budget, crew: crew)
    }
    if let stems { entry.files[.stemTable] = try stems.value.get() }
  }

  private func removeAll() {
    for part in parts.indices {
      parts[part].removeAll()
      partMemory[part] = parts[part].memory
    }
    turn = 0
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
    let layouts = parts.map(\.layout)
    for name in Set(layouts.flatMap(\.integerColumns.keys)).sorted() {
      let columns = layouts.compactMap { $0.integerColumns[name] }.filter { !$0.isEmpty }
      if !columns.isEmpty { try writer.add(columns) }
    }
    for name in Set(layouts.flatMap(\.ordinalColumns.keys)).sorted() {
      let columns = layouts.compactMap { $0.ordinalColumns[name] }.filter { !$0.isEmpty }
      if !columns.isEmpty { try writer.add(columns) }
    }
    return try writer.finish()
  }
}
