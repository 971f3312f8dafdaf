/// Documents of one segment that are, or belong to, the hub records of a set.
final class JoinMatcher: Matcher {
  private let set: JoinedSet
  private let base: UInt32?
  private let column: OrdinalColumn?
  private let numbers: [UInt32]
  private let documentCount: Int
  private var found: [UInt32] = []

  init(_ set: JoinedSet, hub: String, _ segment: SegmentContext) throws(IndexError) {
    self.set = set
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    base = set.links.bases[place]
    numbers = set.links.numbers[place] ?? []
    column = base == nil ? try segment.reader.ordinalColumn(hub) : nil
    documentCount = Int(segment.reader.documentCount)
  }

  override var cost: Int { documentCount }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    (base != nil || column != nil) && window * WindowBits.length < documentCount ? window : Matcher.exhausted
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.clear()
    let first = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      let document = first &+ UInt32(truncatingIfNeeded: bit)
      if let base {
        if set.contains(base &+ document) { result.insert(bit) }
      } else if let column {
        try column.ordinals(of: document, into: &found)
        for ordinal in found where Int(ordinal) < numbers.count && set.contains(numbers[Int(ordinal)]) {
          result.insert(bit)
        }
      }
      bit = candidates.first(from: bit + 1)
    }
  }
}
