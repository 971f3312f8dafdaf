/// Where a codec writes its lists, one after another: an open section of a file, or memory, whose bytes are put behind
/// those of a file later. Lists know only offsets inside themselves, so they may be moved.
struct ListOutput: ~Copyable {
  private let file: IndexFileWriter?
  private var memory = ByteBuffer(capacity: 16)

  /// The section that is open in `file`; nil: memory.
  init(_ file: IndexFileWriter?) { self.file = file }

  /// Bytes before the next.
  var position: UInt64 { UInt64(file?.position ?? memory.count) }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    if let file { try file.write(bytes) } else { memory.append(bytes) }
  }

  /// What is in memory.
  var bytes: UnsafeRawBufferPointer { memory.bytes }

  /// Forgets what is in memory.
  mutating func removeAll() { memory.removeAll() }

  /// Ends the section and closes the file.
  /// - Precondition: it is a file.
  func finish() throws(IndexError) -> FileEntry {
    guard let file else { preconditionFailure("lists in memory are put behind those of a file") }
    file.endSection()
    return try file.finish()
  }
}
