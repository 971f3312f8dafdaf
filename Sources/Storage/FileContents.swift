#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of one file, unchanging, readable from any thread for as long as this object lives.
///
/// Backed by a read-only mapping, which stays valid after the file is removed, or by the heap. If someone else shortens
/// a mapped file in place, touching the lost pages kills the process (SIGBUS): for directories that others may write
/// to, open with `mapping: false`.
public final class FileContents: @unchecked Sendable {
  // Unchecked: the memory is written before this object exists and only read afterwards.

  /// How the bytes will be read.
  public enum Advice: Sendable {
    /// Here and there: do not read ahead.
    case random
    /// Soon and all of it: start reading now.
    case willNeed
  }

  private enum Backing { case mapping, heap }

  public let path: String
  /// Valid only while this object lives, which the compiler may end after its last use: keep the object in a property
  /// beside the pointer, or use `withBytes`.
  public let bytes: UnsafeRawBufferPointer
  private let backing: Backing

  public var count: Int { bytes.count }
  /// Whether the bytes are a mapping of the file, not a copy of it.
  public var isMapped: Bool { backing == .mapping }

  /// Takes over a mapping made with `mmap`.
  init(path: String, mapping: UnsafeRawBufferPointer) {
    self.path = path
    self.bytes = mapping
    self.backing = .mapping
  }

  /// Takes over memory allocated with `malloc`; `bytes` may be empty without an address.
  init(path: String, heap: UnsafeRawBufferPointer) {
    self.path = path
    self.bytes = heap
    self.backing = .heap
  }

  /// A copy of bytes in memory.
  public convenience init(path: String, copying source: UnsafeRawBufferPointer) throws(StorageError) {
    let memory = try Self.allocate(source.count, path: path)
    memory.copyMemory(from: source)
    self.init(path: path, heap: UnsafeRawBufferPointer(memory))
  }

  deinit {
    guard let base = bytes.baseAddress else { return }
    let start = UnsafeMutableRawPointer(mutating: base)
    switch backing {
    case .mapping: munmap(start, bytes.count)
    case .heap: free(start)
    }
  }

  /// Calls `body` with the bytes; they stay valid until it returns.
  public func withBytes<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  /// Tells the kernel how the bytes will be read. A hint: failures are of no consequence and not reported.
  public func advise(_ advice: Advice) {
    guard backing == .mapping, let base = bytes.baseAddress else { return }
    let value = advice == .random ? MADV_RANDOM : MADV_WILLNEED
    _ = madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, Int32(value))
  }

  /// Memory from `malloc`, which unlike Swift's own allocation answers a lack of memory with an error.
  static func allocate(_ count: Int, path: String) throws(StorageError) -> UnsafeMutableRawBufferPointer {
    guard count > 0 else { return UnsafeMutableRawBufferPointer(start: nil, count: 0) }
    guard let memory = malloc(count) else { throw .io(errno: ENOMEM, operation: "malloc", path: path) }
    return UnsafeMutableRawBufferPointer(start: memory, count: count)
  }
}
