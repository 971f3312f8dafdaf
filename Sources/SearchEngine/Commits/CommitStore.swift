import JSONText
import Storage
import TextAnalysis

/// Reads and writes the commits of one index directory: the protocol of `CommitProtocol.md`, and nothing else.
///
/// A commit's files are durable before its manifest is, and the manifest gets its name by a rename, last. So of what is
/// found after a crash only `manifest-N` with the highest N counts; if that is broken, the disk or somebody broke it.
struct CommitStore: Sendable {
  let fileSystem: any FileSystem

  /// The empty file that a writer holds locked. Never deleted: a lock on a deleted name would guard nothing.
  static let lockName = "write.lock"
  /// A manifest of a thousand segments is 1 MB; more than this is damage, refused before it is read.
  static let maximumManifestLength = 64 << 20

  // MARK: Reading

  /// Numbers of the commits that are there, lowest first.
  func generations() throws(IndexError) -> [UInt64] {
    do throws(StorageError) {
      return try fileSystem.list().compactMap { Manifest.generation(fileName: $0) }.sorted()
    } catch { throw .storage(error) }
  }

  /// The manifest of a commit. Throws corruption when it is not what a writer wrote, `missing` when it is gone.
  func manifest(_ generation: UInt64) throws(IndexError) -> Manifest {
    let name = Manifest.fileName(generation)
    let contents: FileContents
    do throws(StorageError) {
      guard try fileSystem.count(of: name) <= Self.maximumManifestLength else {
        throw StorageError.limit(
          which: "length of a manifest", allowed: Self.maximumManifestLength, found: try fileSystem.count(of: name),
          path: name)
      }
      contents = try fileSystem.open(name, expectedCount: nil, mapping: false)
    } catch {
      if case .missing = error { throw .missing(path: fileSystem.path + "/" + name) }
      throw .storage(error)
    }
    let file = try IndexFile(contents, name: name, kind: .manifest)
    // The bytes are the file's: it is kept until they are read.
    defer { withExtendedLifetime(file) {} }
    var rest = try file.section(Manifest.section).reader()
    let bytes = try rest.bytes(rest.remaining)
    var json = JSONReader()
    let value: JSONValue
    do { value = try json.read(bytes) } catch {
      throw .corruption(IndexCorruption(file: name, offset: 0, expected: "JSON", found: "\(error)"))
    }
    let manifest = try ManifestDecoder(file: name).decode(value)
    guard manifest.generation == generation, manifest.index == file.identity.index else {
      throw .corruption(
        IndexCorruption(
          file: name, offset: 0, expected: "commit \(generation) of index \(file.identity.index)",
          found: "commit \(manifest.generation) of index \(manifest.index)"))
    }
    return manifest
  }

  /// The newest commit's manifest, or nil where there is no index yet. A newest manifest that is broken is an error;
  /// `allowRollback` takes the newest one that can be read instead.
  func newest(allowRollback: Bool = false) throws(IndexError) -> Manifest? {
    let all = try generations()
    guard let last = all.last else { return nil }
    guard allowRollback else { return try manifest(last) }
    for generation in all.reversed() {
      if let manifest = try? manifest(generation) { return manifest }
    }
    return try manifest(last)
  }

  // MARK: Writing

  /// Takes the writer's lock, at once or not at all.
  func lock() throws(IndexError) -> FileLock {
    do throws(StorageError) { return try fileSystem.lockExclusively(Self.lockName) } catch { throw .storage(error) }
  }

  /// The newest commit whose manifest can be read, and the highest number that a manifest has, readable or not.
  ///
  /// - Throws: what the newest manifest is when none can be read; `missing` where there is no commit.
  func newestReadable() throws(IndexError) -> (manifest: Manifest, highest: UInt64) {
    let all = try generations()
    guard let highest = all.last else { throw .missing(path: fileSystem.path) }
    for generation in all.reversed() {
      if let manifest = try? manifest(generation) { return (manifest, highest) }
    }
    return (try manifest(highest), highest)
  }

  /// Publishes a commit whose files are written and synced: makes their names durable, writes the manifest under a
  /// temporary name, syncs it, renames it, syncs the directory. Only when this returns is the commit acknowledged.
  ///
  /// When one of the last two steps fails the outcome is unknown; the error says so (`commitOutcomeUnknown`) and the writer must not
  /// go on.
  func publish(_ manifest: Manifest) throws(IndexError) {
    let name = Manifest.fileName(manifest.generation)
    let temporary = name + Manifest.temporarySuffix
    do throws(StorageError) {
      // One that was left by a writer that died before the rename.
      if try fileSystem.contains(temporary) { try fileSystem.remove(temporary) }
      try fileSystem.syncDirectory()
    } catch { throw .storage(error) }
    let file = try IndexFileWriter(
      fileSystem, name: temporary, kind: .manifest, identity: FileIdentity(index: manifest.index, segment: 0))
    try file.beginSection(Manifest.section)
    var text = ByteBuffer(capacity: 65_536)
    text.append(contentsOf: manifest.json.text())
    try file.write(text.bytes)
    file.endSection()
    _ = try file.finish()
    // A rename that is reported as failed may have happened all the same.
    do throws(StorageError) {
      try fileSystem.rename(temporary, to: name)
      try fileSystem.syncDirectory()
    } catch { throw .commitOutcomeUnknown(error) }
  }

  /// Removes what no commit needs any more: manifests before the previous one that no reader pins, then the files that only
  /// they named, and what unfinished writers left. Called by the holder of the lock, after a commit is durable.
  ///
  /// Manifests go first and the directory is synced in between: a removal may overtake another on its way to the disk.
  /// While a manifest that stays cannot be read, nobody knows which files it names, and none is removed.
  ///
  /// - Parameter keepsPrevious: false drops the commit before the newest one, too: after a repair, which read from it all
  ///   that can be read.
  func collectGarbage(keeping generation: UInt64, keepsPrevious: Bool = true) throws(IndexError) {
    let oldest = keepsPrevious && generation > 0 ? generation - 1 : generation
    var kept: Set<String> = [Self.lockName]
    var removedManifest = false
    var isEveryNameKnown = true
    for candidate in try generations() {
      let name = Manifest.fileName(candidate)
      if candidate < oldest {
        let removed: Bool
        do throws(StorageError) { removed = try fileSystem.removeUnlessPinned(name) } catch { throw .storage(error) }
        if removed {
          removedManifest = true
          continue
        }
      }
      do throws(IndexError) { kept.formUnion(try manifest(candidate).fileNames) } catch {
        guard case .corruption = error, candidate != generation else { throw error }
        isEveryNameKnown = false
      }
    }
    do throws(StorageError) {
      if removedManifest { try fileSystem.syncDirectory() }
      guard isEveryNameKnown else { return }
      for name in try fileSystem.list() where !kept.contains(name) && Self.isOurs(name) { try fileSystem.remove(name) }
    } catch { throw .storage(error) }
  }

  /// Names that this program makes; a stranger's file in the directory is left alone.
  static func isOurs(_ name: String) -> Bool {
    if name.hasSuffix(Manifest.temporarySuffix) {
      return Manifest.generation(fileName: String(name.dropLast(Manifest.temporarySuffix.count))) != nil
    }
    return Manifest.generation(fileName: name) != nil || fileNumber(name) != nil
  }

  /// The number that a segment's or an attachment's file has in its name: `seg-000012.terms`, `targets-4.targets`.
  static func fileNumber(_ name: String) -> UInt64? {
    guard let dot = name.firstIndex(of: "."),
      let kind = FileKind.allCases.first(where: { $0.suffix == name[dot...].dropFirst() })
    else { return nil }
    let parts = name[..<dot].split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0] == "seg" || parts[0] == kind.suffix,
      parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } })
    else { return nil }
    // Far beyond what any index reaches, and far below where counting on would overflow.
    return UInt64(parts[1]).flatMap { $0 < 1 << 48 ? $0 : nil }
  }

  /// The first number above those of all segments' and attachments' files that are there, whoever left them.
  func firstFreeNumber() throws(IndexError) -> UInt64 {
    do throws(StorageError) {
      return try fileSystem.list().compactMap { Self.fileNumber($0) }.max().map { $0 &+ 1 } ?? 1
    } catch { throw .storage(error) }
  }
}
