/// Collapses the matches by the hub record that they are or belong to: the best match of each, how many there are, and the
/// facets over hub records.
///
/// Cost: some 10 ns a match, and as much for each facet; 40 bytes a hub record.
final class HubCollapseCollector: Collector {
  private let inner = HitCollector(.score, capacity: 0, after: nil)
  private let documents: HubDocuments
  let facets: [HubFacetCounter]
  private var best: [HitKey]
  private var matches: [UInt32]
  /// All matches, where more than the best of each is wanted.
  private var log: [(hub: UInt32, key: HitKey)] = []
  private let keepsLog: Bool
  private(set) var recordCount = 0
  /// Matching records that belong to no hub record.
  private(set) var unassignedCount = 0
  private(set) var count = 0
  private var segment = 0
  private var base: UInt32?
  private var numbers: [UInt32] = []
  private var windowDocuments: [UInt32] = []
  private var windowHubs: [UInt32] = []

  init(_ documents: HubDocuments, facets: [HubFacetCounter], keepsLog: Bool) {
    self.documents = documents
    self.facets = facets
    self.keepsLog = keepsLog
    let none = HitKey(tier: .max, sortValue: .max, score: 0, address: DocumentAddress(bits: .max))
    best = Array(repeating: none, count: documents.links.count)
    matches = Array(repeating: 0, count: documents.links.count)
  }

  /// What the run under way finds is of this tier of rungs.
  var rungTier: UInt8 {
    get { inner.rungTier }
    set { inner.rungTier = newValue }
  }

  override var needsScores: Bool { true }

  /// Bytes held while collecting, the log of all matches apart.
  var byteCount: Int {
    best.count * (MemoryLayout<HitKey>.stride + 4) + facets.reduce(0) { $0 + $1.byteCount }
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    try inner.begin(segment)
    self.segment = segment.ordinal
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    base = documents.links.bases[place]
    numbers = documents.numbers[place] ?? []
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    windowDocuments.removeAll(keepingCapacity: true)
    windowHubs.removeAll(keepingCapacity: true)
    let bits = matches.bits
    recordCount &+= bits.count
    var bit = bits.first(from: 0)
    while bit < WindowBits.length {
      let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
      let number = hub(of: document)
      if Int(number) < best.count {
        let key = try inner.key(matches, bit)
        take(key, Int(number))
        windowDocuments.append(document)
        windowHubs.append(number)
      } else {
        unassignedCount += 1
      }
      bit = bits.first(from: bit &+ 1)
    }
    for facet in facets { facet.add(segment: segment, windowDocuments, windowHubs) }
  }

  @inline(__always)
  private func hub(of document: UInt32) -> UInt32 {
    if let base { return base &+ document }
    return Int(document) < numbers.count ? numbers[Int(document)] : HubLinks.none
  }

  @inline(__always)
  private func take(_ key: HitKey, _ number: Int) {
    if matches[number] == 0 {
      count += 1
      best[number] = key
    } else if key.precedes(best[number]) {
      best[number] = key
    }
    matches[number] &+= 1
    if keepsLog { log.append((UInt32(truncatingIfNeeded: number), key)) }
  }

  /// The hub records found, the first ones in order. By the score of the best match, or by `values`, one a hub record,
  /// rising; nil comes last, ties go by document order of the best match.
  func hits(by values: [Int64?]?, capacity: Int, after: HitKey?) -> [(hub: UInt32, key: HitKey)] {
    var top = TopHits(capacity: capacity, after: after)
    for number in best.indices where matches[number] > 0 {
      var key = best[number]
      if let values {
        let value = values[number]
        key = HitKey(tier: value == nil ? 1 : 0, sortValue: value ?? 0, score: 0, address: key.address)
      }
      top.offer(key)
    }
    let sorted = top.sorted
    // A best match belongs to one hub record: its address tells which.
    var hubs: [DocumentAddress: UInt32] = [:]
    let wanted = Set(sorted.map(\.address))
    for number in best.indices where matches[number] > 0 && wanted.contains(best[number].address) {
      hubs[best[number].address] = UInt32(truncatingIfNeeded: number)
    }
    return sorted.map { (hubs[$0.address] ?? HubLinks.none, $0) }
  }

  func matchCount(of number: UInt32) -> Int { Int(number) < matches.count ? Int(matches[Int(number)]) : 0 }

  func bestMatch(of number: UInt32) -> HitKey? {
    matchCount(of: number) > 0 ? best[Int(number)] : nil
  }

  /// The best matches of each of some hub records, `limit` at most.
  func bestMatches(of hubs: [UInt32], limit: Int) -> [UInt32: [HitKey]] {
    var found: [UInt32: [HitKey]] = [:]
    guard keepsLog, limit > 1 else {
      for hub in hubs { found[hub] = bestMatch(of: hub).map { [$0] } ?? [] }
      return found
    }
    var tops: [UInt32: TopHits] = [:]
    for hub in hubs { tops[hub] = TopHits(capacity: limit, after: nil) }
    for entry in log { tops[entry.hub]?.offer(entry.key) }
    for (hub, top) in tops { found[hub] = top.sorted }
    return found
  }
}
