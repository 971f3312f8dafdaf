import BitPacking

/// Decodes the positions of one term, a posting at a time, a chunk of 128 gaps at a time. Part of a ``PostingsCursor``.
final class PositionsDecoder {
  private let data: ByteSlice
  private let offset: UInt64
  private let blocks: Int
  private let isPulsed: Bool

  private var loadedBlock = -1
  /// `starts[k]` is the number of positions of the block's postings before posting `k`, in natural order, as far as they have
  /// been asked for.
  /// SAFETY: room for a block and one more, freed in `deinit`; ``startCount`` of them are set.
  private let starts: UnsafeMutablePointer<Int>
  private var startCount = 0
  /// Positions of each posting of the block, in the order of its slots, and their sum.
  /// SAFETY: room for a block, freed in `deinit`.
  private let counts: UnsafeMutablePointer<UInt32>
  private var total = 0
  private var loadedPostings = 0
  /// Offsets in `data` of the chunks' headers, as far as they have been walked.
  private var chunkOffsets: [Int] = []
  private var chunkCount = 0
  private var loadedChunk = -1
  private var loadedCount = 0
  private let chunk: UnsafeMutablePointer<UInt32>

  /// `isPulsed`: the term stands in one record only.
  init(data: ByteSlice, offset: UInt64, blocks: Int, isPulsed: Bool) {
    self.isPulsed = isPulsed
    self.data = data
    self.offset = offset
    self.blocks = blocks
    chunk = .allocate(capacity: PositionsFormat.chunkLength)
    starts = .allocate(capacity: PostingsFormat.blockLength + 1)
    counts = .allocate(capacity: PostingsFormat.blockLength)
  }

  deinit {
    chunk.deallocate()
    starts.deallocate()
    counts.deallocate()
  }

  /// Makes a block of `count` postings current. `frequencies` are its decoded frequencies, in slot order when `count` is 128.
  func load(block: Int, count: Int, frequencies: UnsafePointer<UInt32>) throws(IndexError) {
    if block == loadedBlock || isPulsed { return }
    loadedBlock = -1
    loadedChunk = -1
    guard let start = Int(exactly: offset), start < data.count else {
      throw data.damaged(at: 0, expected: "positions inside the section", found: "offset \(offset)")
    }
    var position = start
    if blocks > 1 {
      let table = blocks &* 4
      try data.verify(start, table)
      let relative = UInt32(
        littleEndian: data.base.loadUnaligned(fromByteOffset: start &+ block &* 4, as: UInt32.self))
      position = start &+ table &+ Int(relative)
    }
    try data.verify(position, 1)
    let header = data.base.load(fromByteOffset: position, as: UInt8.self)
    position &+= 1
    let isBlock = count == PostingsFormat.blockLength
    precondition(count >= 0 && count <= PostingsFormat.blockLength)
    var sum = 0
    starts[0] = 0
    startCount = 1
    if header == PositionsFormat.countsAreFrequencies {
      for k in 0..<count { sum &+= Int(frequencies[k]) }
      counts.update(from: frequencies, count: count)
    } else {
      let length =
        isBlock ? PatchedPacking.blockLength(header) : PatchedPacking.runLength(header, count: count)
      try data.verify(position, length)
      if isBlock {
        PatchedPacking.decodeBlock(data.base + position, header: header, into: counts)
      } else {
        PatchedPacking.decodeRun(data.base + position, header: header, count: count, into: counts)
      }
      for k in 0..<count { sum &+= Int(counts[k]) }
      position &+= length
    }
    total = sum
    loadedPostings = count
    chunkCount = (sum &+ PositionsFormat.chunkLength &- 1) / PositionsFormat.chunkLength
    // Every chunk has a header of its own, so a count beyond the bytes that are left is damage, found before any memory is
    // taken for it.
    guard chunkCount <= data.count &- position else {
      throw data.damaged(at: position, expected: "\(chunkCount) chunks of positions", found: "the section's end")
    }
    chunkOffsets.removeAll(keepingCapacity: true)
    chunkOffsets.append(position)
    loadedBlock = block
  }

  /// The positions of posting `rank` of the current block, rising.
  func positions(of rank: Int, into positions: inout [UInt32]) throws(IndexError) {
    positions.removeAll(keepingCapacity: true)
    if isPulsed { return try pulsedPositions(into: &positions) }
    precondition(rank >= 0 && rank < loadedPostings && loadedBlock >= 0)
    extendStarts(through: rank &+ 1)
    var index = starts[rank]
    let end = starts[rank &+ 1]
    guard end &- index <= PositionsFormat.maximumCount else {
      throw data.damaged(
        at: 0, expected: "at most \(PositionsFormat.maximumCount) positions in a record", found: "\(end &- index)")
    }
    var position: UInt32 = 0
    var seen: UInt32 = 0
    while index < end {
      let chunkIndex = index / PositionsFormat.chunkLength
      if chunkIndex != loadedChunk { try loadChunk(chunkIndex) }
      let first = index &- chunkIndex &* PositionsFormat.chunkLength
      let last = min(end &- chunkIndex &* PositionsFormat.chunkLength, loadedCount)
      let isBlock = loadedCount == PositionsFormat.chunkLength
      for k in first..<last {
        let gap = chunk[isBlock ? BitPacking.slot(of: k) : k]
        position = position &+ gap
        seen |= gap | position
        positions.append(position)
      }
      index &+= last &- first
    }
    try check(seen)
  }

  /// Adds up how many positions stand before each posting, up to posting `last`.
  @inline(__always)
  private func extendStarts(through last: Int) {
    guard startCount <= last else { return }
    let isBlock = loadedPostings == PostingsFormat.blockLength
    var k = startCount
    var sum = starts[k &- 1]
    while k <= last {
      sum &+= Int(counts[isBlock ? BitPacking.slot(of: k &- 1) : k &- 1])
      starts[k] = sum
      k &+= 1
    }
    startCount = k
  }

  /// `seen` is all gaps and positions or-ed together: while none has reached 2^31, no sum of them has wrapped.
  private func check(_ seen: UInt32) throws(IndexError) {
    guard seen < 1 << 31 else {
      throw data.damaged(at: 0, expected: "rising positions below 2^31", found: "others in a list at \(offset)")
    }
  }

  private func pulsedPositions(into positions: inout [UInt32]) throws(IndexError) {
    guard let start = Int(exactly: offset), start < data.count else {
      throw data.damaged(at: 0, expected: "positions inside the section", found: "offset \(offset)")
    }
    // The end is not known before it is read: bytes are verified some way ahead.
    var reader = ByteReader(slice: data, from: start, to: data.count)
    var position: UInt32 = 0
    var seen: UInt32 = 0
    var verified = start
    while positions.count < PositionsFormat.maximumCount {
      if reader.position &+ 16 > verified {
        verified = min(data.count, reader.position &+ 4096)
        try data.verify(reader.position, verified &- reader.position)
      }
      let value = try reader.varint()
      let gap = UInt32(clamping: value &>> 1)
      position = position &+ gap
      seen |= gap | position
      positions.append(position)
      if value & 1 == 1 { return try check(seen) }
    }
    throw data.damaged(
      at: start, expected: "at most \(PositionsFormat.maximumCount) positions in a record", found: "more")
  }

  private func loadChunk(_ index: Int) throws(IndexError) {
    loadedChunk = -1
    guard index < chunkCount else {
      throw data.damaged(at: 0, expected: "a chunk below \(chunkCount)", found: "\(index)")
    }
    while chunkOffsets.count <= index {
      let at = chunkOffsets[chunkOffsets.count - 1]
      try data.verify(at, 1)
      let header = data.base.load(fromByteOffset: at, as: UInt8.self)
      chunkOffsets.append(at &+ 1 &+ PatchedPacking.blockLength(header))
    }
    let at = chunkOffsets[index]
    try data.verify(at, 1)
    let header = data.base.load(fromByteOffset: at, as: UInt8.self)
    let count = min(PositionsFormat.chunkLength, total &- index &* PositionsFormat.chunkLength)
    if count == PositionsFormat.chunkLength {
      try data.verify(at &+ 1, PatchedPacking.blockLength(header))
      PatchedPacking.decodeBlock(data.base + at + 1, header: header, into: chunk)
    } else {
      try data.verify(at &+ 1, PatchedPacking.runLength(header, count: count))
      PatchedPacking.decodeRun(data.base + at + 1, header: header, count: count, into: chunk)
    }
    loadedCount = count
    loadedChunk = index
  }
}
