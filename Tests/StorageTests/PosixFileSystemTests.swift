import Synchronization
import Testing

@testable import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite(.serialized) struct PosixFileSystemTests {
  @Test func makesDirectoriesAndRefusesMissingOnes() throws {
    let temporary = try TemporaryDirectory()
    let deep = temporary.path + "/a/b//c/"
    #expect(
      storageError { () throws(StorageError) in _ = try PosixFileSystem(path: deep, create: false) }
        == .missing(path: deep))
    let made = try PosixFileSystem(path: deep, create: true)
    #expect(try made.list() == [])
    _ = try PosixFileSystem(path: deep, create: true)
    #expect(
      storageError { () throws(StorageError) in _ = try PosixFileSystem(path: "", create: true) } == .invalidName(""))
    _ = try PosixFileSystem(path: temporary.path, create: false).create("file").close()
    guard
      case .io(ENOTDIR, _, _)? = storageError({ () throws(StorageError) in
        _ = try PosixFileSystem(path: temporary.path + "/file", create: true)
      })
    else {
      Issue.record("a file is not a directory")
      return
    }
  }

  @Test func modeDoesNotDependOnTheMask() throws {
    let temporary = try TemporaryDirectory()
    let directory = try PosixFileSystem(path: temporary.path, create: false)
    let old = umask(0o077)
    defer { umask(old) }
    try directory.create("a").close()
    var status = stat()
    #expect(stat(temporary.path + "/a", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test func linksPipesAndDirectoriesAreNotFiles() throws {
    let temporary = try TemporaryDirectory()
    let directory = try PosixFileSystem(path: temporary.path, create: false)
    try directory.create("real").close()
    #expect(symlink("real", temporary.path + "/link") == 0)
    #expect(symlink("nowhere", temporary.path + "/dangling") == 0)
    #expect(mkfifo(temporary.path + "/pipe", 0o600) == 0)
    #expect(mkdir(temporary.path + "/folder", 0o700) == 0)
    for name in ["link", "dangling", "pipe", "folder"] {
      guard case .unsafePlace? = storageError({ () throws(StorageError) in _ = try directory.open(name) }) else {
        Issue.record("\(name) was opened")
        continue
      }
      #expect(
        storageError { () throws(StorageError) in _ = try directory.create(name) }
          == .exists(path: temporary.path + "/" + name))
    }
    #expect(storageError { () throws(StorageError) in try directory.rename("real", to: "dangling") } != nil)
    guard
      case .io(ELOOP, _, _)? = storageError({ () throws(StorageError) in _ = try directory.lockExclusively("link") })
    else {
      Issue.record("a lock through a link")
      return
    }
  }

  @Test func staysWithItsDirectoryWhenThePathIsMoved() throws {
    let temporary = try TemporaryDirectory()
    let directory = try PosixFileSystem(path: temporary.path + "/a", create: true)
    #expect(rename(temporary.path + "/a", temporary.path + "/b") == 0)
    try directory.create("file").close()
    #expect(try PosixFileSystem(path: temporary.path + "/b", create: false).list() == ["file"])
  }

  /// Each call moves seven bytes at most, and every other call is interrupted first.
  @Test func shortAndInterruptedCallsAreContinued() throws {
    let temporary = try TemporaryDirectory()
    let interrupted = Mutex(0)
    let interrupts: @Sendable () -> Bool = {
      interrupted.withLock {
        $0 += 1; return $0 % 2 == 1
      }
    }
    var calls = SystemCalls.system
    calls.write = { descriptor, bytes, count in
      if interrupts() { errno = EINTR; return -1 }
      return SystemCalls.system.write(descriptor, bytes, min(count, 7))
    }
    calls.pread = { descriptor, bytes, count, offset in
      if interrupts() { errno = EINTR; return -1 }
      return SystemCalls.system.pread(descriptor, bytes, min(count, 7), offset)
    }
    calls.fsync = { descriptor in
      if interrupts() { errno = EINTR; return -1 }
      return SystemCalls.system.fsync(descriptor)
    }
    let directory = try PosixFileSystem(path: temporary.path, create: false, calls: calls)
    var random = SeededGenerator(seed: 6)
    let bytes = random.bytes(5000)
    try FileSystemContractTests.write(directory, "a", bytes)
    try directory.syncDirectory()
    #expect(try directory.read("a", limit: 5000) == bytes)
    #expect(interrupted.withLock { $0 } > 1400)
  }

  @Test func failedSyncIsFinalAndCloseIsChecked() throws {
    let temporary = try TemporaryDirectory()
    let syncs = Mutex(0)
    var calls = SystemCalls.system
    calls.fsync = { _ in
      syncs.withLock { $0 += 1 }
      errno = EIO
      return -1
    }
    calls.close = { descriptor in
      _ = SystemCalls.system.close(descriptor)
      errno = ENOSPC
      return -1
    }
    let directory = try PosixFileSystem(path: temporary.path, create: false, calls: calls)
    let path = temporary.path + "/a"
    let file = try directory.create("a")
    try file.write([1])
    #expect(
      storageError { () throws(StorageError) in try file.sync() } == .io(errno: EIO, operation: "fsync", path: path))
    #expect(storageError { () throws(StorageError) in try file.sync() } != nil)
    #expect(syncs.withLock { $0 } == 1)
    let other = try directory.create("b")
    #expect(
      storageError { () throws(StorageError) in try other.close() }
        == .io(errno: ENOSPC, operation: "close", path: temporary.path + "/b"))
  }

  /// Fault 13: a file system that shuts itself down while a directory is synced may report the sync as done. XFS does; its
  /// files cannot be asked anything afterwards.
  @Test func aSyncOfAFileSystemThatHasShutDownFails() throws {
    let temporary = try TemporaryDirectory()
    let isDown = Mutex(false)
    var calls = SystemCalls.system
    calls.fsync = { descriptor in
      isDown.withLock { $0 = true }
      return SystemCalls.system.fsync(descriptor)
    }
    calls.fstat = { descriptor in
      guard isDown.withLock({ $0 }) else { return SystemCalls.system.fstat(descriptor) }
      errno = EIO
      return -1
    }
    let directory = try PosixFileSystem(path: temporary.path, create: false, calls: calls)
    #expect(
      storageError { () throws(StorageError) in try directory.syncDirectory() }
        == .io(errno: EIO, operation: "fstat", path: temporary.path))
    let file = try directory.create("a")
    try file.write([1])
    #expect(
      storageError { () throws(StorageError) in try file.sync() }
        == .io(errno: EIO, operation: "fstat", path: temporary.path + "/a"))
    // As after any failed sync: never again.
    calls.fsync = { _ in 0 }
    guard case .unusable? = storageError({ () throws(StorageError) in try file.sync() }) else {
      Issue.record("the file is synced again")
      return
    }
  }

  @Test func writeThatMovesNothingEnds() throws {
    let temporary = try TemporaryDirectory()
    var calls = SystemCalls.system
    calls.write = { _, _, _ in 0 }
    let directory = try PosixFileSystem(path: temporary.path, create: false, calls: calls)
    let file = try directory.create("a")
    try file.write([1])
    #expect(storageError { () throws(StorageError) in try file.sync() } != nil)
  }

  @Test func shortenedFileIsRefusedWhileReading() throws {
    let temporary = try TemporaryDirectory()
    var calls = SystemCalls.system
    calls.pread = { descriptor, bytes, count, offset in
      offset >= 10 ? 0 : SystemCalls.system.pread(descriptor, bytes, min(count, 10), offset)
    }
    let directory = try PosixFileSystem(path: temporary.path, create: false, calls: calls)
    try FileSystemContractTests.write(directory, "a", [UInt8](repeating: 1, count: 100))
    #expect(
      storageError { () throws(StorageError) in _ = try directory.open("a", expectedCount: 100, mapping: false) }
        == .wrongLength(path: temporary.path + "/a", expected: 100, found: 10))
  }

  @Test func linkedCopyIsTheSameFile() throws {
    let (one, two) = (try TemporaryDirectory(), try TemporaryDirectory())
    let source = try PosixFileSystem(path: one.path, create: false)
    let target = try PosixFileSystem(path: two.path, create: false)
    try FileSystemContractTests.write(source, "a", [1])
    try FileSystemContractTests.write(source, "b", [2])
    try source.copy("a", to: target, linking: true)
    try source.copy("b", to: target, linking: false)
    var (a, b) = (stat(), stat())
    #expect(stat(two.path + "/a", &a) == 0 && stat(two.path + "/b", &b) == 0)
    #expect(a.st_nlink == 2 && b.st_nlink == 1)
  }

  /// A limit on the file's size answers EFBIG, once its signal is ignored. The limit holds for the whole process, so
  /// it is set far beyond what other tests write, and the file is made that long by a hole.
  @Test func fileSizeLimitIsAnError() throws {
    ProcessSignals.ignoreFileSizeLimitAndBrokenPipe()
    let temporary = try TemporaryDirectory()
    let limit = 1 << 40
    var calls = SystemCalls.system
    calls.write = { descriptor, bytes, count in
      #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      #else
        let resource = RLIMIT_FSIZE
      #endif
      var status = stat()
      fstat(descriptor, &status)
      if status.st_size == 0 { ftruncate(descriptor, limit - 1000) }
      var old = rlimit()
      getrlimit(resource, &old)
      var small = rlimit(rlim_cur: rlim_t(limit), rlim_max: old.rlim_max)
      setrlimit(resource, &small)
      let written = SystemCalls.system.write(descriptor, bytes, count)
      let number = errno
      setrlimit(resource, &old)
      errno = number
      return written
    }
    let directory = try PosixFileSystem(path: temporary.path, create: false, calls: calls)
    let file = try directory.create("a")
    try file.write([UInt8](repeating: 1, count: 2000))
    let error = storageError { () throws(StorageError) in try file.sync() }
    #expect(error == .io(errno: EFBIG, operation: "write", path: temporary.path + "/a"))
    #expect(error?.isExhaustion == true)
    #expect(try directory.count(of: "a") == limit)
  }

  /// A writer that dies without a word gives its lock back; while it lives, other processes are refused.
  @Test func lockHoldsBetweenProcessesAndEndsWithItsHolder() throws {
    let temporary = try TemporaryDirectory()
    let directory = try PosixFileSystem(path: temporary.path, create: false)
    try directory.lockExclusively("write.lock").release()
    let lockPath = temporary.path + "/write.lock"
    // flock(1) of util-linux, which becomes the sleeping program without forking, is the other writer.
    var child = pid_t()
    let words = ["flock", "-F", "-x", lockPath, "sleep", "60"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawnp(&child, "flock", nil, nil, &arguments, environ) == 0 else {
      print("skipped: no flock program here")
      return
    }
    var refused: StorageError?
    for _ in 0..<500 where refused == nil {
      refused = storageError { () throws(StorageError) in try directory.lockExclusively("write.lock").release() }
      if refused == nil { usleep(10_000) }
    }
    #expect(refused == .locked(path: lockPath))
    _ = kill(child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    #expect(storageError { () throws(StorageError) in try directory.lockExclusively("write.lock").release() } == nil)
  }
}
