import Storage

/// What was copied.
public struct IndexCopyReport: Hashable, Sendable {
  /// The commit's number in the place it was copied to.
  public internal(set) var commit: UInt64
  public internal(set) var files = 0
  public internal(set) var bytes = 0
}

/// Copies of an index: into a folder of their own, and back.
public enum IndexBackup {
  /// Copies the newest commit of an index into an empty directory, while others may write: its manifest is pinned, so its
  /// files stay. The manifest comes last; a copy that was cut short is no index and is begun anew by the next one.
  ///
  /// - Parameter linking: hard links where both places are of one file system: at once and free of space. The files are never
  ///   changed by the program, but damage of the disk is then damage of both.
  /// - Throws: `storage(.exists)` when the directory holds an index or a stranger's file, `corruption` when the index is
  ///   damaged; what reading and writing throws.
  /// - Cost: every byte is read once and its checksum compared.
  public static func backUp(
    _ source: any FileSystem, to target: any FileSystem, linking: Bool
  ) throws(IndexError) -> IndexCopyReport {
    let snapshot = try Snapshot.open(source, mapped: false)
    let manifest = snapshot.manifest
    let lock = try CommitStore(fileSystem: target).lock()
    defer { withExtendedLifetime((lock, snapshot)) {} }
    try clear(target)
    let manifestName = Manifest.fileName(manifest.generation)
    var report = IndexCopyReport(commit: manifest.generation)
    do throws(StorageError) {
      for name in manifest.fileNames.sorted() where name != manifestName {
        try source.copy(name, to: target, linking: linking)
      }
    } catch { throw .storage(error) }
    for (kind, entry, segment) in files(of: manifest) {
      let identity = FileIdentity(index: manifest.index, segment: segment)
      try IndexFile(target, entry, kind: kind, identity: identity).verifyAll()
      report.files += 1
      report.bytes += entry.length
    }
    try CommitStore(fileSystem: target).publish(manifest)
    return report
  }

  /// Makes the newest commit of a backup the newest commit of an index, which is made where there is none. What the index
  /// holds is replaced as by any commit: whole, at once, under the writer's lock, readers undisturbed, and the commit
  /// before stays until the next one. Files get names of their own where the backup's are taken.
  ///
  /// - Throws: `missing` when the backup holds no index, `corruption` when it is damaged, `storage(.locked)`; what
  ///   writing throws. The index is then as it was.
  /// - Cost: every byte is read once, its checksum compared, and written.
  public static func restore(
    from source: any FileSystem, to target: any FileSystem
  ) throws(IndexError) -> IndexCopyReport {
    let snapshot = try Snapshot.open(source, mapped: false)
    let store = CommitStore(fileSystem: target)
    let lock = try store.lock()
    defer { withExtendedLifetime((lock, snapshot)) {} }
    var manifest = snapshot.manifest
    let highest = try store.generations().last ?? 0
    manifest.generation = max(highest + 1, manifest.generation)
    var number = max(manifest.nextSegment, try store.firstFreeNumber())
    var report = IndexCopyReport(commit: manifest.generation)
    func copy(_ kind: FileKind, _ entry: FileEntry, _ segment: UInt64) throws(IndexError) -> FileEntry {
      let file = try IndexFile(
        source, entry, kind: kind, identity: FileIdentity(index: manifest.index, segment: segment), mapped: false)
      try file.verifyAll()
      var name = entry.name
      do throws(StorageError) {
        if try target.contains(name) {
          name = "\(kind.suffix)-\(number).\(kind.suffix)"
          number += 1
        }
        let copy = try target.create(name)
        try file.withBytes { (bytes) throws(StorageError) in try copy.write(bytes) }
        _ = try copy.finish()
      } catch { throw .storage(error) }
      report.files += 1
      report.bytes += entry.length
      return FileEntry(name: name, length: entry.length, checksum: entry.checksum)
    }
    for (kind, entry) in manifest.files { manifest.files[kind] = try copy(kind, entry, 0) }
    for place in manifest.segments.indices {
      let segment = manifest.segments[place]
      for (kind, entry) in segment.files { manifest.segments[place].files[kind] = try copy(kind, entry, segment.id) }
    }
    manifest.nextSegment = number
    try store.publish(manifest)
    // The commit stands whether or not what nobody needs any more can be removed.
    try? store.collectGarbage(keeping: manifest.generation)
    return report
  }

  /// Every file of a commit, with its kind and its segment, 0 for those of the whole index.
  private static func files(of manifest: Manifest) -> [(FileKind, FileEntry, UInt64)] {
    manifest.files.map { ($0.key, $0.value, 0) }
      + manifest.segments.flatMap { segment in segment.files.map { ($0.key, $0.value, segment.id) } }
  }

  /// Refuses a directory that holds an index or anything that is not the program's, and removes what a backup that was cut
  /// short has left.
  private static func clear(_ target: any FileSystem) throws(IndexError) {
    let store = CommitStore(fileSystem: target)
    do throws(StorageError) {
      let names = try target.list().filter { $0 != CommitStore.lockName }
      if let first = names.first(where: { Manifest.generation(fileName: $0) != nil || !CommitStore.isOurs($0) }) {
        throw StorageError.exists(path: target.path + "/" + first)
      }
      guard !names.isEmpty else { return }
      for name in names { try target.remove(name) }
    } catch { throw .storage(error) }
    guard try store.generations().isEmpty else { throw .storage(.exists(path: target.path)) }
  }
}
