import Storage

/// Writes the live documents of a segment.
enum LiveDocsWriter {
  /// Makes the file `name`, which must not exist, and returns what the manifest says of it. Throws what storage throws.
  static func write(
    _ live: borrowing LiveDocsBuilder, _ fileSystem: any FileSystem, name: String, identity: FileIdentity
  ) throws(IndexError) -> FileEntry {
    let file = try IndexFileWriter(fileSystem, name: name, kind: .liveDocs, identity: identity)
    try file.beginSection(LiveDocsFormat.meta)
    try file.write(uint64: UInt64(live.documentCount))
    try file.write(uint64: UInt64(live.liveCount))
    file.endSection()
    try file.beginSection(LiveDocsFormat.bits)
    for word in live.words { try file.write(uint64: word) }
    file.endSection()
    return try file.finish()
  }
}

/// Live documents that can still change: those of a commit in the making.
struct LiveDocsBuilder {
  let documentCount: UInt32
  private(set) var liveCount: UInt32
  /// Bit `d & 63` of word `d >> 6` is set while document `d` is live; bits from `documentCount` on are clear.
  private(set) var words: [UInt64]

  /// All `documentCount` documents live.
  init(documentCount: UInt32) {
    self.documentCount = documentCount
    liveCount = documentCount
    words = Array(repeating: .max, count: LiveDocsFormat.wordCount(documentCount))
    let rest = documentCount & 63
    if rest != 0 { words[words.count - 1] = (1 << UInt64(rest)) - 1 }
  }

  /// Those that `live` leaves.
  init(_ live: LiveDocs) {
    documentCount = live.documentCount
    liveCount = live.liveCount
    words = Array(UnsafeBufferPointer(start: live.words, count: LiveDocsFormat.wordCount(live.documentCount)))
  }

  /// Deletes a document. Returns false when it is deleted already.
  /// - Precondition: `document` is below `documentCount`.
  @discardableResult
  mutating func delete(_ document: UInt32) -> Bool {
    precondition(document < documentCount, "a document of the segment")
    let bit = UInt64(1) << UInt64(document & 63)
    guard words[Int(document >> 6)] & bit != 0 else { return false }
    words[Int(document >> 6)] &= ~bit
    liveCount -= 1
    return true
  }

  /// - Precondition: `document` is below `documentCount`.
  func contains(_ document: UInt32) -> Bool {
    precondition(document < documentCount, "a document of the segment")
    return words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1
  }
}
