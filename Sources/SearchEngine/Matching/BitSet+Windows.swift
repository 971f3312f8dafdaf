// Windows of a set of the documents of a segment.
extension BitSet {
  /// Puts the documents of a window into `window`, in place of what is there.
  func copy(_ window: Int, to bits: WindowBits) {
    let first = window &* WindowBits.wordCount
    for index in 0..<WindowBits.wordCount {
      bits.words[index] = first &+ index < words.count ? words[first &+ index] : 0
    }
  }

  /// Adds the documents of a window.
  mutating func insert(_ window: Int, _ bits: WindowBits) {
    let first = window &* WindowBits.wordCount
    for index in 0..<WindowBits.wordCount where first &+ index < words.count {
      words[first &+ index] |= bits.words[index]
    }
  }
}
