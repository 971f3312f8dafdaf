#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory of the operating system, held open: every call goes through its descriptor, so that renaming or
/// replacing the directory meanwhile changes nothing. Symbolic links are not followed inside it.
public final class PosixFileSystem: FileSystem {
  /// Mode of new files: the owner writes, the group reads, whatever the process's mask is.
  static let fileMode: mode_t = 0o640
  /// Mode of a directory made here.
  static let directoryMode: mode_t = 0o750
  /// How often and how long (microseconds) a pin waits for someone who is just testing for pins: 0.2 s in all.
  static let pinAttempts = 200, pinPause: UInt32 = 1000

  public let path: String
  let directory: Int32
  private let calls: SystemCalls
  private let mapsFiles: Bool

  /// Opens a directory.
  /// - Parameters:
  ///   - create: makes it, and the directories above it, durably, where they are missing.
  ///   - mapsFiles: false reads every file into memory, whatever `open` is asked for: where others may cut files short.
  /// - Throws: `missing`, `io`.
  public convenience init(path: String, create: Bool, mapsFiles: Bool = true) throws(StorageError) {
    try self.init(path: path, create: create, mapsFiles: mapsFiles, calls: .system)
  }

  init(path: String, create: Bool, mapsFiles: Bool = true, calls: SystemCalls) throws(StorageError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .invalidName(path) }
    if create { try Self.makeDirectories(path) }
    self.path = path
    self.calls = calls
    self.mapsFiles = mapsFiles
    self.directory = try retryingInterrupts {
      openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }.value("open", path)
  }

  deinit { _ = calls.close(directory) }

  // MARK: Names

  public func list() throws(StorageError) -> [String] {
    // A second description of the directory: reading one moves its position, which threads would share.
    let descriptor = try retryingInterrupts {
      openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }.value("open", path)
    guard let stream = fdopendir(descriptor) else {
      let number = errno
      _ = calls.close(descriptor)
      throw .io(errno: number, operation: "fdopendir", path: path)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw .io(errno: errno, operation: "readdir", path: path) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: FileName.longest + 1) { String(validatingCString: $0) }
      }
      // A name that is not UTF-8 is none of ours.
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func count(of name: String) throws(StorageError) -> Int {
    let descriptor = try openPlain(name)
    defer { _ = calls.close(descriptor) }
    return try length(of: descriptor, name)
  }

  public func rename(_ name: String, to newName: String) throws(StorageError) {
    try FileName.check(name)
    try FileName.check(newName)
    var status = stat()
    // The writer's lock keeps others from taking the name between this look and the rename.
    if fstatat(directory, newName, &status, AT_SYMLINK_NOFOLLOW) == 0 { throw .exists(path: path(of: newName)) }
    _ = try retryingInterrupts { renameat(directory, name, directory, newName) }.value("rename", path(of: name))
  }

  public func remove(_ name: String) throws(StorageError) {
    try FileName.check(name)
    _ = try retryingInterrupts { unlinkat(directory, name, 0) }.value("unlink", path(of: name))
  }

  public func syncDirectory() throws(StorageError) {
    try calls.sync(directory, path: path)
  }

  // MARK: Files

  public func create(_ name: String) throws(StorageError) -> AppendFile {
    try FileName.check(name)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC
    let descriptor = try retryingInterrupts { openat(directory, name, flags, Self.fileMode) }
      .value("create", path(of: name))
    let sink = PosixAppendSink(path: path(of: name), descriptor: descriptor, calls: calls)
    _ = try retryingInterrupts { fchmod(descriptor, Self.fileMode) }.value("chmod", path(of: name))
    return AppendFile(path: path(of: name), sink: sink)
  }

  public func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents {
    let descriptor = try openPlain(name)
    defer { _ = calls.close(descriptor) }
    let count = try length(of: descriptor, name)
    if let expectedCount, expectedCount != count {
      throw .wrongLength(path: path(of: name), expected: expectedCount, found: count)
    }
    guard mapping, mapsFiles, count > 0 else { return try readAll(descriptor, name, count: count) }
    guard let start = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
      throw .io(errno: errno, operation: "mmap", path: path(of: name))
    }
    return FileContents(path: path(of: name), mapping: UnsafeRawBufferPointer(start: start, count: count))
  }

  public func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] {
    let descriptor = try openPlain(name)
    defer { _ = calls.close(descriptor) }
    let count = try length(of: descriptor, name)
    guard count <= limit else {
      throw .limit(which: "the file's length", allowed: limit, found: count, path: path(of: name))
    }
    return try readAll(descriptor, name, count: count).withBytes { Array($0) }
  }

  public func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError) {
    try FileName.check(name)
    if linking, let other = other as? PosixFileSystem {
      let linked = retryingInterrupts { linkat(directory, name, other.directory, name, 0) }
      switch linked {
      case .success: return
      case .failure(let error):
        // Another device, a file system without links, or too many of them: copy. Anything else is an error.
        switch error.number {
        case EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS: break
        case EEXIST: throw .exists(path: other.path(of: name))
        default: throw error.storageError("link", path(of: name))
        }
      }
    }
    try copyBytes(of: name, to: other)
  }

  public func freeSpace() throws(StorageError) -> UInt64 {
    var status = statvfs()
    _ = try retryingInterrupts { fstatvfs(directory, &status) }.value("statvfs", path)
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflow ? .max : bytes
  }

  // MARK: Locks

  public func lockExclusively(_ name: String) throws(StorageError) -> FileLock {
    try FileName.check(name)
    try refuseForeignDirectory()
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let descriptor = try retryingInterrupts { openat(directory, name, flags, Self.fileMode) }
      .value("open", path(of: name))
    return try lock(descriptor, name, LOCK_EX)
  }

  public func pin(_ name: String) throws(StorageError) -> FileLock {
    for _ in 0..<Self.pinAttempts {
      do throws(StorageError) {
        let descriptor = try openPlain(name)
        let lock = try lock(descriptor, name, LOCK_SH)
        // Removed between the opening and the lock: whoever removed it saw no pin.
        guard try status(of: descriptor, name).st_nlink > 0 else { throw .missing(path: path(of: name)) }
        return lock
      } catch {
        // Held exclusively for the moment of a test, or of a removal.
        guard case .locked = error else { throw error }
        usleep(Self.pinPause)
      }
    }
    throw .locked(path: path(of: name))
  }

  public func isPinned(_ name: String) throws(StorageError) -> Bool {
    do throws(StorageError) {
      try lock(openPlain(name), name, LOCK_EX).release()
      return false
    } catch {
      guard case .locked = error else { throw error }
      return true
    }
  }

  public func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool {
    do throws(StorageError) {
      let held = try lock(openPlain(name), name, LOCK_EX)
      defer { held.release() }
      try remove(name)
      return true
    } catch {
      guard case .locked = error else { throw error }
      return false
    }
  }

  /// Locks and takes over a descriptor. `flock`, not `fcntl`, whose locks go when any descriptor of the file closes.
  private func lock(_ descriptor: Int32, _ name: String, _ kind: Int32) throws(StorageError) -> FileLock {
    let calls = calls
    let held = FileLock(path: path(of: name)) { _ = calls.close(descriptor) }
    if case .failure(let error) = retryingInterrupts({ flock(descriptor, kind | LOCK_NB) }) {
      if error.number == EWOULDBLOCK { throw .locked(path: held.path) }
      throw error.storageError("flock", held.path)
    }
    return held
  }

  // MARK: Descriptors

  /// Opens a plain file for reading, refusing links, devices and pipes.
  private func openPlain(_ name: String) throws(StorageError) -> Int32 {
    try FileName.check(name)
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    switch retryingInterrupts({ openat(directory, name, flags) }) {
    case .failure(let error):
      if error.number == ELOOP { throw .unsafePlace(path: path(of: name), reason: "it is a symbolic link") }
      throw error.storageError("open", path(of: name))
    case .success(let descriptor):
      do throws(StorageError) {
        guard try status(of: descriptor, name).st_mode & S_IFMT == S_IFREG else {
          throw .unsafePlace(path: path(of: name), reason: "it is not a plain file")
        }
        return descriptor
      } catch {
        _ = calls.close(descriptor)
        throw error
      }
    }
  }

  private func status(of descriptor: Int32, _ name: String) throws(StorageError) -> stat {
    var status = stat()
    _ = try retryingInterrupts { fstat(descriptor, &status) }.value("fstat", path(of: name))
    return status
  }

  private func length(of descriptor: Int32, _ name: String) throws(StorageError) -> Int {
    let length = try status(of: descriptor, name).st_size
    guard let count = Int(exactly: length), count >= 0 else {
      throw .io(errno: EOVERFLOW, operation: "fstat", path: path(of: name))
    }
    return count
  }

  private func readAll(_ descriptor: Int32, _ name: String, count: Int) throws(StorageError) -> FileContents {
    let memory = try FileContents.allocate(count, path: path(of: name))
    // Owns the memory from here on, whatever happens.
    let contents = FileContents(path: path(of: name), heap: UnsafeRawBufferPointer(memory))
    guard let base = memory.baseAddress else { return contents }
    var filled = 0
    while filled < count {
      let part = try retryingInterrupts { calls.pread(descriptor, base + filled, count - filled, filled) }
        .value("read", path(of: name))
      guard part > 0 else { throw .wrongLength(path: path(of: name), expected: count, found: filled) }
      filled += part
    }
    return contents
  }

  /// Refuses to write where somebody else could have planted files, or could change them. Root may write anywhere.
  private func refuseForeignDirectory() throws(StorageError) {
    var status = stat()
    _ = try retryingInterrupts { fstat(directory, &status) }.value("fstat", path)
    let user = geteuid()
    guard user == 0 || status.st_uid == user else {
      throw .unsafePlace(path: path, reason: "the directory belongs to another user")
    }
  }

  /// Makes a directory and those above it; each is made durable by syncing the one it stands in.
  private static func makeDirectories(_ path: String) throws(StorageError) {
    var made = path.utf8.first == UInt8(ascii: "/") ? "/" : "."
    for component in path.split(separator: "/") {
      let parent = made
      made += "/" + component
      guard mkdir(made, directoryMode) == 0 else {
        if errno == EEXIST { continue }
        throw SystemError(number: errno).storageError("mkdir", made)
      }
      try PosixFileSystem(path: parent, create: false).syncDirectory()
    }
  }
}
