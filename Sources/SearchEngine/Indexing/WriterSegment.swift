/// A segment in the hands of the writer: as it is on disk, with the deletions that the next commit will add.
final class WriterSegment {
  private(set) var entry: SegmentEntry
  let reader: SegmentReader
  /// nil while all documents live.
  private(set) var live: LiveDocsBuilder?
  /// Whether ``live`` has changed since it was last written.
  private(set) var hasNewDeletions = false
  var isMerging = false

  init(_ entry: SegmentEntry, _ reader: SegmentReader) {
    self.entry = entry
    self.reader = reader
    live = reader.live.map { LiveDocsBuilder($0) }
  }

  var liveCount: UInt32 { live?.liveCount ?? entry.documentCount }

  func isLive(_ document: UInt32) -> Bool {
    guard document < entry.documentCount else { return false }
    return live?.contains(document) ?? true
  }

  /// Returns false when it was deleted before.
  func delete(_ document: UInt32) -> Bool {
    guard document < entry.documentCount else { return false }
    if live == nil { live = LiveDocsBuilder(documentCount: entry.documentCount) }
    guard live?.delete(document) == true else { return false }
    hasNewDeletions = true
    return true
  }

  /// The live entries under a key.
  func entries(keyHash: UInt64) throws(IndexError) -> [RecordKey] {
    guard let keys = reader.keys else { return [] }
    return try keys.entries(keyHash: keyHash).filter { isLive($0.document) }
  }

  /// Notes that the live documents were written to a file.
  func wrote(_ file: FileEntry?) {
    entry.files[.liveDocs] = file
    entry.liveCount = liveCount
    hasNewDeletions = false
  }
}
