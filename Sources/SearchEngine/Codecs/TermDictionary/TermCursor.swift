/// Walks the terms of a dictionary in byte order. A block is decoded at a time, its infos when first asked for. Not
/// Sendable: one owner. Buffers are kept between blocks.
final class TermCursor {
  private let index: TermBlockIndex
  /// The block that is decoded; -1 before the first, `blockCount` behind the last.
  private(set) var block = -1
  private var number = 0
  private var count = 0
  private var infosAreDecoded = false
  /// Stands before the first info of the block. Its bytes belong to `index`.
  private var infoDecoder: TermInfoDecoder?
  /// The block's terms one behind the other, and where each ends.
  /// SAFETY: grown by `reserve` before each copy; freed in `deinit`.
  private var bytes: UnsafeMutableRawPointer
  private var capacity = 1024
  private let ends: UnsafeMutablePointer<Int>
  private let infos: UnsafeMutablePointer<TermInfo>

  init(_ dictionary: TermDictionaryReader) {
    index = dictionary.index
    bytes = .allocate(byteCount: capacity, alignment: 8)
    // One more than there are terms: `ends[0]` is 0, and term `i` lies from `ends[i]` to `ends[i + 1]`.
    ends = .allocate(capacity: TermDictionaryFormat.blockLength + 1)
    ends.initialize(repeating: 0, count: TermDictionaryFormat.blockLength + 1)
    infos = .allocate(capacity: TermDictionaryFormat.blockLength)
    infos.initialize(
      repeating: TermInfo(inlineDocument: 0, inlineFrequency: 0, positionsOffset: 0),
      count: TermDictionaryFormat.blockLength)
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
    infos.deallocate()
  }

  /// Whether the cursor stands on a term.
  var isValid: Bool { number < count }

  /// Whether it stands on the first or the last term of a block.
  var isFirstOfBlock: Bool { isValid && number == 0 }
  var isLastOfBlock: Bool { isValid && number == count - 1 }

  /// The current term; empty when the cursor stands on none. Valid until the cursor moves.
  var term: UnsafeRawBufferPointer {
    guard number < count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return term(at: number)
  }

  @inline(__always)
  private func term(at number: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: bytes + ends[number], count: ends[number &+ 1] &- ends[number])
  }

  /// What is known of the current term. Throws corruption.
  /// - Precondition: the cursor stands on a term.
  func info() throws(IndexError) -> TermInfo {
    precondition(number < count, "the cursor stands on a term")
    if !infosAreDecoded { try decodeInfos() }
    return infos[number]
  }

  /// Moves to the next term, the first one at the first call. Returns false behind the last. Throws corruption.
  @inline(__always)
  func next() throws(IndexError) -> Bool {
    number &+= 1
    if number < count { return true }
    return try load(block &+ 1)
  }

  /// Moves, forward or back, to the first term that is not before `wanted`. Returns false when there is none; the cursor
  /// then stands behind the last. Throws corruption.
  func seek(atLeast wanted: UnsafeRawBufferPointer) throws(IndexError) -> Bool {
    let target = try index.block(atOrBefore: wanted) ?? 0
    if target != block || count == 0 { guard try load(target) else { return false } }
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      if FrontCoding.compare(term(at: middle), wanted) < 0 { low = middle &+ 1 } else { high = middle }
    }
    number = low
    if number < count { return true }
    return try load(block &+ 1)
  }

  /// Whether the current term begins with `prefix`. A prefix range is: `seek(atLeast: prefix)`, then while this holds,
  /// `next()`.
  func hasPrefix(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let term = term
    guard number < count, term.count >= prefix.count else { return false }
    return FrontCoding.compare(UnsafeRawBufferPointer(rebasing: term.prefix(prefix.count)), prefix) == 0
  }

  /// Decodes block `target` and stands on its first term; false when there is no such block.
  private func load(_ target: Int) throws(IndexError) -> Bool {
    count = 0
    number = 0
    infoDecoder = nil
    infosAreDecoded = false
    guard target < index.blockCount else {
      block = index.blockCount
      return false
    }
    block = target
    let (first, head) = try index.opened(target)
    guard decode(first, head.entries, count: head.count) else {
      throw index.damaged(block: target, expected: "\(head.count) front-coded terms that rise")
    }
    infoDecoder = head.infos
    count = head.count
    return true
  }

  /// Puts the block's terms together; false when they are not `count` rising ones.
  private func decode(_ first: UnsafeRawBufferPointer, _ entries: BlockReader, count: Int) -> Bool {
    var entries = entries
    append(first, at: 0)
    ends[1] = first.count
    var from = 0
    var length = first.count
    var decoded = 1
    while decoded < count {
      let (shared, suffix) = entries.frontCoded(
        previousLength: length, maximum: TermDictionaryFormat.maximumTermLength)
      // Strictly rising: longer than what it continues, or larger where it departs from it.
      guard let start = suffix.baseAddress, suffix.count > 0,
        shared == length
          || start.load(as: UInt8.self) > bytes.load(fromByteOffset: from &+ shared, as: UInt8.self)
      else { return false }
      let to = from &+ length
      reserve(to &+ shared &+ suffix.count)
      (bytes + to).copyMemory(from: bytes + from, byteCount: shared)
      (bytes + (to &+ shared)).copyMemory(from: start, byteCount: suffix.count)
      from = to
      length = shared &+ suffix.count
      decoded &+= 1
      ends[decoded] = to &+ length
    }
    return entries.isValid && entries.isAtEnd
  }

  @inline(__always)
  private func append(_ source: UnsafeRawBufferPointer, at offset: Int) {
    reserve(offset &+ source.count)
    if let start = source.baseAddress { (bytes + offset).copyMemory(from: start, byteCount: source.count) }
  }

  /// Makes room for `length` bytes; at most a block of longest terms, 1 MB.
  @inline(__always)
  private func reserve(_ length: Int) { if length > capacity { grow(length) } }

  @inline(never)
  private func grow(_ length: Int) {
    let larger = max(length, capacity * 2)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    moved.copyMemory(from: bytes, byteCount: capacity)
    bytes.deallocate()
    bytes = moved
    capacity = larger
  }

  private func decodeInfos() throws(IndexError) {
    guard var decoder = infoDecoder else { return }
    for place in 0..<count { infos[place] = decoder.next() }
    guard decoder.reader.isValid, decoder.reader.isAtEnd else {
      throw index.damaged(block: block, expected: "infos of its \(count) terms")
    }
    infosAreDecoded = true
  }
}
