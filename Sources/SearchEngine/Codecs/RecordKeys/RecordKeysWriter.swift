import Storage

/// Writes the keys of a segment's records, given in the order of the file. Memory: constant. Records that come in
/// another order are gathered in an array and sorted first: 24 bytes a record.
final class RecordKeysWriter {
  private let file: IndexFileWriter
  private var count: UInt64 = 0
  private var previous: RecordKey?

  /// Makes the file `name`, which must not exist.
  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .recordKeys, identity: identity)
    try file.beginSection(RecordKeysFormat.data)
  }

  /// - Precondition: entries rise strictly by key hash, then document.
  func add(_ key: RecordKey) throws(IndexError) {
    if let previous { precondition(previous < key, "keys rise by hash, then document") }
    previous = key
    try file.write(uint64: key.keyHash)
    try file.write(uint32: key.document)
    try file.write(uint64: key.contentHash)
    count += 1
  }

  /// Writes META and closes the file. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    file.endSection()
    try file.beginSection(RecordKeysFormat.meta)
    try file.write(uint64: count)
    file.endSection()
    return try file.finish()
  }
}
