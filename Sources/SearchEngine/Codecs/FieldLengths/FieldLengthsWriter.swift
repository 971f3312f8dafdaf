import Storage

/// Writes the lengths of a segment's documents, in document order. Memory: constant.
final class FieldLengthsWriter {
  private let file: IndexFileWriter
  private let width: Int
  private let maximum: UInt32
  private var largest: UInt32 = 0
  private var total: UInt64 = 0
  private var count: UInt32 = 0

  /// Makes the file `name`, which must not exist. `maximum` is no less than any length that will be added; the least
  /// such number gives the smallest file.
  init(
    _ fileSystem: any FileSystem, name: String, identity: FileIdentity, maximum: UInt32
  ) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .fieldLengths, identity: identity)
    width = FieldLengthsFormat.width(maximum: maximum)
    self.maximum = maximum
    try file.beginSection(FieldLengthsFormat.data)
  }

  /// The length of the next document.
  /// - Precondition: at most `maximum`; fewer than 2^32 - 1 documents.
  @inline(__always)
  func add(_ length: UInt32) throws(IndexError) {
    precondition(length <= maximum, "a length of at most the announced maximum")
    switch width {
    case 1: try file.write(uint8: UInt8(truncatingIfNeeded: length))
    case 2:
      try file.write(uint8: UInt8(truncatingIfNeeded: length))
      try file.write(uint8: UInt8(truncatingIfNeeded: length >> 8))
    default: try file.write(uint32: length)
    }
    largest = max(largest, length)
    total += UInt64(length)
    count += 1
  }

  /// Writes META and closes the file. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    file.endSection()
    try file.beginSection(FieldLengthsFormat.meta)
    try file.write(uint32: count)
    try file.write(uint32: UInt32(width))
    try file.write(uint64: total)
    try file.write(uint32: largest)
    try file.write(uint32: 0)
    file.endSection()
    return try file.finish()
  }
}
