/// The positions of a word, all its forms together, in one document after another.
struct PositionProbe {
  private let cursors: [PostingsCursor]
  let documentFrequency: Int

  init(_ reader: SegmentReader, forms: [TermForm]) throws(IndexError) {
    var opened: [PostingsCursor] = []
    var sum = 0
    for form in forms {
      opened.append(try reader.postings(form.info))
      sum += Int(form.info.documentFrequency)
    }
    cursors = opened
    documentFrequency = sum
  }

  /// Sets `positions` to where the word stands in `document`, rising. Documents are asked for in rising order; one may be
  /// asked for again.
  func positions(
    of document: UInt32, into positions: inout [UInt32], scratch: inout [UInt32]
  ) throws(IndexError) {
    positions.removeAll(keepingCapacity: true)
    var sources = 0
    for cursor in cursors {
      guard try cursor.advance(to: document) == document else { continue }
      sources += 1
      if sources == 1 {
        try cursor.positions(into: &positions)
      } else {
        scratch.removeAll(keepingCapacity: true)
        try cursor.positions(into: &scratch)
        positions.append(contentsOf: scratch)
      }
    }
    if sources > 1 { positions.sort() }
  }
}
