import JSONText
import Records
import Storage

/// What a repair of an index did.
public struct IndexRepairReport: Hashable, Sendable {
  /// A segment that was damaged, or was read again because one that goes with it was.
  public struct Segment: Hashable, Sendable {
    public let id: UInt64
    public let kind: String
    /// What the deep check found in it; 0 for one that was only read again.
    public let problems: Int
    /// The first of them.
    public let message: String
    public internal(set) var kept = 0
    public internal(set) var lost = 0
  }

  /// The commit that was repaired, and the one that holds what is whole; nil when nothing was damaged.
  public internal(set) var damagedCommit: UInt64
  public internal(set) var commit: UInt64?
  /// Whether the newest manifest itself was broken, so that the one before it had to serve.
  public internal(set) var rolledBack = false
  /// Whether the newest commit is whole and an older one, which was damaged, was removed.
  public internal(set) var removedOlder = false
  public internal(set) var segments: [Segment] = []
  /// The first ``listLimit`` of them.
  public internal(set) var lost: [LostRecord] = []
  public internal(set) var lostCount = 0
  /// Records of segments whose deletions cannot be read: they are kept, though they may have been deleted.
  public internal(set) var doubtful: [LostRecord] = []
  public internal(set) var doubtfulCount = 0
  /// Files of the whole index (thesaurus, targets) that were damaged and left out.
  public internal(set) var droppedFiles: [FileKind] = []

  /// Records that are listed one by one; the rest is counted.
  public static let listLimit = 100_000
}

/// Repairs an index: what is whole is kept as it is, segments that are damaged are read record by record and what can be
/// saved of them is indexed again, the rest is dropped and listed. Published files are never changed: the repaired index
/// is a new commit, and the damaged one is removed when a deep check has found the new one good.
public enum IndexRepair {
  /// Repairs the index in a directory.
  ///
  /// - Parameters:
  ///   - derive: the records that go with one, made anew: those of kinds that `options.derivedKinds` names.
  ///   - properties: what the layer above keeps of a commit, from what the damaged one had.
  /// - Returns: what was done; without a new commit when nothing was damaged.
  /// - Throws: `storage(.locked)`, `missing`, `tooNew`, `otherAnalysis`; corruption when no manifest can be read; what
  ///   writing throws. The index is then as it was.
  /// - Cost: a deep check, and indexing the records of the damaged segments.
  public static func run(
    _ fileSystem: any FileSystem, options: IndexWriter.Options, derive: (Record) -> [Record] = { _ in [] },
    properties: (JSONObject) -> JSONObject = { $0 }
  ) throws(IndexError) -> IndexRepairReport {
    let store = CommitStore(fileSystem: fileSystem)
    if try store.generations().isEmpty { throw .missing(path: fileSystem.path) }
    let lock = try store.lock()
    let (manifest, highest) = try store.newestReadable()
    var report = IndexRepairReport(damagedCommit: highest)
    report.rolledBack = manifest.generation != highest
    var whole = manifest
    whole.generation = highest
    whole.segments = []
    whole.files = checkFiles(fileSystem, manifest, &report)
    let problems = manifest.segments.map { examine($0, manifest, fileSystem) }
    let again = kindsToReadAgain(manifest, problems, options)
    var reread: [SegmentEntry] = []
    for (entry, found) in zip(manifest.segments, problems) {
      if found.count == 0, !again.contains(entry.kind) {
        whole.segments.append(entry)
        continue
      }
      report.segments.append(
        IndexRepairReport.Segment(id: entry.id, kind: entry.kind, problems: found.count, message: found.first))
      reread.append(entry)
    }
    guard !reread.isEmpty || report.rolledBack || !report.droppedFiles.isEmpty else {
      // What is damaged stands in an older commit alone: one whose repair could not clear up behind itself, perhaps.
      if !IndexCheck.run(fileSystem, deep: false).isClean {
        try store.collectGarbage(keeping: highest, keepsPrevious: false)
        report.removedOlder = true
      }
      return report
    }
    let writer = try IndexWriter(fileSystem, lock: lock, continuing: whole, options: options)
    writer.collectsGarbage = false
    let derived = Set(options.derivedKinds.values.joined())
    // Those first whose deletions are known: what may have been replaced must not stand against what did the replacing.
    var doubtful: Set<String> = []
    for isCertain in [true, false] {
      for entry in reread where !derived.contains(entry.kind) {
        let salvage = SegmentSalvage(fileSystem: fileSystem, entry: entry, kind: entry.kind, index: manifest.index)
        guard salvage.knowsDeletions == isCertain else { continue }
        try save(salvage, isCertain, to: writer, derive, &doubtful, &report)
      }
    }
    let commit = try writer.commit(properties: properties(manifest.properties))
    try verify(store, commit)
    report.commit = commit
    // The commit stands whether or not the damaged files can be removed.
    try? store.collectGarbage(keeping: commit, keepsPrevious: false)
    return report
  }

  /// Kinds of which every segment is read again: a damaged one of a derived kind is made anew from the records it was
  /// derived from, and a damaged one of those takes its derived records with it.
  private static func kindsToReadAgain(
    _ manifest: Manifest, _ problems: [(count: Int, first: String)], _ options: IndexWriter.Options
  ) -> Set<String> {
    var damaged: Set<String> = []
    for (entry, found) in zip(manifest.segments, problems) where found.count > 0 { damaged.insert(entry.kind) }
    var again: Set<String> = []
    for (parent, derived) in options.derivedKinds where !damaged.isDisjoint(with: derived + [parent]) {
      again.formUnion(derived)
      // Records of whole segments of the parent are only read, and come back unchanged, when a derived one is damaged.
      again.insert(parent)
    }
    return again
  }

  private static func save(
    _ salvage: SegmentSalvage, _ isCertain: Bool, to writer: IndexWriter, _ derive: (Record) -> [Record],
    _ doubtful: inout Set<String>, _ report: inout IndexRepairReport
  ) throws(IndexError) {
    guard let place = report.segments.firstIndex(where: { $0.id == salvage.entry.id }) else { return }
    try salvage.forEach { (outcome) throws(IndexError) in
      switch outcome {
      case .record(let record):
        if !isCertain {
          // One that lives for certain replaced it; of several that may live the last one did.
          let key = "\(record.kind)/\(record.id)"
          if !doubtful.contains(key), try writer.contains(kind: record.kind, id: record.id) { return }
          let isFirst = doubtful.insert(key).inserted
          if isFirst { report.doubtfulCount += 1 }
          if isFirst, report.doubtful.count < IndexRepairReport.listLimit {
            report.doubtful.append(
              LostRecord(
                kind: record.kind, id: record.id, keyHash: nil,
                reason: "kept, though it may have been deleted: the file that says so is damaged"))
          }
        }
        _ = try writer.add(record, derived: derive(record))
        report.segments[place].kept += 1
      case .lost(let record):
        report.segments[place].lost += 1
        report.lostCount += 1
        if report.lost.count < IndexRepairReport.listLimit { report.lost.append(record) }
      }
    }
  }

  /// The attachments that can be read to their ends.
  private static func checkFiles(
    _ fileSystem: any FileSystem, _ manifest: Manifest, _ report: inout IndexRepairReport
  ) -> [FileKind: FileEntry] {
    manifest.files.filter { kind, entry in
      if (try? Snapshot.attachment(fileSystem, entry, kind: kind, index: manifest.index)) != nil,
        let file = try? IndexFile(
          fileSystem, entry, kind: kind, identity: FileIdentity(index: manifest.index, segment: 0)),
        (try? file.verifyAll()) != nil
      {
        return true
      }
      report.droppedFiles.append(kind)
      return false
    }
  }

  /// What a deep check finds in one segment, every byte of its files included.
  private static func examine(
    _ entry: SegmentEntry, _ manifest: Manifest, _ fileSystem: any FileSystem
  ) -> (count: Int, first: String) {
    var log = CheckLog(isDeep: true)
    for (kind, file) in entry.files.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      _ = log.step(kind.suffix, file.name) { (_) throws(IndexError) in
        let identity = FileIdentity(index: manifest.index, segment: entry.id)
        try IndexFile(fileSystem, file, kind: kind, identity: identity).verifyAll()
      }
    }
    let name = Manifest.fileName(manifest.generation)
    if let schema = manifest.schema(of: entry.kind) {
      SegmentCheck(
        fileSystem: fileSystem, entry: entry, schema: schema, index: manifest.index, manifestName: name, mapped: true
      ).run(&log)
      _ = log.step("manifests", name) { (_) throws(IndexError) in
        _ = try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index)
      }
    } else {
      log.note("manifests", name, nil, "no schema of kind '\(entry.kind)'")
    }
    let count = log.report.structures.reduce(0) { $0 + $1.problemCount }
    return (count, log.report.problems.first.map { "\($0.file): \($0.message)" } ?? "")
  }

  /// Reads the new commit back, whole, before anything of the damaged one goes.
  private static func verify(_ store: CommitStore, _ generation: UInt64) throws(IndexError) {
    let manifest = try store.manifest(generation)
    for entry in manifest.segments {
      let found = examine(entry, manifest, store.fileSystem)
      guard found.count == 0 else {
        throw .corruption(
          IndexCorruption(
            file: Manifest.fileName(generation), offset: 0, expected: "a repaired segment \(entry.id) that is whole",
            found: found.first))
      }
    }
  }
}
