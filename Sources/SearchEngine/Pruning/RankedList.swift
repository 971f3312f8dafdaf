/// One postings list in a pruned search: what its blocks can add to a score at most, and its postings window by window.
/// Windows rise.
final class RankedList {
  let info: TermInfo
  let cursor: PostingsCursor
  let formula: PartFormula
  /// Whether no posting lies in the window looked at last.
  private(set) var isEmpty = true
  /// No posting there adds more; 0 where there is none.
  private(set) var bound = 0.0
  /// The last document up to which both hold.
  private(set) var reach: UInt32 = 0
  /// The first block that may reach into the window.
  private var block = 0
  /// The list as bits, where it is long.
  let set: DenseSet?
  private var boundedBlock = -1
  private var blockBound = 0.0
  /// Blocks span several windows: the next document is worth knowing.
  private let isSparse: Bool

  /// Postings a window below which lists are sparse: a block of 128 then spans four windows or more, and decoding it once is
  /// cheaper than looking at windows without postings.
  private static let sparse = 32

  init(_ reader: SegmentReader, _ info: TermInfo, _ formula: PartFormula) throws(IndexError) {
    self.info = info
    cursor = try reader.postings(info)
    self.formula = formula
    set = try reader.denseSet(info)
    isSparse =
      cursor.documentFrequency &* WindowBits.length < Self.sparse &* Int(reader.documentCount)
      || cursor.blockCount == 1
  }

  /// The most that a posting of a block adds.
  @inline(__always)
  func bound(of block: Int) -> Double {
    if block != boundedBlock {
      blockBound = formula.bound(cursor.impacts(block))
      boundedBlock = block
    }
    return blockBound
  }

  /// The first document that a block may hold.
  @inline(__always)
  func start(of block: Int) -> UInt32 { block == 0 ? 0 : cursor.lastDocument(of: block &- 1) &+ 1 }

  /// Sets ``bound`` and ``reach`` for the documents `base ... last`. Decodes a block of a sparse list at most.
  func look(from base: UInt32, to last: UInt32) throws(IndexError) {
    let blockCount = cursor.blockCount
    isEmpty = true
    bound = 0
    reach = .max
    block = cursor.firstBlock(endingAtOrAfter: base, from: block)
    guard block < blockCount else { return }
    let start = start(of: block)
    guard start <= last else {
      reach = start &- 1
      return
    }
    if isSparse {
      let next = try nextDocument(from: base)
      guard next <= last else {
        reach = next == .max ? next : next &- 1
        return
      }
    }
    isEmpty = false
    var current = block
    bound = bound(of: current)
    var end = cursor.lastDocument(of: current)
    while end < last, current &+ 1 < blockCount {
      current &+= 1
      if self.start(of: current) > last { break }
      bound = max(bound, bound(of: current))
      end = cursor.lastDocument(of: current)
    }
    reach = end
  }

  /// The first document at or after `base`, which lies in ``block`` or before the next one; the greatest number when there
  /// is none.
  private func nextDocument(from base: UInt32) throws(IndexError) -> UInt32 {
    let count = try cursor.loadDocuments(block)
    let rank = cursor.rank(atLeast: base, count)
    if rank < count { return cursor.documents[cursor.slot(rank)] }
    return block &+ 1 < cursor.blockCount ? cursor.lastDocument(of: block) &+ 1 : .max
  }

  /// How often the word stands in `document`, of rising ones; 0 where it does not.
  @inline(__always)
  func frequency(in document: UInt32) throws(IndexError) -> UInt32 {
    if let set, !set.contains(document) { return 0 }
    let rank = try cursor.probeRank(document)
    return rank >= 0 ? try cursor.frequency(ofRank: rank) : 0
  }

  /// As ``frequency(in:)``; 0 also where no posting of the block lifts a document that scores `rest` by all else over the
  /// floor.
  @inline(__always)
  func frequency(in document: UInt32, unless floor: ScoreFloor, _ rest: Double) throws(IndexError) -> UInt32 {
    if let set, !set.contains(document) { return 0 }
    guard let block = cursor.block(holding: document), !floor.isHopeless(bound(of: block) + rest, from: document) else {
      return 0
    }
    let rank = try cursor.probeRank(document)
    return rank >= 0 ? try cursor.frequency(ofRank: rank) : 0
  }

  /// Appends to `candidates` the documents of the window that `rest` may lift over the floor, with their parts, in order.
  ///
  /// SAFETY (caller's proof): `lengths` has an element for every document of the window.
  func gather<Length: UnsignedInteger & FixedWidthInteger>(
    _ base: UInt32, _ last: UInt32, _ floor: ScoreFloor, rest: Double, _ lengths: UnsafePointer<Length>,
    into candidates: inout WindowCandidates
  ) throws(IndexError) {
    let cursor = cursor
    let blockCount = cursor.blockCount
    let documents = cursor.documents
    let frequencies = cursor.frequencies
    let formula = formula
    var current = block
    while current < blockCount {
      let start = start(of: current)
      if start > last { return }
      let end = cursor.lastDocument(of: current)
      // Also of blocks that are not decoded: no document may come twice.
      guard end >= start else { throw cursor.disorder(current) }
      if floor.isHopeless(bound(of: current) + rest, from: max(start, base)) {
        if end >= last { return }
        current &+= 1
        continue
      }
      let count = try cursor.loadDocuments(current)
      try cursor.loadFrequencies()
      // SAFETY: as in ``walk(_:_:_:)``; blocks follow one another, so a document comes once and candidates do not outgrow
      // the window.
      var rank = start >= base ? 0 : cursor.rank(atLeast: base, count)
      while rank < count {
        let slot = cursor.slot(rank)
        let document = documents[slot]
        if document > last { return }
        let score = formula.part(
          Double(frequencies[slot]), Double(lengths[Int(truncatingIfNeeded: document &- base)]))
        candidates.append(document, score, unless: floor.isHopeless(score + rest, from: document))
        rank &+= 1
      }
      if end >= last { return }
      current &+= 1
    }
  }

  /// Hands the postings in the window to `sink`.
  @inline(__always)
  func walk<Sink: PostingSink>(_ base: UInt32, _ last: UInt32, _ sink: Sink) throws(IndexError) {
    let cursor = cursor
    let blockCount = cursor.blockCount
    let documents = cursor.documents
    let frequencies = cursor.frequencies
    var current = block
    while current < blockCount {
      let start = start(of: current)
      if start > last { return }
      let end = cursor.lastDocument(of: current)
      let count = try cursor.loadDocuments(current)
      try cursor.loadFrequencies()
      // SAFETY: a decoded block's documents rise from `start` to `end` at most (``PostingsCursor`` proves it per block), so
      // every bit handed on is below the window's length, and below its number of documents.
      if start >= base && end <= last {
        for slot in 0..<count {
          sink.take(Int(truncatingIfNeeded: documents[slot] &- base), frequencies[slot])
        }
      } else {
        var rank = start >= base ? 0 : cursor.rank(atLeast: base, count)
        while rank < count {
          let slot = cursor.slot(rank)
          let document = documents[slot]
          if document > last { break }
          sink.take(Int(truncatingIfNeeded: document &- base), frequencies[slot])
          rank &+= 1
        }
      }
      if end >= last { return }
      current &+= 1
    }
  }
}

extension SegmentReader {
  /// What a list adds at most, range by range; nil when that is not kept. Moves its cursor through blocks.
  func maxima(_ list: RankedList) throws(IndexError) -> RangeMaxima? {
    try maxima(list.info, list.cursor, base: list.formula.base, slope: list.formula.slope)
  }
}

/// Takes the postings of a window, block by block in no order inside a block.
protocol PostingSink {
  func take(_ bit: Int, _ frequency: UInt32)
}

/// Adds scores and marks the documents.
struct ScoreSink<Length: UnsignedInteger & FixedWidthInteger>: PostingSink {
  /// SAFETY: each by bits of a window: 4,096 scores, 64 words, and as many lengths as the window has documents.
  let scores: UnsafeMutablePointer<Double>
  let words: UnsafeMutablePointer<UInt64>
  let lengths: UnsafePointer<Length>
  let formula: PartFormula

  @inline(__always)
  func take(_ bit: Int, _ frequency: UInt32) {
    scores[bit] += formula.part(Double(frequency), Double(lengths[bit]))
    words[bit &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bit & 63)
  }
}

/// Adds frequencies and marks the documents: for words of several forms, whose part is that of the sum.
struct FrequencySink: PostingSink {
  /// SAFETY: by bits of a window: 4,096 sums and 64 words.
  let sums: UnsafeMutablePointer<UInt32>
  let words: UnsafeMutablePointer<UInt64>

  @inline(__always)
  func take(_ bit: Int, _ frequency: UInt32) {
    sums[bit] &+= frequency
    words[bit &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bit & 63)
  }
}
