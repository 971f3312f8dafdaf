/// The first matching documents, in document order.
final class FirstCollector: Collector {
  private let limit: Int
  private(set) var found: [DocumentAddress] = []
  private var segment = 0

  init(limit: Int) { self.limit = limit }

  var isFull: Bool { found.count >= limit }

  override func begin(_ segment: SegmentContext) throws(IndexError) { self.segment = segment.ordinal }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length, !isFull {
      found.append(DocumentAddress(segment: segment, document: matches.base &+ UInt32(truncatingIfNeeded: bit)))
      bit = matches.bits.first(from: bit + 1)
    }
  }
}
