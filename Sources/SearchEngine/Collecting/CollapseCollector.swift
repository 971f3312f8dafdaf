/// Keeps the best hit for each value of a keyword field. Records without a value stand for themselves.
///
/// Memory: four bytes a value, and one key for each that matches.
final class CollapseCollector: Collector {
  private let inner: HitCollector
  private let global: GlobalOrdinals
  private let field: String
  /// The best hit of each value that matches, in the order in which they were met.
  private var best: [HitKey] = []
  /// By value: one more than the place of its hit in ``best``; 0: none yet.
  private var places: [UInt32]
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
    places = Array(repeating: 0, count: global.values.count)
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
    for key in best { top.offer(key) }
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
        let number = Int(map[Int(first)])
        let place = Int(places[number])
        if place == 0 {
          best.append(key)
          places[number] = UInt32(clamping: best.count)
        } else if key.precedes(best[place - 1]) {
          best[place - 1] = key
        }
      } else {
        singleCount += 1
        single.offer(key)
      }
      bit = matches.bits.first(from: bit &+ 1)
    }
  }
}
