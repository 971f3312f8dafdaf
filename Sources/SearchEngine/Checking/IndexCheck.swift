import Storage

/// Checks an index: every byte of every file of every commit that is there against its checksum and the manifest, and, by a
/// deep check, everything that the newest commit's files say against everything else.
///
/// A check reads only, locks nothing but the pin of a reader, and never stops at damage: what can still be read behind it
/// is checked too.
public enum IndexCheck {
  /// Checks the index in a directory.
  ///
  /// - Parameters:
  ///   - deep: walks all structures; otherwise checksums, lengths and manifests.
  ///   - mapped: false reads the files into memory, for places where somebody might cut them short.
  /// - Returns: the report; nothing is thrown, what the system refuses is a problem of its file.
  /// - Cost: linear in the bytes. A deep check holds some 40 bytes for each document of the largest segment.
  public static func run(_ fileSystem: any FileSystem, deep: Bool, mapped: Bool = true) -> IndexCheckReport {
    var log = CheckLog(isDeep: deep)
    let store = CommitStore(fileSystem: fileSystem)
    var manifests: [Manifest] = []
    var pins: [FileLock] = []
    let names = log.step("manifests", "") { (_) throws(IndexError) -> [String] in
      do throws(StorageError) { return try fileSystem.list() } catch { throw .storage(error) }
    }
    let generations = (names ?? []).compactMap { Manifest.generation(fileName: $0) }.sorted()
    if generations.isEmpty, names != nil {
      log.note("manifests", "", nil, "\(IndexError.missing(path: fileSystem.path))")
    }
    for generation in generations {
      let name = Manifest.fileName(generation)
      let manifest = log.step("manifests", name) { (log) throws(IndexError) -> Manifest? in
        do throws(StorageError) {
          pins.append(try fileSystem.pin(name))
          log.count("manifests", items: 1, bytes: try fileSystem.count(of: name))
        } catch {
          // An old commit may go while the check runs; that is no damage.
          if case .missing = error, generation != generations.last { return nil }
          throw .storage(error)
        }
        return try store.manifest(generation)
      }
      if let manifest, let manifest { manifests.append(manifest) }
    }
    withExtendedLifetime(pins) {
      checkFiles(fileSystem, manifests, mapped, &log)
      if let newest = manifests.last, newest.generation == generations.last {
        log.opened(generation: newest.generation)
        checkSegments(fileSystem, newest, mapped, &log)
      }
    }
    noteLeftovers(names ?? [], manifests, &log)
    return log.report
  }

  /// Every file once, whichever commits name it.
  private static func checkFiles(
    _ fileSystem: any FileSystem, _ manifests: [Manifest], _ mapped: Bool, _ log: inout CheckLog
  ) {
    var seen: Set<FileEntry> = []
    for manifest in manifests.reversed() {
      var files = manifest.files.map { ($0.key, $0.value, UInt64(0)) }
      for segment in manifest.segments { files += segment.files.map { ($0.key, $0.value, segment.id) } }
      files.sort { $0.1.name.utf8.lexicographicallyPrecedes($1.1.name.utf8) }
      for (kind, entry, segment) in files where seen.insert(entry).inserted {
        _ = log.step(kind.suffix, entry.name) { (log) throws(IndexError) in
          log.count(kind.suffix, items: log.isDeep ? 0 : 1, bytes: entry.length)
          let file = try IndexFile(
            fileSystem, entry, kind: kind, identity: FileIdentity(index: manifest.index, segment: segment),
            mapped: mapped)
          try file.verifyAll()
        }
      }
    }
  }

  private static func checkSegments(
    _ fileSystem: any FileSystem, _ manifest: Manifest, _ mapped: Bool, _ log: inout CheckLog
  ) {
    let name = Manifest.fileName(manifest.generation)
    for entry in manifest.segments {
      guard let schema = manifest.schema(of: entry.kind) else {
        log.note("manifests", name, nil, "segment \(entry.id): no schema of kind '\(entry.kind)'")
        continue
      }
      guard log.isDeep else { continue }
      let check = SegmentCheck(
        fileSystem: fileSystem, entry: entry, schema: schema, index: manifest.index, manifestName: name, mapped: mapped)
      check.run(&log)
    }
    // What opens file by file must also open as a whole.
    _ = log.step("manifests", name) { (_) throws(IndexError) in
      _ = try Snapshot.open(manifest, fileSystem, pin: nil, mapped: mapped)
    }
  }

  private static func noteLeftovers(_ names: [String], _ manifests: [Manifest], _ log: inout CheckLog) {
    var known: Set<String> = [CommitStore.lockName]
    for manifest in manifests { known.formUnion(manifest.fileNames) }
    // A stranger's file, as the README of the default place, is nobody's leftover: no writer removes it.
    for name in names
    where !known.contains(name) && Manifest.generation(fileName: name) == nil && CommitStore.isOurs(name) {
      log.found(leftover: name)
    }
  }
}
