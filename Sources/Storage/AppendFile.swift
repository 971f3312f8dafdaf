/// Where the bytes of a new file go. Implemented by each file system; `AppendFile` is what callers hold.
public protocol AppendSink: AnyObject {
  /// Appends all the bytes or throws; how many of them arrived is then unknown.
  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError)
  /// Makes all the bytes written so far durable.
  func sync() throws(StorageError)
  /// Closes the file, reporting what the system reports. Called once at most; letting go of the sink closes it too.
  func close() throws(StorageError)
}

/// A new file being written, front to back, by one thread, with its checksums.
///
/// Bytes gather in a buffer that is handed on whole; each byte is hashed once, when its 64 KiB block is full, in the
/// cache. After any failure the file is unusable: later calls throw without touching the system, because a kernel that
/// failed to write pages back may report the next sync as successful ("fsyncgate", PostgreSQL, 2018). Discard the file
/// and write a new one.
public final class AppendFile {
  /// Four blocks: 256 KiB, beyond which larger writes gain nothing.
  static let bufferSize = 4 * ContentChecksums.blockSize

  public let path: String
  private let sink: any AppendSink
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  /// Bytes of the buffer that are in `blocks` or `blockChecksum` already.
  private var hashed = 0
  private var flushed = 0
  private var blocks: [UInt32] = []
  /// The checksum of the hashed part of the block that is not full yet.
  private var blockChecksum: UInt32 = 0
  private var failure: String?

  /// - Parameter path: for messages.
  public init(path: String, sink: any AppendSink) {
    self.path = path
    self.sink = sink
    self.buffer = .allocate(byteCount: Self.bufferSize, alignment: 64)
  }

  deinit { buffer.deallocate() }

  /// The number of bytes written so far, those in the buffer included.
  public var position: Int { flushed + used }

  /// Appends bytes. Cost: one copy; a system call every 256 KiB; hashing every 64 KiB.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    try checkUsable()
    guard var source = bytes.baseAddress, let target = buffer.baseAddress else { return }
    var rest = bytes.count
    while rest > 0 {
      let taken = min(rest, Self.bufferSize - used)
      (target + used).copyMemory(from: source, byteCount: taken)
      used += taken
      source += taken
      rest -= taken
      if used - hashed >= ContentChecksums.blockSize { hashFullBlocks() }
      if used == Self.bufferSize { try flush() }
    }
  }

  /// Appends the bytes of an array.
  public func write(_ bytes: [UInt8]) throws(StorageError) {
    try write(bytes.span.bytes)
  }

  /// Appends the bytes of a span.
  public func write(_ bytes: RawSpan) throws(StorageError) {
    try bytes.withUnsafeBytes { (pointer) throws(StorageError) in try write(pointer) }
  }

  /// Appends an integer, least significant byte first.
  public func write<Value: FixedWidthInteger>(littleEndian value: Value) throws(StorageError) {
    try withUnsafeBytes(of: value.littleEndian) { (pointer) throws(StorageError) in try write(pointer) }
  }

  /// Appends zeros until `position` is a multiple of `alignment`, a power of two of 4096 at most.
  public func pad(to alignment: Int) throws(StorageError) {
    precondition(alignment > 0 && alignment <= 4096 && alignment & (alignment - 1) == 0, "a power of two up to 4096")
    let count = -position & (alignment - 1)
    if count > 0 { try write([UInt8](repeating: 0, count: count)) }
  }

  /// The checksums of all bytes written so far; writing may go on afterwards. This is what a footer records of the
  /// bytes before it. Cost: hashing what is not hashed yet (under 64 KiB) and a copy of the block checksums.
  public func checksums() -> ContentChecksums {
    hashFullBlocks()
    hashUpTo(used)
    let isPartial = position % ContentChecksums.blockSize != 0
    return ContentChecksums(count: position, blocks: isPartial ? blocks + [blockChecksum] : blocks)
  }

  /// Hands on what is in the buffer and makes the file durable. Its name is not: that takes `syncDirectory()`.
  public func sync() throws(StorageError) {
    try checkUsable()
    try flush()
    try attempt("an earlier sync failed") { () throws(StorageError) in try sink.sync() }
  }

  /// Hands on what is in the buffer and closes the file, without making it durable.
  public func close() throws(StorageError) {
    try checkUsable()
    try flush()
    failure = "it is closed"
    try sink.close()
  }

  /// Syncs and closes the file; answers the checksums of all of it.
  public func finish() throws(StorageError) -> ContentChecksums {
    let result = checksums()
    try sync()
    try close()
    return result
  }

  /// Hands on what is in the buffer.
  func flush() throws(StorageError) {
    guard used > 0 else { return }
    hashFullBlocks()
    hashUpTo(used)
    try attempt("an earlier write failed") { () throws(StorageError) in
      try sink.write(UnsafeRawBufferPointer(rebasing: buffer[..<used]))
    }
    flushed += used
    used = 0
    hashed = 0
  }

  /// Hashes every block that ends within the buffer.
  private func hashFullBlocks() {
    while true {
      let blockEnd = hashed + ContentChecksums.blockSize - (flushed + hashed) % ContentChecksums.blockSize
      guard blockEnd <= used else { return }
      hashUpTo(blockEnd)
      blocks.append(blockChecksum)
      blockChecksum = 0
    }
  }

  private func hashUpTo(_ end: Int) {
    guard end > hashed else { return }
    blockChecksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: buffer[hashed..<end]), seed: blockChecksum)
    hashed = end
  }

  private func checkUsable() throws(StorageError) {
    if let failure { throw .unusable(path: path, reason: failure) }
  }

  private func attempt(_ reason: String, _ body: () throws(StorageError) -> Void) throws(StorageError) {
    do {
      try body()
    } catch {
      failure = reason
      throw error
    }
  }
}
