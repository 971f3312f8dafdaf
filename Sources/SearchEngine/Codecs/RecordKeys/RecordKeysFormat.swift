/// The keys of a segment's records: which documents have a key of a given hash, and a hash of each record's content.
///
/// ```
/// ┌───────────────┬─────────────────────────────────────────────────────────────────┐
/// │ META: entries │ DATA: key hash (8) · document (4) · content hash (8), an entry  │
/// └───────────────┴─────────────────────────────────────────────────────────────────┘
/// ```
/// Sorted by key hash, then document; several documents may have one key (the passages of a directive are found by the
/// directive's). Keys with equal hashes are told apart by the stored key, which this file does not hold.
enum RecordKeysFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  /// META: number of entries (8).
  static let metaLength = 8
  static let entryLength = 20

  /// The hash of a key: SipHash-2-4 under the key below, so that the same bytes have the same hash in every index.
  static func keyHash(_ key: UnsafeRawBufferPointer) -> UInt64 {
    SipHash(compressionRounds: 2, finalRounds: 4, 0x7265_7373_6f64_206b, 0x6579_2068_6173_6831).hash(key)
  }

  /// The hash of a record's canonical bytes: SipHash-1-3, which costs half as much a byte.
  static func contentHash(_ content: UnsafeRawBufferPointer) -> UInt64 {
    SipHash(compressionRounds: 1, finalRounds: 3, 0x7265_7373_6f64_2063, 0x6f6e_7465_6e74_2031).hash(content)
  }
}

/// One record: the hash of its key, its document, the hash of its content.
struct RecordKey: Hashable, Sendable, Comparable {
  var keyHash: UInt64
  var document: UInt32
  var contentHash: UInt64

  init(keyHash: UInt64, document: UInt32, contentHash: UInt64) {
    self.keyHash = keyHash
    self.document = document
    self.contentHash = contentHash
  }

  /// The order of the file.
  static func < (first: RecordKey, second: RecordKey) -> Bool {
    first.keyHash == second.keyHash ? first.document < second.document : first.keyHash < second.keyHash
  }
}
