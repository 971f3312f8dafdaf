import Storage

/// The stored records of a segment: the canonical bytes of each document's record, compressed in blocks.
///
/// ```
/// ┌─────────────────────────┬───────────────────────────┬────────────────────────┐
/// │ META: documents, blocks │ DATA: block 0, block 1, … │ BLKS: 16 B a block     │
/// └─────────────────────────┴───────────────────────────┴────────────────────────┘
///   block, once decompressed:  length of each record (varints) · the records
///   BLKS entry:  offset in DATA (8) · first document (4) · decompressed length (4)
/// ```
enum StoredRecordsFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  static let blocks = SectionTag("BLKS")
  /// META: number of documents (8), number of blocks (8).
  static let metaLength = 16
  static let blockEntryLength = 16

  /// A block is closed when its records reach so many bytes. Larger blocks compress better, and every record asked for
  /// costs the decompression of one: 16 KB take about 10 µs.
  static let blockLength = 16_384
  /// A longer record is refused when written. It bounds what a block decompresses to.
  static let maximumRecordLength = 1 << 26
  /// Records a block at most, so that the list of their lengths stays small where records are empty.
  static let maximumBlockCount = 4096
  /// Set in the decompressed length of a block that is stored as it is, because compression made it no smaller.
  static let storedFlag: UInt32 = 1 << 31
  /// The longest decompressed block: records up to ``blockLength``, one more of the longest, and the lengths.
  static let maximumBlockLength = blockLength + maximumRecordLength + maximumBlockCount * 10
  /// No compressed byte stands for more than 255 bytes (the LZ4 block format); checked before memory is taken.
  static let maximumExpansion = 255
}

/// A block as it lies in the file, for copying it into another: its bytes, and how many records it holds.
struct StoredRecordsBlock {
  /// SAFETY: points into the file of the reader it came from, whose `ByteSlice` is kept.
  let bytes: ByteSlice
  let recordCount: Int
  /// As in BLKS, with ``StoredRecordsFormat/storedFlag``.
  let length: UInt32
}
