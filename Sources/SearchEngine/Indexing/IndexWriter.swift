import JSONText
import Records
import Storage
import TextAnalysis

/// Adds, replaces and deletes records of one index. One writer at a time, by a lock that is held for its life. Nothing it
/// does is seen by anybody before ``commit(properties:)`` returns; what was not committed is gone when it goes.
///
/// Records are inverted in memory; when the memory budget is reached they become a segment on disk. Segments of about one
/// size are merged as they come. A commit makes all of it durable and visible at once.
public final class IndexWriter {
  public struct Options: Hashable, Sendable {
    /// Bytes of memory that records being inverted may take. 16 MB at least.
    public var memory = 256 << 20
    /// Whether segments are merged as they come.
    public var mergesAsItGoes = true
    /// Whether such merges run on a thread of their own while records are added.
    public var mergesInBackground = true
    /// Threads that invert records and code their lists, 8 at most: 1 does it in the caller's. Answers are the same.
    public var threads = 1
    public var segments = SegmentOptions()
    /// Kinds whose records are derived from those of another kind, and go with them: `["directive": ["passage"]]`.
    public var derivedKinds: [String: [String]] = [:]

    public init() {}
  }

  /// What adding a record did.
  public enum Outcome: Hashable, Sendable {
    case added, replaced, unchanged
    /// Too large to be indexed (``LargeRecord``), and why; nothing was done.
    case refused(String)
  }

  /// What the writer has done since it was opened.
  public struct Statistics: Hashable, Sendable {
    public var flushes = 0
    public var merges = 0
    public var mergedDocuments = 0
  }

  private let store: CommitStore
  private let fileSystem: any FileSystem
  private let lock: FileLock
  private let options: Options
  private let policy = MergePolicy()
  /// nil: all is done in the caller's thread.
  private let crew: WriterCrew?
  /// The last commit, and what the next one will say.
  private var manifest: Manifest
  private var segments: [WriterSegment] = []
  private var builders: [String: SegmentBuilder] = [:]
  private var hasChanges = false
  private var running: (merge: BackgroundMerge, sources: [WriterSegment])?
  private var attachments: [FileKind: FileEntry]
  private var failed = false
  /// False in a repair, which looks at what it has written before it removes anything.
  var collectsGarbage = true
  private var canonical: [UInt8] = []
  /// Why files that no commit needs could not be removed, when that failed the last time. The commits stand; the next one,
  /// or the next writer, tries again.
  public private(set) var garbageFailure: IndexError?
  public private(set) var statistics = Statistics()

  /// Fifths of the budget that records being inverted may take. Writing a segment with its stems and vectors takes up to four
  /// fifths as much again (measured: 98 MB beside 128 MB on 300,000 notes), and what was inverted stays until it is written.
  private static let invertedFifths = 3

  /// The least budget that is accepted: the tables of an empty segment take some megabytes.
  public static let minimumMemory = 16 << 20

  /// Opens the index for writing, making it where there is none.
  ///
  /// - Parameter schemas: the kinds that may be written. The schema of a kind that the index holds must be the same.
  /// - Throws: `storage(.locked)` when another writer has it, `corruption`, `tooNew`, `limit`.
  public init(_ fileSystem: any FileSystem, schemas: [Schema], options: Options = Options()) throws(IndexError) {
    self.fileSystem = fileSystem
    self.options = options
    crew = options.threads > 1 ? WriterCrew(count: options.threads) : nil
    store = CommitStore(fileSystem: fileSystem)
    lock = try store.lock()
    if let newest = try store.newest() {
      manifest = newest
      guard newest.analysis == Analyzer.version else {
        throw .otherAnalysis(index: newest.analysis, program: Analyzer.version)
      }
    } else {
      manifest = Manifest(index: UInt64.random(in: 1 ... .max), analysis: Analyzer.version)
    }
    attachments = manifest.files
    try clearUp()
    for schema in schemas {
      if let known = manifest.schema(of: schema.kind) {
        guard known == schema else { throw .otherSchema(kind: schema.kind) }
      } else {
        manifest.schemas.append(schema)
      }
    }
    try Self.check(manifest.schemas)
    try openSegments()
  }

  /// Goes on from a manifest that need not be the newest one, under a lock that is held already: for a repair, which writes
  /// a new commit from what is whole. Nothing is removed before that commit stands.
  ///
  /// - Throws: `otherAnalysis`, and what opening the manifest's segments throws.
  init(
    _ fileSystem: any FileSystem, lock: FileLock, continuing manifest: Manifest, options: Options
  ) throws(IndexError) {
    self.fileSystem = fileSystem
    self.options = options
    crew = options.threads > 1 ? WriterCrew(count: options.threads) : nil
    self.lock = lock
    self.manifest = manifest
    store = CommitStore(fileSystem: fileSystem)
    attachments = manifest.files
    hasChanges = true
    guard manifest.analysis == Analyzer.version else {
      throw .otherAnalysis(index: manifest.analysis, program: Analyzer.version)
    }
    try Self.check(manifest.schemas)
    self.manifest.nextSegment = max(manifest.nextSegment, try store.firstFreeNumber())
    try openSegments()
  }

  private func openSegments() throws(IndexError) {
    for entry in manifest.segments {
      guard let schema = manifest.schema(of: entry.kind) else {
        throw .corruption(
          IndexCorruption(
            file: Manifest.fileName(manifest.generation), offset: 0, expected: "a schema of kind \(entry.kind)",
            found: "none"))
      }
      segments.append(
        WriterSegment(entry, try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index)))
    }
  }

  /// A merge under way ends before the lock is given back: nobody else may find its files growing.
  deinit { _ = try? running?.merge.wait() }

  /// What the inverter relies upon: its streams have room for four weights, and 2^24 occurrences of a word, which the
  /// largest record has, must not count 2^31 or more.
  private static func check(_ schemas: [Schema]) throws(IndexError) {
    for schema in schemas {
      let weights = Set(schema.fields.map(\.weight) + (schema.keepsUnknownFields ? [1] : [])).filter { $0 > 0 }
      guard weights.count <= Inverter.maximumWeights else {
        throw .limit(what: "distinct weights of the fields of '\(schema.kind)'", limit: Inverter.maximumWeights)
      }
      guard weights.allSatisfy({ $0 <= maximumWeight }) else {
        throw .limit(what: "weights of the fields of '\(schema.kind)'", limit: maximumWeight)
      }
    }
  }

  private static let maximumWeight = 127

  /// Removes what a writer before this one left unfinished, so that its space is free again. Names that stay all the same
  /// are never used again: numbers go on behind them.
  private func clearUp() throws(IndexError) {
    do throws(IndexError) { try store.collectGarbage(keeping: manifest.generation) } catch { garbageFailure = error }
    manifest.nextSegment = max(manifest.nextSegment, try store.firstFreeNumber())
  }

  /// The last commit's number; 0 before the first.
  public var generation: UInt64 { manifest.generation }

  /// Live records of a kind, those not yet committed included.
  public func recordCount(kind: String) -> Int {
    segments.reduce(builders[kind]?.liveCount ?? 0) { $0 + ($1.entry.kind == kind ? Int($1.liveCount) : 0) }
  }

  // MARK: Changing

  /// Adds a record, or replaces the one of the same kind and id. `derived` are the records of other kinds that go with it:
  /// whatever was derived from the record before goes.
  ///
  /// - Throws: `limit`, `storage`, `corruption`; the writer is then of no more use.
  public func add(
    _ record: Record, derived: some Sequence<Record> = [Record]()
  ) throws(IndexError) -> Outcome {
    try guarded { () throws(IndexError) in
      let keyHash = Self.keyHash(record.id)
      let contentHash = writeCanonical(record)
      defer { if canonical.capacity > LargeRecord.measuredLength { canonical = [] } }
      if canonical.count > LargeRecord.measuredLength {
        if let reason = LargeRecord.refusal(of: record, length: canonical.count) { return .refused(reason) }
        // It may have the whole budget.
        for kind in builders.keys.sorted() { try flush(kind) }
      }
      if let known = try liveContentHash(kind: record.kind, keyHash: keyHash, id: record.id) {
        if known == contentHash { return .unchanged }
        _ = try remove(kind: record.kind, keyHash: keyHash, id: record.id)
        try insert(record, keyHash: keyHash, contentHash: contentHash)
        for record in derived { try insertDerived(record, keyHash: keyHash) }
        return .replaced
      }
      try insert(record, keyHash: keyHash, contentHash: contentHash)
      for record in derived { try insertDerived(record, keyHash: keyHash) }
      return .added
    }
  }

  /// Adds a text as the only field of a record without a key (``SegmentOptions/plain``).
  public func add(text: UnsafeBufferPointer<UInt8>, kind: String) throws(IndexError) {
    try guarded { () throws(IndexError) in
      let builder = try builder(kind)
      try builder.add(text: text)
      hasChanges = true
      if builder.memory > options.memory { try flush(kind) }
    }
  }

  /// Whether a record of that kind and id lives, those not yet committed included.
  func contains(kind: String, id: String) throws(IndexError) -> Bool {
    try guarded { () throws(IndexError) in
      try liveContentHash(kind: kind, keyHash: Self.keyHash(id), id: id) != nil
    }
  }

  /// Deletes a record and what was derived from it. Returns whether there was one.
  public func delete(kind: String, id: String) throws(IndexError) -> Bool {
    try guarded { () throws(IndexError) in
      try remove(kind: kind, keyHash: Self.keyHash(id), id: id) > 0
    }
  }

  /// Replaces a file of the whole index (thesaurus, targets); nil removes it.
  public func attach(_ kind: FileKind, _ bytes: [UInt8]?) throws(IndexError) {
    try guarded { () throws(IndexError) in
      guard let bytes else {
        hasChanges = hasChanges || attachments[kind] != nil
        attachments[kind] = nil
        return
      }
      // The same bytes again are no change.
      if let known = attachments[kind],
        let old = try? Snapshot.attachment(fileSystem, known, kind: kind, index: manifest.index), old == bytes
      {
        return
      }
      let number = takeSegmentNumber()
      let file = try IndexFileWriter(
        fileSystem, name: "\(kind.suffix)-\(number).\(kind.suffix)", kind: kind,
        identity: FileIdentity(index: manifest.index, segment: 0))
      try file.beginSection(Snapshot.attachmentSection)
      var buffer = ByteBuffer(capacity: bytes.count)
      bytes.withUnsafeBytes { buffer.append($0) }
      try file.write(buffer.bytes)
      file.endSection()
      attachments[kind] = try file.finish()
      hasChanges = true
    }
  }

  // MARK: Committing

  /// Makes everything since the last commit durable and visible, as one. Returns the commit's number; nothing is written
  /// when nothing has changed and there is a commit.
  ///
  /// - Throws: what failed. The index is as it was, unless `commitOutcomeUnknown`; the writer is of no more use.
  public func commit(properties: JSONObject? = nil) throws(IndexError) -> UInt64 {
    try guarded { () throws(IndexError) in
      for kind in builders.keys.sorted() { try flush(kind) }
      try finishRunningMerge()
      if options.mergesAsItGoes { try mergeWhatIsDue() }
      if let properties, properties != manifest.properties {
        manifest.properties = properties
        hasChanges = true
      }
      guard hasChanges || manifest.generation == 0 else { return manifest.generation }
      var next = manifest
      next.generation += 1
      for segment in segments where segment.hasNewDeletions { try writeLive(segment, generation: next.generation) }
      segments.removeAll { $0.liveCount == 0 }
      next.segments = segments.map(\.entry)
      next.files = attachments
      try store.publish(next)
      manifest = next
      hasChanges = false
      // The commit stands, whatever becomes of what nobody needs any more.
      garbageFailure = nil
      guard collectsGarbage else { return manifest.generation }
      do throws(IndexError) { try store.collectGarbage(keeping: manifest.generation) } catch { garbageFailure = error }
      return manifest.generation
    }
  }

  private func writeLive(_ segment: WriterSegment, generation: UInt64) throws(IndexError) {
    guard let live = segment.live, live.liveCount > 0 else { return segment.wrote(nil) }
    segment.wrote(
      try LiveDocsWriter.write(
        live, fileSystem, name: SegmentEntry.liveFileName(segment.entry.id, generation: generation),
        identity: FileIdentity(index: manifest.index, segment: segment.entry.id)))
  }

  /// Merges all segments of each kind into one, without what is deleted. A commit makes it visible.
  public func mergeFully() throws(IndexError) {
    try guarded { () throws(IndexError) in
      try finishRunningMerge()
      for kind in builders.keys.sorted() { try flush(kind) }
      for schema in manifest.schemas {
        let own = segments.indices.filter { segments[$0].entry.kind == schema.kind }
        let isClean = own.allSatisfy { segments[$0].liveCount == segments[$0].entry.documentCount }
        if own.count > 1 || !isClean { try merge(own) }
      }
    }
  }

  /// Merges what the policy finds due. A commit makes it visible.
  public func merge() throws(IndexError) {
    try guarded { () throws(IndexError) in
      try finishRunningMerge()
      for kind in builders.keys.sorted() { try flush(kind) }
      try mergeWhatIsDue()
    }
  }

  // MARK: Inside

  /// An error leaves the segment being built in an unknown state, so the writer refuses to go on.
  private func guarded<Answer>(_ body: () throws(IndexError) -> Answer) throws(IndexError) -> Answer {
    guard !failed else { throw .writerFailed }
    do throws(IndexError) { return try body() } catch {
      failed = true
      throw error
    }
  }

  static func keyHash(_ id: String) -> UInt64 {
    var id = id
    return id.withUTF8 { RecordKeysFormat.keyHash(UnsafeRawBufferPointer($0)) }
  }

  /// Writes the record's stored form to ``canonical`` and returns its hash.
  private func writeCanonical(_ record: Record) -> UInt64 {
    var writer = JSONWriter()
    writer.object(record.json)
    canonical = writer.bytes
    return XXHash64.hash(canonical)
  }

  private func insert(_ record: Record, keyHash: UInt64, contentHash: UInt64) throws(IndexError) {
    let builder = try builder(record.kind)
    var failure: IndexError?
    canonical.withUnsafeBytes { bytes in
      do throws(IndexError) {
        try builder.add(record, canonical: bytes, keyHash: keyHash, contentHash: contentHash)
      } catch { failure = error }
    }
    if let failure { throw failure }
    hasChanges = true
    // A large record is freed, and counted, before anything else is taken.
    let isLarge = canonical.count > LargeRecord.measuredLength
    if isLarge { try builder.settle() }
    try flushOverBudget(keepsRoom: !isLarge)
  }

  private func insertDerived(_ record: Record, keyHash: UInt64) throws(IndexError) {
    let contentHash = writeCanonical(record)
    try insert(record, keyHash: keyHash, contentHash: contentHash)
  }

  private func builder(_ kind: String) throws(IndexError) -> SegmentBuilder {
    if let builder = builders[kind] {
      if builder.isEmpty { try builder.begin(segment: takeSegmentNumber()) }
      return builder
    }
    guard let schema = manifest.schema(of: kind) else { throw .unknownKind(kind, known: manifest.schemas.map(\.kind)) }
    let builder = SegmentBuilder(
      fileSystem, index: manifest.index, schema: schema, budget: options.memory, options: options.segments,
      crew: crew)
    builders[kind] = builder
    try builder.begin(segment: takeSegmentNumber())
    return builder
  }

  private func takeSegmentNumber() -> UInt64 {
    manifest.nextSegment += 1
    return manifest.nextSegment - 1
  }

  /// - Parameter keepsRoom: false where what comes next is of another kind, as what is derived from a large record.
  private func flushOverBudget(keepsRoom: Bool) throws(IndexError) {
    let used = builders.values.reduce(0) { $0 + $1.memory }
    guard used > options.memory / 5 * Self.invertedFifths,
      let largest = builders.max(by: { $0.value.memory < $1.value.memory })
    else { return }
    try flush(largest.key)
    // Its memory would stay touched while another kind's grows: with several kinds at work it is given back.
    if builders.count > 1 || !keepsRoom { builders[largest.key] = nil }
    if options.mergesAsItGoes { try mergeBesides() }
  }

  private func flush(_ kind: String) throws(IndexError) {
    guard let builder = builders[kind], !builder.isEmpty, let entry = try builder.finish() else { return }
    statistics.flushes += 1
    try insert(entry, schema: builder.schema, at: nil)
  }

  /// Puts a written segment in its place: segments stand by kind, in the order in which they were added.
  private func insert(_ entry: SegmentEntry, schema: Schema, at place: Int?) throws(IndexError) {
    let reader = try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index)
    let rank = { (kind: String) in self.manifest.schemas.firstIndex { $0.kind == kind } ?? 0 }
    let own = rank(entry.kind)
    let behind = place ?? segments.firstIndex { rank($0.entry.kind) > own } ?? segments.endIndex
    segments.insert(WriterSegment(entry, reader), at: behind)
  }

  private var candidates: [MergePolicy.Candidate] {
    segments.map { segment in
      MergePolicy.Candidate(
        kind: segment.entry.kind, bytes: segment.entry.byteCount, documentCount: segment.entry.documentCount,
        liveCount: segment.liveCount, isBusy: segment.isMerging)
    }
  }

  private func mergeWhatIsDue() throws(IndexError) {
    while let due = policy.next(candidates) { try merge(due) }
  }

  /// Takes over a background merge that has ended, and starts the next one that is due. One runs at a time: it has the
  /// second core, the inversion the first.
  private func mergeBesides() throws(IndexError) {
    guard options.mergesInBackground else { return try mergeWhatIsDue() }
    if let running, !running.merge.isDone { return }
    try finishRunningMerge()
    guard let due = policy.next(candidates) else { return }
    let sources = due.map { segments[$0] }
    for source in sources { source.isMerging = true }
    running = (BackgroundMerge(merger(sources)), sources)
  }

  private func finishRunningMerge() throws(IndexError) {
    guard let running else { return }
    self.running = nil
    let entry = try running.merge.wait()
    try replace(running.sources, by: entry, running.merge.merger)
  }

  private func merger(_ sources: [WriterSegment]) -> SegmentMerger {
    SegmentMerger(
      fileSystem, index: manifest.index, segment: takeSegmentNumber(),
      sources: sources.map { SegmentMerger.Source(reader: $0.reader, live: $0.live) }, memory: options.memory)
  }

  private func merge(_ places: [Int]) throws(IndexError) {
    let sources = places.map { segments[$0] }
    let merger = merger(sources)
    try replace(sources, by: try merger.merge(), merger)
  }

  /// Puts the merged segment where the first of its sources stood, without what was deleted since the merge began.
  private func replace(
    _ sources: [WriterSegment], by entry: SegmentEntry?, _ merger: SegmentMerger
  ) throws(IndexError) {
    guard let first = sources.first, let place = segments.firstIndex(where: { $0 === first }) else { return }
    segments.removeAll { segment in sources.contains { $0 === segment } }
    if let entry {
      try insert(entry, schema: first.reader.schema, at: place)
      for (source, map) in zip(sources, merger.maps) where source.hasNewDeletions {
        for document in 0..<source.entry.documentCount where !source.isLive(document) {
          if let merged = map[document] { _ = segments[place].delete(merged) }
        }
      }
    }
    statistics.merges += 1
    statistics.mergedDocuments += Int(merger.documentCount)
    hasChanges = true
  }

  /// Content hash of the live record under a key.
  private func liveContentHash(kind: String, keyHash: UInt64, id: String) throws(IndexError) -> UInt64? {
    if let hash = builders[kind]?.contentHash(keyHash: keyHash) { return hash }
    for segment in segments.reversed() where segment.entry.kind == kind {
      for entry in try segment.entries(keyHash: keyHash) where try holds(segment, entry.document, id) {
        return entry.contentHash
      }
    }
    return nil
  }

  /// Two ids may share a hash: the id itself decides.
  private func holds(_ segment: WriterSegment, _ document: UInt32, _ id: String) throws(IndexError) -> Bool {
    guard let column = try segment.reader.ordinalColumn("#id"),
      let ordinal = try column.ordinal(of: document)
    else { return true }
    return try column.value(ordinal).utf8.elementsEqual(FoldedValue.columnValue(id))
  }

  /// Deletes a record and what was derived from it; returns how many records of the kind that were.
  private func remove(kind: String, keyHash: UInt64, id: String) throws(IndexError) -> Int {
    var removed = builders[kind]?.delete(keyHash: keyHash) ?? 0
    for segment in segments where segment.entry.kind == kind {
      for entry in try segment.entries(keyHash: keyHash) where try holds(segment, entry.document, id) {
        if segment.delete(entry.document) { removed += 1 }
      }
    }
    for derived in options.derivedKinds[kind] ?? [] {
      _ = builders[derived]?.delete(keyHash: keyHash)
      for segment in segments where segment.entry.kind == derived {
        for entry in try segment.entries(keyHash: keyHash) { _ = segment.delete(entry.document) }
      }
    }
    if removed > 0 { hasChanges = true }
    return removed
  }
}
