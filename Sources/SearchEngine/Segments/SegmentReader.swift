import Records
import Storage
import Synchronization

/// One segment of a snapshot, open for reading: its structures, each from its own file. Shared by all threads; cursors and
/// handles are what one thread holds.
final class SegmentReader: Sendable {
  let entry: SegmentEntry
  let schema: Schema
  /// Documents written, deleted ones included: documents are `0 ..< documentCount`.
  let documentCount: UInt32
  /// nil when none is deleted.
  let live: LiveDocs?
  let dictionary: TermDictionaryReader
  let lengths: FieldLengthsReader
  let units: UnitsReader?
  let stems: StemTableReader?
  let vectors: TermVectorsReader?
  let keys: RecordKeysReader?
  let storedRecords: StoredRecordsReader?
  let columns: DocValuesReader?
  private let postings: PostingsReader
  private let denseSets: DenseSets
  private let keptMaxima: KeptMaxima
  private let files: [IndexFile]
  let keptSets = KeptSets()
  /// By list: see ``items(group:)``.
  private let itemTables = Mutex<[UInt8: ItemTable]>([:])
  /// By fields: see ``valueSets(_:)``. Nil where there are none.
  private let keptValueSets = Mutex<[[Int]: ValueSets?]>([:])
  /// Sets of fields that documents are kept by: 4 bytes a document each. Queries name few: `product`, its category, a name.
  private static let mostValueSets = 8

  var kind: String { entry.kind }
  var name: String { "\(entry.id)" }
  var liveCount: UInt32 { live?.liveCount ?? documentCount }
  var totalLength: UInt64 { entry.totalLength }

  /// Opens the files of a segment and checks their frames. Cost: some 20 µs a file, whatever its size.
  init(
    _ fileSystem: any FileSystem, _ entry: SegmentEntry, schema: Schema, index: UInt64, mapped: Bool = true
  ) throws(IndexError) {
    self.entry = entry
    self.schema = schema
    documentCount = entry.documentCount
    var opened: [IndexFile] = []
    func open(_ kind: FileKind) throws(IndexError) -> IndexFile? {
      guard let file = entry.files[kind] else { return nil }
      let identity = FileIdentity(index: index, segment: entry.id)
      let open = try IndexFile(fileSystem, file, kind: kind, identity: identity, mapped: mapped)
      opened.append(open)
      return open
    }
    func required(_ kind: FileKind) throws(IndexError) -> IndexFile {
      guard let file = try open(kind) else {
        throw .corruption(
          IndexCorruption(
            file: "manifest", offset: 0, expected: "a file .\(kind.suffix) of segment \(entry.id)", found: "none"))
      }
      return file
    }
    dictionary = try TermDictionaryReader(file: try required(.termDictionary))
    postings = try PostingsReader(
      postings: try required(.postings), positions: try required(.positions), documentCount: documentCount)
    denseSets = DenseSets(documentCount: documentCount)
    lengths = try FieldLengthsReader(file: try required(.fieldLengths))
    keptMaxima = KeptMaxima(lengths)
    units = try open(.units).map { (file) throws(IndexError) in try UnitsReader(file: file) }
    stems = try open(.stemTable).map { (file) throws(IndexError) in try StemTableReader(file: file) }
    vectors = try open(.termVectors).map { (file) throws(IndexError) in try TermVectorsReader(file: file) }
    keys = try open(.recordKeys).map { (file) throws(IndexError) in try RecordKeysReader(file: file) }
    storedRecords = try open(.storedRecords).map { (file) throws(IndexError) in try StoredRecordsReader(file: file) }
    columns = try open(.docValues).map { (file) throws(IndexError) in try DocValuesReader(file: file) }
    let documentCount = documentCount
    live = try open(.liveDocs).map { (file) throws(IndexError) in
      try LiveDocs(file: file, documentCount: documentCount)
    }
    files = opened
    func agree(_ count: UInt32?, _ kind: FileKind) throws(IndexError) {
      guard let count, count != documentCount else { return }
      throw .corruption(
        IndexCorruption(
          file: entry.files[kind]?.name ?? "", offset: 0, expected: "\(documentCount) documents", found: "\(count)"))
    }
    try agree(lengths.documentCount, .fieldLengths)
    try agree(units?.documentCount, .units)
    try agree(vectors?.documentCount, .termVectors)
    try agree(storedRecords?.documentCount, .storedRecords)
    try agree(columns?.documentCount, .docValues)
    let found = live?.liveCount ?? documentCount
    guard found == entry.liveCount, lengths.totalLength == entry.totalLength else {
      throw .corruption(
        IndexCorruption(
          file: entry.files[live == nil ? .fieldLengths : .liveDocs]?.name ?? "", offset: 0,
          expected: "\(entry.liveCount) live documents and a total length of \(entry.totalLength)",
          found: "\(found) and \(lengths.totalLength)"))
    }
  }

  /// A cursor before the first posting of a term.
  func postings(_ info: TermInfo) throws(IndexError) -> PostingsCursor { try postings.cursor(info) }

  /// A number that no document of a term's list lies below, without a cursor.
  func firstDocument(_ info: TermInfo) throws(IndexError) -> UInt32 { try postings.firstDocument(info) }

  /// A long list as a set of bits, which is made and kept when first asked for; nil for other lists.
  func denseSet(_ info: TermInfo) throws(IndexError) -> DenseSet? {
    try denseSets.set(info) { () throws(IndexError) in try postings.cursor(info) }
  }

  /// What a list adds to a score at most, range by range; nil when that is not kept. `cursor` is one of the list, and is moved
  /// through blocks.
  func maxima(
    _ info: TermInfo, _ cursor: PostingsCursor, base: Double, slope: Double
  ) throws(IndexError) -> RangeMaxima? {
    try keptMaxima.maxima(info, cursor, RangeMaxima.Saturation(base: base, slope: slope))
  }

  /// The numbers of a field: `date` and `date#upper` for the days of a date, the field's name for numbers and booleans.
  func integerColumn(_ field: String) throws(IndexError) -> IntegerColumn? { columns?.integerColumn(field) }

  /// The values of a field, and `#id` for the records' ids.
  func ordinalColumn(_ field: String) throws(IndexError) -> OrdinalColumn? { columns?.ordinalColumn(field) }

  /// The stored record's canonical JSON. Throws corruption when the segment keeps none.
  func record(_ document: UInt32) throws(IndexError) -> [UInt8] {
    guard let storedRecords else {
      throw .corruption(
        IndexCorruption(file: "manifest", offset: 0, expected: "stored records in segment \(name)", found: "none"))
    }
    return try storedRecords.record(document)
  }

  /// Where the items of a list stand in every document, found once for the life of the segment. `group` is the list's
  /// number. Throws corruption. Cost: that of ``ItemTable`` the first time; 4 bytes a document and 12 an item kept.
  func items(group: UInt8) throws(IndexError) -> ItemTable {
    if let known = itemTables.withLock({ $0[group] }) { return known }
    let made = try ItemTable(units, documentCount: documentCount, group: group)
    itemTables.withLock { $0[group] = made }
    return made
  }

  /// The documents by their values in some fields, places in the schema, found once for the life of the segment; nil where ``ValueSets`` cannot
  /// tell. Throws corruption.
  func valueSets(_ fields: [Int]) throws(IndexError) -> ValueSets? {
    if let known = keptValueSets.withLock({ $0[fields] }) { return known }
    let made = try ValueSets(fields, self)
    keptValueSets.withLock { kept in
      if kept.count >= Self.mostValueSets { kept.removeAll() }
      kept[fields] = .some(made)
    }
    return made
  }

  func isLive(_ document: UInt32) -> Bool { live?.contains(document) ?? (document < documentCount) }

  /// Checks every byte of every file against its checksum.
  func verifyChecksums() throws(IndexError) { for file in files { try file.verifyAll() } }
}
