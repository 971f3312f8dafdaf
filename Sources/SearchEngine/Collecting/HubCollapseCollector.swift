/// Collapses the matches by the hub record that they are or belong to: the best match of each, how many there are, and the
/// facets over hub records.
///
/// One row of words a hub record: the score of its best match, that match's address, how many there are, and one bit for
/// each group that a match is in. So a match touches one or two cache lines of the row, whatever the facets.
///
/// Cost: some 5 ns a match, and as much again for each facet too wide for the row; 32 bytes a hub record with no facet.
final class HubCollapseCollector: Collector {
  private let documents: HubDocuments
  private let combinations: GroupCombinations?
  /// By facet: its place among the combined groupings, or its own counter.
  private let facets: [FacetPlace]
  private let counters: [HubFacetCounter]
  private let hubCount: Int
  /// Words a row.
  private let stride: Int
  /// SAFETY: `hubCount · stride` words, zero at first; allocated in `init`, freed in `deinit`.
  private let rows: UnsafeMutablePointer<UInt64>
  /// Bit `n`: hub record `n` has a match.
  private var touched: BitSet
  /// All matches, where more than the best of each is wanted.
  private var log: [(hub: UInt32, key: HitKey)] = []
  private let keepsLog: Bool
  private(set) var recordCount = 0
  /// Matching records that belong to no hub record.
  private(set) var unassignedCount = 0
  private(set) var count = 0
  private var segment = 0
  /// By ordinal of the segments begun: the number of its first record, of the hub's own; the numbers of its records.
  private var segments: [Int: (base: UInt32?, numbers: [UInt32])] = [:]
  private var base: UInt32?
  private var numbers: [UInt32] = []
  private var windowDocuments: [UInt32] = []
  private var windowHubs: [UInt32] = []
  /// What the run under way finds is of this tier of rungs.
  var rungTier: UInt8 = 0

  private enum FacetPlace {
    /// The grouping, and its first bit in a row.
    case combined(RecordGroups, bit: Int)
    case counter(HubFacetCounter)
  }

  /// Places in a row: score, address, tier and number of matches, bits of groups.
  private static let scoreWord = 0
  private static let addressWord = 1
  private static let tierWord = 2
  private static let headWords = 3

  /// `groups`: one a facet; those that are not among the combined ones get counters of their own.
  init(
    _ documents: HubDocuments, combinations: GroupCombinations?, groups: [RecordGroups], keepsLog: Bool
  ) {
    self.documents = documents
    self.combinations = combinations
    self.keepsLog = keepsLog
    hubCount = documents.links.count
    var counters: [HubFacetCounter] = []
    var facets: [FacetPlace] = []
    for grouping in groups {
      if let combinations, let place = combinations.groups.firstIndex(where: { $0 === grouping }) {
        facets.append(.combined(grouping, bit: combinations.firstBits[place]))
      } else {
        let counter = HubFacetCounter(grouping, hubCount: documents.links.count)
        facets.append(.counter(counter))
        counters.append(counter)
      }
    }
    self.facets = facets
    self.counters = counters
    stride = Self.headWords + (combinations?.width ?? 0)
    rows = .allocate(capacity: max(1, hubCount * stride))
    rows.initialize(repeating: 0, count: max(1, hubCount * stride))
    touched = BitSet(bound: hubCount)
  }

  deinit { rows.deallocate() }

  override var needsScores: Bool { true }

  /// Bytes held while collecting, the log of all matches apart.
  var byteCount: Int { hubCount * stride * 8 + counters.reduce(0) { $0 + $1.byteCount } }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    self.segment = segment.ordinal
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    base = documents.links.bases[place]
    numbers = documents.numbers[place] ?? []
    segments[segment.ordinal] = (base, numbers)
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    recordCount &+= matches.bits.count
    let needsLists = !counters.isEmpty
    if needsLists {
      windowDocuments.removeAll(keepingCapacity: true)
      windowHubs.removeAll(keepingCapacity: true)
    }
    let sets: [UInt32] =
      combinations.flatMap { segment < $0.combinations.count ? $0.combinations[segment] : nil } ?? []
    numbers.withUnsafeBufferPointer { numbers in
      sets.withUnsafeBufferPointer { sets in
        guard let combinations else { return visit(matches, numbers, sets, nil, width: 0, needsLists) }
        combinations.masks.withUnsafeBufferPointer { masks in
          visit(matches, numbers, sets, masks.baseAddress, width: combinations.width, needsLists)
        }
      }
    }
    for counter in counters { counter.add(segment: segment, windowDocuments, windowHubs) }
  }

  private func visit(
    _ matches: WindowMatches, _ numbers: UnsafeBufferPointer<UInt32>, _ sets: UnsafeBufferPointer<UInt32>,
    _ masks: UnsafePointer<UInt64>?, width: Int, _ needsLists: Bool
  ) {
    let first = Int(matches.base)
    let runTier = UInt64(rungTier) << 56
    var unassigned = 0
    for word in 0..<WindowBits.wordCount {
      var rest = matches.bits.words[word]
      while rest != 0 {
        let bit = word &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let document = first &+ bit
        let hub: Int
        if let base {
          hub = Int(base) &+ document
        } else {
          hub = document < numbers.count ? Int(numbers[document]) : Int(HubLinks.none)
        }
        guard hub < hubCount else {
          unassigned &+= 1
          continue
        }
        let row = rows + (hub &* stride)
        let score = matches.scores.map { $0[bit] } ?? 0
        let missing = matches.coordinator == nil ? 0 : UInt64(matches.missingWords(bit)) << 32
        // Tier of the run, words missing, number of matches: 8, 24 and 32 bits.
        let tier = runTier | missing & 0x00FF_FFFF_0000_0000
        let state = row[Self.tierWord]
        let isNew = state & 0xFFFF_FFFF == 0
        if isNew {
          touched.insert(hub)
          count &+= 1
        }
        // Documents rise within a run, so of equal ones the first stays.
        let known = state & ~0xFFFF_FFFF
        if isNew || tier < known || (tier == known && score > Double(bitPattern: row[Self.scoreWord])) {
          row[Self.scoreWord] = score.bitPattern
          row[Self.addressWord] =
            DocumentAddress(segment: segment, document: UInt32(truncatingIfNeeded: document)).bits
          row[Self.tierWord] = tier | (state & 0xFFFF_FFFF &+ 1)
        } else {
          row[Self.tierWord] = state &+ 1
        }
        if let masks, document < sets.count {
          let mask = masks + Int(sets[document]) &* width
          let own = row + Self.headWords
          for index in 0..<width { own[index] |= mask[index] }
        }
        if keepsLog { log.append((UInt32(truncatingIfNeeded: hub), key(matches, bit, score))) }
        if needsLists {
          windowDocuments.append(UInt32(truncatingIfNeeded: document))
          windowHubs.append(UInt32(truncatingIfNeeded: hub))
        }
      }
    }
    unassignedCount &+= unassigned
  }

  private func key(_ matches: WindowMatches, _ bit: Int, _ score: Double) -> HitKey {
    HitKey(
      rungTier: rungTier, tier: matches.missingWords(bit), sortValue: 0, score: score,
      address: DocumentAddress(segment: segment, document: matches.base &+ UInt32(truncatingIfNeeded: bit)))
  }

  // MARK: Answers

  private func best(_ hub: Int) -> HitKey {
    let row = rows + (hub * stride)
    return HitKey(
      rungTier: UInt8(truncatingIfNeeded: row[Self.tierWord] >> 56),
      tier: UInt32(truncatingIfNeeded: row[Self.tierWord] >> 32 & 0x00FF_FFFF), sortValue: 0,
      score: Double(bitPattern: row[Self.scoreWord]), address: DocumentAddress(bits: row[Self.addressWord]))
  }

  /// The hub records found, the first ones in order. By the score of the best match, or by `values`, one a hub record,
  /// rising; nil comes last, ties go by document order of the best match.
  func hits(by values: [Int64?]?, capacity: Int, after: HitKey?) -> [(hub: UInt32, key: HitKey)] {
    var top = TopHits(capacity: capacity, after: after)
    touched.forEach { number in
      var key = best(number)
      if let values {
        let value = values[number]
        key = HitKey(tier: value == nil ? 1 : 0, sortValue: value ?? 0, score: 0, address: key.address)
      }
      top.offer(key)
    }
    return top.sorted.map { (hub(of: $0.address), $0) }
  }

  /// The hub record that a match belongs to.
  private func hub(of address: DocumentAddress) -> UInt32 {
    guard let place = segments[address.segment] else { return HubLinks.none }
    if let base = place.base { return base &+ address.document }
    let document = Int(address.document)
    return document < place.numbers.count ? place.numbers[document] : HubLinks.none
  }

  func matchCount(of number: UInt32) -> Int {
    Int(number) < hubCount ? Int(rows[Int(number) * stride + Self.tierWord] & 0xFFFF_FFFF) : 0
  }

  func bestMatch(of number: UInt32) -> HitKey? { matchCount(of: number) > 0 ? best(Int(number)) : nil }

  /// The best matches of each of some hub records, `limit` at most.
  func bestMatches(of hubs: [UInt32], limit: Int) -> [UInt32: [HitKey]] {
    var found: [UInt32: [HitKey]] = [:]
    guard keepsLog, limit > 1 else {
      for hub in hubs { found[hub] = bestMatch(of: hub).map { [$0] } ?? [] }
      return found
    }
    var wanted = BitSet(bound: hubCount)
    var tops: [UInt32: TopHits] = [:]
    for hub in hubs {
      wanted.insert(Int(hub))
      tops[hub] = TopHits(capacity: limit, after: nil)
    }
    for entry in log where wanted.contains(Int(entry.hub)) { tops[entry.hub]?.offer(entry.key) }
    for (hub, top) in tops { found[hub] = top.sorted }
    return found
  }

  /// What a facet has counted.
  struct FacetCounts {
    let groups: RecordGroups
    /// By group: hub records with a match in it, each once.
    let counts: [Int]
    /// Hub records with a match in any group.
    let anyCount: Int
  }

  /// The facets, in the order of the groupings. Cost: some 15 ns a hub record found.
  func facetCounts() -> [FacetCounts] {
    var bits: [Int] = []
    if let combinations {
      bits = Array(repeating: 0, count: combinations.width * 64)
      bits.withUnsafeMutableBufferPointer { bits in
        touched.forEach { hub in
          let row = rows + (hub &* stride &+ Self.headWords)
          for index in 0..<combinations.width {
            var word = row[index]
            while word != 0 {
              bits[index &* 64 &+ word.trailingZeroBitCount] &+= 1
              word &= word &- 1
            }
          }
        }
      }
    }
    return facets.map { facet in
      switch facet {
      case .counter(let counter):
        return FacetCounts(groups: counter.groups, counts: counter.counts, anyCount: counter.anyCount)
      case .combined(let groups, let first):
        return FacetCounts(
          groups: groups, counts: Array(bits[first..<(first + groups.count)]), anyCount: bits[first + groups.count])
      }
    }
  }
}
