import Records
import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Indexes by the path of their directory: for layers that know no file system.
public enum IndexDirectory {
  /// Opens the newest commit of the index in a directory.
  ///
  /// Throws `missing` where there is no directory or no index in it, and what
  /// ``Snapshot/open(_:mapped:allowRollback:sharing:)`` throws.
  public static func open(
    path: String, mapped: Bool = true, allowRollback: Bool = false, sharing earlier: Snapshot? = nil
  ) throws(IndexError) -> Snapshot {
    try Snapshot.open(
      try fileSystem(path, create: false), mapped: mapped, allowRollback: allowRollback, sharing: earlier)
  }

  /// The number of the newest commit of the index in a directory; nil where there is no index. Opens no file.
  ///
  /// Cost: the listing of a directory, some 20 µs.
  public static func newestCommit(path: String) throws(IndexError) -> UInt64? {
    do throws(IndexError) {
      return try CommitStore(fileSystem: try fileSystem(path, create: false)).generations().last
    } catch {
      if case .missing = error { return nil }
      throw error
    }
  }

  /// Opens the index in a directory for writing; `create` makes both where they are missing.
  ///
  /// Throws `missing` where there is none and none is to be made, and what ``IndexWriter/init(_:schemas:options:)`` throws.
  /// - Parameter mapped: false reads the files that it merges and looks up in into memory.
  public static func writer(
    path: String, schemas: [Schema], options: IndexWriter.Options, create: Bool, mapped: Bool = true
  ) throws(IndexError) -> IndexWriter {
    let fileSystem = try fileSystem(path, create: create, mapped: mapped)
    if !create, try CommitStore(fileSystem: fileSystem).generations().isEmpty { throw .missing(path: path) }
    return try IndexWriter(fileSystem, schemas: schemas, options: options)
  }

  static func fileSystem(
    _ path: String, create: Bool, mapped: Bool = true
  ) throws(IndexError) -> PosixFileSystem {
    do throws(StorageError) {
      return try PosixFileSystem(path: path, create: create, mapsFiles: mapped)
    } catch {
      guard case .missing = error else { throw .storage(error) }
      if create { throw .storage(.io(errno: ENOENT, operation: "mkdir", path: path)) }
      throw .missing(path: path)
    }
  }
}

extension IndexError {
  /// What an error asks of whoever meets it.
  public enum Remedy: Hashable, Sendable {
    /// No index there: build one.
    case build
    /// Damaged: restore it or build it again.
    case restore
    /// Written by a later release.
    case upgrade
    /// Made by other rules than the program's: build it again.
    case rebuild
    /// Another writer is at work: wait.
    case wait
    /// The operating system refused.
    case system
    /// A limit was reached.
    case reduce
    /// The caller asked for what the index does not know.
    case correct
  }

  /// What stands where something new was to be put; nil for other errors.
  public var takenPath: String? {
    if case .storage(.exists(let path)) = self { path } else { nil }
  }

  public var remedy: Remedy {
    switch self {
    case .corruption: .restore
    case .tooNew: .upgrade
    case .missing: .build
    case .storage(.locked): .wait
    case .storage(.missing): .restore
    case .storage(.wrongLength): .restore
    case .storage, .commitOutcomeUnknown, .writerFailed: .system
    case .limit: .reduce
    case .otherAnalysis, .otherSchema: .rebuild
    case .unknownKind: .correct
    }
  }
}
