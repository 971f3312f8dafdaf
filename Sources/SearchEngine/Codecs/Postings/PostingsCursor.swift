import BitPacking

/// The postings of one term in one segment: by blocks for the bulk loops, one at a time for the rest, by whole windows for
/// sets. Concrete and final, with its own scratch; one call a block in the bulk loops. Not to be shared between threads.
///
/// The two ways of access may be mixed: what moves through blocks does not move ``document``.
final class PostingsCursor {
  static let exhausted = UInt32.max
  static let blockLength = PostingsFormat.blockLength

  let documentFrequency: Int
  let blockCount: Int
  /// The loaded block's documents and weighted frequencies; the same slot holds the same posting, the order of slots is
  /// unspecified. Room for 128.
  let documents: UnsafeMutablePointer<UInt32>
  let frequencies: UnsafeMutablePointer<UInt32>

  private let data: ByteSlice
  private let documentCount: UInt32
  private let positionsData: ByteSlice
  private let positionsOffset: UInt64
  /// Made when positions are first asked for: most lists are only counted and scored.
  /// SAFETY: retained when it is set, which is once, and released in `deinit`; read without counting references.
  private var positionsDecoder: Unmanaged<PositionsDecoder>?
  private let inline: (document: UInt32, frequency: UInt32)?
  /// Offsets in `data` of the list's arrays and of its first block.
  private let listOffset: Int
  private let groupsOffset: Int
  private let impactsOffset: Int
  private let documentTagsOffset: Int
  private let frequencyTagsOffset: Int
  private let blocksOffset: Int

  private var loadedBlock = -1
  private var loadedCount = 0
  private var frequencyOffset = 0
  private var frequenciesLoaded = false
  /// How many frequencies of the loaded block were taken out one by one.
  private var picks = 0
  /// The block of which frequencies were taken out last without its documents, where they stand, and their header.
  private var soughtBlock = -1
  private var soughtOffset = 0
  private var soughtHeader: UInt8 = 0
  /// The block behind the one decoded last, and its offset: blocks are mostly read one after another.
  private var followingBlock = -1
  private var followingOffset = 0

  /// The current posting's document: meaningless before the first ``next()`` or ``advance(to:)``, ``exhausted`` at the end.
  private(set) var document: UInt32 = 0
  private var block = -1
  private var rank = -1
  private var windowBlock = 0
  private var windowLower: UInt32 = 0
  private var probedBlock = 0

  init(data: ByteSlice, positions: ByteSlice, info: TermInfo, documentCount: UInt32) throws(IndexError) {
    guard info.documentFrequency > 0, info.documentFrequency <= documentCount else {
      throw data.damaged(
        at: 0, expected: "a term of 1...\(documentCount) documents", found: "\(info.documentFrequency)")
    }
    self.data = data
    self.documentCount = documentCount
    documentFrequency = Int(info.documentFrequency)
    blockCount = (documentFrequency + Self.blockLength - 1) / Self.blockLength
    inline = documentFrequency == 1 ? (info.inlineDocument, info.inlineFrequency) : nil
    guard let list = Int(exactly: info.postingsOffset), list <= data.count else {
      throw data.damaged(at: 0, expected: "a list inside the section", found: "offset \(info.postingsOffset)")
    }
    listOffset = list
    groupsOffset = list + blockCount * 4
    impactsOffset = groupsOffset + PostingsFormat.groupCount(blocks: blockCount) * 4
    if blockCount > 1 {
      documentTagsOffset = impactsOffset + blockCount * PostingsFormat.impactsLength
      frequencyTagsOffset = documentTagsOffset + blockCount
      blocksOffset = frequencyTagsOffset + blockCount
    } else {
      documentTagsOffset = list
      frequencyTagsOffset = list + 1
      blocksOffset = list + 2
    }
    positionsData = positions
    positionsOffset = info.positionsOffset
    documents = .allocate(capacity: 2 * Self.blockLength)
    frequencies = documents + Self.blockLength
    if inline == nil { try data.verify(list, blocksOffset - list) }
    if let inline, inline.document >= documentCount || inline.frequency == 0 || inline.frequency > 1 << 31 {
      throw data.damaged(
        at: 0, expected: "a document below \(documentCount) and a frequency of 1 to 2^31",
        found: "\(inline.document) and \(inline.frequency)")
    }
  }

  deinit {
    documents.deallocate()
    positionsDecoder?.release()
  }

  // MARK: By blocks

  /// The last document of a block of a list of several; of a list of one block, the last possible one.
  @inline(__always)
  func lastDocument(of block: Int) -> UInt32 {
    guard blockCount > 1 else { return inline?.document ?? documentCount &- 1 }
    // SAFETY: the header arrays were verified in `init`; `block` is below blockCount by precondition.
    assert(block >= 0 && block < blockCount)
    return UInt32(
      littleEndian: data.base.loadUnaligned(fromByteOffset: listOffset &+ block &* 4, as: UInt32.self))
  }

  /// The first block at or after `block` whose last document is not below `document`; `blockCount` when there is none.
  /// Doubling steps, then halving.
  @inline(__always)
  func firstBlock(endingAtOrAfter document: UInt32, from block: Int) -> Int {
    guard block < blockCount else { return blockCount }
    if lastDocument(of: block) >= document { return block }
    var lower = block
    var step = 1
    while lower &+ step < blockCount, lastDocument(of: lower &+ step) < document {
      lower &+= step
      step &<<= 1
    }
    var upper = min(lower &+ step, blockCount)
    while upper &- lower > 1 {
      let middle = (lower &+ upper) &>> 1
      if lastDocument(of: middle) < document { lower = middle } else { upper = middle }
    }
    return upper
  }

  /// The competitive pairs of a block. A list of one block has none stored: its bound is that of anything.
  @inline(__always)
  func impacts(_ block: Int) -> Impacts {
    guard blockCount > 1 else { return Impacts(bits: 0x00ff_00ff_00ff_00ff) }
    assert(block >= 0 && block < blockCount)
    return Impacts(
      bits: UInt64(
        littleEndian: data.base.loadUnaligned(
          fromByteOffset: impactsOffset &+ block &* PostingsFormat.impactsLength, as: UInt64.self)))
  }

  /// Decodes a block's documents into ``documents`` and returns how many there are. Nothing is done when it is loaded.
  /// - Precondition: `block` is in 0..<blockCount.
  @inline(__always)
  func loadDocuments(_ block: Int) throws(IndexError) -> Int {
    if block != loadedBlock { try decodeDocuments(block) }
    return loadedCount
  }

  /// Decodes the loaded block's frequencies into ``frequencies``, if that is not done yet.
  @inline(__always)
  func loadFrequencies() throws(IndexError) {
    if !frequenciesLoaded { try decodeFrequencies() }
  }

  /// Whether ``frequencies`` hold those of the loaded block.
  @inline(__always)
  var hasFrequencies: Bool { frequenciesLoaded }

  private func tag(_ offset: Int) -> UInt8 { data.base.load(fromByteOffset: offset, as: UInt8.self) }

  @inline(never)
  private func decodeDocuments(_ block: Int) throws(IndexError) {
    precondition(block >= 0 && block < blockCount)
    loadedBlock = -1
    frequenciesLoaded = false
    picks = 0
    if let inline {
      documents[0] = inline.document
      frequencies[0] = inline.frequency
      loadedBlock = 0
      loadedCount = 1
      frequenciesLoaded = true
      return
    }
    let count = min(Self.blockLength, documentFrequency &- block &* Self.blockLength)
    let offset = try blockOffset(block)
    let base = block == 0 ? UInt32.max : lastDocument(of: block &- 1)
    let tag = tag(documentTagsOffset &+ block)
    let length: Int
    var isProved = true
    if count == Self.blockLength {
      guard let size = PostingsFormat.documentsLength(tag: tag) else { throw badTag(block, tag) }
      length = size
      try data.verify(offset, length)
      if tag & PostingsFormat.bitSetFlag == 0 {
        BitPacking.unpackRising(data.base + offset, width: Int(tag), base: base, into: documents)
        isProved = tag <= 24
      } else {
        try decodeBitSet(offset, words: length / 8, base: base)
      }
    } else {
      guard tag <= UInt8(BitPacking.maximumWidth) else { throw badTag(block, tag) }
      length = BitPacking.runByteCount(count: count, width: Int(tag))
      try data.verify(offset, length)
      BitPacking.unpackRun(data.base + offset, count: count, width: Int(tag), into: documents)
      var previous = base
      var sum = UInt64(base &+ 1)
      for k in 0..<count {
        sum &+= UInt64(documents[k]) &+ (k == 0 ? 0 : 1)
        previous = previous &+ documents[k] &+ 1
        documents[k] = previous
      }
      guard sum < UInt64(documentCount) else { throw badBlock(block, previous) }
    }
    // Gaps of up to 24 bits cannot wrap past 2^32 from a base below 2^31, so the last document bounds them all.
    let last = documents[count == Self.blockLength ? 127 : count &- 1]
    guard last < documentCount, blockCount == 1 || last == lastDocument(of: block),
      base == .max || base < documentCount
    else { throw badBlock(block, last) }
    if !isProved {
      var previous = base
      for rank in 0..<count {
        let document = documents[BitPacking.slot(of: rank)]
        guard document < documentCount, previous == .max || document > previous else { throw badBlock(block, document) }
        previous = document
      }
    }
    frequencyOffset = offset &+ length
    loadedCount = count
    loadedBlock = block
    // Inside a group only: there the sizes by the tags are what offsets are by.
    followingBlock = (block &+ 1) % PostingsFormat.groupLength == 0 ? -1 : block &+ 1
    followingOffset = frequencyOffset &+ PatchedPacking.blockLength(self.tag(frequencyTagsOffset &+ block))
  }

  /// Offset in `data` of a block: its group's, and the sizes of the blocks before it in the group.
  private func blockOffset(_ block: Int) throws(IndexError) -> Int {
    guard blockCount > 1 else { return blocksOffset }
    if block == followingBlock { return followingOffset }
    let group = block / PostingsFormat.groupLength
    var offset =
      blocksOffset
      &+ Int(
        UInt32(littleEndian: data.base.loadUnaligned(fromByteOffset: groupsOffset &+ group &* 4, as: UInt32.self)))
    var before = group &* PostingsFormat.groupLength
    while before < block {
      let tag = tag(documentTagsOffset &+ before)
      guard let length = PostingsFormat.documentsLength(tag: tag) else { throw badTag(before, tag) }
      offset &+= length &+ PatchedPacking.blockLength(self.tag(frequencyTagsOffset &+ before))
      before &+= 1
    }
    return offset
  }

  private func decodeBitSet(_ offset: Int, words: Int, base: UInt32) throws(IndexError) {
    var count = 0
    for word in 0..<words {
      count &+= data.base.loadUnaligned(fromByteOffset: offset &+ word &* 8, as: UInt64.self).nonzeroBitCount
    }
    // SAFETY: as many bits as slots, so the loop below writes each slot once.
    guard count == Self.blockLength else {
      throw data.damaged(at: offset, expected: "a bit set of 128 documents", found: "\(count)")
    }
    var rank = 0
    for word in 0..<words {
      var bits = UInt64(littleEndian: data.base.loadUnaligned(fromByteOffset: offset &+ word &* 8, as: UInt64.self))
      let first = base &+ 1 &+ UInt32(truncatingIfNeeded: word &* 64)
      while bits != 0 {
        documents[BitPacking.slot(of: rank)] = first &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
        bits &= bits &- 1
        rank &+= 1
      }
    }
  }

  @inline(never)
  private func decodeFrequencies() throws(IndexError) {
    precondition(loadedBlock >= 0, "documents are loaded before frequencies")
    let header = tag(frequencyTagsOffset &+ loadedBlock)
    if loadedCount == Self.blockLength {
      try data.verify(frequencyOffset, PatchedPacking.blockLength(header))
      PatchedPacking.decodeBlock(data.base + frequencyOffset, header: header, into: frequencies)
    } else {
      try data.verify(frequencyOffset, PatchedPacking.runLength(header, count: loadedCount))
      PatchedPacking.decodeRun(data.base + frequencyOffset, header: header, count: loadedCount, into: frequencies)
    }
    for slot in 0..<loadedCount { frequencies[slot] = (frequencies[slot] & 0x7fff_ffff) &+ 1 }
    frequenciesLoaded = true
  }

  /// The weighted frequency of the posting at a rank of the loaded block: the first few are taken out of the packed ones,
  /// then all are decoded.
  /// - Precondition: a block is loaded, and has that rank.
  @inline(__always)
  func frequency(ofRank rank: Int) throws(IndexError) -> UInt32 {
    if !frequenciesLoaded {
      if picks < Self.mostPicks, loadedCount == Self.blockLength { return try pickFrequency(rank) }
      try decodeFrequencies()
    }
    return frequencies[slot(of: rank)]
  }

  /// A block is decoded in the time in which some five of it are taken out.
  private static let mostPicks = 3

  @inline(never)
  private func pickFrequency(_ rank: Int) throws(IndexError) -> UInt32 {
    precondition(loadedBlock >= 0 && rank >= 0 && rank < Self.blockLength)
    picks &+= 1
    let header = tag(frequencyTagsOffset &+ loadedBlock)
    try data.verify(frequencyOffset, PatchedPacking.blockLength(header))
    let value = PatchedPacking.value(rank, of: data.base + frequencyOffset, header: header)
    return (value & 0x7fff_ffff) &+ 1
  }

  /// The weighted frequency of the posting at a rank of a block whose documents need not be decoded: the caller knows the rank by
  /// other means. Throws corruption, also when the block has no such rank.
  /// - Precondition: `block` is in 0..<blockCount.
  func frequency(ofRank rank: Int, in block: Int) throws(IndexError) -> UInt32 {
    precondition(block >= 0 && block < blockCount)
    let count = min(Self.blockLength, documentFrequency &- block &* Self.blockLength)
    guard rank >= 0, rank < count else { throw disorder(block) }
    if block == loadedBlock || count < Self.blockLength {
      _ = try loadDocuments(block)
      return try frequency(ofRank: rank)
    }
    if block != soughtBlock {
      let tag = tag(documentTagsOffset &+ block)
      guard let length = PostingsFormat.documentsLength(tag: tag) else { throw badTag(block, tag) }
      soughtOffset = try blockOffset(block) &+ length
      soughtHeader = self.tag(frequencyTagsOffset &+ block)
      try data.verify(soughtOffset, PatchedPacking.blockLength(soughtHeader))
      soughtBlock = block
    }
    // SAFETY: the block was verified, it is whole, and the rank is below its length.
    let value = PatchedPacking.value(rank, of: data.base + soughtOffset, header: soughtHeader)
    return (value & 0x7fff_ffff) &+ 1
  }

  private func badTag(_ block: Int, _ tag: UInt8) -> IndexError {
    data.damaged(at: documentTagsOffset &+ block, expected: "the tag of a document block", found: "\(tag)")
  }

  private func badBlock(_ block: Int, _ last: UInt32) -> IndexError {
    data.damaged(
      at: listOffset, expected: "block \(block) to end at its last document, below \(documentCount)", found: "\(last)")
  }

  /// What is said of a list whose last documents do not rise.
  func disorder(_ block: Int) -> IndexError {
    data.damaged(
      at: listOffset &+ block &* 4, expected: "a last document of block \(block) above that of the one before",
      found: "\(lastDocument(of: block))")
  }

  // MARK: One at a time

  @inline(__always)
  private func slot(of rank: Int) -> Int { loadedCount == Self.blockLength ? BitPacking.slot(of: rank) : rank }

  /// The next posting's document, or ``exhausted``.
  func next() throws(IndexError) -> UInt32 {
    if document == Self.exhausted { return document }
    if block < 0 { return try enter(0, at: 0) }
    let count = try loadDocuments(block)
    if rank + 1 < count {
      rank += 1
      document = documents[slot(of: rank)]
      return document
    }
    return try enter(block + 1, at: 0)
  }

  /// The first posting whose document is `target` or more, at or after the current one; ``exhausted`` when there is none.
  func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    if block >= 0, document >= target { return document }
    if document == Self.exhausted { return document }
    var current = max(block, 0)
    if block < 0 || lastDocument(of: block) < target {
      current = firstBlock(endingAtOrAfter: target, from: current)
      guard current < blockCount else { return finish() }
    }
    let count = try loadDocuments(current)
    let found = firstRank(atLeast: target, count)
    if found < count { return try enter(current, at: found) }
    return current + 1 < blockCount ? try enter(current + 1, at: 0) : finish()
  }

  private func finish() -> UInt32 {
    document = Self.exhausted
    return document
  }

  private func enter(_ block: Int, at rank: Int) throws(IndexError) -> UInt32 {
    guard block < blockCount else { return finish() }
    _ = try loadDocuments(block)
    self.block = block
    self.rank = rank
    document = documents[slot(of: rank)]
    return document
  }

  /// Rank of the first document of the loaded block that is not below `target`; `count` when there is none. Three lane ends,
  /// then five halvings in the lane, without branches on the data.
  @inline(__always)
  private func firstRank(atLeast target: UInt32, _ count: Int) -> Int {
    guard count == Self.blockLength else {
      var lower = 0
      var length = count
      while length > 0 {
        let half = length &>> 1
        if documents[lower &+ half] < target {
          lower &+= half &+ 1
          length &-= half &+ 1
        } else {
          length = half
        }
      }
      return lower
    }
    let lane =
      (documents[124] < target ? 1 : 0) &+ (documents[125] < target ? 1 : 0) &+ (documents[126] < target ? 1 : 0)
    var row = 0
    var step = 16
    while step > 0 {
      row &+= documents[(row &+ step &- 1) &<< 2 | lane] < target ? step : 0
      step &>>= 1
    }
    row &+= documents[row &<< 2 | lane] < target ? 1 : 0
    return lane &* 32 &+ row
  }

  // MARK: Probing

  /// The slot of `target` in the block that is then loaded, or -1 where the list does not hold it. Does not move
  /// ``document``. Targets rise.
  @inline(__always)
  func probe(_ target: UInt32) throws(IndexError) -> Int {
    let rank = try probeRank(target)
    return rank < 0 ? rank : slot(of: rank)
  }

  /// As ``probe(_:)``, for the rank.
  @inline(__always)
  func probeRank(_ target: UInt32) throws(IndexError) -> Int {
    if lastDocument(of: probedBlock) < target {
      let block = firstBlock(endingAtOrAfter: target, from: probedBlock)
      guard block < blockCount else { return -1 }
      probedBlock = block
    }
    let count = try loadDocuments(probedBlock)
    let rank = firstRank(atLeast: target, count)
    return rank < count && documents[slot(of: rank)] == target ? rank : -1
  }

  /// The block in which ``probe(_:)`` would look for `target`, not decoded; nil past the last one.
  @inline(__always)
  func block(holding target: UInt32) -> Int? {
    if lastDocument(of: probedBlock) < target {
      let block = firstBlock(endingAtOrAfter: target, from: probedBlock)
      guard block < blockCount else { return nil }
      probedBlock = block
    }
    return probedBlock
  }

  /// Decodes the documents of a block and says which of its ranks lie in `base ... last`; nil when the block begins behind them.
  ///
  /// Documents of a decoded block rise and end at its last document, and blocks that do not rise are refused here: so of rising
  /// blocks no document comes twice, and none comes outside `base ... last`. Throws corruption.
  /// - Precondition: `block` is in 0..<blockCount, and the blocks before it end before `base` or were asked for.
  @inline(__always)
  func ranks(of block: Int, from base: UInt32, through last: UInt32) throws(IndexError) -> Range<Int>? {
    let start = block == 0 ? 0 : lastDocument(of: block &- 1) &+ 1
    if start > last { return nil }
    let end = lastDocument(of: block)
    guard end >= start else { throw disorder(block) }
    let count = try loadDocuments(block)
    let lower = start >= base ? 0 : firstRank(atLeast: base, count)
    let upper = end <= last ? count : firstRank(atLeast: last &+ 1, count)
    return lower..<max(lower, upper)
  }

  /// Targets may begin anew from the first document.
  func rewindProbes() { probedBlock = 0 }

  /// Rank of the first document of a loaded block of `count` that is not below `target`.
  @inline(__always)
  func rank(atLeast target: UInt32, _ count: Int) -> Int { firstRank(atLeast: target, count) }

  /// Where a rank of the loaded block stands in ``documents`` and ``frequencies``.
  @inline(__always)
  func slot(_ rank: Int) -> Int { slot(of: rank) }

  /// The current posting's weighted frequency.
  /// - Precondition: the cursor is on a posting.
  func frequency() throws(IndexError) -> UInt32 {
    _ = try loadDocuments(block)
    try loadFrequencies()
    return frequencies[slot(of: rank)]
  }

  /// The current posting's positions on the record's line, rising, in place of what `positions` held.
  /// - Precondition: the cursor is on a posting.
  func positions(into positions: inout [UInt32]) throws(IndexError) {
    _ = try loadDocuments(block)
    try self.positions(ofRank: rank, into: &positions)
  }

  /// The same in place: what is returned holds until the cursor is asked for other positions, and no longer than it.
  /// - Precondition: the cursor is on a posting.
  func currentPositions() throws(IndexError) -> UnsafeBufferPointer<UInt32> {
    _ = try loadDocuments(block)
    return try positions(ofRank: rank)
  }

  /// The positions of the posting at a rank of the loaded block, rising, in place of what `positions` held.
  /// - Precondition: a block is loaded, and has that rank.
  func positions(ofRank rank: Int, into positions: inout [UInt32]) throws(IndexError) {
    let found = try self.positions(ofRank: rank)
    positions.removeAll(keepingCapacity: true)
    positions.append(contentsOf: found)
  }

  /// The same in place: what is returned holds until the cursor is asked for other positions, and no longer than it.
  /// - Precondition: a block is loaded, and has that rank.
  func positions(ofRank rank: Int) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
    try loadFrequencies()
    let decoder = positionsDecoder ?? makePositionsDecoder()
    let (block, count, frequencies) = (loadedBlock, loadedCount, frequencies)
    return try decoder.borrowed { (decoder) throws(IndexError) in
      try decoder.load(block: block, count: count, frequencies: frequencies)
      return try decoder.positions(of: rank)
    }
  }

  @inline(never)
  private func makePositionsDecoder() -> Unmanaged<PositionsDecoder> {
    let made = Unmanaged.passRetained(
      PositionsDecoder(
        data: positionsData, offset: positionsOffset, blocks: blockCount, isPulsed: documentFrequency == 1))
    positionsDecoder = made
    return made
  }

  // MARK: By windows

  /// Sets bit `document - lower` for each document in `lower..<upper`. `words` has room for them.
  func setBits(from lower: UInt32, to upper: UInt32, _ words: UnsafeMutablePointer<UInt64>) throws(IndexError) {
    try forEach(from: lower, to: upper) { (bit) in words[Int(bit &>> 6)] |= 1 &<< UInt64(bit & 63) }
  }

  /// For how many documents in `lower..<upper` bit `document - lower` is set. `words` has room for them.
  func countBits(from lower: UInt32, to upper: UInt32, _ words: UnsafePointer<UInt64>) throws(IndexError) -> Int {
    var count = 0
    try forEach(from: lower, to: upper) { (bit) in
      count &+= Int(truncatingIfNeeded: words[Int(bit &>> 6)] &>> UInt64(bit & 63) & 1)
    }
    return count
  }

  /// Calls `take` with `document - lower` for each document in `lower..<upper`, in no order inside a block. Windows that rise are
  /// cheapest.
  @inline(__always)
  private func forEach(from lower: UInt32, to upper: UInt32, _ take: (UInt32) -> Void) throws(IndexError) {
    guard lower < upper else { return }
    if lower < windowLower { windowBlock = 0 }
    windowLower = lower
    var block = firstBlock(endingAtOrAfter: lower, from: windowBlock)
    windowBlock = block
    while block < blockCount {
      let count = try loadDocuments(block)
      let isWhole =
        (block > 0 && lastDocument(of: block &- 1) &+ 1 >= lower || lower == 0)
        && documents[
          count == Self.blockLength ? 127 : count &- 1] < upper
      if isWhole {
        for slot in 0..<count { take(documents[slot] &- lower) }
      } else {
        for slot in 0..<count where documents[slot] >= lower && documents[slot] < upper {
          take(documents[slot] &- lower)
        }
        if documents[count == Self.blockLength ? 127 : count &- 1] >= upper { break }
      }
      block &+= 1
    }
  }
}
