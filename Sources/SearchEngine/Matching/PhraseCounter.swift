/// Finds where words stand at fixed distances in one document after another, from the rarest word out.
final class PhraseCounter {
  private let slots: [(probe: PositionProbe, offset: UInt32)]
  private var scratch: [UInt32] = []
  /// The positions at which the phrase begins in the document looked at last, rising.
  private(set) var starts: [UInt32] = []

  /// - Precondition: at least one slot.
  init(_ reader: SegmentReader, slots: [(forms: [TermForm], offset: UInt32)]) throws(IndexError) {
    precondition(!slots.isEmpty, "a phrase has words")
    var made: [(probe: PositionProbe, offset: UInt32)] = []
    for slot in slots { made.append((try PositionProbe(reader, forms: slot.forms), slot.offset)) }
    self.slots = made.sorted { ($0.probe.documentFrequency, $0.offset) < ($1.probe.documentFrequency, $1.offset) }
  }

  /// How often the phrase stands in `document`, which does not go back.
  func count(in document: UInt32) throws(IndexError) -> Int {
    try findStarts(in: document)
    return starts.count
  }

  /// Sets ``starts``.
  func findStarts(in document: UInt32) throws(IndexError) {
    // Of its own while it is worked on: no access to be checked at each position.
    var found: [UInt32] = []
    var merged: [UInt32] = []
    swap(&found, &starts)
    swap(&merged, &scratch)
    defer {
      swap(&found, &starts)
      swap(&merged, &scratch)
    }
    found.removeAll(keepingCapacity: true)
    for (index, slot) in slots.enumerated() {
      try slot.probe.withPositions(of: document, scratch: &merged) { positions in
        if index == 0 {
          for position in positions where position >= slot.offset { found.append(position - slot.offset) }
        } else {
          Self.intersect(&found, positions, offset: slot.offset)
        }
      }
      if found.isEmpty { return }
    }
  }

  /// Keeps the starts at whose `offset` a position of `next` stands. Both rise.
  static func intersect(_ starts: inout [UInt32], _ next: UnsafeBufferPointer<UInt32>, offset: UInt32) {
    var kept = 0
    var place = 0
    for index in starts.indices {
      let start = starts[index]
      let wanted = UInt64(start) + UInt64(offset)
      while place < next.count, UInt64(next[place]) < wanted { place += 1 }
      if place == next.count { break }
      if UInt64(next[place]) == wanted {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeLast(starts.count - kept)
  }
}
