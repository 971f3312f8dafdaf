import JSONText
import Storage

/// Reads all that an open file says: one run of a ``DecoderProbe``, beside the other files of an index.
struct DecoderReading {
  private let kind: FileKind
  private let sample: ProbeSample

  init(_ kind: FileKind, _ sample: ProbeSample) {
    self.kind = kind
    self.sample = sample
  }

  static func open(_ bytes: [UInt8], _ kind: FileKind) throws(IndexError) -> IndexFile {
    let contents: FileContents
    do throws(StorageError) {
      contents = try InMemoryFileSystem([kind.suffix: bytes]).open(kind.suffix)
    } catch { throw .storage(error) }
    return try IndexFile(contents, name: kind.suffix, kind: kind)
  }

  private func whole(_ kind: FileKind) throws(IndexError) -> IndexFile { try Self.open(sample.files[kind] ?? [], kind) }

  func read(_ file: IndexFile) throws(IndexError) {
    let count = sample.documentCount
    switch kind {
    case .manifest: try readManifest(file)
    case .termDictionary: try readDictionary(file)
    case .postings: try readLists(file, try whole(.positions))
    case .positions: try readLists(try whole(.postings), file)
    case .units:
      let reader = try UnitsReader(file: file)
      var units = DocumentUnits()
      var (fieldReader, fields) = (FieldUnitsReader(reader), [Unit]())
      for document in 0..<min(count, reader.documentCount) {
        try fieldReader.fields(of: document, into: &fields)
        try reader.units(of: document, into: &units)
      }
      try reader.verifyStructure()
    case .fieldLengths:
      let reader = try FieldLengthsReader(file: file)
      for document in 0..<min(count, reader.documentCount) { _ = try reader[document] }
      try reader.verifyStructure()
    case .docValues: try readColumns(try DocValuesReader(file: file))
    case .storedRecords:
      let reader = try StoredRecordsReader(file: file)
      let handle = reader.handle()
      for document in 0..<min(count, reader.documentCount) { _ = try handle.withRecord(document) { $0.count } }
      try reader.verifyStructure()
    case .recordKeys:
      let reader = try RecordKeysReader(file: file)
      for place in 0..<min(Int(count), reader.count) { _ = try reader.entries(keyHash: reader.entry(place).keyHash) }
      try reader.verifyStructure()
    case .liveDocs:
      let live = try LiveDocs(file: file, documentCount: count)
      for document in 0..<count { _ = live.contains(document) }
    case .stemTable:
      let reader = try StemTableReader(file: file)
      for term in sample.terms.prefix(24) {
        _ = try term.withBytes { (term) throws(IndexError) in try reader.entry(term) }
      }
      try reader.verifyStructure()
    case .termVectors:
      let reader = try TermVectorsReader(file: file)
      var vector = TermVector()
      for document in 0..<min(count, reader.documentCount) { try reader.vector(of: document, into: &vector) }
      try reader.verifyStructure()
    case .thesaurus, .targets: break
    }
  }

  private func readManifest(_ file: IndexFile) throws(IndexError) {
    // The bytes are the file's: it is kept until they are read.
    defer { withExtendedLifetime(file) {} }
    var rest = try file.section(Manifest.section).reader()
    var json = JSONReader()
    guard let value = try? json.read(try rest.bytes(rest.remaining)) else { return }
    _ = try ManifestDecoder(file: file.name).decode(value)
  }

  private func readDictionary(_ file: IndexFile) throws(IndexError) {
    let reader = try TermDictionaryReader(file: file)
    let lists = try PostingsReader(
      postings: try whole(.postings), positions: try whole(.positions), documentCount: sample.documentCount)
    let cursor = reader.cursor()
    var count = 0
    while try cursor.next() {
      let info = try cursor.info()
      // Where the dictionary points is as hostile as the lists themselves; a few are followed.
      if count % 8 == 0 { try? readList(lists, info) }
      count += 1
    }
    for term in sample.terms.prefix(24) {
      _ = try term.withBytes { (term) throws(IndexError) in try reader.find(term) }
      _ = try term.withBytes { (term) throws(IndexError) in try cursor.seek(atLeast: term) }
    }
    try reader.verifyStructure()
  }

  private func readLists(_ postings: IndexFile, _ positions: IndexFile) throws(IndexError) {
    let reader = try PostingsReader(postings: postings, positions: positions, documentCount: sample.documentCount)
    var failure: IndexError?
    // Damage in one list leaves the others to be read.
    for info in sample.infos {
      do throws(IndexError) { try readList(reader, info) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func readList(_ reader: PostingsReader, _ info: TermInfo) throws(IndexError) {
    let list = try reader.cursor(info)
    var positions: [UInt32] = []
    var document = try list.next()
    while document != PostingsCursor.exhausted {
      _ = try list.frequency()
      try list.positions(into: &positions)
      document = try list.next()
    }
    let blocks = try reader.cursor(info)
    for block in 0..<blocks.blockCount {
      _ = blocks.lastDocument(of: block)
      _ = blocks.impacts(block)
      _ = try blocks.loadDocuments(block)
      try blocks.loadFrequencies()
    }
    let leaps = try reader.cursor(info)
    _ = try leaps.advance(to: sample.documentCount / 3)
    _ = try leaps.advance(to: sample.documentCount &* 2 / 3)
    let bits = try reader.cursor(info)
    try Self.withWindow { (words) throws(IndexError) in try bits.setBits(from: 0, to: 4096, words) }
  }

  /// The bits of one window of records, all clear.
  private static func withWindow(
    _ body: (UnsafeMutablePointer<UInt64>) throws(IndexError) -> Void
  ) throws(IndexError) {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
    words.initialize(repeating: 0, count: 64)
    defer { words.deallocate() }
    try body(words)
  }

  private func readColumns(_ reader: DocValuesReader) throws(IndexError) {
    let count = min(sample.documentCount, reader.documentCount)
    var own: [UInt32] = []
    for name in reader.integerColumnNames {
      guard let column = reader.integerColumn(name) else { continue }
      for document in 0..<count { _ = try column.value(of: document) }
      for window in 0..<column.windowCount { _ = try column.zone(window) }
    }
    for name in reader.ordinalColumnNames {
      guard let column = reader.ordinalColumn(name) else { continue }
      for document in 0..<count {
        try column.ordinals(of: document, into: &own)
        for ordinal in own { _ = try column.ordinal(of: try column.value(ordinal)) }
      }
      for window in 0..<column.windowCount { _ = try column.zone(window) }
    }
    try reader.verifyStructure()
  }
}

extension [UInt8] {
  /// The bytes, handed to a function that throws index errors.
  fileprivate func withBytes<Answer>(
    _ body: (UnsafeRawBufferPointer) throws(IndexError) -> Answer
  ) throws(IndexError) -> Answer {
    let answer: Result<Answer, IndexError> = withUnsafeBytes { bytes in
      do throws(IndexError) { return .success(try body(bytes)) } catch { return .failure(error) }
    }
    return try answer.get()
  }
}
