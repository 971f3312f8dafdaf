/// Documents that a run has found, so that the next one leaves them out: one bit a document, of the segments in which
/// anything was found.
final class MatchedDocuments {
  private var words: [[UInt64]] = []

  /// Adds what was found in a window of a segment.
  func insert(_ bits: WindowBits, _ segment: SegmentContext, _ window: Int) {
    makeRoom(segment)
    let first = window * WindowBits.wordCount
    guard first + WindowBits.wordCount <= words[segment.ordinal].count else { return }
    for index in 0..<WindowBits.wordCount { words[segment.ordinal][first + index] |= bits.words[index] }
  }

  /// Takes them out of `count` words of bits, which begin at document `first` · 64 of a segment; what is left is added when
  /// `marks`.
  func exchange(
    _ bits: UnsafeMutablePointer<UInt64>, _ first: Int, _ count: Int, _ segment: SegmentContext, marks: Bool
  ) {
    if marks { makeRoom(segment) }
    guard segment.ordinal < words.count, first + count <= words[segment.ordinal].count else { return }
    for index in 0..<count {
      bits[index] &= ~words[segment.ordinal][first + index]
      if marks { words[segment.ordinal][first + index] |= bits[index] }
    }
  }

  private func makeRoom(_ segment: SegmentContext) {
    while words.count <= segment.ordinal { words.append([]) }
    guard words[segment.ordinal].isEmpty else { return }
    let windows = (Int(segment.reader.documentCount) + WindowBits.length - 1) / WindowBits.length
    words[segment.ordinal] = Array(repeating: 0, count: windows * WindowBits.wordCount)
  }

  /// Whether a document has been found.
  func contains(_ segment: SegmentContext, _ document: UInt32) -> Bool {
    let word = Int(document >> 6)
    guard segment.ordinal < words.count, word < words[segment.ordinal].count else { return false }
    return words[segment.ordinal][word] >> UInt64(document & 63) & 1 == 1
  }

  /// Takes them out of `bits`.
  func subtract(from bits: WindowBits, _ segment: SegmentContext, _ window: Int) {
    let first = window * WindowBits.wordCount
    guard segment.ordinal < words.count, first + WindowBits.wordCount <= words[segment.ordinal].count else { return }
    for index in 0..<WindowBits.wordCount { bits.words[index] &= ~words[segment.ordinal][first + index] }
  }
}
