import BitPacking

/// A word of a ``RangeRanker``: its list, with the block that was looked into last, so that the next range is mostly found without
/// asking the list.
struct RangeWord {
  /// SAFETY: the ranker keeps the list, and the list its cursor; all pointers are those of the list, its bits and its maxima.
  private let cursor: Unmanaged<PostingsCursor>
  let documents: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  /// The word's maxima, one a range.
  let row: UnsafePointer<UInt8>
  /// Which eighths of each range hold it.
  let eighths: UnsafePointer<UInt8>
  /// The list as bits, 64 documents a number, where it is long.
  let bits: UnsafePointer<UInt64>?
  let formula: PartFormula
  /// What no part is higher than by more for each step of the maxima.
  let step: Double
  /// The block that is loaded: its documents lie in `first ... last`. Before any is, that is empty.
  private var block = 0
  private var first = UInt32.max
  private(set) var last: UInt32 = 0
  private(set) var count = 0
  private var hasFrequencies = false
  /// The same for look-ups by bits, which decode no documents: the block, its documents, and how many of them lie before `counted`.
  private var soughtBlock = 0
  private var soughtFirst = UInt32.max
  private var soughtLast: UInt32 = 0
  private var counted: UInt32 = 0
  private var rankThere = 0

  init(_ list: RankedList, _ maxima: RangeMaxima) {
    cursor = .passUnretained(list.cursor)
    documents = list.cursor.documents
    frequencies = list.cursor.frequencies
    row = maxima.values
    eighths = maxima.eighths
    bits = list.set?.words
    formula = list.formula
    step = list.formula.factor / RangeMaxima.steps * (1 + 0x1p-40)
  }

  /// Documents may begin anew from the first one.
  mutating func rewind() {
    block = 0
    first = .max
    last = 0
    count = 0
    soughtBlock = 0
    soughtFirst = .max
    soughtLast = 0
  }

  /// How often the word stands in a document that `bits` hold. Its rank in the block is the number of bits before it. Documents
  /// rise from one call to the next. Throws corruption.
  /// - Precondition: `bits` are those of the word.
  @inline(__always)
  mutating func frequency(in document: UInt32, _ bits: UnsafePointer<UInt64>) throws(IndexError) -> UInt32 {
    if document < soughtFirst || document > soughtLast || document < counted { try seek(document) }
    // SAFETY: the bits of the segment's documents, of which this is one.
    var word = Int(counted &>> 6)
    let end = Int(document &>> 6)
    var mask = ~UInt64(0) &<< UInt64(counted & 63)
    while word < end {
      rankThere &+= (bits[word] & mask).nonzeroBitCount
      mask = ~0
      word &+= 1
    }
    rankThere &+= (bits[end] & mask & ~(~0 &<< UInt64(document & 63))).nonzeroBitCount
    counted = document
    return try take(rankThere, in: soughtBlock)
  }

  @inline(never)
  private func take(_ rank: Int, in block: Int) throws(IndexError) -> UInt32 {
    try cursor.borrowed { (cursor) throws(IndexError) in try cursor.frequency(ofRank: rank, in: block) }
  }

  /// Finds the block of a document for look-ups by bits. Throws corruption where there is none.
  @inline(never)
  private mutating func seek(_ document: UInt32) throws(IndexError) {
    let before = soughtBlock
    (soughtBlock, soughtFirst, soughtLast) = try cursor.borrowed { (cursor) throws(IndexError) in
      try Self.block(of: document, from: before, cursor)
    }
    counted = soughtFirst
    rankThere = 0
  }

  /// The block that holds a document, or would, and between which documents.
  @inline(__always)
  private static func block(
    of document: UInt32, from block: Int, _ cursor: PostingsCursor
  ) throws(IndexError) -> (Int, UInt32, UInt32) {
    let found = cursor.firstBlock(endingAtOrAfter: document, from: block)
    guard found < cursor.blockCount else { throw cursor.disorder(cursor.blockCount &- 1) }
    let start = found == 0 ? 0 : cursor.lastDocument(of: found &- 1) &+ 1
    guard start <= document else { throw cursor.disorder(found) }
    return (found, start, cursor.lastDocument(of: found))
  }

  /// Where a rank of the loaded block stands.
  @inline(__always)
  func slot(_ rank: Int) -> Int { count == PostingsCursor.blockLength ? BitPacking.slot(of: rank) : rank }

  /// The rank of the first posting at or after `document` in the block that then is loaded; its count when there is none.
  /// Documents rise from one call to the next. Throws corruption.
  @inline(__always)
  mutating func rank(atLeast document: UInt32) throws(IndexError) -> Int {
    if document < first || document > last { try open(document) }
    return cursor._withUnsafeGuaranteedRef { $0.rank(atLeast: document, count) }
  }

  /// How often the word stands in the document of a rank below the count, at its slot. Throws corruption.
  @inline(__always)
  mutating func frequency(_ rank: Int, _ slot: Int) throws(IndexError) -> UInt32 {
    if hasFrequencies { return frequencies[slot] }
    return try take(rank)
  }

  @inline(never)
  private mutating func take(_ rank: Int) throws(IndexError) -> UInt32 {
    let (frequency, isDecoded) = try cursor.borrowed { (cursor) throws(IndexError) in
      (try cursor.frequency(ofRank: rank), cursor.hasFrequencies)
    }
    hasFrequencies = isDecoded
    return frequency
  }

  /// Loads the block that would hold a document; behind the last one there is an empty one without end.
  @inline(never)
  private mutating func open(_ document: UInt32) throws(IndexError) {
    let before = block
    first = document
    count = 0
    hasFrequencies = false
    last = .max
    let loaded = try cursor.borrowed { (cursor) throws(IndexError) in try Self.load(document, from: before, cursor) }
    guard let loaded else { return }
    (block, count, hasFrequencies, first, last) = loaded
  }

  /// The block loaded, its number of documents, whether its frequencies are decoded, and between which documents it lies; nil behind
  /// the last one.
  @inline(__always)
  private static func load(
    _ document: UInt32, from block: Int, _ cursor: PostingsCursor
  ) throws(IndexError) -> (Int, Int, Bool, UInt32, UInt32)? {
    let found = cursor.firstBlock(endingAtOrAfter: document, from: block)
    guard found < cursor.blockCount else { return nil }
    let start = found == 0 ? 0 : cursor.lastDocument(of: found &- 1) &+ 1
    let end = cursor.lastDocument(of: found)
    guard end >= start else { throw cursor.disorder(found) }
    let count = try cursor.loadDocuments(found)
    return (found, count, cursor.hasFrequencies, start, end)
  }
}
