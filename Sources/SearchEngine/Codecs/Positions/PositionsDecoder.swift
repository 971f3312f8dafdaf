import BitPacking

/// Decodes the positions of one term, a posting at a time, a chunk of 128 gaps at a time. Part of a ``PostingsCursor``.
final class PositionsDecoder {
  private let data: ByteSlice
  private let offset: UInt64
  private let blocks: Int
  private let isPulsed: Bool

  /// A whole chunk is decoded in the time in which some ten gaps are taken out of it: so few are, this often.
  private static let pickedPositions = 4
  private static let mostPicks = 2

  private var loadedBlock = -1
  /// Positions of each posting of the block, in the order of its slots.
  /// SAFETY: room for a block, freed in `deinit`.
  private let counts: UnsafeMutablePointer<UInt32>
  /// The same added up: of a block of 128 inside each of its four lanes, the posting's own included, of a shorter one over
  /// all. ``laneStarts`` is what stands before each lane.
  /// SAFETY: as above.
  private let sums: UnsafeMutablePointer<UInt32>
  private var laneStarts = SIMD4<UInt32>.zero
  private var total = 0
  private var loadedPostings = 0
  /// Offset in `data` of the first chunk's header; those of the others are found from the one before.
  private var firstOffset = 0
  private var chunkCount = 0
  /// The chunk found last: where its header stands, the header, and how many gaps it has.
  private var locatedChunk = -1
  private var locatedOffset = 0
  private var locatedHeader: UInt8 = 0
  private var locatedCount = 0
  /// How often gaps were taken out of it one by one.
  private var picks = 0
  /// The chunk that is decoded in `chunk`.
  private var loadedChunk = -1
  private let chunk: UnsafeMutablePointer<UInt32>
  /// The positions asked for last.
  /// SAFETY: room for ``capacity``, freed in `deinit`; grown before it is written.
  private var found: UnsafeMutablePointer<UInt32>
  private var capacity = 64

  /// `isPulsed`: the term stands in one record only.
  init(data: ByteSlice, offset: UInt64, blocks: Int, isPulsed: Bool) {
    self.isPulsed = isPulsed
    self.data = data
    self.offset = offset
    self.blocks = blocks
    chunk = .allocate(capacity: PositionsFormat.chunkLength)
    counts = .allocate(capacity: PostingsFormat.blockLength)
    sums = .allocate(capacity: PostingsFormat.blockLength)
    found = .allocate(capacity: 64)
  }

  deinit {
    chunk.deallocate()
    counts.deallocate()
    sums.deallocate()
    found.deallocate()
  }

  /// Makes a block of `count` postings current. `frequencies` are its decoded frequencies, in slot order when `count` is 128.
  @inline(__always)
  func load(block: Int, count: Int, frequencies: UnsafePointer<UInt32>) throws(IndexError) {
    if block == loadedBlock || isPulsed { return }
    try open(block, count, frequencies)
  }

  @inline(never)
  private func open(_ block: Int, _ count: Int, _ frequencies: UnsafePointer<UInt32>) throws(IndexError) {
    loadedBlock = -1
    loadedChunk = -1
    locatedChunk = -1
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
    if header == PositionsFormat.countsAreFrequencies {
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
      position &+= length
    }
    total = try addUp(count)
    loadedPostings = count
    chunkCount = (total &+ PositionsFormat.chunkLength &- 1) / PositionsFormat.chunkLength
    // Every chunk has a header of its own, so a count beyond the bytes that are left is damage, found before any memory is
    // taken for it.
    guard chunkCount <= data.count &- position else {
      throw data.damaged(at: position, expected: "\(chunkCount) chunks of positions", found: "the section's end")
    }
    firstOffset = position
    loadedBlock = block
  }

  /// Sets ``sums`` for a block of `count` postings and returns how many positions they have.
  private func addUp(_ count: Int) throws(IndexError) -> Int {
    var seen = SIMD4<UInt32>.zero
    var sum = SIMD4<UInt32>.zero
    if count == PostingsFormat.blockLength {
      // SAFETY: 32 rows of four lanes are the block's 128 slots.
      let source = UnsafeRawPointer(counts)
      let target = UnsafeMutableRawPointer(sums)
      for row in 0..<32 {
        let values = source.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
        seen |= values
        sum &+= values
        target.storeBytes(of: sum, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      }
      laneStarts = SIMD4(0, sum[0], sum[0] &+ sum[1], sum[0] &+ sum[1] &+ sum[2])
    } else {
      for k in 0..<count {
        seen[0] |= counts[k]
        sum[0] &+= counts[k]
        sums[k] = sum[0]
      }
    }
    // Counts below 2^25 do not wrap: 128 of them are below 2^32.
    guard seen[0] | seen[1] | seen[2] | seen[3] < 1 << 25 else {
      throw data.damaged(
        at: 0, expected: "at most \(PositionsFormat.maximumCount) positions in a record", found: "more")
    }
    return Int(sum.wrappedSum())
  }

  /// The positions of posting `rank` of the current block, rising. They hold until others are asked for.
  func positions(of rank: Int) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
    if isPulsed { return try pulsedPositions() }
    precondition(rank >= 0 && rank < loadedPostings && loadedBlock >= 0)
    let isWhole = loadedPostings == PostingsFormat.blockLength
    let slot = isWhole ? BitPacking.slot(of: rank) : rank
    let end = Int(sums[slot]) &+ (isWhole ? Int(laneStarts[slot & 3]) : 0)
    let length = Int(counts[slot])
    var index = end &- length
    guard length <= PositionsFormat.maximumCount else {
      throw data.damaged(
        at: 0, expected: "at most \(PositionsFormat.maximumCount) positions in a record", found: "\(length)")
    }
    var position: UInt32 = 0
    var seen: UInt32 = 0
    var written = 0
    while index < end {
      let chunkIndex = index / PositionsFormat.chunkLength
      if chunkIndex != locatedChunk { try locate(chunkIndex) }
      let first = index &- chunkIndex &* PositionsFormat.chunkLength
      let last = min(end &- chunkIndex &* PositionsFormat.chunkLength, locatedCount)
      // A chunk at a time, so that no memory is taken for positions that the file has no bytes for.
      if written &+ (last &- first) > capacity { grow(to: written &+ (last &- first), written) }
      index &+= last &- first
      let isBlock = locatedCount == PositionsFormat.chunkLength
      if chunkIndex != loadedChunk {
        picks &+= 1
        if isBlock, last &- first <= Self.pickedPositions, picks <= Self.mostPicks {
          // SAFETY: the chunk was verified, is whole, and `first ..< last` are inside it; there is room.
          for k in first..<last {
            let gap = PatchedPacking.value(k, of: data.base + (locatedOffset &+ 1), header: locatedHeader)
            position = position &+ gap
            seen |= gap | position
            (found + written).initialize(to: position)
            written &+= 1
          }
          continue
        }
        decodeLocated()
      }
      // SAFETY: there is room; `first` and `last` are inside the chunk.
      for k in first..<last {
        let gap = chunk[isBlock ? BitPacking.slot(of: k) : k]
        position = position &+ gap
        seen |= gap | position
        (found + written).initialize(to: position)
        written &+= 1
      }
    }
    try check(seen)
    return UnsafeBufferPointer(start: found, count: written)
  }

  /// Makes room for so many positions, and keeps the first `written`.
  private func grow(to count: Int, _ written: Int) {
    precondition(count > capacity && written <= capacity)
    let next = max(count, capacity &* 2)
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: next)
    larger.initialize(from: found, count: written)
    found.deallocate()
    found = larger
    capacity = next
  }

  /// `seen` is all gaps and positions or-ed together: while none has reached 2^31, no sum of them has wrapped.
  @inline(__always)
  private func check(_ seen: UInt32) throws(IndexError) {
    guard seen < 1 << 31 else {
      throw data.damaged(at: 0, expected: "rising positions below 2^31", found: "others in a list at \(offset)")
    }
  }

  private func pulsedPositions() throws(IndexError) -> UnsafeBufferPointer<UInt32> {
    guard let start = Int(exactly: offset), start < data.count else {
      throw data.damaged(at: 0, expected: "positions inside the section", found: "offset \(offset)")
    }
    // The end is not known before it is read: bytes are verified some way ahead.
    var reader = ByteReader(slice: data, from: start, to: data.count)
    var position: UInt32 = 0
    var seen: UInt32 = 0
    var verified = start
    var written = 0
    while written < PositionsFormat.maximumCount {
      if reader.position &+ 16 > verified {
        verified = min(data.count, reader.position &+ 4096)
        try data.verify(reader.position, verified &- reader.position)
      }
      let value = try reader.varint()
      let gap = UInt32(clamping: value &>> 1)
      position = position &+ gap
      seen |= gap | position
      if written == capacity { grow(to: written &+ 1, written) }
      (found + written).initialize(to: position)
      written &+= 1
      if value & 1 == 1 {
        try check(seen)
        return UnsafeBufferPointer(start: found, count: written)
      }
    }
    throw data.damaged(
      at: start, expected: "at most \(PositionsFormat.maximumCount) positions in a record", found: "more")
  }

  /// Finds and verifies a chunk of the block. Throws corruption.
  private func locate(_ index: Int) throws(IndexError) {
    let isBehind = locatedChunk >= 0 && index >= locatedChunk
    var walked = isBehind ? locatedChunk : 0
    var at = isBehind ? locatedOffset : firstOffset
    locatedChunk = -1
    guard index < chunkCount else {
      throw data.damaged(at: 0, expected: "a chunk below \(chunkCount)", found: "\(index)")
    }
    while walked < index {
      try data.verify(at, 1)
      at &+= 1 &+ PatchedPacking.blockLength(data.base.load(fromByteOffset: at, as: UInt8.self))
      walked &+= 1
    }
    try data.verify(at, 1)
    let header = data.base.load(fromByteOffset: at, as: UInt8.self)
    let count = min(PositionsFormat.chunkLength, total &- index &* PositionsFormat.chunkLength)
    let length =
      count == PositionsFormat.chunkLength
      ? PatchedPacking.blockLength(header) : PatchedPacking.runLength(header, count: count)
    try data.verify(at &+ 1, length)
    locatedOffset = at
    locatedHeader = header
    locatedCount = count
    locatedChunk = index
    picks = 0
  }

  /// Decodes the located chunk. SAFETY: ``locate(_:)`` has verified its bytes.
  private func decodeLocated() {
    let source = data.base + (locatedOffset &+ 1)
    if locatedCount == PositionsFormat.chunkLength {
      PatchedPacking.decodeBlock(source, header: locatedHeader, into: chunk)
    } else {
      PatchedPacking.decodeRun(source, header: locatedHeader, count: locatedCount, into: chunk)
    }
    loadedChunk = locatedChunk
  }
}
