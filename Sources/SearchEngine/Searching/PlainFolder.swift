import Storage

/// A folder of plain files beside an index, for layers that know no file system: what belongs to a user, evidence to be
/// handed on. Files appear whole or not at all, and are never overwritten: what changes gets a new name.
public final class PlainFolder: Sendable {
  private let files: any FileSystem

  /// The name under which a file is written before it gets its own.
  private static let unfinished = "unfinished.tmp"
  private static let lockName = "lock"
  /// How long a lock that somebody else holds is waited for, in pauses of a hundredth of a second.
  private static let lockPauses = 1_000

  /// A folder of any file system.
  public init(_ files: any FileSystem) { self.files = files }

  /// A folder of the system's, made with those above it where it is missing and `create` says so.
  public convenience init(path: String, create: Bool) throws(IndexError) {
    self.init(try IndexDirectory.fileSystem(path, create: create))
  }

  public var path: String { files.path }

  /// All names in the folder, of whatever stands there, in byte order.
  public func names() throws(IndexError) -> [String] { try storing { () throws(StorageError) in try files.list() } }

  /// All bytes of a file; nil where there is none. Throws when it is longer than `limit`.
  public func read(_ name: String, limit: Int) throws(IndexError) -> [UInt8]? {
    do throws(StorageError) { return try files.read(name, limit: limit) } catch {
      if case .missing = error { return nil }
      throw .storage(error)
    }
  }

  /// Hands the bytes of a file to `body`, piece by piece. False where there is no file. Throws when it is a link, a folder
  /// or anything else that is no plain file.
  public func forEachPiece(of name: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(IndexError) -> Bool {
    do throws(StorageError) {
      let contents = try files.open(name)
      contents.withBytes { bytes in
        var start = 0
        while start < bytes.count {
          let end = min(bytes.count, start + Self.piece)
          body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
          start = end
        }
      }
      return true
    } catch {
      if case .missing = error { return false }
      throw .storage(error)
    }
  }

  private static let piece = 1 << 20

  /// A new file, whole under its name or not there. `isDurable`: it outlives a power cut, too. Only the holder of the
  /// folder's lock may call this.
  public func write(_ name: String, _ bytes: [UInt8], isDurable: Bool = true) throws(IndexError) {
    try storing { () throws(StorageError) in
      // What a process left behind that ended while it wrote.
      if try files.contains(Self.unfinished) { try files.remove(Self.unfinished) }
      let file = try files.create(Self.unfinished)
      try file.write(bytes)
      if isDurable { _ = try file.finish() } else { try file.close() }
      try files.rename(Self.unfinished, to: name)
      if isDurable { try files.syncDirectory() }
    }
  }

  /// A new file that is written piece by piece. Throws where there is one of that name.
  public func create(_ name: String) throws(IndexError) -> PlainFile {
    PlainFile(try storing { () throws(StorageError) in try files.create(name) })
  }

  /// Makes names durable.
  public func sync() throws(IndexError) { try storing { () throws(StorageError) in try files.syncDirectory() } }

  /// Removes a file; nothing where there is none.
  public func remove(_ name: String) throws(IndexError) {
    do throws(StorageError) { try files.remove(name) } catch {
      if case .missing = error { return }
      throw .storage(error)
    }
  }

  /// Runs `body` while nobody else, of this process or another, does so with this folder.
  ///
  /// - Throws: `storage(locked)` after ten seconds, or at once when it is not to wait; what `body` throws.
  public func locked<Result, Failure: Error>(
    waits: Bool = true, failed: (IndexError) -> Failure, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var lock: FileLock?
    var pauses = 0
    while lock == nil {
      do throws(StorageError) { lock = try files.lockExclusively(Self.lockName) } catch {
        guard case .locked = error, waits, pauses < Self.lockPauses else { throw failed(.storage(error)) }
        pauses += 1
        Pause.hundredth()
      }
    }
    defer { lock?.release() }
    return try body()
  }

  private func storing<Result>(_ body: () throws(StorageError) -> Result) throws(IndexError) -> Result {
    do throws(StorageError) { return try body() } catch { throw .storage(error) }
  }
}

/// A file of a ``PlainFolder`` being written, by one thread.
public final class PlainFile {
  private let file: AppendFile

  fileprivate init(_ file: AppendFile) { self.file = file }

  /// Bytes so far.
  public var count: Int { file.position }

  public func write(_ bytes: [UInt8]) throws(IndexError) {
    do throws(StorageError) { try file.write(bytes) } catch { throw .storage(error) }
  }

  /// Closes the file; its bytes outlive a power cut.
  public func finish() throws(IndexError) {
    do throws(StorageError) { _ = try file.finish() } catch { throw .storage(error) }
  }
}
