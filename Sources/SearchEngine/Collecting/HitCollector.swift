/// What an answer is ordered by.
enum HitOrder {
  case score
  /// As documents stand.
  case document
  /// A number or date column; records without a value come last in either direction.
  case integers(field: String, isDescending: Bool)
  /// A keyword column, by its values in byte order or by the given ranks; the first value of a list counts.
  case ordinals(GlobalOrdinals, field: String, ranks: [Int64]?, isDescending: Bool)
}

/// Keeps the first hits of an answer by score or by a field, and counts all.
final class HitCollector: Collector {
  private let order: HitOrder
  private var top: TopHits
  private(set) var count = 0
  /// What the run under way finds is of this tier of rungs.
  var rungTier: UInt8 = 0
  private var segment = 0
  private var integers: IntegerColumn?
  private var ordinals: OrdinalColumn?
  private var found: [UInt32] = []
  private var decoded: DecodedWindow?
  /// Matches of a window from which decoding all its values costs less than looking each up: 1 ns a value to 8 ns.
  private static let decodedFrom = 512

  /// Values of one window.
  private final class DecodedWindow {
    /// SAFETY: 4,096, allocated and freed with this.
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: WindowBits.length)
    let presence = WindowBuffer()

    init() { values.initialize(repeating: 0, count: WindowBits.length) }

    deinit { values.deallocate() }
  }

  init(_ order: HitOrder, capacity: Int, after: HitKey?) {
    self.order = order
    top = TopHits(capacity: capacity, after: after)
  }

  override var needsScores: Bool { true }

  var hits: [HitKey] { top.sorted }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    self.segment = segment.ordinal
    switch order {
    case .score, .document: break
    case .integers(let field, _): integers = try segment.reader.integerColumn(field)
    case .ordinals(_, let field, _, _): ordinals = try segment.reader.ordinalColumn(field)
    }
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    count &+= matches.bits.count
    let bits = matches.bits
    // Of equal hits the first are kept, and documents rise.
    if matches.scores == nil, matches.coordinator == nil, top.isFull, case .score = order { return }
    if case .integers(_, let isDescending) = order, let integers {
      if isBehind(matches, try integers.zone(matches.window), isDescending) { return }
      if bits.count >= Self.decodedFrom { return try offer(matches, integers, isDescending) }
    }
    var bit = bits.first(from: 0)
    while bit < WindowBits.length {
      top.offer(try key(matches, bit))
      bit = bits.first(from: bit &+ 1)
    }
  }

  /// Whether no document of a window can come before the last one kept: its least and greatest value say so. Of equal ones the
  /// first document comes first, and a run for weaker rungs begins again with the first of all.
  private func isBehind(_ matches: WindowMatches, _ zone: Zone, _ isDescending: Bool) -> Bool {
    guard let last = top.lastKept, last.tier == 0 else { return false }
    if zone.present == 0 { return true }
    let best = isDescending ? ~zone.maximum : zone.minimum
    return last.sortValue < best
      || last.sortValue == best && last.address < DocumentAddress(segment: segment, document: matches.base)
  }

  /// Offers matches of which there are many: the window's values are decoded at once, and only those that come before the last
  /// one kept become keys.
  private func offer(
    _ matches: WindowMatches, _ integers: IntegerColumn, _ isDescending: Bool
  ) throws(IndexError) {
    let decoded = self.decoded ?? DecodedWindow()
    self.decoded = decoded
    let (values, presence) = (decoded.values, decoded.presence.bits)
    _ = try integers.decode(window: matches.window, into: values, presence: presence.words)
    var last = top.lastKept
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let isPresent = presence.contains(bit)
      let value = isPresent ? isDescending ? ~values[bit] : values[bit] : 0
      let tier: UInt32 = isPresent ? 0 : 1
      if last.map({ (tier, value) <= ($0.tier, $0.sortValue) }) ?? true {
        let address = DocumentAddress(segment: segment, document: matches.base &+ UInt32(truncatingIfNeeded: bit))
        top.offer(HitKey(tier: tier, sortValue: value, score: 0, address: address))
        last = top.lastKept
      }
      bit = matches.bits.first(from: bit &+ 1)
    }
  }

  @inline(__always)
  func key(_ matches: WindowMatches, _ bit: Int) throws(IndexError) -> HitKey {
    let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
    let address = DocumentAddress(segment: segment, document: document)
    let score = matches.scores.map { $0[bit] } ?? 0
    if case .score = order {
      let tier = matches.coordinator == nil ? 0 : matches.missingWords(bit)
      return HitKey(rungTier: rungTier, tier: tier, sortValue: 0, score: score, address: address)
    }
    if case .document = order { return HitKey(tier: 0, sortValue: 0, score: 0, address: address) }
    let value = try sortValue(document)
    // Ties of a sorted answer go by document order alone: the score is left out of the key.
    return HitKey(tier: value == nil ? 1 : 0, sortValue: value ?? 0, score: 0, address: address)
  }

  private func sortValue(_ document: UInt32) throws(IndexError) -> Int64? {
    switch order {
    case .score, .document: return nil
    case .integers(_, let isDescending):
      guard let value = try integers?.value(of: document) else { return nil }
      return isDescending ? ~value : value
    case .ordinals(let global, _, let ranks, let isDescending):
      guard let ordinals else { return nil }
      try ordinals.ordinals(of: document, into: &found)
      let map = global.maps[segment]
      guard let first = found.first, Int(first) < map.count else { return nil }
      let number = Int(map[Int(first)])
      let rank = ranks.flatMap { number < $0.count ? $0[number] : nil } ?? Int64(number)
      return isDescending ? ~rank : rank
    }
  }
}
