/// Reads the terms of a dictionary as they are coded, in byte order: what each shares with the one before it, and the bytes
/// that follow. No term is put together, so that what is not wanted costs two or three nanoseconds; ``TermCursor`` gives
/// whole terms. Not sendable: one owner.
struct TermEntryReader {
  private let index: TermBlockIndex
  /// The block that is read; -1 before the first, `blockCount` behind the last.
  private(set) var block = -1
  /// SAFETY: its bytes belong to `index`, which is kept.
  private var entries: BlockReader?
  private var infos: TermInfoDecoder?
  /// Infos decoded of this block, and the last of them.
  private var decodedInfos = 0
  private var info = TermInfo(inlineDocument: 0, inlineFrequency: 0, positionsOffset: 0)
  /// The current term's place in its block, and how many terms that has.
  private(set) var number = 0
  private(set) var count = 0
  /// Bytes of the current term that are those of the one before it; 0 for the first of a block.
  private(set) var shared = 0
  /// The bytes that follow. Valid while this reader is kept.
  private(set) var suffix = UnsafeRawBufferPointer(start: nil, count: 0)

  init(_ dictionary: TermDictionaryReader) { index = dictionary.index }

  /// Length of the current term in bytes, at most ``TermDictionaryFormat/maximumTermLength``.
  var length: Int { shared &+ suffix.count }

  /// Moves to the next term of this block; false behind its last. Throws corruption.
  @inline(__always)
  mutating func nextInBlock() throws(IndexError) -> Bool {
    guard var reader = entries else { return false }
    guard number &+ 1 < count else {
      guard reader.isAtEnd else { throw damaged("\(count) front-coded terms") }
      return false
    }
    let coded = reader.frontCoded(previousLength: length, maximum: TermDictionaryFormat.maximumTermLength)
    guard reader.isValid else { throw damaged("\(count) front-coded terms") }
    entries = reader
    (shared, suffix) = coded
    number &+= 1
    return true
  }

  /// Moves to the first term of block `target`; false when there is no such block. Throws corruption.
  mutating func load(_ target: Int) throws(IndexError) -> Bool {
    (entries, infos, number, count, decodedInfos) = (nil, nil, 0, 0, 0)
    (shared, suffix) = (0, UnsafeRawBufferPointer(start: nil, count: 0))
    guard target < index.blockCount else {
      block = index.blockCount
      return false
    }
    block = target
    let (first, head) = try index.opened(target)
    (entries, infos, count, suffix) = (head.entries, head.infos, head.count, first)
    return true
  }

  /// The block in which `term` must be, if it is anywhere: 0 when it sorts before all. Throws corruption.
  func block(for term: [UInt8]) throws(IndexError) -> Int {
    var result: Result<Int?, IndexError> = .success(nil)
    term.withUnsafeBytes { buffer in
      do throws(IndexError) { result = .success(try index.block(atOrBefore: buffer)) } catch {
        result = .failure(error)
      }
    }
    return try result.get() ?? 0
  }

  /// What is known of the current term. Cost: the infos of the terms before it in its block, once. Throws corruption.
  /// - Precondition: the reader stands on a term.
  mutating func currentInfo() throws(IndexError) -> TermInfo {
    guard var decoder = infos else { throw damaged("a term") }
    while decodedInfos <= number {
      info = decoder.next()
      decodedInfos += 1
    }
    infos = decoder
    guard decoder.reader.isValid else { throw damaged("infos of its \(count) terms") }
    return info
  }

  private func damaged(_ expected: String) -> IndexError { index.damaged(block: block, expected: expected) }
}
