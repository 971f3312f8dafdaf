/// The only door to the operating system's files. One instance is rooted at one directory and knows plain file names.
///
/// The engine's files are written once, in order, under names that are never used again, and are never changed
/// afterwards; so there is no call to overwrite, truncate or seek. What a crash may undo is defined by two calls:
/// a file's bytes are durable after `AppendFile.sync()`, a name (made by `create`, `rename` or `remove`) after
/// `syncDirectory()`. Nothing else is promised, least of all order (Pillai et al., "All File Systems Are Not Created
/// Equal", OSDI 2014); `CrashStates` produces everything that may then be found.
///
/// Every call throws `StorageError`; `missing` and `exists` are kept apart from other failures.
public protocol FileSystem: AnyObject, Sendable {
  /// The directory, for messages.
  var path: String { get }

  /// All names in the directory, sorted by their bytes. Cost: one pass over the directory.
  func list() throws(StorageError) -> [String]

  /// The length in bytes of a file.
  func count(of name: String) throws(StorageError) -> Int

  /// A new, empty file. Throws `exists` if the name is taken, whatever by.
  func create(_ name: String) throws(StorageError) -> AppendFile

  /// The bytes of a file, mapped into memory or, with `mapping: false`, read into the heap. They stay readable after
  /// the file is removed. The length is compared with `expectedCount`, if given, before anything is mapped or
  /// allocated; `wrongLength` is thrown when it differs.
  func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents

  /// All bytes of a small file. Throws `limit` if it is longer than `limit`.
  func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8]

  /// Gives a file another name; throws `exists` if that is taken. Only the holder of the writer's lock may call this.
  func rename(_ name: String, to newName: String) throws(StorageError)

  /// Removes a name; whoever has the file open keeps it.
  func remove(_ name: String) throws(StorageError)

  /// Makes all names as they are now durable. After a failure it is unknown which are.
  func syncDirectory() throws(StorageError)

  /// Puts a file under the same name into another directory. With `linking` a hard link is tried first. A copy is
  /// synced; the caller syncs the other directory. Throws `exists` if the name is taken there.
  func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError)

  /// Bytes that may still be written by this user.
  func freeSpace() throws(StorageError) -> UInt64

  /// Takes the lock that one writer holds for its life. The lock is an empty file, made if need be, never removed; it
  /// is given back by `FileLock.release()`, with the last reference, or by the death of the process. Throws `locked`
  /// at once if someone has it.
  func lockExclusively(_ name: String) throws(StorageError) -> FileLock

  /// Pins a file: as long as the answer lives, `removeUnlessPinned` leaves the file, in whatever process it is called.
  /// Throws `missing` if the file has been removed.
  func pin(_ name: String) throws(StorageError) -> FileLock

  /// Whether a pin of the file is held anywhere.
  func isPinned(_ name: String) throws(StorageError) -> Bool

  /// Removes a file unless it is pinned, with no gap between the test and the removal. Answers whether it did.
  func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool
}

extension FileSystem {
  /// The bytes of a file, mapped, whatever its length.
  public func open(_ name: String) throws(StorageError) -> FileContents {
    try open(name, expectedCount: nil, mapping: true)
  }

  /// Whether a file of that name is there.
  public func contains(_ name: String) throws(StorageError) -> Bool {
    do {
      _ = try count(of: name)
      return true
    } catch {
      if case .missing = error { return false }
      throw error
    }
  }

  /// The path of a name, for messages.
  func path(of name: String) -> String { path + "/" + name }

  /// Copies through memory: the way of every file system that has no shorter one.
  func copyBytes(of name: String, to other: any FileSystem) throws(StorageError) {
    let contents = try open(name)
    let file = try other.create(name)
    try contents.withBytes { (bytes) throws(StorageError) in try file.write(bytes) }
    _ = try file.finish()
  }
}

/// What may name a file.
enum FileName {
  /// The longest name of the usual file systems, in bytes (NAME_MAX of Linux and Darwin).
  static let longest = 255

  /// Throws `invalidName` unless the name is one plain path component.
  static func check(_ name: String) throws(StorageError) {
    let bytes = name.utf8
    let valid =
      !bytes.isEmpty && bytes.count <= longest && name != "." && name != ".."
      && !bytes.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    guard valid else { throw .invalidName(name) }
  }
}
