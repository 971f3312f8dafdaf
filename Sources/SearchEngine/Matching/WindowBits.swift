/// A set of documents of one window: 4,096 documents as 64 words of 64 bits. A view of memory that a ``WindowBuffer`` owns.
///
/// 4,096: measured best of 2,048 to 8,192 for unions of postings, and the set with its accumulators stays in the nearest
/// caches; zone maps of columns have the same grain.
struct WindowBits {
  static let length = 4_096
  static let wordCount = 64
  /// `document >> shift` is a document's window.
  static let shift: UInt32 = 12

  /// SAFETY: 64 words, alive as long as the ``WindowBuffer`` that the owner of this view holds.
  let words: UnsafeMutablePointer<UInt64>

  func clear() { words.update(repeating: 0, count: Self.wordCount) }

  func copy(_ other: WindowBits) { words.update(from: other.words, count: Self.wordCount) }

  func formIntersection(_ other: WindowBits) {
    for index in 0..<Self.wordCount { words[index] &= other.words[index] }
  }

  func formUnion(_ other: WindowBits) {
    for index in 0..<Self.wordCount { words[index] |= other.words[index] }
  }

  func subtract(_ other: WindowBits) {
    for index in 0..<Self.wordCount { words[index] &= ~other.words[index] }
  }

  var isEmpty: Bool {
    var any: UInt64 = 0
    for index in 0..<Self.wordCount { any |= words[index] }
    return any == 0
  }

  var count: Int {
    var count = 0
    for index in 0..<Self.wordCount { count &+= words[index].nonzeroBitCount }
    return count
  }

  @inline(__always)
  func contains(_ bit: Int) -> Bool { words[(bit &>> 6) & 63] &>> UInt64(bit & 63) & 1 == 1 }

  @inline(__always)
  func remove(_ bit: Int) { words[(bit &>> 6) & 63] &= ~(1 &<< UInt64(bit & 63)) }

  @inline(__always)
  func insert(_ bit: Int) { words[(bit &>> 6) & 63] |= 1 &<< UInt64(bit & 63) }

  /// The first bit at or after `bit`, or 4,096.
  @inline(__always)
  func first(from bit: Int) -> Int {
    guard bit < Self.length else { return Self.length }
    var index = bit &>> 6
    var word = words[index] & (UInt64.max &<< UInt64(bit & 63))
    while word == 0 {
      index &+= 1
      if index == Self.wordCount { return Self.length }
      word = words[index]
    }
    return index &<< 6 | word.trailingZeroBitCount
  }

  /// All documents of the window that exist: the first `count` bits set.
  func fill(first count: Int) {
    let count = max(0, min(count, Self.length))
    clear()
    let whole = count >> 6
    for index in 0..<whole { words[index] = .max }
    if count & 63 != 0 { words[whole] = (1 << UInt64(count & 63)) - 1 }
  }
}

/// Owns the memory of a ``WindowBits``.
final class WindowBuffer {
  let bits: WindowBits

  init() {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: WindowBits.wordCount)
    words.initialize(repeating: 0, count: WindowBits.wordCount)
    bits = WindowBits(words: words)
  }

  deinit { bits.words.deallocate() }
}
