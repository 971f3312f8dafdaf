/// Documents that hold any of a word's forms.
final class TermMatcher: Matcher {
  private let reader: SegmentReader
  private let forms: [TermForm]
  private let leaf: MatchedLeaf?
  private let cursors: [PostingsCursor]
  private var blocks: [Int]
  private let frequency: Int

  /// Candidates are probed one by one when there are this many times fewer of them than postings in a window: a probe
  /// gallops and searches a block, some 20 ns against 1 ns for a posting set as a bit.
  private static let probeFactor = 16
  /// Lists with fewer postings a window than this find their next window by the next document itself, not by block ends:
  /// their blocks span many windows.
  private static let sparse = 8

  private func expectedPerWindow(_ cursor: PostingsCursor) -> Int {
    cursor.documentFrequency * WindowBits.length / max(1, Int(reader.documentCount))
  }

  init(_ reader: SegmentReader, forms: [TermForm], leaf: MatchedLeaf?) throws(IndexError) {
    self.reader = reader
    self.forms = forms
    self.leaf = leaf
    var opened: [PostingsCursor] = []
    var sum = 0
    for form in forms {
      opened.append(try reader.postings(form.info))
      sum += Int(form.info.documentFrequency)
    }
    cursors = opened
    frequency = sum
    blocks = Array(repeating: 0, count: opened.count)
  }

  override var cost: Int { frequency }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    let lower = UInt32(clamping: window * WindowBits.length)
    guard lower < reader.documentCount else { return Matcher.exhausted }
    var next = Matcher.exhausted
    for index in cursors.indices {
      let cursor = cursors[index]
      if expectedPerWindow(cursor) < Self.sparse {
        let document = try cursor.advance(to: lower)
        if document != PostingsCursor.exhausted { next = min(next, Int(document >> WindowBits.shift)) }
        continue
      }
      let block = cursor.firstBlock(endingAtOrAfter: lower, from: blocks[index])
      blocks[index] = block
      guard block < cursor.blockCount else { continue }
      // The block's first document is not known without decoding it; it is past the end of the block before.
      let earliest = block == 0 ? 0 : Int(cursor.lastDocument(of: block - 1)) + 1
      next = min(next, max(window, earliest >> Int(WindowBits.shift)))
    }
    return next
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.clear()
    let base = UInt32(clamping: window * WindowBits.length)
    let end = UInt32(clamping: min(Int(base) + WindowBits.length, Int(reader.documentCount)))
    guard base < end else { return }
    let wanted = candidates.count
    for index in cursors.indices {
      if index & 63 == 63, let meter, meter.isOver { return }
      let cursor = cursors[index]
      if wanted * Self.probeFactor < expectedPerWindow(cursor) {
        try probe(index, base, candidates, result)
      } else {
        try cursor.setBits(from: base, to: end, result.words)
      }
    }
    result.formIntersection(candidates)
    leaf?.record(window, result)
  }

  private func probe(
    _ index: Int, _ base: UInt32, _ candidates: WindowBits, _ result: WindowBits
  ) throws(IndexError) {
    let cursor = cursors[index]
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      let found = try cursor.advance(to: base &+ UInt32(truncatingIfNeeded: bit))
      if found >= base &+ UInt32(WindowBits.length) { return }
      let foundBit = Int(found &- base)
      result.insert(foundBit)
      // The found document may be a later candidate itself: then it is set already.
      bit = candidates.first(from: foundBit + 1)
    }
  }

  override func restrict(_ window: Int, _ bits: WindowBits) { leaf?.restrict(window, bits) }
}
