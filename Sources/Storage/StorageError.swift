#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What can go wrong between the engine and the operating system's files.
///
/// None of these says that an index is damaged: whoever reads the bytes decides that. In particular a lack of file
/// descriptors, of memory or of space is an `io` error whose `isExhaustion` is true, never damage.
public enum StorageError: Error, Hashable, Sendable {
  /// A system call failed. `operation` is the call's name, `errno` its error number.
  case io(errno: Int32, operation: String, path: String)
  /// Another process, or another part of this one, holds the lock.
  case locked(path: String)
  /// There is no file or directory of that name.
  case missing(path: String)
  /// A file of that name is there already; files are never overwritten.
  case exists(path: String)
  /// The file is not as long as whoever named it says.
  case wrongLength(path: String, expected: Int, found: Int)
  /// A number exceeds what is allowed; `which` names the limit.
  case limit(which: String, allowed: Int, found: Int, path: String)
  /// The place is refused: a symbolic link, something that is not a plain file, a directory of somebody else.
  case unsafePlace(path: String, reason: String)
  /// The name cannot be a file of a directory: empty, too long, or with a slash or a NUL in it.
  case invalidName(String)
  /// The file can no longer be written: it is closed, or an earlier write or sync of it failed. Write a new file.
  case unusable(path: String, reason: String)

  /// Whether the cause is a lack of descriptors, memory, space or quota, which may pass; it says nothing of the file.
  public var isExhaustion: Bool {
    guard case .io(let number, _, _) = self else { return false }
    switch number {
    case EMFILE, ENFILE, ENOMEM, ENOSPC, EDQUOT, EFBIG, EAGAIN, ENOLCK: return true
    default: return false
    }
  }
}

extension StorageError: CustomStringConvertible {
  /// One sentence on what happened and one on what to do.
  public var description: String {
    switch self {
    case .io(let number, let operation, let path):
      return "\(path): \(operation) failed: \(Self.text(of: number)) (errno \(number)). \(Self.advice(for: number))"
    case .locked(let path):
      return "\(path) is locked by another writer. Wait until it has ended, or end it; the lock goes with the process."
    case .missing(let path):
      return "\(path) does not exist. Check the path, or build the index first."
    case .exists(let path):
      return "\(path) exists already and is not overwritten. Choose another place or remove it."
    case .wrongLength(let path, let expected, let found):
      return
        "\(path) is \(found) bytes long, expected \(expected). Restore the file from a backup or build the index anew."
    case .limit(let which, let allowed, let found, let path):
      return "\(path): \(which) is \(found), at most \(allowed) is allowed."
    case .unsafePlace(let path, let reason):
      return "\(path) is refused: \(reason). Use a directory of your own that holds plain files."
    case .invalidName(let name):
      return "'\(name)' cannot be a file name here. Use 1 to 255 bytes without a slash or NUL."
    case .unusable(let path, let reason):
      return "\(path) can no longer be written: \(reason). Write a new file instead."
    }
  }

  private static func text(of number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "unknown error"
  }

  private static func advice(for number: Int32) -> String {
    switch number {
    case ENOSPC: return "The disk is full: free some space and try again."
    case EDQUOT: return "The disk quota is used up: free some space or have it raised."
    case EFBIG: return "A file size limit was reached: raise it (ulimit -f)."
    case EMFILE, ENFILE: return "Too many files are open: raise the limit (ulimit -n)."
    case ENOMEM: return "Memory or mappings ran out: give more memory, raise vm.max_map_count, or use --no-mmap."
    case EACCES, EPERM: return "Permission is missing: check the owner and mode of the file and its directory."
    case EROFS: return "The file system is read-only: mount it for writing or use another place."
    case EIO: return "The device reported an error: check it, and treat recent unacknowledged writes as lost."
    case EAGAIN, ENOLCK: return "The system is short of resources: try again."
    default: return "Check the path and try again."
    }
  }
}
