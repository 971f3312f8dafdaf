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

  /// Whether the word stands in any of some items of a document; documents as for ``positions(of:into:scratch:)``.
  func stands(
    in document: UInt32, _ items: ItemTable, _ own: Range<Int>, _ scratch: inout [UInt32]
  ) throws(IndexError) -> Bool {
    for cursor in cursors {
      guard try cursor.advance(to: document) == document else { continue }
      try cursor.positions(into: &scratch)
      for position in scratch where items.item(at: position, in: own) != nil { return true }
    }
    return false
  }

  /// Hands `body` where the word stands in `document`, rising: in place where one form alone does, else put together in
  /// `scratch`. Documents as for ``positions(of:into:scratch:)``.
  @inline(__always)
  func withPositions(
    of document: UInt32, scratch: inout [UInt32], _ body: (UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    var first = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
    var sources = 0
    for cursor in cursors {
      guard try cursor.advance(to: document) == document else { continue }
      let own = try cursor.currentPositions()
      sources += 1
      if sources == 1 {
        first = own
        continue
      }
      if sources == 2 {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: first)
      }
      scratch.append(contentsOf: own)
    }
    if sources < 2 { return body(first) }
    scratch.sort()
    scratch.withUnsafeBufferPointer(body)
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
