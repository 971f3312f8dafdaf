/// Keeps the best hit for each value of a keyword field. Records without a value stand for themselves.
///
/// Memory: one key for each distinct value that matches.
final class CollapseCollector: Collector {
  private let inner: HitCollector
  private let global: GlobalOrdinals
  private let field: String
  private var best: [UInt32: HitKey] = [:]
  private var single: TopHits
  private var singleCount = 0
  private let capacity: Int
  private let after: HitKey?
  private var segment = 0
  private var column: OrdinalColumn?
  private var found: [UInt32] = []
  /// Matching records.
  private(set) var recordCount = 0

  init(_ order: HitOrder, by global: GlobalOrdinals, field: String, capacity: Int, after: HitKey?) {
    inner = HitCollector(order, capacity: 0, after: nil)
    self.global = global
    self.field = field
    self.capacity = capacity
    self.after = after
    single = TopHits(capacity: capacity, after: after)
  }

  /// What the run under way finds is of this tier of rungs.
  var rungTier: UInt8 {
    get { inner.rungTier }
    set { inner.rungTier = newValue }
  }

  override var needsScores: Bool { true }

  /// Distinct values that match, and matching records without one.
  var count: Int { best.count + singleCount }

  /// The best hit of each value, the first ones in order.
  var hits: [HitKey] {
    var top = single
    for key in best.values { top.offer(key) }
    return top.sorted
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    try inner.begin(segment)
    self.segment = segment.ordinal
    column = try segment.reader.ordinalColumn(field)
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    recordCount &+= matches.bits.count
    let map = global.maps[segment]
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let key = try inner.key(matches, bit)
      found.removeAll(keepingCapacity: true)
      if let column { try column.ordinals(of: key.address.document, into: &found) }
      if let first = found.first, Int(first) < map.count {
        let number = map[Int(first)]
        if let known = best[number] {
          if key.precedes(known) { best[number] = key }
        } else {
          best[number] = key
        }
      } else {
        singleCount += 1
        single.offer(key)
      }
      bit = matches.bits.first(from: bit &+ 1)
    }
  }
}
