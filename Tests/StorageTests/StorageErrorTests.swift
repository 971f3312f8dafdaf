import Storage
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct StorageErrorTests {
  @Test func shortageIsNeverDamage() {
    for number in [EMFILE, ENFILE, ENOMEM, ENOSPC, EDQUOT, EFBIG] {
      #expect(StorageError.io(errno: number, operation: "open", path: "p").isExhaustion)
    }
    #expect(!StorageError.io(errno: EIO, operation: "read", path: "p").isExhaustion)
    #expect(!StorageError.missing(path: "p").isExhaustion)
  }

  @Test func saysWhatAndWhereAndWhatToDo() {
    let errors: [(StorageError, [String])] = [
      (.io(errno: ENOSPC, operation: "write", path: "d/f"), ["d/f", "write", "errno 28", "free some space"]),
      (.io(errno: EMFILE, operation: "open", path: "d/f"), ["open", "ulimit -n"]),
      (.io(errno: ENOMEM, operation: "mmap", path: "d/f"), ["mmap", "--no-mmap"]),
      (.locked(path: "d/write.lock"), ["d/write.lock", "Wait"]),
      (.missing(path: "d/f"), ["d/f", "does not exist", "build the index"]),
      (.exists(path: "d/f"), ["d/f", "not overwritten"]),
      (.wrongLength(path: "d/f", expected: 5, found: 4), ["d/f", "expected 5", "4 bytes", "backup"]),
      (.limit(which: "the length", allowed: 7, found: 8, path: "d/f"), ["d/f", "the length", "7", "8"]),
      (.unsafePlace(path: "d/f", reason: "it is a symbolic link"), ["d/f", "symbolic link", "own"]),
      (.invalidName("a/b"), ["a/b", "slash"]),
      (.unusable(path: "d/f", reason: "it is closed"), ["d/f", "closed", "new file"]),
    ]
    for (error, parts) in errors {
      for part in parts { #expect(error.description.contains(part), "\(error)") }
    }
  }
}
