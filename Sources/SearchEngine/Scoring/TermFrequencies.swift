/// Adds up, window by window, how often a word stands in each wanted document: all its forms as one term.
final class TermFrequencies {
  private let reader: SegmentReader
  private let forms: [TermForm]
  private var cursors: [PostingsCursor?]
  private var blocks: [Int]

  /// Documents are looked up one by one when there are this many times fewer of them than postings in a window.
  private static let probeFactor = 8

  init(_ reader: SegmentReader, forms: [TermForm]) {
    self.reader = reader
    self.forms = forms
    cursors = Array(repeating: nil, count: forms.count)
    blocks = Array(repeating: 0, count: forms.count)
  }

  /// Adds to `frequencies[bit]` for each bit of `wanted`, `wantedCount` in number. Windows rise.
  func add(
    _ window: Int, _ wanted: WindowBits, wantedCount: Int, to frequencies: UnsafeMutablePointer<UInt32>
  ) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    for index in forms.indices {
      let expected =
        Int(forms[index].info.documentFrequency) * WindowBits.length / max(1, Int(reader.documentCount))
      if wantedCount * Self.probeFactor < expected {
        try probe(index, base, wanted, frequencies)
      } else {
        try addBlocks(index, base, wanted, frequencies)
      }
    }
  }

  private func cursor(_ index: Int) throws(IndexError) -> PostingsCursor {
    if let made = cursors[index] { return made }
    let cursor = try reader.postings(forms[index].info)
    cursors[index] = cursor
    return cursor
  }

  private func addBlocks(
    _ index: Int, _ base: UInt32, _ wanted: WindowBits, _ frequencies: UnsafeMutablePointer<UInt32>
  ) throws(IndexError) {
    let cursor = try cursor(index)
    var block = cursor.firstBlock(endingAtOrAfter: base, from: blocks[index])
    blocks[index] = block
    let last = base &+ UInt32(WindowBits.length - 1)
    while block < cursor.blockCount {
      let count = try cursor.loadDocuments(block)
      try cursor.loadFrequencies()
      let documents = cursor.documents
      let values = cursor.frequencies
      for slot in 0..<count {
        let bit = documents[slot] &- base
        if bit < UInt32(WindowBits.length), wanted.contains(Int(bit)) {
          frequencies[Int(bit)] &+= values[slot]
        }
      }
      if cursor.lastDocument(of: block) >= last { return }
      block &+= 1
    }
  }

  private func probe(
    _ index: Int, _ base: UInt32, _ wanted: WindowBits, _ frequencies: UnsafeMutablePointer<UInt32>
  ) throws(IndexError) {
    let cursor = try cursor(index)
    var bit = wanted.first(from: 0)
    while bit < WindowBits.length {
      let found = try cursor.advance(to: base &+ UInt32(truncatingIfNeeded: bit))
      if found >= base &+ UInt32(WindowBits.length) { return }
      let foundBit = Int(found &- base)
      if foundBit == bit || wanted.contains(foundBit) { frequencies[foundBit] &+= try cursor.frequency() }
      bit = wanted.first(from: foundBit + 1)
    }
  }
}
