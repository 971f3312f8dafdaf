import Records
import Storage

/// An index as one commit left it. Never changes: commits, merges and garbage collection that happen meanwhile leave its
/// files in place, in this process and in others.
public final class Snapshot: Sendable {
  public let manifest: Manifest
  let segments: [SegmentReader]
  let fileSystem: any FileSystem
  /// Keeps the garbage collection of any writer from removing the commit's files.
  private let pin: FileLock?

  public var generation: UInt64 { manifest.generation }
  public var schemas: [Schema] { manifest.schemas }

  /// Live records of a kind, or of all.
  public func recordCount(kind: String? = nil) -> Int {
    segments.reduce(0) { $0 + (kind == nil || kind == $1.kind ? Int($1.liveCount) : 0) }
  }

  private init(
    manifest: Manifest, segments: [SegmentReader], fileSystem: any FileSystem, pin: FileLock?
  ) {
    self.manifest = manifest
    self.segments = segments
    self.fileSystem = fileSystem
    self.pin = pin
  }

  /// The same commit, segments of other kinds left out: to everything that reads it, an index that never held them.
  ///
  /// Cost: none; segments are shared, and the commit stays pinned by either.
  public func restricted(to kinds: Set<String>) -> Snapshot {
    var manifest = manifest
    manifest.segments.removeAll { !kinds.contains($0.kind) }
    return Snapshot(
      manifest: manifest, segments: segments.filter { kinds.contains($0.kind) }, fileSystem: fileSystem, pin: pin)
  }

  /// How often a reader starts over when a commit vanishes between its being listed and its being pinned.
  private static let attempts = 10

  /// Opens the newest commit of an index.
  ///
  /// - Parameters:
  ///   - mapped: false reads files into memory, for places where somebody might cut them short.
  ///   - allowRollback: takes the newest commit that can be read when the newest one is damaged.
  ///   - earlier: a commit that is open: segments that are still the same are shared with it, and with them what was kept of
  ///     them while they were asked. Of another index nothing is shared.
  /// - Throws: `missing` where there is no index, `corruption` when its newest commit is damaged, `tooNew`.
  /// - Cost: some 20 µs a file; no file is read whole.
  public static func open(
    _ fileSystem: any FileSystem, mapped: Bool = true, allowRollback: Bool = false, sharing earlier: Snapshot? = nil
  ) throws(IndexError) -> Snapshot {
    let store = CommitStore(fileSystem: fileSystem)
    var last = IndexError.missing(path: fileSystem.path)
    for _ in 0..<attempts {
      let manifest: Manifest
      do throws(IndexError) {
        guard let newest = try store.newest(allowRollback: allowRollback) else { break }
        manifest = newest
      } catch {
        // Gone between its being listed and its being read: a newer one is there.
        guard case .missing = error else { throw error }
        last = error
        continue
      }
      let pin: FileLock
      do throws(StorageError) {
        pin = try fileSystem.pin(Manifest.fileName(manifest.generation))
      } catch {
        guard case .missing = error else { throw .storage(error) }
        last = .missing(path: fileSystem.path)
        continue
      }
      return try open(manifest, fileSystem, pin: pin, mapped: mapped, sharing: earlier)
    }
    throw last
  }

  /// Opens what a manifest names. `pin` is nil for a writer, whose lock keeps the files.
  static func open(
    _ manifest: Manifest, _ fileSystem: any FileSystem, pin: FileLock?, mapped: Bool = true,
    sharing earlier: Snapshot? = nil
  ) throws(IndexError) -> Snapshot {
    let known = earlier.map { $0.manifest.index == manifest.index ? $0.segments : [] } ?? []
    var segments: [SegmentReader] = []
    for entry in manifest.segments {
      guard let schema = manifest.schema(of: entry.kind) else {
        throw .corruption(
          IndexCorruption(
            file: Manifest.fileName(manifest.generation), offset: 0, expected: "a schema of kind \(entry.kind)",
            found: "none"))
      }
      // The same files, deletions among them, by their checksums.
      if let same = known.first(where: { $0.entry == entry && $0.schema == schema }) {
        segments.append(same)
        continue
      }
      segments.append(
        try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index, mapped: mapped))
    }
    return Snapshot(manifest: manifest, segments: segments, fileSystem: fileSystem, pin: pin)
  }

  /// The payload of a file of the whole index (thesaurus, targets); nil when the commit has none.
  public func attachment(_ kind: FileKind) throws(IndexError) -> [UInt8]? {
    guard let entry = manifest.files[kind] else { return nil }
    return try Self.attachment(fileSystem, entry, kind: kind, index: manifest.index)
  }

  /// The payload of a file of the whole index.
  static func attachment(
    _ fileSystem: any FileSystem, _ entry: FileEntry, kind: FileKind, index: UInt64
  ) throws(IndexError) -> [UInt8] {
    let file = try IndexFile(
      fileSystem, entry, kind: kind, identity: FileIdentity(index: index, segment: 0), mapped: false)
    // The bytes are the file's: it is kept until they are copied.
    defer { withExtendedLifetime(file) {} }
    var reader = try file.section(attachmentSection).reader()
    return Array(try reader.bytes(reader.remaining))
  }

  static let attachmentSection = SectionTag("DATA")
}
