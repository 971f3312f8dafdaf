/// Where the documents of one source of a merge go: those that live keep their order, behind those of the sources before.
struct DocumentMap: Sendable {
  let documentCount: UInt32
  let liveCount: UInt32
  /// The number of the source's first live document in the merged segment.
  let base: UInt32
  /// Bits of the live documents and, for each word, how many stand before it; nil when all live.
  private let words: [UInt64]?
  private let ranks: [UInt32]

  init(documentCount: UInt32, live: LiveDocsBuilder?, base: UInt32) {
    self.documentCount = documentCount
    self.base = base
    guard let live, live.liveCount < documentCount else {
      liveCount = documentCount
      words = nil
      ranks = []
      return
    }
    liveCount = live.liveCount
    words = live.words
    var ranks: [UInt32] = []
    ranks.reserveCapacity(live.words.count)
    var rank: UInt32 = 0
    for word in live.words {
      ranks.append(rank)
      rank += UInt32(word.nonzeroBitCount)
    }
    self.ranks = ranks
  }

  var keepsAll: Bool { words == nil }

  /// The document's number in the merged segment, or nil when it is deleted.
  /// - Precondition: `document` is below `documentCount`.
  @inline(__always)
  subscript(document: UInt32) -> UInt32? {
    guard let words else { return base &+ document }
    let word = words[Int(document &>> 6)]
    let bit: UInt64 = 1 &<< UInt64(document & 63)
    guard word & bit != 0 else { return nil }
    return base &+ ranks[Int(document &>> 6)] &+ UInt32(truncatingIfNeeded: (word & (bit &- 1)).nonzeroBitCount)
  }
}
