import Synchronization

/// Lists that hold a sixteenth of a segment's documents or more, as sets of bits: whether a document is in one is one load,
/// and two are intersected 64 documents at a time. Built from the postings when first asked for, kept as long as the
/// segment is open.
///
/// Memory: ``bytesPerDocument`` for each document of the segment at most; lists asked for later stay lists.
final class DenseSets: Sendable {
  private struct State {
    /// By the offset of the list.
    var sets: [UInt64: DenseSet] = [:]
    var left: Int
  }

  private let documentCount: UInt32
  private let state: Mutex<State>

  /// A list of this share of the documents takes less room as bits than as 16 bits a posting, and decoding it costs more
  /// than reading all the bits.
  static let share: UInt64 = 16
  /// 32 sets. A process that serves queries may take 8 bytes a record in all.
  static let bytesPerDocument = 4

  init(documentCount: UInt32) {
    self.documentCount = documentCount
    state = Mutex(State(left: Int(documentCount) * Self.bytesPerDocument))
  }

  /// The set of a list; nil when the list is short, or there is no more room. Throws corruption of the list.
  func set(
    _ info: TermInfo, _ open: () throws(IndexError) -> PostingsCursor
  ) throws(IndexError) -> DenseSet? {
    guard UInt64(info.documentFrequency) * Self.share >= UInt64(documentCount), info.documentFrequency > 1 else {
      return nil
    }
    let size = DenseSet.wordCount(documentCount) * 8
    let (found, hasRoom) = state.withLock { ($0.sets[info.postingsOffset], $0.left >= size) }
    if let found { return found }
    guard hasRoom else { return nil }
    let made = try DenseSet(try open(), documentCount: documentCount)
    return state.withLock { state in
      if let other = state.sets[info.postingsOffset] { return other }
      guard state.left >= size else { return made }
      state.left -= size
      state.sets[info.postingsOffset] = made
      return made
    }
  }
}

/// One list as bits. Immutable.
final class DenseSet: @unchecked Sendable {
  /// SAFETY: ``wordCount(_:)`` of the segment, written in `init` alone, freed in `deinit`. Bits from the document count on
  /// are clear; the words fill whole windows of 65,536 documents.
  let words: UnsafePointer<UInt64>
  private let documentCount: UInt32

  /// Words of a set, rounded up to windows of 65,536 documents, so that loops over windows need no end of their own.
  static func wordCount(_ documentCount: UInt32) -> Int { ((Int(documentCount) + 65_535) >> 16) << 10 }

  init(_ cursor: PostingsCursor, documentCount: UInt32) throws(IndexError) {
    let count = Self.wordCount(documentCount)
    let made = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
    made.initialize(repeating: 0, count: max(1, count))
    words = UnsafePointer(made)
    self.documentCount = documentCount
    try cursor.setBits(from: 0, to: documentCount, made)
  }

  deinit { words.deallocate() }

  /// False from the document count on.
  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    document < documentCount && words[Int(document &>> 6)] &>> UInt64(document & 63) & 1 == 1
  }
}
