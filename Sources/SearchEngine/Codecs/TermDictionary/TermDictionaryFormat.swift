/// The term dictionary of a segment: every term, in byte order, with what is known of it.
///
/// ```
/// ┌──────┬───────────────────────────┬─────────────────┬────────────────┐
/// │ META │ DATA: block 0, block 1, … │ KEYS: 8 B/block │ OFFS: 4 B/block │
/// └──────┴───────────────────────────┴─────────────────┴────────────────┘
/// ```
/// A block holds up to ``blockLength`` terms, front-coded, then their infos. KEYS are the first eight bytes of each
/// block's first term as numbers that sort as the bytes do; OFFS say where the block begins in DATA. Nothing is built
/// at open: a look-up halves KEYS in the mapped bytes and scans one block. The file-format page has every byte.
enum TermDictionaryFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  static let keys = SectionTag("KEYS")
  static let offsets = SectionTag("OFFS")

  /// Terms a block: 12 bytes of index and about 8 of head are shared by so many, and a look-up scans half of them.
  static let blockLength = 32
  /// A longer term is refused when written, and is damage when read; it bounds what a block may expand to.
  static let maximumTermLength = 32_767
  /// META: number of terms (8), number of blocks (8).
  static let metaLength = 16
  /// DATA may not grow beyond this: offsets are 32 bits.
  static let maximumDataLength = Int(UInt32.max)

  // The first byte of a term's info, when only one document holds it ("pulsed").
  /// Bit 0 set: pulsed. Clear: the byte begins the varint `documentFrequency << 1`.
  static let pulsedFlag: UInt8 = 1
  /// Bits 1-2 hold the step of the positions offset; this value means that a varint of the rest follows.
  static let stepEscape: UInt64 = 3
  /// Bits 3-7 hold frequency - 1; this value means that a varint of the rest follows.
  static let frequencyEscape: UInt32 = 31
}

/// What the dictionary holds of a term.
struct TermInfo: Hashable, Sendable {
  /// Documents of the segment that hold it, deleted ones included until a merge; at least 1.
  var documentFrequency: UInt32
  /// Sum of the weighted frequencies, at least `documentFrequency`. Equal to `inlineFrequency` when one document holds it.
  var totalFrequency: UInt64
  /// Where its postings begin; the meaning is the postings codec's. 0 when pulsed: no postings are written then.
  var postingsOffset: UInt64
  /// Where its positions begin; the meaning is the positions codec's. A term without positions repeats the offset of
  /// the one before it.
  var positionsOffset: UInt64
  /// The document, when `documentFrequency` is 1, else 0.
  var inlineDocument: UInt32
  /// Its weighted frequency there, when `documentFrequency` is 1, else 0.
  var inlineFrequency: UInt32

  /// A term of several documents.
  init(documentFrequency: UInt32, totalFrequency: UInt64, postingsOffset: UInt64, positionsOffset: UInt64) {
    self.documentFrequency = documentFrequency
    self.totalFrequency = totalFrequency
    self.postingsOffset = postingsOffset
    self.positionsOffset = positionsOffset
    inlineDocument = 0
    inlineFrequency = 0
  }

  /// A term of one document, which stands in the dictionary itself.
  init(inlineDocument: UInt32, inlineFrequency: UInt32, positionsOffset: UInt64) {
    documentFrequency = 1
    totalFrequency = UInt64(inlineFrequency)
    postingsOffset = 0
    self.positionsOffset = positionsOffset
    self.inlineDocument = inlineDocument
    self.inlineFrequency = inlineFrequency
  }

  /// One document holds it, and that one is inlined.
  var isPulsed: Bool { documentFrequency == 1 }
}
